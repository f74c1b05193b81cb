"""Keeping a budget as planning starts, or as it is agreed: whatever the plan needs."""

from datetime import datetime

from django.db import transaction

from ownway.design.money import pounds
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries
from ownway.journey.allocation.models import IndicativeBudget, Side, State


class CannotSettle(Exception):
    """A budget that is not what was worked out must say why."""


@transaction.atomic
def settle(
    person: Person,
    *,
    weekly_pence: int,
    state: str,
    by: Staff,
    at: datetime,
    side: str = Side.PERSON,
    because: str = "",
) -> IndicativeBudget:
    """Keep a budget as planning starts, or as it is agreed: whatever the plan needs, never capped.

    Raises:
        CannotSettle: none was worked out; or the amount differs and no reason is given.
    """
    before = _worked_out(person, side=side)
    if weekly_pence != before.weekly_pence and not because.strip():
        raise CannotSettle(
            f"Say why {pounds(weekly_pence)} is needed when {pounds(before.weekly_pence)} "
            "was worked out"
        )
    settled = IndicativeBudget.objects.create(
        person=person,
        side=side,
        decision=before.decision,
        weekly_pence=weekly_pence,
        state=State(state),
        because=because.strip(),
        at=at,
        by=by.sign_in,
    )
    _tell_settled(settled, by=by, at=at)
    return settled


def _worked_out(person: Person, *, side: str) -> IndicativeBudget:
    found = queries.budget_of(person, side=side)
    if found is None:
        raise CannotSettle("Work out the budget first")
    return found


def _tell_settled(settled: IndicativeBudget, *, by: Staff, at: datetime) -> None:
    record.write(
        "budget.settled",
        about=settled.person,
        by=by.sign_in,
        at=at,
        words=f"Your budget is {pounds(settled.weekly_pence)} a week",
        detail=settled.because,
        budget=settled.pk,
        weekly_pence=settled.weekly_pence,
        state=settled.state,
    )

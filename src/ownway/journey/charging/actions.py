"""Taking somebody's figures, and working out what they pay."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.charging import access, queries
from ownway.journey.charging.models import Charge, Finances
from ownway.policy import charging
from ownway.policy.refusals import PolicyRefused


class CannotCharge(Exception):
    """What somebody pays cannot be worked out yet; `problems` names the fields."""

    def __init__(self, message: str, problems: Mapping[str, str] | None = None) -> None:
        self.problems = problems or {}
        super().__init__(message)


@transaction.atomic
def give_finances(person: Person, *, facts: Mapping[str, Any], by: SignIn, at: datetime) -> Charge:
    """Keep what somebody said of their money, and work out what they pay.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotCharge: there is no budget yet, or a fact is missing or cannot be right.
    """
    access.require_may_give(by, person, at=at)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found = budgets.together(person)
    budget = budgets.budget_of(person)
    if budget is None:
        raise CannotCharge("Work out the budget first. What somebody pays depends on it")
    given = Finances.objects.create(person=person, facts=dict(facts), given_at=at, given_by=by)
    record.finish_tasks("charge.ask", person=person, by=by, at=at)
    charge = _charge(budget, finances=given, by=by, at=at)
    for own in found.of_carers:
        _charge(own, finances=None, by=by, at=at)
    return charge


@transaction.atomic
def charge_again(budget: IndicativeBudget, *, by: SignIn | None, at: datetime) -> Charge | None:
    """Work out anew what is paid after a budget changed; nothing while no figures were given."""
    if budget.side == Side.CARER:
        return _charge(budget, finances=None, by=by, at=at)
    given = queries.finances_of(budget.person)
    if given is None:
        return None
    try:
        return _charge(budget, finances=given, by=by, at=at)
    except CannotCharge:
        _ask_for_more(budget.person, at=at)
        return None


def _ask_for_more(person: Person, *, at: datetime) -> None:
    """The rules now ask what was not given before: somebody has to ask for it."""
    owner = (
        people.named_worker(person)
        or council.staff_members().filter(role="finance_officer").order_by("pk")[0]
    )
    record.give_task(
        "charge.ask",
        person=person,
        words=f"{person.formal_name}: ask for the figures the charging rules now need",
        owner=owner,
        due_at=at + timedelta(days=7),
        at=at,
        address=reverse("charge", args=[person.pk]),
        subject=f"person:{person.pk}",
    )


def _charge(
    budget: IndicativeBudget, *, finances: Finances | None, by: SignIn | None, at: datetime
) -> Charge:
    on = timezone.localtime(at).date()
    pack = council.rules(on)
    if finances is None:
        facts: dict[str, Any] = {"who": "carer", "called": budget.person.first_name}
    else:
        facts = queries.facts_for(budget.person, finances.facts, pack=pack, on=on)
    try:
        worked = charging.decide(facts | {"budget_pence": budget.weekly_pence}, pack)
    except PolicyRefused as refused:
        problems = {problem.place: _words(problem.reason) for problem in refused.problems}
        raise CannotCharge("Some figures are missing or cannot be right", problems) from refused
    charge = Charge.objects.create(
        person=budget.person,
        finances=finances,
        budget=budget,
        decision=record.keep_decision(worked, person=budget.person, by=by, at=at),
        charge_pence=worked.result["charge_pence"],
        council_pays_pence=worked.result["council_pays_pence"],
        budget_pence=worked.result["budget_pence"],
        at=at,
        by=by,
    )
    _tell(charge, by=by, at=at)
    return charge


def _words(reason: str) -> str:
    return f"This {reason}" if reason[:1].islower() else reason


def _tell(charge: Charge, *, by: SignIn | None, at: datetime) -> None:
    pays = (
        f"What you pay was worked out: {pounds(charge.charge_pence)} a week"
        if charge.charge_pence
        else "You pay nothing towards your budget"
    )
    record.write(
        "charge.worked_out",
        about=charge.person,
        by=by,
        at=at,
        words=pays,
        detail=f"The council pays {pounds(charge.council_pays_pence)}",
        charge=charge.pk,
        charge_pence=charge.charge_pence,
        council_pays_pence=charge.council_pays_pence,
    )

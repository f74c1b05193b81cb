"""Asking for more than was worked out, once a draft plan shows why; and the decision.

Source: Dudley 2013, personal budgets: a starting budget is not called too small before planning;
then an impact assessment can support an increase. Nothing holds the decision to the first figure.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import access, queries
from ownway.journey.allocation.actions.days import end_of_working_day
from ownway.journey.allocation.actions.settling import settle
from ownway.journey.allocation.models import ImpactAssessment, State
from ownway.journey.allocation.queries.asking_more import More

MORE = "budget.more"
Outcome = ImpactAssessment.Outcome


class CannotAskForMore(Exception):
    """It is too soon, or something is not said; `reasons` holds each, with its field."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(f"{words}." for words, _ in self.reasons))


class CannotDecideMore(Exception):
    """A decision that does not say enough, or was made before; `reasons` holds each."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(f"{words}." for words, _ in self.reasons))


@transaction.atomic
def ask_for_more(
    person: Person, *, shortfall: str, tried: str, impact: str, by: SignIn, at: datetime
) -> ImpactAssessment:
    """Ask that a budget go up, with what the draft plan shows.

    Raises:
        PermissionDenied: neither the person, nor acting for them, nor staff who help them.
        CannotAskForMore: with every reason at once.
    """
    access.require_may_ask_for_more(by, person, at=at)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found = queries.more(person)
    said = [("Say what the budget does not pay for", "shortfall")] if not shortfall.strip() else []
    said += [("Say what happens if it stays as it is", "impact")] if not impact.strip() else []
    if reasons := [*((words, "") for words in found.too_soon), *said]:
        raise CannotAskForMore(reasons)
    days = queries.answer_within(timezone.localtime(at).date())
    due = end_of_working_day(at, days=days)
    asked = _keep(found, shortfall.strip(), tried.strip(), impact.strip(), due=due, by=by, at=at)
    _tell_asked(asked, due=due, at=at)
    return asked


def _keep(
    found: More,
    shortfall: str,
    tried: str,
    impact: str,
    *,
    due: datetime,
    by: SignIn,
    at: datetime,
) -> ImpactAssessment:
    assert found.budget is not None
    assert found.plan is not None
    return ImpactAssessment.objects.create(
        budget=found.budget,
        plan=found.plan,
        plan_version=found.plan.version,
        asked_pence=found.planned_pence,
        shortfall=shortfall,
        tried=tried,
        impact=impact,
        asked_at=at,
        asked_by=by,
        owner=queries.who_decides(found.budget.person),
        due_on=timezone.localtime(due).date(),
    )


def _tell_asked(asked: ImpactAssessment, *, due: datetime, at: datetime) -> None:
    person = asked.budget.person
    record.give_task(
        MORE,
        person=person,
        words=f"{person.formal_name}: decide the impact assessment for a larger budget",
        owner=asked.owner,
        due_at=due,
        at=at,
        address=reverse("more-decide", args=[person.pk, asked.pk]),
        subject=f"more:{asked.pk}",
    )
    record.write(
        "budget.more_asked",
        about=person,
        by=asked.asked_by,
        at=at,
        words=f"We were asked to raise your budget to {pounds(asked.asked_pence)} a week",
        detail=f"{asked.owner.name} decides by {asked.due_on.day} {asked.due_on:%B}",
        is_key=True,
        request=asked.pk,
        plan=asked.plan_id,
    )


@transaction.atomic
def decide_more(
    asked: ImpactAssessment, *, weekly_pence: int, because: str, by: Staff, at: datetime
) -> ImpactAssessment:
    """Decide how much a budget goes up, with reasons, in a letter. It may be any sum.

    Raises:
        PermissionDenied: `by` may not agree plans, may not see the person, or asked themselves.
        CannotDecideMore: decided before, no reason, or less than the budget that stands.
    """
    access.require_may_decide_more(by, asked, at=at)
    asked = ImpactAssessment.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    stands = queries.standing_pence(asked)
    if reasons := _why_not(asked, stands, weekly_pence=weekly_pence, because=because):
        raise CannotDecideMore(reasons)
    asked.outcome = _outcome(asked, stands, weekly_pence)
    asked.decided_pence, asked.because = weekly_pence, because.strip()
    asked.decided_at, asked.decided_by = at, by
    asked.save(update_fields=["outcome", "decided_pence", "because", "decided_at", "decided_by"])
    if weekly_pence != stands:
        settle(
            asked.budget.person,
            weekly_pence=weekly_pence,
            state=State.STARTING,
            side=asked.budget.side,
            because=asked.because,
            by=by,
            at=at,
        )
    _tell_decided(asked, before=stands, by=by, at=at)
    return asked


def _why_not(
    asked: ImpactAssessment, stands: int, *, weekly_pence: int, because: str
) -> list[tuple[str, str]]:
    reasons = []
    if asked.decided_at is not None:
        reasons.append(("This was decided already", ""))
    if weekly_pence < stands:
        words = f"A request for more cannot make it less than {pounds(stands)}"
        reasons.append((words, "weekly_pence"))
    if len(because.strip()) < 10:
        reasons.append(("Say why, in words the person can read", "because"))
    return reasons


def _outcome(asked: ImpactAssessment, stands: int, weekly_pence: int) -> str:
    if weekly_pence >= asked.asked_pence:
        return Outcome.RAISED
    return Outcome.PARTLY if weekly_pence > stands else Outcome.KEPT


def _tell_decided(asked: ImpactAssessment, *, before: int, by: Staff, at: datetime) -> None:
    person = asked.budget.person
    record.finish_tasks(MORE, person=person, by=by.sign_in, at=at, subject=f"more:{asked.pk}")
    record.write(
        "budget.more_decided",
        about=person,
        by=by.sign_in,
        at=at,
        words=queries.decided_words(asked, before=before),
        detail=asked.because,
        is_key=True,
        request=asked.pk,
        outcome=asked.outcome,
    )
    asker = people.own_person(asked.asked_by)
    letters.write_letter(
        "budget.more_decided",
        about=person,
        to=asker or person,
        title="What we decided about a larger budget",
        body=queries.decided_body(asked, before=before),
        by=by.sign_in,
        at=at,
    )

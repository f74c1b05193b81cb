"""Working a budget out, and again when what a carer is willing to do changes."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as record_queries
from ownway.journey.allocation import access, queries
from ownway.journey.allocation.actions.days import end_of_working_day
from ownway.journey.allocation.models import IndicativeBudget, Side, State
from ownway.journey.allocation.queries import Missing, Together
from ownway.journey.allocation.queries.budgets import CALL
from ownway.policy import allocation
from ownway.policy.decision import Decision as Worked

CALL_AFTER = 2


class CannotWorkOut(Exception):
    """Something must be done first; `missing` says each and where."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(queries.why_not(missing))


@transaction.atomic
def work_out(person: Person, *, by: Staff, at: datetime) -> Together:
    """Work out the budgets of a person and their carers, and keep each with its decision.

    A budget that a plan stands on is not moved by it, as in `work_out_again`.

    Raises:
        PermissionDenied: `by` may not work out budgets.
        CannotWorkOut: the gate is shut.
    """
    access.require_may_work_out(by.sign_in)
    couple = queries.couple_of(person)
    Person.objects.select_for_update(of=("self",)).get(pk=couple.person.pk)
    found = queries.missing(couple)
    if any(one.firm for one in found):
        raise CannotWorkOut(found)
    pack = council.rules(timezone.localtime(at).date())
    for one, side in couple.everybody:
        if facts := queries.facts_for(one, side):
            worked = allocation.decide(queries.with_reason(facts, one, pack), pack)
            standing = queries.budget_of(one, side=side)
            if standing is None or standing.state == State.INDICATIVE:
                _keep(worked, person=one, side=side, by=by.sign_in, at=at)
            elif worked.result["weekly_pence"] != standing.decision.result["weekly_pence"]:
                _tell_it_would_move(standing, worked, by=by.sign_in, at=at)
    _promise_a_call(couple.person, by=by, at=at)
    return queries.together(couple.person)


@transaction.atomic
def work_out_again(
    person: Person, *, because: str, by: SignIn | None, at: datetime
) -> IndicativeBudget | None:
    """Work a person's sum out anew, as what carers are willing to do has changed.

    A budget that a plan stands on already is not moved: the person is told what the sum would
    come to now, and the plan is looked at by whoever has that task.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    budget, facts = queries.budget_of(person), queries.facts_for(person, Side.PERSON)
    if budget is None or facts is None:
        return None
    pack = council.rules(timezone.localtime(at).date())
    facts = queries.with_reason(facts, person, pack)
    if facts["answers"] == budget.decision.facts.get("answers"):
        return None
    worked = allocation.decide(facts, pack)
    if budget.state != State.INDICATIVE:
        _tell_it_would_move(budget, worked, by=by, at=at)
        return None
    return _keep(worked, person=person, side=Side.PERSON, by=by, at=at, because=because)


def _tell_it_would_move(
    budget: IndicativeBudget, worked: Worked, *, by: SignIn | None, at: datetime
) -> None:
    weekly = worked.result["weekly_pence"]
    told = record_queries.last_event(budget.person, "budget.would_move")
    if told is not None and told.facts["weekly_pence"] == weekly:
        return
    record.write(
        "budget.would_move",
        about=budget.person,
        by=by,
        at=at,
        words=f"With the help there is now, the sum comes to {pounds(weekly)} a week",
        detail="Your budget stays as it is while we look at the plan with you",
        budget=budget.pk,
        weekly_pence=weekly,
    )


def _keep(
    worked: Worked,
    *,
    person: Person,
    side: str,
    by: SignIn | None,
    at: datetime,
    because: str = "",
) -> IndicativeBudget:
    decision = record.keep_decision(worked, person=person, by=by, at=at, because=because)
    weekly = worked.result["weekly_pence"]
    budget = IndicativeBudget.objects.create(
        person=person,
        side=side,
        decision=decision,
        weekly_pence=weekly,
        because=because,
        at=at,
        by=by,
    )
    record.write(
        "budget.worked_out",
        about=person,
        by=by,
        at=at,
        words=f"Your budget was worked out: {pounds(weekly)} a week",
        detail="A guide until your plan is agreed",
        is_key=True,
        budget=budget.pk,
        weekly_pence=weekly,
        decision=decision.pk,
    )
    return budget


def _promise_a_call(person: Person, *, by: Staff, at: datetime) -> None:
    """The person is told of this day on their page, so somebody has to own it."""
    owner = people.named_worker(person) or by
    record.give_task(
        CALL,
        person=person,
        words=f"Call about {person.formal_name}: has the plan been started?",
        owner=owner,
        due_at=end_of_working_day(at, days=CALL_AFTER),
        at=at,
        address=reverse("budget", args=[person.pk]),
        subject=f"person:{person.pk}",
    )


@transaction.atomic
def note_call(person: Person, *, words: str, by: Staff, at: datetime) -> int:
    """Write down how the promised call went; say how many calls that settles."""
    settled = record.finish_tasks(CALL, person=person, by=by.sign_in, at=at)
    record.write(
        "budget.called",
        about=person,
        by=by.sign_in,
        at=at,
        words=f"{by.first_name} called to ask how planning is going",
        detail=words,
    )
    return settled

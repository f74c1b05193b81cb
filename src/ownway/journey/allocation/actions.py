"""Working a budget out, telling people of it, and looking at it again."""

from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Letter
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import access, queries
from ownway.journey.allocation.models import IndicativeBudget, LookAgain, Side, State
from ownway.journey.allocation.queries import Missing, Together
from ownway.journey.allocation.queries.budgets import CALL
from ownway.policy import allocation
from ownway.policy.decision import Decision as Worked

CALL_AFTER = 2
ANSWER_WITHIN = 5
LOOK_AGAIN = "budget.look_again"


class CannotWorkOut(Exception):
    """Something must be done first; `missing` says each and where."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(queries.why_not(missing))


class NothingToSend(Exception):
    """No budget has been worked out yet."""


class AlreadyAsked(Exception):
    """Somebody is looking already; the message says who, and by when."""


class CannotSettle(Exception):
    """A budget that is not what was worked out must say why."""


class CannotAnswer(Exception):
    """An answer must say something, once."""


@transaction.atomic
def work_out(person: Person, *, by: Staff, at: datetime, because: str = "") -> Together:
    """Work out the budgets of a person and their carers, and keep each with its decision.

    Raises:
        PermissionDenied: `by` may not work out budgets.
        CannotWorkOut: the gate is shut, and no reason given or a rule is firm.
    """
    access.require_may_work_out(by.sign_in)
    couple = queries.couple_of(person)
    Person.objects.select_for_update(of=("self",)).get(pk=couple.person.pk)
    found = queries.missing(couple)
    if any(one.firm for one in found) or (found and not because.strip()):
        raise CannotWorkOut(found)
    pack = council.rules(timezone.localtime(at).date())
    for one, side in couple.everybody:
        if facts := queries.facts_for(one, side):
            worked = allocation.decide(queries.with_reason(facts, one, pack), pack)
            _keep(worked, person=one, side=side, by=by, at=at, because=because.strip())
    _promise_a_call(couple.person, by=by, at=at)
    return queries.together(couple.person)


def _keep(
    worked: Worked, *, person: Person, side: str, by: Staff, at: datetime, because: str
) -> IndicativeBudget:
    decision = record.keep_decision(worked, person=person, by=by.sign_in, at=at, because=because)
    weekly = worked.result["weekly_pence"]
    budget = IndicativeBudget.objects.create(
        person=person,
        side=side,
        decision=decision,
        weekly_pence=weekly,
        because=because,
        at=at,
        by=by.sign_in,
    )
    record.write(
        "budget.worked_out",
        about=person,
        by=by.sign_in,
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
        due_at=_end_of(
            council_actions.working_days_after(timezone.localtime(at).date(), CALL_AFTER)
        ),
        at=at,
        address=reverse("budget", args=[person.pk]),
        subject=f"person:{person.pk}",
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17)))


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


@transaction.atomic
def send_letter(person: Person, *, to: Person, by: SignIn, at: datetime) -> Letter:
    """Write the budget letter to the person or to one of their carers.

    In it are the sums that whoever asks for it may read.

    Raises:
        NothingToSend: there is no budget to write about.
        ValueError: `to` is neither.
    """
    found = queries.together_for(by, person, at=at)
    if not found.budgets:
        raise NothingToSend("Work out the budget first, then send the letter")
    if to.pk not in [one.pk for one, _ in found.couple.everybody]:
        raise ValueError(f"{to} is not one of the couple this letter is about")
    rules = queries.rules_now(timezone.localtime(at).date())
    return letters.write_letter(
        "budget",
        about=queries.first_of(found),
        to=to,
        title=queries.letter_title(found, to=to),
        body=queries.letter_body(
            found,
            to=to,
            council=council.identity(),
            worker=people.named_worker(found.couple.person),
            owner=rules.owner.name if rules.owner else "",
        ),
        by=by,
        at=at,
    )


@transaction.atomic
def ask_again(
    budget: IndicativeBudget, *, words: str, who: str, by: SignIn, at: datetime
) -> LookAgain:
    """Ask that a budget be looked at again, by whoever knows the person or by someone new.

    Raises:
        PermissionDenied: neither the person nor acting for them.
        AlreadyAsked: somebody is looking already.
    """
    access.require_acts_for(by, budget.person, at=at)
    IndicativeBudget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    if waiting := queries.open_request(budget):
        raise AlreadyAsked(
            f"{waiting.owner.name} is looking at this already. You will hear by "
            f"{waiting.due_on:%A} {waiting.due_on.day} {waiting.due_on:%B}"
        )
    due = council_actions.working_days_after(timezone.localtime(at).date(), ANSWER_WITHIN)
    asked = LookAgain.objects.create(
        budget=budget,
        words=words.strip(),
        who=who,
        asked_at=at,
        asked_by=by,
        owner=_who_looks(budget.person, who=who),
        due_on=due,
    )
    _tell_who_looks(asked, at=at)
    return asked


def _who_looks(person: Person, *, who: str) -> Staff:
    named = (
        people.named_worker(person)
        or council.staff_members().filter(role="team_manager").order_by("pk")[0]
    )
    if who == LookAgain.Who.SAME:
        return named
    manager = council.manager_of(named.team)
    others = council.staff_members().filter(role="team_manager").exclude(pk=named.pk)
    return manager if manager and manager.pk != named.pk else others.order_by("pk").first() or named


def _tell_who_looks(asked: LookAgain, *, at: datetime) -> None:
    person = asked.budget.person
    record.give_task(
        LOOK_AGAIN,
        person=person,
        words=f"{person.formal_name}: look at the budget again, and answer",
        owner=asked.owner,
        due_at=_end_of(asked.due_on),
        at=at,
        address=reverse("budget", args=[person.pk]),
        subject=f"look_again:{asked.pk}",
    )
    record.write(
        "budget.asked_again",
        about=person,
        by=asked.asked_by,
        at=at,
        words="You asked us to look at the budget again",
        detail=f"{asked.owner.name} answers by {asked.due_on.day} {asked.due_on:%B}",
        request=asked.pk,
    )


@transaction.atomic
def answer_again(asked: LookAgain, *, answer: str, by: Staff, at: datetime) -> LookAgain:
    """Answer somebody who asked to look again, in a letter.

    Raises:
        PermissionDenied: `by` may not work out budgets.
        CannotAnswer: nothing is said, or it was answered before.
    """
    access.require_may_work_out(by.sign_in)
    asked = LookAgain.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.answered_at is not None:
        raise CannotAnswer("This was answered already")
    if not answer.strip():
        raise CannotAnswer("Write what you found, in words the person can read")
    asked.answer, asked.answered_at, asked.answered_by = answer.strip(), at, by
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    person = asked.budget.person
    record.finish_tasks(
        LOOK_AGAIN, person=person, by=by.sign_in, at=at, subject=f"look_again:{asked.pk}"
    )
    asker = people.own_person(asked.asked_by)
    letters.write_letter(
        "budget.looked_again",
        about=person,
        to=asker or person,
        title="We looked at the budget again",
        body=[{"kind": "text", "text": asked.answer}],
        by=by.sign_in,
        at=at,
    )
    return asked


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

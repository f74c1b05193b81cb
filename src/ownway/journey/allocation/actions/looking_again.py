"""Asking that a budget be looked at again, and the answer."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import access, queries
from ownway.journey.allocation.actions.days import end_of_working_day
from ownway.journey.allocation.models import IndicativeBudget, LookAgain

LOOK_AGAIN = "budget.look_again"


class AlreadyAsked(Exception):
    """Somebody is looking already; the message says who, and by when."""


class CannotAnswer(Exception):
    """An answer must say something, once."""


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
    days = queries.answer_within(timezone.localtime(at).date())
    due = end_of_working_day(at, days=days)
    asked = LookAgain.objects.create(
        budget=budget,
        words=words.strip(),
        who=who,
        asked_at=at,
        asked_by=by,
        owner=_who_looks(budget.person, who=who),
        due_on=timezone.localtime(due).date(),
    )
    _tell_who_looks(asked, due=due, at=at)
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


def _tell_who_looks(asked: LookAgain, *, due: datetime, at: datetime) -> None:
    person = asked.budget.person
    record.give_task(
        LOOK_AGAIN,
        person=person,
        words=f"{person.formal_name}: look at the budget again, and answer",
        owner=asked.owner,
        due_at=due,
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

"""Somebody thinks what they pay is wrong: asking us to look again, and the answer."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation.queries import answer_within
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.refusals import AlreadyAsked, CannotAnswer
from ownway.journey.charging.models import AskedAgain, Charge

LOOK_AGAIN = "charge.look_again"


@transaction.atomic
def ask_again(charge: Charge, *, words: str, by: SignIn, at: datetime) -> AskedAgain:
    """Ask that what somebody pays be looked at again, by somebody who did not decide it.

    Raises:
        PermissionDenied: neither the person nor acting for them.
        AlreadyAsked: somebody is looking already.
    """
    access.require_acts_for(by, charge.person, at=at)
    Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if waiting := queries.open_question(charge):
        raise AlreadyAsked(
            f"{waiting.owner.name} is looking at this already. You will hear by "
            f"{waiting.due_on:%A} {waiting.due_on.day} {waiting.due_on:%B}"
        )
    today = timezone.localtime(at).date()
    asked = AskedAgain.objects.create(
        charge=charge,
        words=words.strip(),
        asked_at=at,
        asked_by=by,
        owner=_who_looks(charge),
        due_on=council_actions.working_days_after(today, answer_within(today)),
    )
    _give(asked, at=at)
    return asked


def _who_looks(charge: Charge) -> Staff:
    """Somebody in finance, another than who decided where there is one."""
    finance = council.staff_members().filter(role="finance_officer").order_by("pk")
    decided = getattr(charge.by, "staff", None)
    others = finance.exclude(pk=decided.pk) if decided is not None else finance
    found = others.first() or finance.first()
    if found is None:
        return council.staff_members().filter(role="team_manager").order_by("pk")[0]
    return found


def _give(asked: AskedAgain, *, at: datetime) -> None:
    person, due = asked.charge.person, asked.due_on
    record.give_task(
        LOOK_AGAIN,
        person=person,
        words=f"{person.formal_name}: look again at what is paid, and answer",
        owner=asked.owner,
        due_at=timezone.make_aware(datetime(due.year, due.month, due.day, 17)),
        at=at,
        address=reverse("charge", args=[person.pk]),
        subject=f"charge_again:{asked.pk}",
    )
    record.write(
        "charge.asked_again",
        about=person,
        by=asked.asked_by,
        at=at,
        words="You asked us to look again at what you pay",
        detail=f"{asked.owner.name} answers by {due.day} {due:%B}",
        request=asked.pk,
    )


@transaction.atomic
def answer_again(asked: AskedAgain, *, answer: str, by: Staff, at: datetime) -> AskedAgain:
    """Answer somebody who asked to look again at what is paid, in a letter.

    Raises:
        PermissionDenied: `by` may not work out charges.
        CannotAnswer: nothing is said, or it was answered before.
    """
    person = asked.charge.person
    access.require_may_decide(by.sign_in, person, at=at)
    asked = AskedAgain.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.answered_at is not None:
        raise CannotAnswer("This was answered already")
    if not answer.strip():
        raise CannotAnswer("Write what you found, in words the person can read")
    asked.answer, asked.answered_at, asked.answered_by = answer.strip(), at, by
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    subject = f"charge_again:{asked.pk}"
    record.finish_tasks(LOOK_AGAIN, person=person, by=by.sign_in, at=at, subject=subject)
    letters.write_letter(
        "charge.looked_again",
        about=person,
        to=people.own_person(asked.asked_by) or person,
        title="We looked again at what is paid",
        body=[{"kind": "text", "text": asked.answer}],
        by=by.sign_in,
        at=at,
    )
    return asked

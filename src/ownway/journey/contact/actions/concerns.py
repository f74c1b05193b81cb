"""A worry for safety, decided by whoever has it, and what then was done about it.

Nothing is sent and only staff read it: what comes to a home may be read by who does the harm.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.models import Staff
from ownway.foundation.record import actions as record
from ownway.journey.contact import queries
from ownway.journey.contact.models import ConcernDecision, Contact


class CannotDecideConcern(Exception):
    """It is decided already, or something is missing; `problems` are (field, words)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(words for _, words in problems))
        self.problems = problems


@dataclass(frozen=True)
class Decided:
    """What is decided on a worry, why, what the person wants, and who does what by when."""

    decision: str
    because: str
    wishes: str
    next_step: str = ""
    owner: Staff | None = None
    by_day: date | None = None


@transaction.atomic
def decide_concern(contact: Contact, decided: Decided, *, by: Staff, at: datetime) -> str:
    """Decide on a worry for safety; what follows is somebody's task. Say what happens next.

    Source: Care Act 2014 s.42(2): whether an enquiry is made, by whom, and what it is to find out.
    Raises:
        PermissionDenied: the worry is not `by`'s to decide on.
        CannotDecideConcern: it is decided already, or something is missing.
    """
    concern = _concern(contact)
    if not queries.may_decide(by.sign_in, concern):
        raise PermissionDenied("This worry is somebody else’s to decide on")
    _refuse(_missing(concern, decided, on=timezone.localtime(at).date()))
    record.write(
        "concern.decided", about=contact.about or contact.caller, by=by.sign_in, at=at,
        is_key=True, is_confidential=True,
        words="We decided what to do about a worry for your safety",
        contact=contact.pk, decision=decided.decision, because=decided.because,
        wishes=decided.wishes, next_step=decided.next_step,
    )  # fmt: skip
    _finish(queries.TO_DECIDE, contact, by=by, at=at)
    return _give_what_follows(contact, decided, at=at)


@transaction.atomic
def note_what_was_done(
    contact: Contact, *, done: str, they_say: str, by: Staff, at: datetime
) -> None:
    """Write down what was done about a worry, and what the person says of it: it is closed.

    Raises:
        PermissionDenied: it is not `by`'s to do.
    """
    if not queries.may_say_what_was_done(by.sign_in, _concern(contact)):
        raise PermissionDenied("This is somebody else’s to do, or it is done")
    record.write(
        "concern.acted", about=contact.about or contact.caller, by=by.sign_in, at=at,
        is_key=True, is_confidential=True,
        words="What was agreed about a worry for your safety is done",
        contact=contact.pk, done=done, they_say=they_say,
    )  # fmt: skip
    _finish(queries.TO_ACT, contact, by=by, at=at)


def _concern(contact: Contact) -> queries.Concern:
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    concern = queries.concern_of(contact)
    if concern is None:
        raise CannotDecideConcern([("decision", "No worry for safety was raised here")])
    return concern


def _missing(concern: queries.Concern, decided: Decided, *, on: date) -> list[tuple[str, str]]:
    if concern.task.done_at is not None:
        return [("decision", "This is decided already")]
    problems = []
    if decided.decision not in ConcernDecision.values:
        problems.append(("decision", "Choose what you decide"))
    if decided.decision in (ConcernDecision.ENQUIRY, ConcernDecision.HELP):
        problems += _missing_of_what_follows(decided, on=on)
    if not decided.because.strip():
        problems.append(("because", "Give your reasons"))
    if not decided.wishes.strip():
        problems.append(("wishes", "Write what they want, or why they were not asked"))
    return problems


def _missing_of_what_follows(decided: Decided, *, on: date) -> list[tuple[str, str]]:
    problems = []
    if not decided.next_step.strip():
        problems.append(("next_step", "Say what is done next"))
    if decided.owner is None:
        problems.append(("owner", "Choose who does it"))
    if decided.by_day is None:
        problems.append(("by_day", "Enter the day by which it is done"))
    elif decided.by_day < on:
        problems.append(("by_day", "The day must be today or later"))
    return problems


def _refuse(problems: list[tuple[str, str]]) -> None:
    if problems:
        raise CannotDecideConcern(problems)


def _give_what_follows(contact: Contact, decided: Decided, *, at: datetime) -> str:
    if decided.decision == ConcernDecision.NOTHING:
        return "Decided: nothing more needs to be done. The worry is closed"
    assert decided.owner is not None
    assert decided.by_day is not None
    zone = timezone.localtime(at).tzinfo
    record.give_task(
        queries.TO_ACT,
        person=contact.about or contact.caller,
        words=f"After a concern: {decided.next_step.strip()}",
        owner=decided.owner,
        due_at=datetime.combine(decided.by_day, time(17, 0), tzinfo=zone),
        at=at,
        address=reverse("concern", args=[contact.pk]),
        subject=contact.subject,
        is_confidential=True,
    )
    day = f"{decided.by_day:%A} {decided.by_day.day} {decided.by_day:%B}"
    return f"Decided. {decided.owner.name} has it as a task, by {day}"


def _finish(kind: str, contact: Contact, *, by: Staff, at: datetime) -> None:
    person = contact.about or contact.caller
    record.finish_tasks(kind, person=person, by=by.sign_in, at=at, subject=contact.subject)

"""From the first word to the moment of settling: who, what, and what may help."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people import access as people_access
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Household, Person
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Clock
from ownway.journey.contact import access
from ownway.journey.contact.models import Channel, Contact, Passing, Signpost
from ownway.journey.contact.queries.desk import tie_now
from ownway.journey.contact.queries.entries import Entry

CLOCK = "contact.settle"
TASK = "contact.settle"
CALLER, ABOUT = "caller", "about"
# No more than that: who acts for a person may read it, and a worry for safety is not told to them.
CLOSE_TO_YOU = "We wrote down who is close to you"
TYPED = (
    "channel",
    "urgency",
    "reason",
    "said",
    "hope",
    "looked_for",
    "own_words",
    "refer_to",
    "refer_because",
    "agreed",
    "place",
)


class AlreadySettled(Exception):
    """A contact is settled once; what is settled stays as it was."""


class CannotUse(Exception):
    """This person cannot stand there in this contact."""


@transaction.atomic
def begin(*, by: Staff, at: datetime, channel: str = Channel.PHONE) -> Contact:
    """Take a contact: its clock starts, and it is the taker's to settle.

    Raises:
        PermissionDenied: `by` does not take contacts.
    """
    council_access.require(by.sign_in, access.TAKE)
    return open_contact(owner=by, at=at, channel=channel)


def open_contact(*, owner: Staff, at: datetime, **known: Any) -> Contact:
    """Open a contact by any door: its clock runs, and it stands in its owner's work."""
    hours = council.rules(timezone.localtime(at).date()).value("contact_hours")
    due_at = at + timedelta(hours=hours)
    clock = record.start_clock(
        CLOCK, person=None, title="First contact", at=at, due_at=due_at, owner=owner
    )
    contact = Contact.objects.create(clock=clock, owner=owner, began_at=at, kept_at=at, **known)
    Clock.objects.filter(pk=clock.pk).update(subject=contact.subject)
    give_settling_task(contact, due_at=due_at, at=at)
    return contact


def give_settling_task(contact: Contact, *, due_at: datetime, at: datetime) -> None:
    """Settling it is its owner's task."""
    assert contact.owner is not None
    record.give_task(
        TASK,
        person=None,
        words=f"Settle contact {contact.number}",
        owner=contact.owner,
        due_at=due_at,
        at=at,
        address=reverse("contact", args=[contact.pk]),
        subject=contact.subject,
    )


def one_at_a_time(key: str) -> None:
    """Hold this key until the end of the transaction: whoever needs it too, waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def locked(contact: Contact, *, by: Staff) -> Contact:
    """The contact, held until the end of the transaction, still to be settled.

    Raises:
        PermissionDenied: `by` does not take contacts.
        AlreadySettled: it is done.
    """
    council_access.require(by.sign_in, access.TAKE)
    held = Contact.objects.select_for_update(of=("self",)).select_related(
        "clock", "owner", "caller__household", "about__household"
    )
    contact = held.get(pk=contact.pk)
    if contact.is_settled:
        raise AlreadySettled(f"Contact {contact.number} is settled already")
    return contact


@transaction.atomic
def keep(contact: Contact, *, by: Staff, at: datetime, **typed: Any) -> Contact:
    """Keep what was typed so far. No event: nothing has happened yet.

    Raises:
        AlreadySettled: it is done.
    """
    contact = locked(contact, by=by)
    changed = [name for name in TYPED if name in typed and typed[name] != getattr(contact, name)]
    for name in changed:
        setattr(contact, name, typed[name])
    contact.kept_at = at
    contact.save(update_fields=[*changed, "kept_at"])
    return contact


@transaction.atomic
def use_person(contact: Contact, person: Person, *, side: str, by: Staff, at: datetime) -> Contact:
    """Say who is calling, or whom it is about.

    Somebody on the telephone is a reason to open a record: it is kept, and they can read it.

    Raises:
        AlreadySettled: it is done.
        CannotUse: the same person stands on the other side.
    """
    contact = locked(contact, by=by)
    other = contact.about_id if side == CALLER else contact.caller_id
    if person.pk == other:
        raise CannotUse(f"{person.name} is calling about themselves: leave “About” empty")
    setattr(contact, side, person)
    contact.save(update_fields=[side])
    if not people_access.visible_to(by.sign_in, at=at).filter(pk=person.pk).exists():
        people.give_reason_to_look(by, person=person, because=_in_touch(contact), at=at)
    look(contact, person, by=by, at=at)
    if side == CALLER:
        Clock.objects.filter(pk=contact.clock_id).update(person=person)
    return contact


def _in_touch(contact: Contact) -> str:
    return f"In touch with us: contact {contact.number}"


def look(contact: Contact, person: Person, *, by: Staff, at: datetime) -> None:
    """Log that the desk shows somebody's facts.

    Until a contact is settled nobody knows that it is no worry for safety, of which those who
    act for the person must not read: the words say no more than that the desk was at work.
    """
    said = (
        {"what": "your contact with us", "why": f"Contact {contact.number}: to help with it"}
        if contact.is_settled and not contact.is_confidential
        else {"what": "your record", "why": "Work of our access team"}
    )
    record.log_look(by.sign_in, person, at=at, **said)


@transaction.atomic
def add_and_use(
    contact: Contact,
    *,
    side: str,
    by: Staff,
    at: datetime,
    home: dict[str, str],
    lives_with_caller: bool,
    because: str,
    known: dict[str, Any],
) -> Contact:
    """Add somebody who is new, at home with the caller or elsewhere, and use them.

    Raises:
        AlreadySettled: it is done.
        people.AlreadyKnown: somebody alike is known, and no reason says this is another.
    """
    contact = locked(contact, by=by)
    where = _home(contact, home, lives_with_caller=lives_with_caller)
    _refuse_namesake_at_home(where, str(known["first_name"]), because)
    made = people.add_person(
        by=by.sign_in,
        at=at,
        home=where,
        not_a_duplicate_because=because,
        **known,
    )
    return use_person(contact, made, side=side, by=by, at=at)


def _refuse_namesake_at_home(home: Household | None, first_name: str, because: str) -> None:
    """Two of one first name in one home are mostly one person, whatever the last name heard."""
    if home is None or because.strip():
        return
    alike = list(Person.objects.filter(household=home, first_name__iexact=first_name.strip())[:5])
    if alike:
        raise people.AlreadyKnown(alike)


def _home(contact: Contact, home: dict[str, str], *, lives_with_caller: bool) -> Household | None:
    if lives_with_caller and contact.caller and contact.caller.household:
        return contact.caller.household
    return people.home_at(**home) if home.get("first_line") or home.get("postcode") else None


@transaction.atomic
def drop_person(contact: Contact, *, side: str, by: Staff, at: datetime) -> Contact:
    """Take somebody off a contact, to choose another; the reason to open their record ends.

    Raises:
        AlreadySettled: it is done.
    """
    contact = locked(contact, by=by)
    if (dropped := getattr(contact, side)) is not None:
        people.end_reason_to_look(by, person=dropped, because=_in_touch(contact), at=at)
    setattr(contact, side, None)
    contact.save(update_fields=[side])
    if side == CALLER:
        Clock.objects.filter(pk=contact.clock_id).update(person=None)
    return contact


@transaction.atomic
def say_tie(contact: Contact, *, kind: str, cares_for: bool, by: Staff, at: datetime) -> Contact:
    """Say what the caller is to the one they call about; one home if the other has none yet.

    Raises:
        AlreadySettled: it is done.
        CannotUse: one of the two is not known.
    """
    contact = locked(contact, by=by)
    caller, about = contact.caller, contact.about
    if caller is None or about is None:
        raise CannotUse("Say who is calling and whom it is about first")
    if tie_now(contact) != f"{kind}{':carer' if cares_for else ''}":
        people.tie(caller, to=about, kind=kind, cares_for=cares_for)
        record.write(
            "tie.said", about=about, by=by.sign_in, at=at, words=CLOSE_TO_YOU,
            other=caller.pk, tie=kind, cares_for=cares_for,
        )  # fmt: skip
    if about.household_id is None and caller.household_id is not None:
        contact.about = people.change_person(about, household=caller.household)
    return contact


@transaction.atomic
def pick(contact: Contact, entry: Entry, *, by: Staff, at: datetime) -> Signpost:
    """Put an entry of the directory among those to be told; picking it again changes nothing.

    Raises:
        AlreadySettled: it is done.
    """
    contact = locked(contact, by=by)
    made, _ = Signpost.objects.get_or_create(
        contact=contact,
        entry_key=entry.key,
        defaults={
            "name": entry.name[:160],
            "what": entry.what[:200],
            "price": entry.price[:80],
            "when": entry.when[:160],
            "phone": entry.phone[:40],
            "checked_on": entry.checked_on,
            "picked_at": at,
            "picked_by": by.sign_in,
        },
    )
    return made


@transaction.atomic
def unpick(contact: Contact, entry_key: str, *, by: Staff) -> int:
    """Take a picked entry off again; what was sent stays.

    Raises:
        AlreadySettled: it is done.
    """
    contact = locked(contact, by=by)
    taken, _ = Signpost.objects.filter(contact=contact, entry_key=entry_key, sent_at=None).delete()
    return taken


@transaction.atomic
def pass_on(contact: Contact, *, to: Staff, because: str, by: Staff, at: datetime) -> Contact:
    """Hand a contact to a colleague. It is counted: being passed around is not good service.

    Raises:
        AlreadySettled: it is done.
        CannotUse: it is theirs already.
    """
    contact = locked(contact, by=by)
    if contact.owner_id == to.pk:
        raise CannotUse(f"This contact is with {to.name} already")
    Passing.objects.create(
        contact=contact, from_staff=contact.owner, to_staff=to, because=because, at=at
    )
    contact.owner = to
    contact.save(update_fields=["owner"])
    Clock.objects.filter(pk=contact.clock_id).update(owner=to)
    record.finish_tasks(TASK, person=None, by=by.sign_in, at=at, subject=contact.subject)
    give_settling_task(contact, due_at=contact.clock.due_at, at=at)
    return contact


@transaction.atomic
def make_urgent(contact: Contact, *, because: str, by: Staff, at: datetime) -> Contact:
    """Put a contact first on the desk's list, to be acted on today.

    Raises:
        AlreadySettled: it is done.
    """
    contact = locked(contact, by=by)
    contact.is_urgent, contact.urgency, contact.because_urgent = True, "today", because[:200]
    contact.save(update_fields=["is_urgent", "urgency", "because_urgent"])
    return contact

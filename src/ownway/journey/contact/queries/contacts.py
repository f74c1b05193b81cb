"""Contacts a viewer may see, and figures over them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from ownway.foundation.council.access import Viewer, staff_of
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.journey.contact import access
from ownway.journey.contact.models import Application, Contact, Result, Signpost
from ownway.journey.contact.queries.telling import FIRST_CALL


def contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """Contacts a viewer may open, with all a page shows of them. Four queries, however many."""
    whole = ("clock", "owner", "settled_by", "caller__household", "about__household")
    return (
        access.contacts_for(viewer, at=at)
        .select_related(*whole)
        .prefetch_related("signposts", "passings", "screenings__person", "applications__person")
    )


def open_contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """What is still to be settled: the urgent first, then by the clock."""
    waiting = access.contacts_for(viewer, at=at).filter(settled_at=None)
    listed = waiting.select_related("clock", "owner", "caller", "about")
    return listed.annotate(times_passed=Count("passings")).order_by(
        "-is_urgent", "clock__due_at", "pk"
    )


def settled_contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """What was settled, newest first."""
    done = access.contacts_for(viewer, at=at).filter(settled_at__isnull=False)
    listed = done.select_related("clock", "owner", "caller", "about")
    return listed.annotate(times_passed=Count("passings")).order_by("-settled_at", "-pk")


def earlier_contacts(person: Person, *, before: Contact) -> int:
    """How many times somebody was in touch before this contact: repeats are counted."""
    theirs = Q(caller=person) | Q(about=person)
    return (
        Contact.objects.filter(theirs, began_at__lt=before.began_at).exclude(pk=before.pk).count()
    )


def before_this_one(count: int) -> str:
    """First contact with us; 2 contacts before."""
    return (
        "First contact with us" if not count else f"{count} contact{'s' * (count > 1)} before this"
    )


def newest_contact_about(person: Person) -> Contact | None:
    """The contact that last concerned somebody, from whichever side."""
    theirs = Q(caller=person) | Q(about=person)
    return Contact.objects.filter(theirs).select_related("clock").order_by("-began_at").first()


def applications_of(person: Person) -> list[Application]:
    """Concessions somebody has applied for."""
    return list(Application.objects.filter(person=person).order_by("received_at", "pk"))


def signposts_of(person: Person) -> list[Signpost]:
    """What somebody was told about and when, oldest first; nothing that was only looked at."""
    theirs = Q(contact__caller=person) | Q(contact__about=person)
    sent = Signpost.objects.filter(theirs, sent_at__isnull=False)
    return list(sent.order_by("sent_at", "pk"))


def call_back_contact(viewer: Viewer, contact_id: int, *, at: datetime) -> Contact | None:
    """A contact with the entries that were sent in it, for the call-back."""
    sent = Signpost.objects.filter(sent_at__isnull=False).order_by("sent_at", "pk")
    found = access.contacts_for(viewer, at=at).select_related("caller", "about", "owner")
    return found.prefetch_related(Prefetch("signposts", sent)).filter(pk=contact_id).first()


def owes_first_call(viewer: Viewer, contact: Contact) -> bool:
    """Whether the viewer promised to ring whoever this contact was with, and has not yet."""
    task = record.open_task(viewer, FIRST_CALL, subject=contact.subject)
    return task is not None and task.owner == staff_of(viewer)


@dataclass(frozen=True)
class Share:
    """How many of how many contacts were settled within the limit, and the target."""

    in_time: int
    of: int
    target: int  # ten-thousandths

    @property
    def percent(self) -> int | None:
        """Whole percent, half up; nothing while there is nothing to count."""
        return (self.in_time * 200 + self.of) // (2 * self.of) if self.of else None

    @property
    def is_met(self) -> bool:
        """Whether the target is met, by the exact share."""
        return self.of > 0 and self.in_time * 10_000 >= self.target * self.of


def settled_in_time(*, since: datetime, until: datetime, target: int) -> Share:
    """Of the contacts begun in a span whose fate is known, how many were settled in time.

    Known is: settled, or past the limit. One database query.
    """
    in_time = Q(settled_at__lte=F("clock__due_at"))
    known = Q(settled_at__isnull=False) | Q(clock__due_at__lt=until)
    begun = Contact.objects.filter(began_at__gte=since, began_at__lte=until)
    counts = begun.aggregate(of=Count("pk", filter=known), good=Count("pk", filter=in_time))
    return Share(counts["good"], counts["of"], target)


def what_does_not_suit(*, since: date, until: date) -> list[tuple[str, str, int]]:
    """Market evidence: entry, why it does not suit, and how often. No names of people."""
    bad = Signpost.objects.filter(
        result=Result.DOES_NOT_SUIT, result_at__date__gte=since, result_at__date__lte=until
    )
    rows: Iterable[tuple[str, str, int]] = (
        bad.values_list("name", "why_not").annotate(times=Count("pk")).order_by("-times", "name")
    )
    return list(rows)

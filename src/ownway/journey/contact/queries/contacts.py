"""Contacts a viewer may see, and figures over them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from ownway.community.information import queries as information
from ownway.foundation.council.access import Viewer, staff_of
from ownway.foundation.council.models import OrganisationMember
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.journey.contact import access
from ownway.journey.contact.models import (
    Answer,
    Application,
    ApplicationStatus,
    Contact,
    Enquiry,
    HandOver,
    Outcome,
    Passing,
    Reason,
    Referral,
    Result,
    Route,
    Signpost,
    Source,
    WhyNot,
)
from ownway.journey.contact.queries.telling import FIRST_CALL


def contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """Contacts a viewer may open, with all a page shows of them. Four queries, however many."""
    whole = ("clock", "owner", "settled_by", "caller__household", "about__household")
    rest = ("signposts__enquiry", "screenings__person", "applications__person")
    passed = Prefetch("passings", Passing.objects.select_related("from_staff", "to_staff"))
    found = access.contacts_for(viewer, at=at).select_related(*whole)
    return found.prefetch_related(*rest, passed)


def open_contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """What is still to be settled: the urgent first, then by the clock."""
    waiting = access.contacts_for(viewer, at=at).filter(settled_at=None).exclude(_handed_over())
    listed = waiting.select_related("clock", "owner", "caller", "about")
    return listed.annotate(times_passed=Count("passings")).order_by(
        "-is_urgent", "clock__due_at", "pk"
    )


def _handed_over() -> Q:
    now = HandOver.objects.filter(accepted_at=None, taken_back_at=None)
    return Q(pk__in=now.values("contact"))


def in_urgent_lane(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """What is handed over and not taken yet: never in the ordinary list."""
    now = access.contacts_for(viewer, at=at).filter(_handed_over(), settled_at=None)
    return now.select_related("clock", "owner", "caller", "about").order_by("began_at", "pk")


def hand_over_of(contact: Contact) -> HandOver | None:
    """Where a contact went by the urgent lane, taken over or not."""
    made = HandOver.objects.filter(contact=contact, taken_back_at=None)
    return made.select_related("team", "route", "given_by").last()


def routes(*, on: date) -> QuerySet[Route]:
    """The routing table on a day."""
    standing = Q(until_on=None) | Q(until_on__gt=on)
    return Route.objects.filter(standing, from_on__lte=on).select_related("team")


def settled_contacts(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """What was settled, newest first."""
    done = access.contacts_for(viewer, at=at).filter(settled_at__isnull=False)
    listed = done.select_related("clock", "settled_by", "caller", "about")
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
    theirs = Application.objects.filter(person=person).select_related("person")
    return list(theirs.order_by("received_at", "pk"))


def signposts_of(person: Person) -> list[Signpost]:
    """What somebody was told about and when, oldest first; nothing that was only looked at."""
    theirs = Q(contact__caller=person) | Q(contact__about=person)
    sent = Signpost.objects.filter(theirs, sent_at__isnull=False)
    return list(sent.order_by("sent_at", "pk"))


def unfit_for(persons: Collection[Person]) -> dict[tuple[int, str], str]:
    """By person and entry, why what they were told about does not suit; their last word counts.

    Nothing of a worry for safety: those who act for somebody read this too.
    """
    ids = {person.pk for person in persons}
    worry = Q(contact__reason=Reason.CONCERN) | Q(contact__outcome=Outcome.CONCERN)
    heard = Signpost.objects.exclude(worry | Q(contact__source=Source.CONCERN) | Q(result=""))
    theirs = heard.filter(Q(contact__caller__in=ids) | Q(contact__about__in=ids))
    last = {
        (person_id, one.entry_key): one
        for one in theirs.select_related("contact").order_by("result_at", "pk")
        for person_id in {one.contact.caller_id, one.contact.about_id} & ids
        if person_id is not None
    }
    unfit = {key: one for key, one in last.items() if one.result == Result.DOES_NOT_SUIT}
    return {key: one.get_why_not_display().lower() for key, one in unfit.items()}


def sent_signposts(contact: Contact) -> list[Signpost]:
    """What was told of in a contact."""
    sent = Signpost.objects.filter(contact=contact, sent_at__isnull=False)
    return list(sent.select_related("contact__caller").order_by("sent_at", "pk"))


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


def gaps_by_theme(*, since: date, until: date) -> list[tuple[str, int]]:
    """Market evidence: how often each reason kept people from what they were told about."""
    bad = Signpost.objects.filter(
        result=Result.DOES_NOT_SUIT, result_at__date__gte=since, result_at__date__lte=until
    )
    counted = bad.values_list("why_not").annotate(times=Count("pk")).order_by("-times", "why_not")
    return [(WhyNot(why).label, times) for why, times in counted]


def provider_answers(*, since: date, until: date) -> list[tuple[str, str, int]]:
    """Market evidence: what each provider answered when asked, and how often."""
    said = Enquiry.objects.filter(answered_at__date__gte=since, answered_at__date__lte=until)
    counted = said.values_list("signpost__name", "answer").annotate(times=Count("pk"))
    rows = counted.order_by("-times", "signpost__name", "answer")
    return [(name, Answer(answer).label, times) for name, answer, times in rows]


@dataclass(frozen=True)
class Again:
    """How many contacts there were, how many were repeats, and how often one was passed on."""

    contacts: int
    repeats: int
    passed_on: int
    transfers: int


def repeats(*, since: datetime, until: datetime, within: timedelta) -> Again:
    """Contacts whose caller had been in touch shortly before, and those passed on."""
    begun = Contact.objects.filter(began_at__gte=since, began_at__lte=until)
    before = Contact.objects.filter(
        caller=OuterRef("caller"),
        began_at__lt=OuterRef("began_at"),
        began_at__gte=OuterRef("began_at") - within,
    )
    again = begun.filter(caller__isnull=False).filter(Exists(before)).count()
    passed = begun.aggregate(of=Count("passings__contact", distinct=True), all=Count("passings"))
    return Again(begun.count(), again, passed["of"], passed["all"])


def route(key: str) -> Route | None:
    """A line of the table that still stands, by its number."""
    if not (key.isdecimal() and len(key) < 12):
        return None
    return Route.objects.filter(pk=int(key), until_on=None).first()


def referrals_of(member: OrganisationMember) -> list[Referral]:
    """Whom somebody's organisation sent to us, newest first: how far it is, and no more."""
    sent = Referral.objects.filter(member__organisation=member.organisation_id)
    return list(sent.select_related("contact__clock", "member__sign_in").order_by("-pk")[:100])


def helped_with(contact: Contact) -> list[str]:
    """What was used together in a contact, where it was counted."""
    return information.helped_with(contact.subject)


def places() -> list[str]:
    """Contact points by name."""
    return list(information.points().values_list("name", flat=True))


def _applications(viewer: Viewer, *, at: datetime) -> QuerySet[Application]:
    seen = people.people(viewer, at=at)
    taken = access.contacts_for(viewer, at=at)
    return Application.objects.filter(Q(person__in=seen) | Q(contact__in=taken)).select_related(
        "person__household", "contact"
    )


def open_applications(viewer: Viewer, *, at: datetime) -> QuerySet[Application]:
    """What waits for a decision, the longest wait first."""
    waiting = _applications(viewer, at=at).filter(status=ApplicationStatus.RECEIVED)
    return waiting.order_by("received_at", "pk")


def application(viewer: Viewer, application_id: int, *, at: datetime) -> Application | None:
    """One application a viewer may see."""
    return _applications(viewer, at=at).filter(pk=application_id).first()

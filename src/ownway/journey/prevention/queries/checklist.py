"""The five points before any budget: how each stands, and the evidence for it.

Source: Dudley 2013: each person has had all five before a personal budget is awarded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, Sum

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event
from ownway.journey.contact import queries as contact
from ownway.journey.prevention.models import (
    Answer,
    BenefitCheck,
    EquipmentCheck,
    ItemKind,
    Mark,
    OrderedItem,
    PartnerKind,
    PartnerReferral,
    PointMark,
    Trial,
)
from ownway.journey.prevention.models.things import GONE

POINTS: Final[Mapping[str, str]] = {
    "community": "community resources",
    "home": "home accessible",
    "telecare": "basic telecare",
    "benefits": "disability benefits",
    "carer": "carer support",
}
PLAIN: Final[Mapping[str, str]] = {
    "community": "Clubs, groups and places near you",
    "home": "Making your home easier to live in",
    "telecare": "An alarm or a sensor",
    "benefits": "All the benefits you could get",
    "carer": "Support for whoever looks after you",
}
MAKE_A_HOME_SAFE: Final = (PartnerKind.HANDY_PERSON, PartnerKind.FIRE, PartnerKind.WARM_HOME)
WHAT: Final[Mapping[str, str]] = {
    "community": "Clubs, groups and places near them are used where they help",
    "home": "The home is as easy to live in as it can be",
    "telecare": "At least an alarm or a sensor is in place",
    "benefits": "They get every disability benefit they could",
    "carer": "Whoever cares for them has support",
}


@dataclass(frozen=True)
class Stand:
    """How a point stands: the evidence; for a no, whose it is and that they knew what it was.

    `shown_by` is the number of what on the record bears it out. No mark opens the point again.
    """

    point: str
    mark: str = ""
    evidence: str = ""
    said_by: str = ""
    was_informed: bool = False
    shown_by: int | None = None

    @property
    def as_seen(self) -> str:
        """As one string, so that a page remembers what it showed."""
        told = (self.mark, self.evidence, self.said_by, self.was_informed, self.shown_by or "")
        return ":".join(str(one).strip() for one in told)


@dataclass(frozen=True)
class PointState:
    """How one point stands: open, or settled in one of three ways with its evidence.

    `who` and `at` tell who settled it and when; what comes from the record has neither.
    """

    stand: Stand
    from_record: bool = False
    who: str = ""
    at: datetime | None = None
    shown_by: Event | None = None

    @property
    def key(self) -> str:
        """Which of the five."""
        return self.stand.point

    @property
    def name(self) -> str:
        """Its name in a sentence."""
        return POINTS[self.key]

    @property
    def what(self) -> str:
        """What it asks for."""
        return WHAT[self.key]

    @property
    def plain(self) -> str:
        """What it asks for, in the words of the person's own pages."""
        return PLAIN[self.key]

    @property
    def mark(self) -> str:
        """Done, declined, not applicable, or nothing."""
        return self.stand.mark

    @property
    def evidence(self) -> str:
        """What shows it."""
        return self.stand.evidence

    @property
    def as_seen(self) -> str:
        """What a page that shows this point remembers of it."""
        return self.stand.as_seen

    @property
    def is_settled(self) -> bool:
        """Whether it is done, declined, or does not apply."""
        return bool(self.mark)

    @property
    def words(self) -> str:
        """Done; They said no; Does not apply; Still open."""
        return Mark(self.mark).label if self.mark else "Still open"

    @property
    def full_words(self) -> str:
        """Done. Rails by the bath. Dev Marlowe, 6 January 2026."""
        no = f"{self.stand.said_by} said no, knowing what it is" if self.stand.said_by else ""
        when = f"{self.who}, {plain_date(self.at)}" if self.at else ""
        return ". ".join(filter(None, [self.words, no, self.evidence.rstrip("."), when]))


@dataclass(frozen=True)
class ChecklistState:
    """How all five stand."""

    points: tuple[PointState, ...]

    @property
    def done(self) -> int:
        """How many are settled."""
        return sum(point.is_settled for point in self.points)

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self.points)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of those still open."""
        return tuple(point.name for point in self.points if not point.is_settled)

    @property
    def is_complete(self) -> bool:
        """Whether a budget may be worked out, as far as prevention goes."""
        return not self.missing

    @property
    def words(self) -> str:
        """3 of 5 done; missing: disability benefits, carer support."""
        missing = f"; missing: {', '.join(self.missing)}" if self.missing else ""
        return f"{self.done} of {self.of} done{missing}"


def checklist_state(person: Person) -> ChecklistState:
    """How the five points stand for somebody; the word of staff stands over the record."""
    found = PointMark.objects.filter(person=person).select_related("by", "shown_by")
    written = {one.point: one for one in found}
    return ChecklistState(tuple(_state(key, person, written.get(key)) for key in POINTS))


def _state(key: str, person: Person, written: PointMark | None) -> PointState:
    if written is None:
        evidence = SHOWN_BY[key](person)
        stand = Stand(key, Mark.DONE.value if evidence else "", evidence)
        return PointState(stand, from_record=bool(evidence))
    stand = Stand(
        key,
        written.mark,
        written.evidence,
        written.said_by,
        written.was_informed,
        written.shown_by_id,
    )
    return PointState(stand, who=written.by.name, at=written.at, shown_by=written.shown_by)


EVIDENCE_KINDS: Final = ("contact.", "equipment.", "benefits.", "partner.", "carer.", "letter.sent")
MOST_EVIDENCE: Final = 40


def evidence_on_record(person: Person) -> list[Event]:
    """What has happened to somebody that may bear a point out, newest first."""
    kinds = reduce(or_, (Q(kind__startswith=kind) for kind in EVIDENCE_KINDS))
    events = Event.objects.filter(kinds, person=person, is_confidential=False)
    return list(events.order_by("-at", "-pk")[:MOST_EVIDENCE])


def _community(person: Person) -> str:
    sent = contact.signposts_of(person)
    return _and_when("Told about", [(one.name, one.sent_at) for one in sent])


def _home(person: Person) -> str:
    if evidence := _items(person, ItemKind.EQUIPMENT) or _partners(person):
        return evidence
    last = EquipmentCheck.objects.filter(person=person).first()
    if last is None or last.flags or last.suggested:
        return ""
    return f"Equipment questions answered {plain_date(last.at)}: nothing is needed"


def _telecare(person: Person) -> str:
    return _items(person, ItemKind.TELECARE)


def _items(person: Person, kind: str) -> str:
    """What they have of a kind, and whether it helps; what does not help shows nothing."""
    have = [
        one
        for one in OrderedItem.objects.filter(person=person, kind=kind).exclude(status__in=GONE)
        if one.trial != Trial.DOES_NOT_HELP
    ]
    helps = [one.name for one in have if one.trial == Trial.HELPS]
    told = _and_when("Ordered", [(one.name, one.ordered_at) for one in have])
    return f"{told}. Tried and it helps: {', '.join(helps)}" if helps else told


def _partners(person: Person) -> str:
    """Partners who made the home safer."""
    said_yes = PartnerReferral.objects.filter(
        person=person, answer=Answer.YES, offer__kind__in=MAKE_A_HOME_SAFE
    ).select_related("offer")
    return _and_when("Helped by", [(one.offer.name, one.answered_at) for one in said_yes])


def _and_when(did: str, things: Sequence[tuple[str, datetime | None]]) -> str:
    """Ordered door sensor, 6 January 2026."""
    if not things:
        return ""
    names = " and ".join(dict.fromkeys(name for name, _ in things))
    return f"{did} {names}, {plain_date(things[-1][1])}"


def _benefits(person: Person) -> str:
    last = BenefitCheck.objects.filter(person=person).first()
    if last is None:
        return ""
    gain = last.gain_pence_a_week
    more = f"{pounds(gain)} a week more" if gain else "no more is due"
    found = f" ({last.found})" if last.found else ""
    return f"Benefit check {plain_date(last.at)}: {more}{found}"


def _carer(person: Person) -> str:
    return ""


SHOWN_BY: Final[Mapping[str, Callable[[Person], str]]] = {
    "community": _community,
    "home": _home,
    "telecare": _telecare,
    "benefits": _benefits,
    "carer": _carer,
}


def yearly_benefit_gains() -> int:
    """What benefit checks have gained for people, in pence a year of 52 weeks."""
    found = BenefitCheck.objects.aggregate(week=Sum("gain_pence_a_week"))["week"] or 0
    return found * 52

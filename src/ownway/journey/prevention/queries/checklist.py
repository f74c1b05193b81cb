"""The five points before any budget: how each stands, and the evidence for it.

Source: Dudley 2013: each person has had all five before a personal budget is awarded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Sum

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.journey.contact import queries as contact
from ownway.journey.prevention.models import (
    BenefitCheck,
    EquipmentCheck,
    ItemKind,
    Mark,
    OrderedItem,
    PointMark,
)

POINTS: Final[Mapping[str, str]] = {
    "community": "community resources",
    "home": "home accessible",
    "telecare": "basic telecare",
    "benefits": "disability benefits",
    "carer": "carer support",
}
WHAT: Final[Mapping[str, str]] = {
    "community": "Clubs, groups and places near them are used where they help",
    "home": "The home is as easy to live in as it can be",
    "telecare": "At least an alarm or a sensor is in place",
    "benefits": "They get every disability benefit they could",
    "carer": "Whoever cares for them has support",
}


def as_seen(mark: str, evidence: str) -> str:
    """How a point stands as one string, so that a page remembers what it showed."""
    return f"{mark}:{evidence.strip()}"


@dataclass(frozen=True)
class PointState:
    """How one point stands: open, or settled in one of three ways with its evidence."""

    key: str
    name: str
    what: str
    mark: str
    evidence: str
    from_record: bool

    @property
    def as_seen(self) -> str:
        """What a page that shows this point remembers of it."""
        return as_seen(self.mark, self.evidence)

    @property
    def is_settled(self) -> bool:
        """Whether it is done, declined, or does not apply."""
        return bool(self.mark)

    @property
    def words(self) -> str:
        """Done; They said no; Does not apply; Still open."""
        return Mark(self.mark).label if self.mark else "Still open"


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
    written = {one.point: one for one in PointMark.objects.filter(person=person)}
    return ChecklistState(tuple(_state(key, person, written.get(key)) for key in POINTS))


def _state(key: str, person: Person, written: PointMark | None) -> PointState:
    if written is not None:
        return PointState(key, POINTS[key], WHAT[key], written.mark, written.evidence, False)
    evidence = SHOWN_BY[key](person)
    mark = Mark.DONE.value if evidence else ""
    return PointState(key, POINTS[key], WHAT[key], mark, evidence, bool(evidence))


def _community(person: Person) -> str:
    sent = contact.signposts_of(person)
    return _and_when("Told about", [(one.name, one.sent_at) for one in sent])


def _home(person: Person) -> str:
    if evidence := _items(person, ItemKind.EQUIPMENT):
        return evidence
    last = EquipmentCheck.objects.filter(person=person).first()
    if last is None or last.flags or last.suggested:
        return ""
    return f"Equipment questions answered {plain_date(last.at)}: nothing is needed"


def _telecare(person: Person) -> str:
    return _items(person, ItemKind.TELECARE)


def _items(person: Person, kind: str) -> str:
    have = OrderedItem.objects.filter(person=person, kind=kind).exclude(status="returned")
    return _and_when("Ordered", [(one.name, one.ordered_at) for one in have])


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

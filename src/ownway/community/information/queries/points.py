"""Contact points: which are on the map, what runs out, and what help was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from ownway.community.directory import queries as directory
from ownway.community.directory.queries.places import miles
from ownway.community.information.models import ContactPoint, Help, Training
from ownway.policy.packs import Pack

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Trained:
    """One of the trainings a contact point needs, and until when it counts."""

    topic: str
    name: str
    held_on: date | None
    until: date | None

    def is_in_date(self, on: date) -> bool:
        """Whether it counts on a day."""
        return (
            self.until is not None and self.held_on is not None and self.held_on <= on < self.until
        )


@dataclass(frozen=True)
class PointStanding:
    """One contact point: its trainings, and whether it is on the map."""

    point: ContactPoint
    trained: tuple[Trained, ...]
    on: date

    @property
    def in_date(self) -> int:
        """How many of its trainings count."""
        return sum(one.is_in_date(self.on) for one in self.trained)

    @property
    def is_on_map(self) -> bool:
        """All trainings are in date, and it is open."""
        return bool(self.trained) and self.in_date == len(self.trained) and not self.point.closed_on

    @property
    def missing(self) -> list[str]:
        """The trainings that are not in date."""
        return [one.name for one in self.trained if not one.is_in_date(self.on)]

    @property
    def ends_on(self) -> date | None:
        """The first day on which a training no longer counts."""
        return min(
            (t.until for t in self.trained if t.is_in_date(self.on) and t.until), default=None
        )


@dataclass(frozen=True)
class NearPoint:
    """A contact point as the public sees it."""

    point: ContactPoint
    hours: tuple[tuple[str, str], ...]
    is_open: bool
    distance: str = ""
    metres: float = 0.0


def topics(pack: Pack) -> list[tuple[str, str, int]]:
    """What helpers must be trained in: key, name, and the months it lasts."""
    listed = pack.lists["contact_point_trainings"]
    return [(one["key"], one["name"], pack.value(one["lasts"])) for one in listed]


def points() -> QuerySet[ContactPoint]:
    """Every contact point with its trainings."""
    return ContactPoint.objects.select_related("owner__sign_in").prefetch_related("trainings")


def standing(point: ContactPoint, *, pack: Pack, on: date) -> PointStanding:
    """How a contact point stands on a day."""
    held: dict[str, date] = {}
    for training in point.trainings.all():
        if training.held_on <= on:
            held[training.topic] = max(training.held_on, held.get(training.topic, date.min))
    trained = tuple(
        Trained(key, name, held.get(key), months_later(held[key], lasts) if key in held else None)
        for key, name, lasts in topics(pack)
    )
    return PointStanding(point, trained, on)


def standings_of_points(*, pack: Pack, on: date) -> list[PointStanding]:
    """Every contact point that is not closed: those off the map first."""
    found = [standing(p, pack=pack, on=on) for p in points().filter(closed_on=None)]
    return sorted(found, key=lambda one: (one.is_on_map, one.point.name))


def on_the_map(*, pack: Pack, at: datetime, near: directory.Spot | None = None) -> list[NearPoint]:
    """The contact points the public may be sent to, nearest first where a place is known."""
    on = timezone.localtime(at).date()
    found = [one for one in standings_of_points(pack=pack, on=on) if one.is_on_map]
    near_by = [_near(one.point, at=at, near=near) for one in found]
    return sorted(near_by, key=lambda one: (one.metres, one.point.name))


def _near(point: ContactPoint, *, at: datetime, near: directory.Spot | None) -> NearPoint:
    metres = 0.0
    if near is not None:
        metres = (
            (point.easting - near.easting) ** 2 + (point.northing - near.northing) ** 2
        ) ** 0.5
    distance = miles(metres) if near is not None else ""
    return NearPoint(point, hours_of(point), is_open(point, at=at), distance, metres)


def hours_of(point: ContactPoint) -> tuple[tuple[str, str], ...]:
    """The open days, those alike together: Monday to Friday, 09:30 to 17:00."""
    spans: list[tuple[int, int, str]] = []
    for number in range(7):
        words = _words(point.opening.get(str(number)))
        if spans and spans[-1][2] == words:
            spans[-1] = (spans[-1][0], number, words)
        else:
            spans.append((number, number, words))
    return tuple((_span(first, last), words) for first, last, words in spans if words)


def _span(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'and' if last == first + 1 else 'to'} {DAYS[last]}"


def _words(times: Any) -> str:
    return f"{times[0]} to {times[1]}" if times else ""


def is_open(point: ContactPoint, *, at: datetime) -> bool:
    """Whether it is open at a moment, by its opening times."""
    local = timezone.localtime(at)
    times = point.opening.get(str(local.weekday()))
    return bool(times) and times[0] <= f"{local:%H:%M}" < times[1]


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def point_of(slug: str) -> ContactPoint | None:
    """A contact point by its address."""
    return points().filter(slug=slug).first()


def point_named(name: str) -> ContactPoint | None:
    """An open contact point by its name, as somebody types it."""
    return points().filter(name__iexact=name.strip(), closed_on=None).first()


def training_history(point: ContactPoint) -> QuerySet[Training]:
    """Every training of a contact point, newest first."""
    return point.trainings.select_related("by").order_by("-held_on", "-pk")


HELPED_BY = Help.Did.choices


@dataclass(frozen=True)
class Given:
    """Help given at one place in a span of days."""

    visits: int
    minutes: int
    settled: int
    did: Mapping[str, int]


def help_given(*, since: date, until: date) -> dict[int | None, Given]:
    """Help by contact point, by none at the access desk, in a constant number of queries."""
    rows = Help.objects.filter(on__gte=since, on__lte=until).order_by()
    counted = rows.values_list("point").annotate(
        visits=Count("pk"),
        spent=Sum("minutes"),
        settled=Count("pk", filter=Q(is_settled=True)),
    )
    did: dict[int | None, dict[str, int]] = {}
    labels = dict(Help.Did.choices)
    for point, kinds in rows.values_list("point", "did"):
        _count(did.setdefault(point, {}), (str(labels[kind]) for kind in kinds if kind in labels))
    return {
        point: Given(visits, minutes or 0, settled, did.get(point, {}))
        for point, visits, minutes, settled in counted
    }


def helped_with(subject: str) -> list[str]:
    """What was done together in one contact, in words."""
    found = Help.objects.filter(subject=subject).first()
    return [str(Help.Did(kind).label) for kind in found.did] if found else []


def _count(counts: dict[str, int], names: Iterable[str]) -> None:
    for name in names:
        counts[name] = counts.get(name, 0) + 1

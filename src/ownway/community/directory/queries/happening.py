"""What is on, day by day: events, groups and clubs, with the times of that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.db.models import F, FloatField, QuerySet, Value

from ownway.community.directory.models import Kind, Times
from ownway.community.directory.queries import openings, wording
from ownway.community.directory.queries.asked import Asked
from ownway.community.directory.queries.distance import metres_to
from ownway.community.directory.queries.listings import Listing, listings
from ownway.community.directory.queries.narrowing import Choices, narrowed
from ownway.community.directory.queries.places import Spot

A_DAY: Final = 12
TOGETHER: Final = (Kind.EVENT, Kind.GROUP)


@dataclass(frozen=True)
class Happening:
    """One thing that is on, and its hours on that day."""

    listing: Listing
    hours: str


@dataclass(frozen=True)
class Day:
    """What is on on one day; `is_more` when there is more than is shown."""

    on: date
    happenings: list[Happening]
    is_more: bool


def whats_on(
    first: date,
    *,
    days: int,
    words: str = "",
    near: Spot | None = None,
    choices: Choices | None = None,
    most: int = A_DAY,
) -> list[Day]:
    """What is on from a day on: events and the nearest of each day, by the clock."""
    asked, wanted = Asked.of(words), choices or Choices()
    entries = narrowed(wanted, near=near, on=first).filter(kind__in=TOGETHER)
    if asked.parts:
        entries = entries.filter(asked.anywhere)
    every_day = [first + timedelta(days=n) for n in range(days)]
    found = {day: _on(day, entries, near, wanted.part)[: most + 1] for day in every_day}
    rows = {row["entry_id"] for some in found.values() for row in some}
    far = {row["entry_id"]: row["metres"] for some in found.values() for row in some}
    known = dict(zip(rows, _in_order(rows, first, far), strict=True))
    return [
        Day(
            day,
            [
                Happening(known[row["entry_id"]], _hours(row))
                for row in sorted(some[:most], key=_by_the_clock)
            ],
            len(some) > most,
        )
        for day, some in found.items()
    ]


def _in_order(rows: set[int], on: date, far: dict[int, float | None]) -> list[Listing]:
    return listings(rows, on=on, metres=far)


def _on(
    day: date, entries: QuerySet[Any], near: Spot | None, part: str
) -> Sequence[dict[str, Any]]:
    """The times of a day, those of events first, then the nearest, then the earliest."""
    of_entry = entries.annotate(
        metres=metres_to(near) if near else Value(None, output_field=FloatField())
    )
    times = Times.objects.filter(openings.on_day(day), entry__in=entries.values("pk"))
    if part:
        times = times.filter(openings.in_part(part))
    found = list(
        times.order_by(F("opens_at").asc(nulls_last=True), "entry__name", "pk").values(
            "entry_id", "opens_at", "closes_at", "entry__kind"
        )[: 20 * A_DAY]
    )
    far = dict(
        of_entry.filter(pk__in={row["entry_id"] for row in found})
        .order_by()
        .values_list("pk", "metres")
    )
    rows: list[dict[str, Any]] = [{**row, "metres": far.get(row["entry_id"])} for row in found]
    return sorted(rows, key=_first_of_day)


def _first_of_day(row: dict[str, Any]) -> tuple[bool, float, time]:
    metres = row["metres"] if row["metres"] is not None else float("inf")
    return row["entry__kind"] != Kind.EVENT, metres, row["opens_at"] or time.max


def _by_the_clock(row: dict[str, Any]) -> time:
    return row["opens_at"] or time.max


def _hours(row: dict[str, Any]) -> str:
    return wording.hours(row["opens_at"], row["closes_at"])

"""What narrows a search: distance, need, kind, day, part of the day, price, mark, a way in.

Each choice is asked twice: of `Entry.narrowed_by`, which an index answers and which may say too
much, and of the times and prices themselves, which say what holds today.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from ownway.community.directory.models import Accessibility, Cost, Entry, Times
from ownway.community.directory.models.details import DAYS
from ownway.community.directory.queries import openings
from ownway.community.directory.queries.distance import metres_to
from ownway.community.directory.queries.listings import shown
from ownway.community.directory.queries.places import METRES_A_MILE, Spot

# What a way in is called by those who have one: the words, as a pattern.
WAYS_IN: Final = {
    "level": ("Level way in", r"level|step.?free|ramp|wheelchair|lift"),
    "toilet": ("Accessible toilet", r"toilet|changing place"),
    "loop": ("Hearing loop", r"hearing|loop|sign language|BSL"),
    "quiet": ("Quiet room", r"quiet|sensory"),
    "parking": ("Parking by the door", r"parking|blue badge"),
}
# Metres along the sides of the squares of the map: small ones for near by, large ones beyond.
SQUARES: Final = {"s": 2_000, "l": 10_000}
FREE, DATED, BY_MONTH = "free", "dated", "by-month"


@dataclass(frozen=True)
class Choices:
    """What narrows a search; what is left empty narrows nothing."""

    miles: int | None = None
    domain: str = ""
    kind: str = ""
    day: str = ""
    on_date: date | None = None
    part: str = ""
    is_free: bool = False
    most_pence: int | None = None
    is_marked: bool = False
    comes_to_you: bool = False
    way_in: str = ""


def narrowed(
    choices: Choices,
    *,
    near: Spot | None,
    on: date,
    ring: float | None = None,
    has_words: bool = False,
) -> QuerySet[Entry]:
    """The entries that are shown and fit the choices; in the squares of a ring, when one is given.

    A ring of so many metres round the place may hold a little more than lies within it. When
    words are sought too, those lead to the entries, and the days and prices that very many have
    are asked of each.
    """
    found = shown()
    if tags := _tags(choices):
        by = "has_all" if has_words else "contains"
        found = found.filter(**{f"narrowed_by__{by}": tags})
    if choices.domain:
        found = found.filter(domains__contains=[choices.domain])
    if choices.kind:
        found = found.filter(kind=choices.kind)
    if choices.is_marked:
        found = found.filter(mark__gt=0)
    if choices.comes_to_you:
        found = found.filter(comes_to_you=True)
    found = _by_times(_by_price(found, choices, on), choices, on)
    if choices.way_in:
        pattern = WAYS_IN[choices.way_in][1]
        ways = Accessibility.objects.filter(place__at__entry=OuterRef("pk"), words__iregex=pattern)
        found = found.filter(Exists(ways))
    most = choices.miles * METRES_A_MILE if choices.miles else None
    if near is None or (most is None and ring is None):
        return found
    found = _in_squares(found, near=near, metres=min(m for m in (most, ring) if m is not None))
    return found.annotate(apart=metres_to(near)).filter(apart__lte=most) if most else found


def _in_squares(found: QuerySet[Entry], *, near: Spot, metres: float) -> QuerySet[Entry]:
    """Those in the squares that reach so far: an index reads a few lists of squares soonest."""
    asked = Q()
    for column in squares_near(near, metres=metres):
        asked |= Q(narrowed_by__shares=column)
    return found.filter(asked)


def _tags(choices: Choices) -> list[str]:
    """What an index can say of the times and prices that are asked for."""
    tags = [choices.day] if choices.day else []
    if choices.is_free:
        tags.append(FREE)
    if choices.way_in:
        tags.append(f"way-{choices.way_in}")
    return tags


def _by_price(found: QuerySet[Entry], choices: Choices, on: date) -> QuerySet[Entry]:
    most = 0 if choices.is_free else choices.most_pence
    if most is None:
        return found
    costs = Cost.objects.filter(openings.in_force(on), entry=OuterRef("pk"), pence__lte=most)
    return found.filter(Exists(costs))


def _by_times(found: QuerySet[Entry], choices: Choices, on: date) -> QuerySet[Entry]:
    """One and the same line of times has to fit the day, the date and the part of the day."""
    asked: list[Q] = []
    if choices.day:
        asked += [openings.on_weekday(choices.day), Q(valid_to=None) | Q(valid_to__gte=on)]
    if choices.on_date:
        asked.append(openings.on_day(choices.on_date))
        name = DAYS[choices.on_date.weekday()]
        found = found.filter(narrowed_by__overlap=[name, DATED, BY_MONTH])
    if choices.part:
        asked.append(openings.in_part(choices.part))
    if not asked:
        return found
    return found.filter(Exists(Times.objects.filter(*asked, entry=OuterRef("pk"))))


def squares_near(near: Spot, *, metres: float) -> list[list[str]]:
    """The squares of the map that hold all within so many metres of a place, by their columns."""
    size = "s" if metres <= 3 * SQUARES["s"] else "l"
    side = SQUARES[size]
    east = range(int((near.easting - metres) // side), int((near.easting + metres) // side) + 1)
    north = range(int((near.northing - metres) // side), int((near.northing + metres) // side) + 1)
    return [[f"{size}{across}:{up}" for up in north] for across in east]

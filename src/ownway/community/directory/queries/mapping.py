"""A map of what was found, drawn from our own postcodes: no tiles, nothing asked of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, hypot
from typing import Final

from django.core.cache import cache
from django.db import connection

from ownway.community.directory.models import Entry, Place
from ownway.community.directory.queries.listings import Listing
from ownway.community.directory.queries.places import METRES_A_MILE, Spot

WIDE: Final = 640
HIGH: Final = 520
EDGE: Final = 40
PIN: Final = 26
LEAST_METRES: Final = 1_600
CELLS: Final = 80
KEPT_SECONDS: Final = 3600
LENGTHS: Final = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Pin:
    """A numbered pin; `x, y` is where it is drawn, `at_x, at_y` the point it stands for."""

    number: int
    name: str
    look: str
    x: float
    y: float
    at_x: float
    at_y: float


@dataclass(frozen=True)
class Drawing:
    """A map ready to draw, in units of its own; `off` are the numbers that have no point."""

    pins: list[Pin]
    off: list[int]
    homes: list[tuple[float, float]]
    cell: float
    names: list[tuple[str, float, float]]
    you: tuple[float, float] | None
    bar: float
    bar_miles: float
    wide: int = WIDE
    high: int = HIGH


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    scale: float

    def at(self, east: float, north: float) -> tuple[float, float]:
        """A point of the grid on the drawing."""
        return (east - self.west) * self.scale, (self.north - north) * self.scale

    @property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east and north of the drawing, in metres."""
        south, east = self.north - HIGH / self.scale, self.west + WIDE / self.scale
        return int(self.west), int(south), int(east), int(self.north)


def drawn(found: Sequence[Listing], *, near: Spot | None, first: int = 1) -> Drawing | None:
    """The map of a page of the list, with the numbers of the list; nothing has a point, no map."""
    at = _points([one.key for one in found], near)
    spots = list(at.values()) + ([(near.easting, near.northing)] if near else [])
    if not at:
        return None
    frame = _frame(spots)
    numbered = [(number, one) for number, one in enumerate(found, first)]
    pins: list[Pin] = []
    for number, one in numbered:
        if one.key in at:
            pins.append(_pin(number, one, frame.at(*at[one.key]), pins))
    names, homes, cell = _ground(frame)
    bar = _bar(frame)
    return Drawing(
        pins=pins,
        off=[number for number, one in numbered if one.key not in at],
        homes=homes,
        cell=cell,
        names=names,
        you=frame.at(near.easting, near.northing) if near else None,
        bar=bar * METRES_A_MILE * frame.scale,
        bar_miles=bar,
    )


def _points(keys: Sequence[str], near: Spot | None) -> dict[str, tuple[int, int]]:
    """Where each is: its first place, or the nearest when somebody asks from somewhere."""
    found: dict[str, tuple[int, int]] = {}
    for row in Entry.objects.filter(key__in=keys, easting__isnull=False).order_by("pk"):
        found[str(row.key)] = (row.easting or 0, row.northing or 0)
    if near is None:
        return found
    several = Place.objects.filter(
        at__entry__key__in=keys, at__entry__has_more_places=True, easting__isnull=False
    ).order_by("pk")
    for key, east, north in several.values_list("at__entry__key", "easting", "northing"):
        spot = (east or 0, north or 0)
        if _far(near, spot) < _far(near, found[str(key)]):
            found[str(key)] = spot
    return found


def _far(near: Spot, point: tuple[int, int]) -> float:
    return hypot(point[0] - near.easting, point[1] - near.northing)


def _frame(spots: Sequence[tuple[int, int]]) -> _Frame:
    """The smallest drawing that holds every point, with an edge for the pins."""
    east, north = [spot[0] for spot in spots], [spot[1] for spot in spots]
    wide = max(max(east) - min(east), LEAST_METRES)
    high = max(max(north) - min(north), LEAST_METRES)
    scale = min((WIDE - 2 * EDGE) / wide, (HIGH - 2 * EDGE) / high)
    middle_east, middle_north = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    return _Frame(middle_east - WIDE / scale / 2, middle_north + HIGH / scale / 2, scale)


def _pin(number: int, one: Listing, at: tuple[float, float], others: Sequence[Pin]) -> Pin:
    """A pin on its point, or beside it where another stands already."""
    for x, y in _round(at):
        if all(hypot(x - pin.x, y - pin.y) >= PIN for pin in others):
            break
    return Pin(number, one.name, one.mark.lower(), x, y, *at)


def _round(at: tuple[float, float]) -> list[tuple[float, float]]:
    """The point, then the places round it, nearest first, inside the drawing."""
    steps = range(-4, 5)
    around = [(at[0] + PIN * across, at[1] + PIN * up) for across in steps for up in steps]
    inside = [
        (x, y) for x, y in around if PIN / 2 <= x <= WIDE - PIN / 2 and PIN / 2 <= y <= HIGH - PIN
    ]
    return sorted(inside, key=lambda spot: (hypot(spot[0] - at[0], spot[1] - at[1]), spot)) or [at]


def _bar(frame: _Frame) -> float:
    """How many miles the scale shows: about a quarter of the drawing."""
    most = WIDE / 4 / frame.scale / METRES_A_MILE
    return max([length for length in LENGTHS if length <= most], default=LENGTHS[0])


def _ground(
    frame: _Frame,
) -> tuple[list[tuple[str, float, float]], list[tuple[float, float]], float]:
    """Where people live, as squares with a postcode in them, and the names of the districts."""
    west, south, east, north = frame.box
    step = ceil((east - west) / CELLS)
    cells, districts = _lived_in(west, south, east, north, step)
    homes = [frame.at(x * step, (y + 1) * step) for x, y in cells]
    names = [(name, *frame.at(x, y)) for name, x, y in districts]
    return names, homes, step * frame.scale


_Ground = tuple[list[tuple[int, int]], list[tuple[str, float, float]]]


def _lived_in(west: int, south: int, east: int, north: int, step: int) -> _Ground:
    name = f"directory-ground-{west}-{south}-{east}-{north}"
    kept: _Ground | None = cache.get(name)
    if kept is None:
        box = {"west": west, "south": south, "east": east, "north": north, "step": step}
        inside = (
            "FROM directory_postcode WHERE NOT ended AND easting BETWEEN %(west)s AND %(east)s "
            "AND northing BETWEEN %(south)s AND %(north)s "
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT easting / %(step)s, northing / %(step)s " + inside, box)
            cells = cursor.fetchall()
            cursor.execute(
                "SELECT left(squeezed, -3), avg(easting)::float, avg(northing)::float "
                + inside
                + "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 12",
                box,
            )
            kept = (cells, cursor.fetchall())
        cache.set(name, kept, KEPT_SECONDS)
    return kept

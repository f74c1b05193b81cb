"""A map of places as inline SVG, drawn from our own data alone: no tiles, nothing from outside.

The list beside it carries the words; each pin leads to its place in that list.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import hypot
from typing import Final, NamedTuple

from markupsafe import Markup, escape

WIDE: Final = 640
HIGH: Final = 440
PIN: Final = 25
MILE: Final = 1609.344
LEAST_SPAN: Final = 2400
EDGE: Final = 0.16
_numbers = count(1)


class Pin(NamedTuple):
    """A place to show: its number in the list, its name, where it lies, and where it leads."""

    number: int
    name: str
    easting: float
    northing: float
    address: str


class Patch(NamedTuple):
    """A part of the town where people live, in metres of the grid."""

    easting: float
    northing: float
    radius: float


class Label(NamedTuple):
    """A word on the map, such as the first half of a postcode."""

    words: str
    easting: float
    northing: float


Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The part of the grid that a map shows: its south-west corner, and metres to a unit."""

    west: float
    south: float
    metres: float

    @property
    def east(self) -> float:
        """The eastern edge."""
        return self.west + WIDE * self.metres

    @property
    def north(self) -> float:
        """The northern edge."""
        return self.south + HIGH * self.metres

    def at(self, easting: float, northing: float) -> Point:
        """Where a point of the grid lies on the drawing; north is up."""
        return (easting - self.west) / self.metres, HIGH - (northing - self.south) / self.metres


def frame(points: Sequence[Point]) -> Frame:
    """The frame that shows every point, with room about them."""
    eastings, northings = [p[0] for p in points] or [0.0], [p[1] for p in points] or [0.0]
    span_east = max(max(eastings) - min(eastings), LEAST_SPAN)
    span_north = max(max(northings) - min(northings), LEAST_SPAN * HIGH / WIDE)
    metres = max(span_east / WIDE, span_north / HIGH) / (1 - 2 * EDGE)
    middle_east = (max(eastings) + min(eastings)) / 2
    middle_north = (max(northings) + min(northings)) / 2
    return Frame(middle_east - WIDE * metres / 2, middle_north - HIGH * metres / 2, metres)


def pin_map(
    title: str,
    pins: Sequence[Pin],
    *,
    shown: Frame,
    here: Point | None = None,
    land: Iterable[Patch] = (),
    labels: Iterable[Label] = (),
) -> Markup:
    """Draw the map. `here` is where the reader is, when they said so."""
    name = f"map-{next(_numbers)}"
    drawn = [
        *(_patch(patch, shown) for patch in land),
        *_rings(here, shown),
        *(_label(label, shown) for label in labels),
        *_here(here, shown),
        *_pins(pins, shown, here),
        _scale(shown),
    ]
    return Markup(
        '<svg class="ow-map" viewBox="0 0 {} {}" role="group" aria-labelledby="{}">'
        '<title id="{}">{}</title><rect class="ow-map__ground" width="{}" height="{}"/>{}</svg>'
    ).format(WIDE, HIGH, name, name, title, WIDE, HIGH, Markup("").join(drawn))


def _patch(patch: Patch, shown: Frame) -> Markup:
    x, y = shown.at(patch.easting, patch.northing)
    radius = max(patch.radius / shown.metres, 4)
    return Markup('<circle class="ow-map__land" cx="{:.0f}" cy="{:.0f}" r="{:.0f}"/>').format(
        x, y, radius
    )


def _label(label: Label, shown: Frame) -> Markup:
    x, y = shown.at(label.easting, label.northing)
    if not (20 < x < WIDE - 20 and 20 < y < HIGH - 20):
        return Markup("")
    return Markup('<text class="ow-map__label" x="{:.0f}" y="{:.0f}">{}</text>').format(
        x, y, label.words
    )


def _rings(here: Point | None, shown: Frame) -> Iterator[Markup]:
    """Circles a mile or more apart about where the reader is."""
    if here is None:
        return
    x, y = shown.at(*here)
    each = _round_miles(shown) * MILE / shown.metres
    for ring in (1, 2, 3):
        yield Markup('<circle class="ow-map__ring" cx="{:.0f}" cy="{:.0f}" r="{:.0f}"/>').format(
            x, y, ring * each
        )


def _here(here: Point | None, shown: Frame) -> Iterator[Markup]:
    if here is not None:
        x, y = shown.at(*here)
        yield Markup(
            '<g class="ow-map__here"><circle cx="{:.0f}" cy="{:.0f}" r="9"/>'
            '<text x="{:.0f}" y="{:.0f}">You</text></g>'
        ).format(x, y, x + 14, y + 7)


def _pins(pins: Sequence[Pin], shown: Frame, here: Point | None) -> Iterator[Markup]:
    placed: list[Point] = [shown.at(*here)] if here else []
    for pin in pins:
        x, y = _apart(shown.at(pin.easting, pin.northing), placed)
        placed.append((x, y))
        yield Markup(
            '<a class="ow-map__pin" href="{}" aria-label="{}"><circle cx="{:.0f}" cy="{:.0f}" '
            'r="{}"/><text x="{:.0f}" y="{:.0f}" aria-hidden="true">{}</text></a>'
        ).format(pin.address, f"{pin.number}: {pin.name}", x, y, PIN - 2, x, y + 8, pin.number)


def _apart(point: Point, placed: Sequence[Point]) -> Point:
    """Move a pin aside until it covers no other."""
    x, y = point
    for turn in range(24):
        if all(hypot(x - a, y - b) >= 2 * PIN for a, b in placed):
            break
        x = point[0] + (1 if turn % 2 else -1) * PIN * (1 + turn // 4)
        y = point[1] + (1 if turn % 4 < 2 else -1) * PIN * (turn // 4)
    return min(max(x, PIN), WIDE - PIN), min(max(y, PIN), HIGH - PIN)


def _round_miles(shown: Frame) -> float:
    """A round distance that is about a fifth of the map."""
    wide = WIDE * shown.metres / MILE / 5
    return next((m for m in (10.0, 5.0, 2.0, 1.0, 0.5) if m <= wide), 0.25)


def _scale(shown: Frame) -> Markup:
    miles = _round_miles(shown)
    length = miles * MILE / shown.metres
    words = {0.25: "¼ mile", 0.5: "½ mile", 1.0: "1 mile"}.get(miles, f"{miles:.0f} miles")
    top = HIGH - 18
    return Markup(
        '<g class="ow-map__scale" aria-hidden="true"><path d="M14 {}v8h{:.0f}v-8"/>'
        '<text x="{:.0f}" y="{}">{}</text><path d="M618 44V14l-8 12m8-12 8 12"/>'
        '<text x="612" y="66">N</text></g>'
    ).format(top - 8, length, 22 + length, top + 2, escape(words))

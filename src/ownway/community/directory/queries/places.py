"""Where a postcode lies, and how far it is from there."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Avg, StdDev
from django.db.models.functions import Left, Length

from ownway.community.directory.models import Postcode

METRES_A_MILE: Final = 1609.344
POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Spot:
    """A point on the national grid, in metres, and the postcode it came from."""

    easting: int
    northing: int
    postcode: str = ""


class UnknownPostcode(ValueError):
    """It is not a postcode, or not one on our list; the message is for the reader."""


def spot(typed: str) -> Spot:
    """Where a postcode lies, however it was typed.

    Raises:
        UnknownPostcode: it does not look like one, or we do not have it.
    """
    squeezed = re.sub(r"[^A-Za-z0-9]", "", unicodedata.normalize("NFKC", typed)).upper()
    if not POSTCODE.fullmatch(squeezed):
        raise UnknownPostcode("Enter a full postcode, like AL3 4QT")
    found = Postcode.objects.filter(squeezed=squeezed).first()
    if found is None:
        raise UnknownPostcode(
            "We do not have this postcode. Check it, or leave it empty to see everything"
        )
    return Spot(found.easting, found.northing, str(found))


def spot_or_none(typed: str) -> Spot | None:
    """Where a postcode lies, or nothing when it is not on our list."""
    try:
        return spot(typed)
    except UnknownPostcode:
        return None


def postcode_in(words: str) -> str:
    """A postcode among other words, or nothing."""
    found = POSTCODE.search(words)
    return f"{found[1]} {found[2]}".upper() if found else ""


def without_postcode(words: str) -> str:
    """The words without the postcodes among them."""
    return POSTCODE.sub(" ", words)


def miles(metres: float | None) -> str:
    """1.2 miles, as the crow flies; close by it says so."""
    if metres is None:
        return ""
    distance = metres / METRES_A_MILE
    if distance < 0.15:
        return "close by"
    if distance < 10:
        return "1 mile" if f"{distance:.1f}" == "1.0" else f"{distance:.1f} miles"
    return f"{distance:.0f} miles"


@dataclass(frozen=True)
class Quarter:
    """A part of the town by its postcodes: "AL3 4", its middle, and how far it reaches."""

    name: str
    easting: float
    northing: float
    reach: float


def quarters(*, west: float, south: float, east: float, north: float) -> list[Quarter]:
    """The parts of the country between these edges where there are postcodes, for a map's ground.

    One query over the postcodes; it is kept for an hour, for the ground hardly changes.
    """
    edges = [round(edge / 500) * 500 for edge in (west, south, east, north)]
    name = "quarters:" + ":".join(map(str, edges))
    kept: list[Quarter] | None = cache.get(name)
    if kept is None:
        kept = _quarters(*edges)
        cache.set(name, kept, 3600)
    return kept


def _quarters(west: int, south: int, east: int, north: int) -> list[Quarter]:
    inside = Postcode.objects.filter(
        ended=False, easting__range=(west, east), northing__range=(south, north)
    )
    sector = Left("squeezed", Length("squeezed") - 2)
    rows = inside.annotate(sector=sector).values_list("sector").order_by("sector")
    found = rows.annotate(east=Avg("easting"), north=Avg("northing"), reach=StdDev("easting"))
    return [
        Quarter(f"{one[:-1]} {one[-1]}", float(e), float(n), max(2 * (reach or 0), 150.0))
        for one, e, n, reach in found
    ]

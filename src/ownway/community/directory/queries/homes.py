"""Where one person who offers support lives: the public is told the town and the district only."""

import re
from copy import copy
from typing import Final

from ownway.community.directory.models import Entry, Kind, Place

DISTRICT: Final = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[0-9][A-Z]{2})?")
ROUGHLY: Final = 1_000


def shown_place(entry: Entry, place: Place) -> Place:
    """A place as the public sees it: somebody's home without house, street and exact point."""
    if entry.kind != Kind.PERSON:
        return place
    told = copy(place)
    told.name = told.description = told.attention = told.address = ""
    told.postcode, told.kept = _district(place.postcode), {}
    blur(told)
    return told


def blur(place: Place) -> None:
    """Move a place to the nearest kilometre, so that no distance to it gives a home away."""
    place.latitude = place.longitude = None
    if place.easting is not None and place.northing is not None:
        place.easting = round(place.easting / ROUGHLY) * ROUGHLY
        place.northing = round(place.northing / ROUGHLY) * ROUGHLY


def _district(postcode: str) -> str:
    found = DISTRICT.fullmatch(re.sub(r"[^A-Z0-9]", "", postcode.upper()))
    return found[1] if found else ""

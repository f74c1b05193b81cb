"""A small directory on a few postcodes, and the standard's own files when they are at hand."""

import csv
import io
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ownway.community.directory import actions
from ownway.community.directory.forms import Sheet

NOON = datetime(2026, 1, 6, 12, 0, tzinfo=ZoneInfo("Europe/London"))
TODAY = date(2026, 1, 6)
# A home, and places one, two and eight miles to the east of it.
POSTCODES = [
    ("AL34QT", 450_000, 290_000, False),
    ("AL11AA", 451_609, 290_000, False),
    ("AL22BB", 453_219, 290_000, False),
    ("AL99ZZ", 462_875, 290_000, False),
]
ROWS = [
    {
        "name": "Green Gate",
        "what": "Garden help: mowing and hedges",
        "times": "Tue to Sat 08:30 to 17:00",
        "price": "21.00 an hour",
        "domains": "home",
        "postcode": "AL2 2BB",
        "mark": "gold",
        "stars": "4.6",
        "checked": "2025-11-03",
        "at_home": "yes",
        "words": "gardening",
        "phone": "01632 960307",
    },
    {
        "name": "Hedge and Co",
        "what": "Garden help: hedges",
        "times": "Mon to Fri 08:00 to 16:00",
        "price": "24.00 an hour",
        "domains": "home",
        "postcode": "AL1 1AA",
        "checked": "2025-06-18",
        "at_home": "yes",
        "words": "gardening",
    },
    {
        "name": "Teapot Café",
        "what": "Dementia café, for two",
        "times": "Thu 10:00 to 12:00",
        "price": "2.00 each",
        "domains": "people caring",
        "postcode": "AL1 1AA",
        "checked": "2025-01-04",
        "access": "Level way in; Hearing loop",
        "words": "memory",
        "description": "Tea, cake and talk in the garden room.",
    },
    {
        "name": "Sit-Awhile",
        "what": "Sitting service at home, by volunteers",
        "times": "Mon to Sat, days and evenings",
        "price": "free",
        "domains": "people caring",
        "postcode": "AL1 1AA",
        "checked": "2025-11-12",
        "at_home": "yes",
        "words": "dementia; time off for carers",
    },
    {
        "name": "Far Fields",
        "what": "Riding for disabled adults",
        "times": "Sat 10:00 to 13:00",
        "price": "15.00 each",
        "domains": "people",
        "postcode": "AL9 9ZZ",
        "mark": "silver",
        "checked": "2025-06-20",
        "words": "horses",
    },
    {
        "name": "Night Line",
        "what": "A chat by phone at night",
        "times": "Every day 18:00 to 23:00",
        "price": "free",
        "domains": "people",
        "checked": "2025-09-16",
        "words": "lonely",
        "phone": "01632 960348",
    },
]


def written(rows: list[dict[str, str]]) -> str:
    """Rows as the text of a sheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


Fill = Callable[..., list[actions.Tally]]


@pytest.fixture
def fill(db: None) -> Fill:
    """Bring a sheet's text in as our own entries."""

    def filled(text: str = written(ROWS), *, source: str = "own") -> list[actions.Tally]:
        sheet = Sheet(text.encode(), name="sheet.csv", source=source)
        tallies = list(actions.bring_in(sheet.read(), source_name=source, at=NOON))
        assert not sheet.faults, sheet.faults
        return tallies

    return filled


@pytest.fixture
def town(fill: Fill) -> None:
    """The postcodes and the six entries."""
    actions.load_postcodes(POSTCODES)
    fill()


@pytest.fixture
def oruk() -> Path:
    """The standard's schemas and mocks."""
    root = Path(os.environ.get("OWNWAY_STANDARDS", Path(__file__).parents[4] / "shared/standards"))
    if not (root / "oruk").is_dir():
        pytest.skip("The standards are not here: set OWNWAY_STANDARDS to their folder")
    return root / "oruk"

"""A call at ten, entries to pick from, and somebody to take it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.journey.contact import actions
from ownway.journey.contact.models import Contact
from ownway.journey.contact.queries import entries
from ownway.journey.contact.queries.entries import Entry
from tests.conftest import LONDON

As = Callable[..., Client]
TEN = datetime(2026, 1, 6, 10, 0, tzinfo=LONDON)


def entry(key: str, name: str, **known: Any) -> Entry:
    """An entry of the directory as the desk gets it."""
    facts: dict[str, Any] = {
        "what": f"What {name} does",
        "price": "Free",
        "when": "Thu 10:00 to 12:00",
        "distance": "1.2 miles",
        "phone": "01632 960301",
        "checked_on": date(2025, 11, 12),
        "check_is_overdue": False,
        "address": "/directory/x/",
    }
    return Entry(key=key, name=name, **(facts | known))


SIT_AWHILE, TEAPOT = entry("sit-awhile", "Sit-Awhile"), entry("teapot", "Teapot Café", phone="")
LISTED = {one.key: one for one in (SIT_AWHILE, TEAPOT)}


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory with two entries in it."""
    monkeypatch.setattr(entries, "suggest", lambda words, near, on: list(LISTED.values()))
    monkeypatch.setattr(entries, "entry", lambda key, near, on: LISTED.get(key))


@pytest.fixture
def call(gwen: Staff, edith: Person, harold: Person) -> Contact:
    """Mrs Jones on the telephone about her husband, with what was said written down."""
    contact = actions.begin(by=gwen, at=TEN)
    actions.use_person(contact, edith, side="caller", by=gwen, at=TEN)
    actions.use_person(contact, harold, side="about", by=gwen, at=TEN)
    return actions.keep(
        contact, by=gwen, at=TEN, reason="dementia", said="Gave up work", hope="Sit outside"
    )

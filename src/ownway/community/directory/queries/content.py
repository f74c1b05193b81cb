"""An entry as plain values, one a field: what is typed, compared, kept as a version and put back.

Times, prices, ways in and the like are lists of lines, as they are read on its page.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.db.models import QuerySet

from ownway.community.directory.models import Entry, Kind, Status
from ownway.community.directory.models.entries import FOUND_IN
from ownway.community.directory.queries import wording
from ownway.design.dates import plain_date
from ownway.policy import domains

Content = dict[str, Any]
LABELS: Final[Mapping[str, str]] = {
    "kind": "Sort of entry",
    "name": "Name",
    "what": "In one line",
    "description": "More about it",
    "times": "Times",
    "first_day": "First day",
    "last_day": "Last day",
    "prices": "Prices",
    "fees": "More about prices",
    "comes_to_you": "Comes to people at home",
    "place_name": "Name of the place",
    "address": "Address",
    "town": "Town",
    "postcode": "Postcode",
    "access": "Getting in",
    "area": "Area",
    "phones": "Phone",
    "email": "E-mail",
    "url": "Website",
    "contact_name": "Whom to ask for",
    "contact_title": "Their role",
    "domains": "Helps with",
    "words": "Also found by",
    "minimum_age": "Youngest age",
    "maximum_age": "Oldest age",
    "accreditations": "Checks and awards",
    "status": "Open or closed",
    "alert": "Notice at the top",
    "shown_from": "Show from",
    "shown_until": "Show until",
}
ROW_FIELDS: Final = (
    "kind",
    "name",
    "what",
    "description",
    "fees",
    "comes_to_you",
    "area",
    "email",
    "url",
    "minimum_age",
    "maximum_age",
    "accreditations",
    "status",
    "alert",
)
DAYS: Final = ("first_day", "last_day", "shown_from", "shown_until")
PLACE_FIELDS: Final = ("address", "town", "postcode")
EMPTY: Final[Content] = {
    name: []
    if name in ("times", "prices", "access", "phones", "domains", "words")
    else None
    if name in (*DAYS, "minimum_age", "maximum_age")
    else False
    if name == "comes_to_you"
    else ""
    for name in LABELS
} | {"kind": Kind.HELP.value, "status": Status.ACTIVE.value}
PARTS: Final = ("times", "costs", "phones", "contacts", "at__place__access", "listed_under__term")


@dataclass(frozen=True)
class Difference:
    """A field that is not the same: as it was, as it would be, and whether it moved meanwhile."""

    name: str
    label: str
    old: list[str]
    new: list[str]
    moved_to: list[str] | None = None


def with_parts(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with all that their content is made of: a constant number of queries."""
    return found.select_related("owner", "source").prefetch_related(*PARTS).defer(*FOUND_IN)


def content_of(entry: Entry) -> Content:
    """An entry as it stands, as plain values."""
    place = next((link.place for link in entry.at.all()), None)
    contact = next(iter(entry.contacts.all()), None)
    return {
        **EMPTY,
        **{name: getattr(entry, name) for name in ROW_FIELDS},
        **{name: _day(getattr(entry, name)) for name in DAYS},
        **{name: getattr(place, name) if place else "" for name in PLACE_FIELDS},
        "place_name": place.name if place else "",
        "access": [access_line(one.words, one.details) for one in place.access.all()]
        if place
        else [],
        "times": _lines(wording.time_words(one) for one in entry.times.all()),
        "prices": _lines(wording.price_words(one) for one in entry.costs.all()),
        "phones": [phone_line(one.number, one.words) for one in entry.phones.all()],
        "contact_name": contact.name if contact else "",
        "contact_title": contact.title if contact else "",
        "domains": [key for key in domains.KEYS if key in entry.domains],
        "words": [link.term.name for link in entry.listed_under.all()],
    }


def _lines(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in found if text))


def access_line(words: str, details: str) -> str:
    """Level way in (ring the bell)."""
    return f"{words} ({details})" if details else words


def phone_line(number: str, words: str) -> str:
    """01632 960302, evenings."""
    return f"{number}, {words}" if words else number


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def stands(content: Content) -> str:
    """A short mark of how an entry stands: when it has changed, the mark is another."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def differences(old: Content, new: Content, *, now: Content | None = None) -> list[Difference]:
    """The fields in which two differ, in the order of the page.

    `now` is the entry as it stands: a field that has become something else since `old` says so.
    """
    found = []
    for name, label in LABELS.items():
        before, after = old.get(name, EMPTY[name]), new.get(name, EMPTY[name])
        if before == after:
            continue
        moved = now is not None and now[name] != before
        found.append(
            Difference(
                name,
                label,
                shown(name, before),
                shown(name, after),
                shown(name, now[name]) if moved and now is not None else None,
            )
        )
    return found


def shown(name: str, value: Any) -> list[str]:
    """A value as lines to read; an empty one has none."""
    if value in ("", None, [], False):
        return ["No"] if value is False else []
    if value is True:
        return ["Yes"]
    if name == "domains":
        return [one.name for one in domains.NINE if one.key in value]
    if name == "kind":
        return [Kind(value).label]
    if name == "status":
        return [Status(value).label]
    if name in DAYS:
        return [plain_date(date.fromisoformat(value))]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [line for line in str(value).split("\n") if line.strip()]


# What a reader needs to choose: an entry with all of it is complete.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "What it is": ("what", "description"),
    "Times": ("times",),
    "Prices": ("prices", "fees"),
    "Where": ("postcode", "comes_to_you"),
    "Getting in": ("access",),
    "How to get in touch": ("phones", "email", "url"),
    "What it helps with": ("domains",),
}


def missing(content: Content) -> list[str]:
    """What a reader will miss. Somebody who comes to people's homes needs no way in."""
    needed = dict(NEEDED)
    if content["comes_to_you"] or content["kind"] == Kind.PERSON:
        needed.pop("Getting in")
    return [label for label, names in needed.items() if not any(content[name] for name in names)]


def complete_percent(content: Content) -> int:
    """How much of what a reader needs is there, in whole percent."""
    return 100 - round(100 * len(missing(content)) / len(NEEDED))

"""A directory as a sheet: one row an entry, in columns anybody can fill in. CSV, UTF-8.

Columns: name (needed), what, owner, description, times, price, domains, address, town, postcode,
phone, email, website, mark, stars, checked, access, words, area, kind, at_home, alert. Several
times or prices are parted by semicolons: "Mon to Fri 09:00 to 17:00; 1st Tue 18:30",
"17.00 an hour; free first visit". Domains are the nine keys of daily life. Words are what else it
should be found by.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from ownway.community.directory.actions.facts import (
    AccessFacts,
    CostFacts,
    EntryFacts,
    OwnerFacts,
    PhoneFacts,
    PlaceFacts,
    TaxonomyFacts,
    TermFacts,
    TimesFacts,
)
from ownway.community.directory.actions.lines import read_price, read_times
from ownway.community.directory.forms.cleaning import clean
from ownway.community.directory.forms.jsonfeed import CannotRead, bytes_of, text_of
from ownway.community.directory.forms.oruk import LONG
from ownway.community.directory.forms.reading import Fault, Origin, Part, Refused
from ownway.community.directory.models import Entry, Kind, Mark
from ownway.community.directory.queries.publishing import HOUSE
from ownway.design.questionnaire.jsontext import Loaded
from ownway.policy import domains

COLUMNS: Final = frozenset(
    re.findall(
        r"\w+",
        """name what owner description times price domains address town postcode phone email
        website mark stars checked access words area kind at_home alert""",
    )
)


# An empty sheet of a keeper: the columns in order, and how a row is filled in.
TEMPLATE: Final = {
    "name": "Example: Tuesday Lunch Club",
    "kind": "group",
    "what": "Lunch and company for older people",
    "owner": "Tuesday Lunch Club",
    "description": "Two courses, cooked here. New people are met at the door.",
    "times": "Tue 12:00 to 14:00; 1st Sat 11:00 to 13:00",
    "price": "5.50 a meal; free first visit",
    "domains": "eating people",
    "at_home": "no",
    "address": "Meadow Hall, Mill Street",
    "town": "Alderbrook",
    "postcode": "AL1 1FQ",
    "access": "Level way in; Hearing loop",
    "area": "Alderbrook",
    "phone": "01632 960900",
    "email": "lunch@example.org",
    "website": "https://example.org",
    "words": "lunch; older people",
    "alert": "",
    "checked": "2026-01-05",
}


def row_of(content: dict[str, Any], entry: Entry) -> dict[str, str]:
    """An entry as a row of such a sheet."""
    said = {
        **{name: str(content[field] or "") for name, field in ROW_FIELDS.items()},
        **{name: "; ".join(content[field]) for name, field in LINE_FIELDS.items()},
        "domains": " ".join(content["domains"]),
        "at_home": "yes" if content["comes_to_you"] else "no",
        "phone": content["phones"][0].split(",")[0] if content["phones"] else "",
        "owner": entry.owner.name if entry.owner else "",
        "checked": entry.checked_on.isoformat() if entry.checked_on else "",
    }
    return {name: _harmless(said[name]) for name in TEMPLATE}


SAME_NAME: Final = (
    "name",
    "kind",
    "what",
    "description",
    "address",
    "town",
    "postcode",
    "area",
    "email",
    "alert",
)
ROW_FIELDS: Final = {"website": "url"} | {name: name for name in SAME_NAME}
LINE_FIELDS: Final = {"times": "times", "price": "prices", "access": "access", "words": "words"}


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a space before it changes nothing here."""
    return f" {cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


class Sheet:
    """The rows of a sheet as entries. `faults` are the rows refused, `notes` what is left out."""

    def __init__(self, raw: bytes, *, name: str, source: str) -> None:
        self.name, self.source = name, source
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self._text = text_of(raw, name=name)
        self._reader = self._opened()
        self._check_columns()

    def _opened(self) -> "csv.DictReader[str]":
        return csv.DictReader(io.StringIO(self._text), strict=True)

    @classmethod
    def of(cls, path: Path, *, source: str) -> "Sheet":
        """The sheet in a file.

        Raises:
            CannotRead: it is too big, not UTF-8, not CSV, or has a column we do not know.
        """
        return cls(bytes_of(path, path.name), name=path.name, source=source)

    @property
    def columns(self) -> frozenset[str]:
        """The columns it has."""
        return frozenset(self._opened().fieldnames or [])

    def _check_columns(self) -> None:
        try:
            found = set(self._reader.fieldnames or [])
        except csv.Error as error:
            raise CannotRead(self.name, 1, f"This is not CSV: {error}") from error
        if "name" not in found:
            raise CannotRead(self.name, 1, "There is no column called name")
        if unknown := sorted(str(column) for column in found - COLUMNS):
            raise CannotRead(self.name, 1, f"We do not know the column {unknown[0]!r}")

    def batches(self) -> list[str]:
        """A sheet is one batch."""
        return [self.name]

    def read(self, batch: str | None = None) -> Iterator[EntryFacts]:
        """Yield each row that can be an entry; a name is in a sheet once."""
        self._reader = self._opened()
        seen: set[UUID] = set()
        for line, row in self._rows():
            part = self._part(line, row)
            try:
                facts = entry(part)
                if facts.key in seen:
                    part.refuse("name", "is in the sheet twice")
                seen.add(facts.key)
                yield facts
            except Refused as refused:
                self.faults.append(refused.fault)

    def read_taxonomies(self, batch: str | None = None) -> Iterator[TaxonomyFacts]:
        """A sheet brings no lists of terms."""
        return iter(())

    def _rows(self) -> Iterator[tuple[int, dict[Any, Any]]]:
        while True:
            try:
                row = next(self._reader, None)
            except csv.Error as error:
                line = self._reader.line_num
                raise CannotRead(self.name, line, f"This is not CSV: {error}") from error
            if row is None:
                return
            yield self._reader.line_num, row

    def _part(self, line: int, row: dict[Any, Any]) -> Part:
        value = {column: text for column, text in row.items() if column in COLUMNS and text}
        origin = Origin(self.name, line, "", value, lambda: Loaded(value, {}))
        part = Part(value, origin, (), self.source, self.notes)
        if None in row:
            part.note("", "has more cells than there are columns; the last are left out")
        return part


def entry(part: Part) -> EntryFacts:
    """One row.

    Raises:
        Refused: it has no name.
    """
    name = part.needed("name")
    key = uuid5(HOUSE, f"{part.source}/entry/{name.lower()}")
    return EntryFacts(
        key=key,
        source_key=name,
        name=name,
        what=part.text("what", most=200),
        description=part.text("description", most=LONG),
        kind=_one_of(part, "kind", Kind.values, "help"),
        url=part.link("website"),
        email=part.email("email"),
        area=part.text("area", most=500),
        alert=part.text("alert", most=500),
        comes_to_you=part.text("at_home").lower() in {"yes", "y", "true", "1"},
        domains=_domains(part),
        mark=Mark[_one_of(part, "mark", ["none", "silver", "gold"], "none").upper()],
        stars=_stars(part),
        checked_on=part.day("checked"),
        owner=_owner(part, name),
        places=tuple(_places(part, key)),
        times=tuple(_times(part, key)),
        costs=tuple(_costs(part, key)),
        phones=tuple(_phones(part, key)),
        terms=tuple(_terms(part, key)),
    )


def _one_of(part: Part, name: str, values: list[str], otherwise: str) -> str:
    written = part.text(name).lower()
    if written and written not in values:
        part.note(name, f"“{written[:40]}” is not one of {', '.join(values)}; left out")
    return written if written in values else otherwise


def _split(text: str) -> list[str]:
    return [clean(part) for part in text.split(";") if part.strip()]


def _domains(part: Part) -> tuple[str, ...]:
    found = []
    for key in part.text("domains").split():
        if key in domains.KEYS:
            found.append(key)
        else:
            part.note("domains", f"“{key[:40]}” is not one of {', '.join(domains.KEYS)}; left out")
    return tuple(dict.fromkeys(found))


def _stars(part: Part) -> Decimal | None:
    stars = part.number("stars")
    if stars is not None and not 1 <= stars <= 5:
        part.note("stars", "are from 1 to 5; left out")
        return None
    return stars


def _owner(part: Part, name: str) -> OwnerFacts:
    owner = part.text("owner") or name
    return OwnerFacts(
        key=uuid5(HOUSE, f"{part.source}/owner/{owner.lower()}"),
        name=owner,
        phone=part.text("phone", most=40),
        website=part.link("website"),
    )


def _places(part: Part, key: UUID) -> Iterator[PlaceFacts]:
    address, postcode = part.text("address"), part.text("postcode", most=20)
    if not (address or postcode):
        return
    place = uuid5(key, "place")
    access = _split(part.text("access", most=LONG))
    yield PlaceFacts(
        key=place,
        link=uuid5(key, "at"),
        address=address,
        town=part.text("town", most=120),
        postcode=postcode,
        access=tuple(AccessFacts(uuid5(place, words), words) for words in access),
    )


def _phones(part: Part, key: UUID) -> Iterator[PhoneFacts]:
    if number := part.text("phone", most=40):
        yield PhoneFacts(uuid5(key, "phone"), number)


def _terms(part: Part, key: UUID) -> Iterator[TermFacts]:
    for word in _split(part.text("words", most=LONG)):
        term = uuid5(HOUSE, f"{part.source}/word/{word.lower()}")
        yield TermFacts(term, uuid5(key, word.lower()), word, taxonomy="Words of the sheet")


def _costs(part: Part, key: UUID) -> Iterator[CostFacts]:
    for number, text in enumerate(_split(part.text("price", most=LONG))):
        yield CostFacts(uuid5(key, f"cost/{number}"), **vars(read_price(text)))


def _times(part: Part, key: UUID) -> Iterator[TimesFacts]:
    for number, text in enumerate(_split(part.text("times", most=LONG))):
        yield TimesFacts(uuid5(key, f"times/{number}"), **vars(read_times(text)))

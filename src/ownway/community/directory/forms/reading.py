"""Reading one object of a feed into clean values, and noting with its line what is left out."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from ownway.community.directory.forms.cleaning import clean
from ownway.community.directory.queries.publishing import HOUSE
from ownway.design.questionnaire.jsontext import Loaded, NotJson, Path


@dataclass(frozen=True)
class Fault:
    """Something wrong in a feed: where, what, and whether the whole entry was refused for it."""

    file: str
    line: int
    path: str
    reason: str
    refused: bool = False
    item: str = ""
    kind: str = ""

    def __str__(self) -> str:
        at = self.file + (f" line {self.line}" if self.line else "")
        at += f", {self.path}" if self.path else ""
        return f"{at}: {self.reason}" + (f" (id {self.item})" if self.item else "")


class Refused(ValueError):
    """This object cannot be an entry."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Origin:
    """Where an object was written: a file, the line it starts on, and its address in the file.

    `load` reads it again with its lines, which costs more than reading it: only faults need them.
    """

    file: str
    line: int
    label: str
    value: Any
    load: Callable[[], Loaded]

    @cached_property
    def _lines(self) -> Loaded:
        try:
            return self.load()
        except NotJson as problem:
            return Loaded(self.value, {(): problem.line})

    def fault(self, path: Path, reason: str, *, refused: bool = False) -> Fault:
        """A fault of one value."""
        line = self.line - 1 + self._lines.line(path)
        told = self.value.get("id") if isinstance(self.value, dict) else None
        item = told[:60] if isinstance(told, str) else ""
        return Fault(self.file, line, _label(self.label, path), reason, refused, item)


def _label(start: str, path: Path) -> str:
    for step in path:
        start += f"[{step}]" if isinstance(step, int) else f".{step}" if start else str(step)
    return start


@dataclass
class Part:
    """An object of a feed. `homes` are where its values were written, when several files tell."""

    value: dict[str, Any]
    origin: Origin
    path: Path
    source: str
    notes: list[Fault]
    homes: dict[str, "Part"] = field(default_factory=dict)

    def _home(self, name: str) -> "Part":
        return self.homes.get(name, self)

    def note(self, name: str, reason: str) -> None:
        """Note what is left out, and go on."""
        home = self._home(name)
        self.notes.append(home.origin.fault((*home.path, name), reason))

    def refuse(self, name: str, reason: str) -> NoReturn:
        """Refuse the entry."""
        home = self._home(name)
        raise Refused(home.origin.fault((*home.path, name), reason, refused=True))

    def text(self, name: str, *, most: int = 255) -> str:
        """Plain text without markup; too long is cut, and said."""
        value = self.value.get(name)
        if value is None or isinstance(value, bool):
            return ""
        if not isinstance(value, str | int | Decimal):
            self.note(name, "is not text; left out")
            return ""
        cleaned = clean(str(value))
        if len(cleaned) > most:
            self.note(name, f"is longer than {most} characters; cut")
        return cleaned[:most]

    def called(self) -> str:
        """The name, which must be text as people write it."""
        value = self.value.get("name")
        if value is not None and not isinstance(value, str):
            self.refuse("name", "is not text; an entry needs its name in words")
        if value and "\x00" in value:
            self.refuse("name", "holds a NUL, which no name has")
        return self.needed("name")

    def needed(self, name: str, *, most: int = 255) -> str:
        """Text that an entry cannot do without."""
        value = self.text(name, most=most).replace("\n", " ").strip()
        if not value:
            self.refuse(name, f"is missing; an entry needs its {name}")
        return value

    def _read(self, name: str, reading: Callable[[str], Any], wrong: str) -> Any:
        value = self.text(name, most=600)
        if not value:
            return None
        try:
            return reading(value)
        except (ValueError, InvalidOperation, OverflowError):
            self.note(name, f"“{value[:60]}” {wrong}; left out")
            return None

    def link(self, name: str) -> str:
        """A web address that a page may link to: http or https, nothing else."""
        return self._read(name, _web_address, "is not a web address") or ""

    def email(self, name: str) -> str:
        """An e-mail address."""
        return self._read(name, _email, "is not an e-mail address") or ""

    def day(self, name: str) -> date | None:
        """A date."""
        found: date | None = self._read(name, _day, "is not a date like 2026-01-06")
        return found

    def clock(self, name: str) -> time | None:
        """A time of day on the wall."""
        found: time | None = self._read(name, _clock, "is not a time like 09:30")
        return found

    def whole(self, name: str, *, most: int) -> int | None:
        """A whole number from 0."""

        def reading(value: str) -> int:
            number = Decimal(value)
            if number != int(number) or not 0 <= number <= most:
                raise ValueError
            return int(number)

        found: int | None = self._read(name, reading, f"is not a whole number up to {most}")
        return found

    def number(self, name: str) -> Decimal | None:
        """A number."""
        found: Decimal | None = self._read(name, _number, "is not a number")
        return found

    def part(self, name: str) -> "Part | None":
        """The object under a name."""
        value, home = self.value.get(name), self._home(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.note(name, "is not an object; left out")
            return None
        return Part(value, home.origin, (*home.path, name), self.source, self.notes)

    def parts(self, name: str) -> Iterator["Part"]:
        """The objects of a list under a name."""
        value, home = self.value.get(name), self._home(name)
        if value is None:
            return
        if not isinstance(value, list):
            self.note(name, "is not a list; left out")
            return
        for number, inner in enumerate(value):
            path = (*home.path, name, number)
            if isinstance(inner, dict):
                yield Part(inner, home.origin, path, self.source, self.notes)
            else:
                self.notes.append(home.origin.fault(path, "is not an object; left out"))

    def key(self, kind: str) -> UUID:
        """Its identifier; one that is not a UUID, or missing, gets a UUID that stays the same."""
        written = self.text("id")
        try:
            return UUID(written)
        except ValueError:
            return uuid5(HOUSE, f"{self.source}/{kind}/{written or json_key(self.value)}")

    def kept(self, names: Iterable[str]) -> dict[str, Any]:
        """What we do not use but publish again, cleaned."""
        return {name: _plain(self.value[name]) for name in names if self.value.get(name)}


def json_key(value: Any) -> str:
    """The same text for the same value."""
    return json.dumps(value, sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {clean(name): _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _web_address(value: str) -> str:
    address = value if "://" in value else f"https://{value}"
    found = urlsplit(address)
    if found.scheme.lower() not in {"http", "https"} or "." not in found.netloc:
        raise ValueError
    if re.search(r"[\s<>\"]", address) or len(address) > 500 or "@" in found.netloc:
        raise ValueError
    return address


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,}", value):
        raise ValueError
    return value[:254]


def _day(value: str) -> date:
    found = datetime.fromisoformat(value).date()
    if not 1900 <= found.year <= 2200:
        raise ValueError
    return found


def _clock(value: str) -> time:
    return time.fromisoformat(value).replace(tzinfo=None, microsecond=0)


def _number(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or abs(number) > 10_000_000:
        raise ValueError
    return number

"""How facts are read: each is declared once, and both the reader and the JSON Schema come from it.

Unknown is a value of its own, written null. A fact that is needed and unknown is asked for by
name; a fact of the wrong type or out of range is refused by name; neither is ever guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from ownway.policy.refusals import FactsMissing, FactsRefused, Problem

Schema = dict[str, Any]
_UNPRINTABLE = re.compile("[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]")
_DAY = re.compile("(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
MOST_PENCE = 10**11
"""A thousand million pounds: more than any fact about one person."""


class Fact(Protocol):
    """Something that may be said about a person: how it is read and described."""

    def read(self, raw: Any, at: str, problems: list[Problem]) -> Any:
        """The clean value; None when unknown or refused."""

    def schema(self) -> Schema:
        """The same in JSON Schema."""


@dataclass(frozen=True)
class Whole:
    """A whole number, such as pence, points or years."""

    words: str
    least: int = 0
    most: int = MOST_PENCE

    def read(self, raw: Any, at: str, problems: list[Problem]) -> int | None:
        """A number with nothing after the point counts as whole, as in JSON."""
        if raw is None:
            return None
        number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
        if not number or raw != raw or (abs(raw) != float("inf") and raw != int(raw)):
            problems.append(Problem(at, f"must be a whole number: {self.words}."))
            return None
        if not self.least <= raw <= self.most:
            said = f"must be from {self.least:,} to {self.most:,}: {self.words}."
            problems.append(Problem(at, said))
            return None
        return int(raw)

    def schema(self) -> Schema:
        """An integer between two bounds, or null."""
        return {"type": ["integer", "null"], "minimum": self.least, "maximum": self.most,
                "description": self.words}  # fmt: skip


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    words: str

    def read(self, raw: Any, at: str, problems: list[Problem]) -> bool | None:
        """Only true and false will do; 1 and "yes" are refused."""
        if raw is None or isinstance(raw, bool):
            return raw
        problems.append(Problem(at, f"must be true or false: {self.words}."))
        return None

    def schema(self) -> Schema:
        """A boolean, or null."""
        return {"type": ["boolean", "null"], "description": self.words}


@dataclass(frozen=True)
class Words:
    """Free text, such as a name; kept short."""

    words: str
    most: int = 200

    def read(self, raw: Any, at: str, problems: list[Problem]) -> str | None:
        """Text that can be shown on one line."""
        if raw is None:
            return None
        if not isinstance(raw, str) or len(raw) > self.most or _UNPRINTABLE.search(raw):
            problems.append(
                Problem(at, f"must be text of up to {self.most} letters: {self.words}.")
            )
            return None
        return raw

    def schema(self) -> Schema:
        """A string, or null."""
        return {
            "type": ["string", "null"],
            "maxLength": self.most,
            "description": self.words,
        }


@dataclass(frozen=True)
class Day:
    """A day, such as a date of birth, written 1948-05-31 and kept so."""

    words: str

    def read(self, raw: Any, at: str, problems: list[Problem]) -> str | None:
        """A day that there was, from 1900 on."""
        if raw is None:
            return None
        try:
            good = isinstance(raw, str) and _DAY.fullmatch(raw) and date.fromisoformat(raw)
        except ValueError:
            good = None
        if not good:
            problems.append(Problem(at, f"must be a day such as 1948-05-31: {self.words}."))
            return None
        return str(raw)

    def schema(self) -> Schema:
        """A string that is a date, or null."""
        return {"type": ["string", "null"], "pattern": f"^{_DAY.pattern}$", "format": "date",
                "description": self.words}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: str
    options: tuple[str, ...]

    def read(self, raw: Any, at: str, problems: list[Problem]) -> str | None:
        """The word as given."""
        if raw is None or (isinstance(raw, str) and raw in self.options):
            return raw
        said = f"must be one of {', '.join(self.options)}: {self.words}."
        problems.append(Problem(at, said))
        return None

    def schema(self) -> Schema:
        """An enum that allows null."""
        return {"enum": [*self.options, None], "description": self.words}


@dataclass(frozen=True)
class Some:
    """Any of a few words, each once; an empty list says none of them."""

    words: str
    options: tuple[str, ...]

    def read(self, raw: Any, at: str, problems: list[Problem]) -> tuple[str, ...] | None:
        """The words in the order of the options."""
        if raw is None:
            return None
        if not isinstance(raw, (list, tuple)):
            problems.append(Problem(at, f"must be a list: {self.words}."))
            return None
        for place, one in enumerate(raw):
            if not isinstance(one, str) or one not in self.options:
                said = f"must be one of {', '.join(self.options)}."
                problems.append(Problem(f"{at}[{place}]", said))
            elif one in raw[:place]:
                problems.append(Problem(f"{at}[{place}]", f"says {one} twice."))
        return tuple(option for option in self.options if option in raw)

    def schema(self) -> Schema:
        """An array of unique words, or null."""
        return {"type": ["array", "null"], "uniqueItems": True, "description": self.words,
                "items": {"enum": list(self.options)}}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Facts under names. Names not listed are refused, so a slip of the pen is seen."""

    words: str
    fields: Mapping[str, Fact] = field(default_factory=dict)

    def read(self, raw: Any, at: str, problems: list[Problem]) -> dict[str, Any] | None:
        """The clean facts by name; those unknown are left out."""
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            problems.append(Problem(at or "facts", f"must be an object: {self.words}."))
            return None
        for name in raw:
            if name not in self.fields:
                said = f"is not a fact known here. Known: {', '.join(self.fields)}."
                problems.append(Problem(_at(at, _short(name)), said))
        read = {
            name: fact.read(raw[name], _at(at, name), problems)
            for name, fact in self.fields.items()
            if name in raw
        }
        return {name: value for name, value in read.items() if value is not None}

    def schema(self) -> Schema:
        """An object with these properties and no others, or null."""
        properties = {name: fact.schema() for name, fact in self.fields.items()}
        return {"type": ["object", "null"], "additionalProperties": False,
                "properties": properties, "description": self.words}  # fmt: skip


@dataclass(frozen=True)
class Lines(Group):
    """A whole list of amounts by name: one left out is nothing, one that is null is unknown."""

    def read(self, raw: Any, at: str, problems: list[Problem]) -> dict[str, Any] | None:
        """The clean amounts; those unknown are kept as None, to be asked for."""
        clean = super().read(raw, at, problems)
        if clean is None:
            return None
        unknown = {name: None for name in self.fields if name in raw and raw[name] is None}
        return clean | unknown


@dataclass(frozen=True)
class Settings:
    """Numbers of the pack given with the facts, for a what-if. The pack checks each of them."""

    words: str = "Numbers of the rule pack to use instead, by name, for a what-if"

    def read(self, raw: Any, at: str, problems: list[Problem]) -> dict[str, Any] | None:
        """The settings as given."""
        if raw is None:
            return None
        if not isinstance(raw, Mapping) or not all(isinstance(name, str) for name in raw):
            problems.append(Problem(at, "must be an object: name of a number, and its value."))
            return None
        return dict(raw)

    def schema(self) -> Schema:
        """Any object: names and units are those of the pack."""
        return {"type": ["object", "null"], "description": self.words}


def _at(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _short(name: object) -> str:
    """A name as given, made safe to show on one line."""
    text = str(name)
    if len(text) > 60:
        return f"{ascii(text)[:60]}…"
    return text if text and text.isprintable() else ascii(text)


def read(group: Group, raw: Any) -> dict[str, Any]:
    """Read facts.

    Raises:
        FactsRefused: naming every fact of the wrong type or out of range.
    """
    problems: list[Problem] = []
    clean = group.read(raw, "", problems)
    if clean is None and not problems:
        problems.append(Problem("facts", f"must be an object: {group.words}."))
    if problems:
        raise FactsRefused(problems)
    return clean or {}


def at(facts: Mapping[str, Any], path: str) -> Any:
    """The fact at a dotted path; None when unknown."""
    found: Any = facts
    for name in path.split("."):
        found = found.get(name) if isinstance(found, (dict, Mapping)) else None
    return found


def require(facts: Mapping[str, Any], wanted: Iterable[tuple[str, str]]) -> None:
    """Ask for every fact that is needed and not known.

    Raises:
        FactsMissing: naming all of them at once.
    """
    refuse_missing((path, ask) for path, ask in wanted if at(facts, path) is None)


def refuse_missing(missing: Iterable[tuple[str, str]]) -> None:
    """Ask for these facts, if there are any.

    Raises:
        FactsMissing: naming each.
    """
    found = [Problem(path, ask) for path, ask in missing]
    if found:
        raise FactsMissing(found)


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse facts that do not go together.

    Raises:
        FactsRefused: naming each.
    """
    found = tuple(problems)
    if found:
        raise FactsRefused(found)


def document(title: str, group: Group) -> Schema:
    """The JSON Schema (2020-12) of a decision's facts."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title,
            **group.schema(), "type": "object"}  # fmt: skip

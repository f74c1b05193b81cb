"""A pack as it stands on one day: the values in force, frozen, and given anew for a what-if."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ownway.policy import numbers, units
from ownway.policy.graph import Graph
from ownway.policy.numbers import Number
from ownway.policy.packs import checks, sizes
from ownway.policy.refusals import FactsRefused, Problem, Told

Raw = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A pack as written and checked, on no day yet. `turns` are the days some number changes."""

    name: str
    profile: str | None
    title: str
    version: str
    starts: date | None
    hash: str
    numbers: Raw
    lists: Raw
    graphs: Mapping[str, Graph]
    turns: frozenset[date]
    exceptions: tuple[Raw, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Since when a number holds, where it comes from, and whether that is sure."""

    since: date | None
    source: str
    sure: bool


@dataclass(frozen=True)
class Pack:
    """The rules as they stand on one day. `hash` changes when any number, word or node does."""

    name: str
    profile: str | None
    title: str
    version: str
    on: date
    hash: str
    numbers: Mapping[str, Number] = field(repr=False)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(repr=False)
    graphs: Mapping[str, Graph] = field(repr=False)
    given: Mapping[str, Any]
    exceptions: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    written: Written | None = field(default=None, repr=False, compare=False)

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which some number changes, in order."""
        return tuple(sorted(self.written.turns)) if self.written else ()

    def as_on(self, day: date) -> Pack:
        """The same rules as they stand on another day."""
        if self.written is None:
            return replace(self, on=day)
        return standing(self.written, day).with_settings(self.given)

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What need be worked out only once under these rules, whoever it is for."""
        return {}

    def number(self, name: str) -> Number:
        """One number by name, with its unit, dates and source."""
        return self.numbers[name]

    def value(self, name: str) -> int:
        """One whole number by name: pence, points, days; a ratio is ten-thousandths."""
        return self.numbers[name].single

    def word(self, name: str) -> str:
        """One choice by name."""
        return self.numbers[name].word

    def graph(self, name: str) -> Graph:
        """A graph by name; "a, then b" is one graph followed by the other."""
        return self.graphs[name]

    def told(self, origins: Mapping[str, Origin]) -> Pack:
        """The same rules, with where some numbers come from and since when told anew."""
        known = {
            name: replace(
                self.numbers[name], since=origin.since, source=origin.source, confirmed=origin.sure
            )
            for name, origin in origins.items()
        }
        return replace(self, numbers=MappingProxyType(Told({**self.numbers, **known}, "number")))

    def with_settings(self, settings: Mapping[str, Any]) -> Pack:
        """The same rules with some numbers given by the facts, for a what-if.

        Raises:
            FactsRefused: a name is not a number of this pack, or its value does not fit.
        """
        if not settings:
            return self
        problems: list[Problem] = []
        changed = {
            name: _given(self.numbers[name], raw, problems)
            for name, raw in settings.items()
            if _is_known(name, self.numbers, problems)
        }
        if problems:
            raise FactsRefused(problems)
        given = {name: numbers.as_written(n.value, n.unit) for name, n in sorted(changed.items())}
        return replace(
            self,
            numbers=MappingProxyType(Told(_followed({**self.numbers, **changed}), "number")),
            given=MappingProxyType(given),
            hash=digest({"pack": self.hash, "settings": given}),
        )


def _is_known(name: str, known: Mapping[str, Number], problems: list[Problem]) -> bool:
    if name not in known:
        problems.append(Problem(f"settings.{name}", "is not a number of this rule pack."))
    return name in known


def _given(number: Number, raw: Any, problems: list[Problem]) -> Number:
    try:
        value = numbers.whole(raw, number.unit)
        checks.in_range_of(number.limits, value, number.unit)
        _refuse_other_length(number, value)
    except ValueError as wrong:
        problems.append(Problem(f"settings.{number.name}", str(wrong)))
        return number
    return replace(
        number, value=value, given=True, follows="", source="Given with the facts", confirmed=True
    )


def _refuse_other_length(number: Number, value: numbers.Value) -> None:
    """A row by level must keep a value for every level."""
    if number.unit in units.TABLES and isinstance(value, tuple) and len(value) != len(number.table):
        raise ValueError(f"must have {len(number.table)} values, one for each level.")


def standing(written: Written, day: date) -> Pack:
    """The pack as it stands on a day, once it is sure that nothing grows too large."""
    values = _in_force(written.numbers, day)
    sizes.refuse_bad(written.graphs, values, on=day)
    return Pack(
        name=written.name,
        profile=written.profile,
        title=written.title,
        version=written.version,
        on=day,
        hash=written.hash,
        numbers=MappingProxyType(Told(values, "number")),
        lists=MappingProxyType(Told(_told(written.lists), "list")),
        graphs=MappingProxyType(Told(written.graphs, "graph")),
        given=MappingProxyType({}),
        exceptions=written.exceptions,
        written=written,
    )


def _told(lists: Mapping[str, Any]) -> dict[str, tuple[Told, ...]]:
    return {name: tuple(Told(i, f"key of {name}") for i in items) for name, items in lists.items()}


def _in_force(declared: Mapping[str, Raw], on: date) -> dict[str, Number]:
    return _followed({name: _number(name, item, on) for name, item in declared.items()})


def _followed(values: Mapping[str, Number]) -> dict[str, Number]:
    """Give each number that has none of its own the value of the one it follows."""
    return {
        name: replace(
            values[number.follows], name=name, label=number.label, follows=number.follows,
            limits=number.limits,
        )
        if number.follows
        else number
        for name, number in values.items()
    }  # fmt: skip


def _number(name: str, item: Raw, on: date) -> Number:
    span = None if numbers.goes_by_birth(item) else numbers.in_force(item["values"], on)
    number = Number(name, item["unit"], item["label"], None, item.get("source", ""), limits=item)
    if span is None:
        return replace(number, confirmed=False, follows=item.get("otherwise", ""))
    return replace(
        number,
        value=numbers.whole(span["value"], item["unit"]),
        source=span.get("source", item.get("source", "")),
        confirmed=span.get("confirmed", item.get("confirmed", True)),
        since=span["from"],
        until=span.get("to"),
    )


def digest(content: object) -> str:
    """A mark that changes when anything in the content does."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

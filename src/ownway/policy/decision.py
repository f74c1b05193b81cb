"""A decision that explains itself: the result, the steps a person can read, and every node.

`steps` are the sum as it is shown: one line each, signs included, with a table of answers where
a step comes from answers. `trace` is the whole record, every node of the graph with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ownway.policy import money, units
from ownway.policy.graph import Graph, Node

if TYPE_CHECKING:
    from ownway.policy.packs import Pack

_LOOKED_UP = ("curve", "curve_by", "pick", "table")
_SLOT = re.compile(r"\{([A-Za-z_.]+)(:per_pound)?\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a step's table: what it is about, what was said, what it counted for."""

    key: str
    label: str
    said: str
    value: int
    shown: str


@dataclass(frozen=True, slots=True)
class Table:
    """The answers under a step, and a sentence over them."""

    rows: tuple[Row, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum. `figure` is the number alone, `after` the words that follow it.

    `rows` are the answers it comes from, as a table with its `caption`.
    """

    name: str
    label: str
    sign: str
    value: int
    unit: str
    shown: str
    figure: str
    after: str
    note: str
    source: str
    inputs: tuple[str, ...]
    caption: str = ""
    rows: tuple[Row, ...] = ()


class Worked(NamedTuple):
    """One node as it was worked out: a tuple, as a sum has a hundred of them."""

    name: str
    kind: str
    value: int
    unit: str
    inputs: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The value as people read it; written only when asked for, as there are many nodes."""
        return units.shown(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Used:
    """One number of the pack that the decision stands on, as it was that day."""

    name: str
    label: str
    shown: str
    unit: str
    source: str
    confirmed: bool
    given: bool
    since: date | None


@dataclass(frozen=True)
class Decision:
    """What was decided, why, and all that is needed to work it out again."""

    kind: str
    result: dict[str, Any]
    steps: tuple[Step, ...]
    formula: str
    trace: tuple[Worked, ...]
    numbers: tuple[Used, ...]
    facts: dict[str, Any]
    pack: str
    profile: str | None
    pack_version: str
    pack_hash: str
    on: date

    def step(self, name: str) -> Step:
        """One step of the sum by name."""
        return next(step for step in self.steps if step.name == name)

    def as_json(self) -> dict[str, Any]:
        """Plain data, ready to store or send; dates as ISO text."""
        plain: dict[str, Any] = _plain(self)
        return plain


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    """By exact type first: a decision has a thousand values, and most are words and numbers."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is Worked:
        return _worked(value)
    if kind in (tuple, list):
        return [one if type(one) in _AS_IT_IS else _plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    return {name: _plain(getattr(value, name)) for name in _names_of(kind)}


def _worked(one: Worked) -> dict[str, Any]:
    plain = one._asdict()
    plain["inputs"], plain["numbers"] = list(one.inputs), list(one.numbers)
    plain["shown"] = one.shown
    return plain


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names_of(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return _NAMES[kind]


def decided(
    kind: str, *, result: dict[str, Any], steps: Sequence[Step], graph: Graph,
    values: Mapping[str, int], facts: dict[str, Any], pack: Pack,
) -> Decision:  # fmt: skip
    """Put a decision together with its whole trace and the numbers it stands on."""
    return Decision(
        kind=kind,
        result=result,
        steps=tuple(steps),
        formula=formula(steps, graph, values),
        trace=_trace(graph, values),
        numbers=tuple(_used(name, pack) for name in _numbers(graph, values, pack)),
        facts=facts,
        pack=pack.name,
        profile=pack.profile,
        pack_version=pack.version,
        pack_hash=pack.hash,
        on=pack.on,
    )


def _trace(graph: Graph, values: Mapping[str, int]) -> tuple[Worked, ...]:
    if "columns" not in graph.kept:
        columns = [(n.name, n.kind, n.unit, n.of, n.numbers) for n in graph.nodes]
        graph.kept["columns"] = tuple(zip(*columns, strict=True))
    names, kinds, units_, of, numbers = graph.kept["columns"]
    worked = [values[name] for name in names]
    rows = zip(names, kinds, worked, units_, of, numbers, strict=True)
    return tuple(map(Worked._make, rows))


def _numbers(graph: Graph, values: Mapping[str, int], pack: Pack) -> Iterable[str]:
    """The numbers this person's sum read; of those a node picks from, only the one it took.

    Numbers that follow another are told once, as the one they follow.
    """
    if "readers" not in graph.kept:
        graph.kept["readers"] = [node for node in graph.nodes if node.numbers]
    read: list[str] = []
    for node in graph.kept["readers"]:
        picks = node.kind in ("pick", "curve_by")
        read += [node.numbers[values[node.of[-1]]]] if picks else node.numbers
    told: dict[str, str] = pack.kept.setdefault("told", {"": ""})
    for name in read:
        if name not in told:
            told[name] = pack.number(name).follows or name
    return filter(None, dict.fromkeys(map(told.__getitem__, read)))


def _used(name: str, pack: Pack) -> Used:
    """A number as it is told; it is the same for everyone, so it is written once."""
    kept: dict[str, Used] = pack.kept.setdefault("used", {})
    if name not in kept:
        n = pack.number(name)
        kept[name] = Used(n.name, n.label, n.shown, n.unit, n.source, n.confirmed, n.given, n.since)
    return kept[name]


def explain(
    graph: Graph, values: Mapping[str, int], *, pack: Pack, words: Mapping[str, str],
    tables: Mapping[str, Table],
) -> tuple[Step, ...]:  # fmt: skip
    """Turn worked nodes into the steps a person reads, leaving out those that change nothing."""
    if "shown" not in graph.kept:
        graph.kept["shown"] = [node for node in graph.nodes if node.show != "never"]
    return tuple(
        _step(node, graph, values, pack=pack, words=words, table=tables.get(node.rows, Table()))
        for node in graph.kept["shown"]
        if _shows(node, values)
    )


def _shows(node: Node, values: Mapping[str, int]) -> bool:
    if node.show != "when it matters":
        return node.show == "always"
    value = values[node.name]
    if node.sign in ("+", "−"):
        return value != 0
    if node.sign == "×":
        return value != money.RATIO
    return value != values[node.than or node.of[0]]


def _step(
    node: Node, graph: Graph, values: Mapping[str, int], *, pack: Pack,
    words: Mapping[str, str], table: Table,
) -> Step:  # fmt: skip
    value = values[node.name]
    source, inputs = _stands_on(node, graph, pack)
    fill = _filler(graph, values, words)
    return Step(
        name=node.name,
        label=_filled(node.label, fill),
        sign=node.sign,
        value=value,
        unit=node.unit,
        shown=units.shown(value, node.unit),
        figure=units.figure(value, node.unit),
        after=units.after(value, node.unit),
        note=_filled(node.note, fill),
        source=source,
        inputs=inputs,
        caption=table.caption,
        rows=table.rows,
    )


def _stands_on(node: Node, graph: Graph, pack: Pack) -> tuple[str, tuple[str, ...]]:
    """Where a step comes from, and the names it was made of; the same for everyone."""
    kept: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = pack.kept.setdefault("steps", {})
    key = (graph.name, node.name)
    if key not in kept:
        names = tuple(name for name in node.numbers if name)
        given = any(pack.number(name).given for name in names)
        kept[key] = ("Given with the facts" if given else node.source, node.of + names)
    return kept[key]


def _filled(text: str, fill: Any) -> str:
    return _SLOT.sub(fill, text) if "{" in text else text


def _filler(graph: Graph, values: Mapping[str, int], words: Mapping[str, str]) -> Any:
    def fill(slot: re.Match[str]) -> str:
        name, as_share = slot.groups()
        if name in words:
            return words[name]
        if as_share:
            return money.per_pound(values[name])
        return units.figure(values[name], graph.by_name[name].unit)

    return fill


def slots(text: str) -> Iterable[str]:
    """The names a label or note fills in."""
    return (match[1] for match in _SLOT.finditer(text))


def formula(steps: Sequence[Step], graph: Graph, values: Mapping[str, int]) -> str:
    """Write the steps in one line: (40 − 25) × £12.00 × 0.95 = £171.00.

    Where the sum starts again, as from a table, a new piece follows after a semicolon.
    """
    if not any(step.sign not in ("", "=") for step in steps):
        return ""
    line, last = _Line(), steps[0]
    for step in steps:
        node = graph.by_name[step.name]
        if step.sign != "=":
            line.work(step)
        elif node.kind == "sum" and node.unit != line.unit:
            line.start_again(step, after=_said(last.value, last.unit), lead="")
        elif _starts_again(node, values):
            before = graph.by_name[node.of[1 if node.kind == "choose" else 0]]
            lead = "" if node.kind in _LOOKED_UP else f"{step.label[:1].lower()}{step.label[1:]}: "
            line.start_again(step, after=_said(values[before.name], before.unit), lead=lead)
        elif node.show == "always":
            line.equals(step)
        last = step if step.sign in ("", "=") else last
    return line.text()


def _starts_again(node: Node, values: Mapping[str, int]) -> bool:
    """Say whether a value does not simply follow from the line so far: a table, a floor, a cap."""
    if node.kind in ("least", "greatest"):
        return values[node.name] != values[node.of[0]]
    if node.kind == "choose":
        return values[node.name] != values[node.of[1]]
    return node.kind in _LOOKED_UP


class _Line:
    """A sum being written left to right, in pieces where it starts again.

    `now` is what is written of the piece; `new` says that it holds what no piece has said yet.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lead = self.now = self.unit = ""
        self.new = self.worked = self.loose = False

    def work(self, step: Step) -> None:
        if not self.now:
            self._begin(step)
            return
        if step.sign in ("×", "÷") and self.loose:
            self.now, self.loose = f"({self.now})", False
        self.now += f" {step.sign} {step.figure}"
        self.loose = self.loose or step.sign in ("+", "−")
        self.worked = self.new = True

    def equals(self, step: Step) -> None:
        if self.worked:
            self._finish(f"{self.now} = {_said(step.value, step.unit)}")
            self.now = step.figure
        elif self.now != step.figure:
            self._begin(step)

    def start_again(self, step: Step, *, after: str, lead: str) -> None:
        if self.worked:
            self._finish(f"{self.now} = {after}")
        elif self.new:
            self._finish(after)
        self._begin(step)
        self.lead = lead

    def _begin(self, step: Step) -> None:
        self.now, self.unit, self.new = step.figure, step.unit, True

    def _finish(self, piece: str) -> None:
        self.pieces.append(self.lead + piece)
        self.lead = ""
        self.new = self.worked = self.loose = False

    def text(self) -> str:
        if self.new:
            self._finish(self.now)
        return (
            self.pieces[0].removesuffix(" a week")
            if len(self.pieces) == 1
            else "; ".join(self.pieces)
        )


def _said(value: int, unit: str) -> str:
    return f"{units.figure(value, unit)} {units.after(value, unit)}".rstrip()

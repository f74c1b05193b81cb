"""From a folded graph to the straight line of operations that both runners follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ownway.policy.compile import codes as coding
from ownway.policy.compile import words as packing
from ownway.policy.compile.codes import Code
from ownway.policy.compile.folding import CHEAP, Fixed, Folded, Table, fold, joined
from ownway.policy.compile.ops import Op, Operand, Slot
from ownway.policy.compile.work import Working
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number

Numbers = Mapping[str, Number]
ANY_ORDER = {"sum": "sum", "count": "sum", "least": "least", "greatest": "greatest",
             "all": "all", "any": "any"}  # fmt: skip
"""Kinds whose parts may be worked apart, and the kind that puts the parts together."""


@dataclass(frozen=True)
class Plan:
    """What to do for everyone: the codes read, the line of operations, the answers kept."""

    folded: Folded
    codes: tuple[Code, ...]
    ops: tuple[Op, ...]
    answers: Mapping[str, Operand]

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The facts the answers stand on; those that do not reach them are not asked for."""
        used = {name for code in self.codes for name in code.names}
        return tuple(node for node in self.folded.graph.inputs if node.name in used)

    def dtype(self, name: str) -> np.dtype[np.signedinteger]:
        """The narrowest an answer is proved to fit."""
        least, most = self.folded.spans[name]
        fits = np.iinfo(np.int32).min <= least and most <= np.iinfo(np.int32).max
        return np.dtype(np.int32 if fits else np.int64)


def plan(graph: Graph, numbers: Numbers, *, wanted: Iterable[str]) -> Plan:
    """Compile a graph down to what is wanted."""
    folded = fold(graph, numbers, wanted=wanted)
    asked = _Asked(folded)
    for name in folded.wanted:
        asked.node(name)
    codes = coding.choose(asked.alone, asked.together.values(), folded)
    line = _Line(folded, codes, tuple(asked.together))
    answers = {name: line.value(name, kind=line.kind(name)) for name in folded.wanted}
    return Plan(folded, codes, tuple(line.ops), answers)


def looked_up(name: str, folded: Folded) -> Table | None:
    """The table a node is looked up in; None where working it costs less."""
    form = folded.forms[name]
    if not isinstance(form, Table):
        return None
    worked = [one for one in form.over if not folded.is_input(one)]
    kind = folded.graph.by_name[name].kind
    quick = kind in CHEAP and worked and form.folded < 2 + len(worked)
    return None if quick else form


def parts(node: Node, folded: Folded) -> tuple[list[Table], list[str]]:
    """The parts of a node worked in any order: tables over facts alone, and all others."""
    tables, others = [], []
    for name in node.of:
        form = folded.forms[name]
        if isinstance(form, Table) and all(map(folded.is_input, form.over)):
            tables.append(form)
        else:
            others.append(name)
    return tables, others


class _Asked:
    """Which inputs are looked up together: the tables that the answers call for."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.alone: list[frozenset[str]] = []
        self.together: dict[str, list[frozenset[str]]] = {}
        self._seen: set[str] = set()

    def node(self, name: str) -> None:
        if name in self._seen:
            return
        self._seen.add(name)
        node, form = self.folded.graph.by_name[name], self.folded.forms[name]
        if isinstance(form, Fixed):
            return
        table = looked_up(name, self.folded)
        if table:
            self._table(table)
        elif node.kind == "input":
            self.alone.append(frozenset([name]))
        elif node.kind in ANY_ORDER:
            tables, others = parts(node, self.folded)
            self.together[name] = [frozenset(one.over) for one in tables]
            for other in others:
                self.node(other)
        else:
            for other in node.of:
                self.node(other)

    def _table(self, table: Table) -> None:
        facts = frozenset(filter(self.folded.is_input, table.over))
        if facts:
            self.alone.append(facts)
        for name in table.over:
            if not self.folded.is_input(name):
                self.node(name)


@dataclass
class _Line(Working):
    """A line of operations being written, each value once."""

    folded: Folded
    codes: tuple[Code, ...]
    put_together: tuple[str, ...]
    ops: list[Op] = field(default_factory=list)
    made: dict[tuple[str, str, float], Operand] = field(default_factory=dict)
    words: packing.Words = field(init=False)

    def __post_init__(self) -> None:
        """Pack the sums that can be packed, before anything is written."""
        self.words = packing.pack(self._sums(), self.codes, self.folded)

    def _sums(self) -> Iterable[tuple[str, dict[int, Table]]]:
        """Sums that end up worked, with the table of each code that they add."""
        for node in (self.folded.graph.by_name[name] for name in self.put_together):
            if ANY_ORDER[node.kind] == "sum":
                yield node.name, self.by_code(node)

    def by_code(self, node: Node) -> dict[int, Table]:
        """The tables a node puts together, as one for each code."""
        found: dict[int, list[Table]] = {}
        for table in parts(node, self.folded)[0]:
            found.setdefault(coding.holding(self.codes, table.over), []).append(table)
        return {code: joined(tables, node.kind, folded=self.folded)
                for code, tables in found.items()}  # fmt: skip

    def others(self, node: Node) -> list[str]:
        """The parts of a node that are no tables over facts alone."""
        return parts(node, self.folded)[1]

    def is_looked_up(self, name: str) -> bool:
        """Whether a node is read from a table."""
        return looked_up(name, self.folded) is not None

    def kind(self, name: str) -> str:
        """What holds a node exactly."""
        return "f" if self.small(name) else "i"

    # -- What the work asks for ----------------------------------------------------------------

    def add(self, name: str, kind: str, *args: Operand, data: object = None) -> Slot:
        """Write one operation and give the slot of its answer."""
        slot = Slot(len(self.ops), kind)
        self.ops.append(Op(name, slot, args, data))
        return slot

    def value(self, name: str, *, kind: str = "f", over: float = 1.0) -> Operand:
        """A node as a slot of this kind, divided by `over`; as a number where it is fixed."""
        key = (name, kind, over)
        if key not in self.made:
            self.made[key] = self._value(name, kind, over)
        return self.made[key]

    def _value(self, name: str, kind: str, over: float) -> Operand:
        form = self.folded.forms[name]
        if isinstance(form, Fixed):
            return form.value if kind == "i" else form.value / over
        table = looked_up(name, self.folded)
        if table is not None:
            return self._looked_up(name, table, kind, over)
        if kind != "x":
            return self.turned(self._worked(name), kind)
        if name in self.words.fields and not self.others(self.folded.graph.by_name[name]):
            return self.field(name, "x")
        return self.place(name, self._worked(name))

    def _worked(self, name: str) -> Slot:
        key = (name, "", 1.0)
        if key not in self.made:
            node = self.folded.graph.by_name[name]
            self.made[key] = self._read(node) if node.kind == "input" else self.work(node)
        slot = self.made[key]
        assert isinstance(slot, Slot)
        return slot

    def _read(self, node: Node) -> Slot:
        """An input of too many values for any table, as it was given."""
        kind = "f" if self.small(node.name) else "i"
        return self.add("read", kind, data=coding.holding(self.codes, [node.name]))

    # -- Looking up ----------------------------------------------------------------------------

    def _looked_up(self, name: str, table: Table, kind: str, over: float) -> Slot:
        if kind == "f" and not self.exact(table):
            kind, over = "i", 1.0
        if kind == "x":
            table = Table(table.over, table.values - self.folded.spans[name][0], table.folded)
        return self.tabled(table, kind, over)

    def tabled(self, table: Table, kind: str, over: float = 1.0) -> Slot:
        """A table's value for each person."""
        worked = [name for name in table.over if not self.folded.is_input(name)]
        facts = [name for name in table.over if self.folded.is_input(name)]
        if not worked:
            place = coding.holding(self.codes, facts)
            return self.look(self.index(place), self.codes[place].laid_out(table), kind, over)
        axes = [table.over.index(name) for name in (*worked, *facts)]
        index = self._place_among(worked, facts)
        return self.look(index, table.values.transpose(axes).ravel(), kind, over)

    def look(self, index: Operand, row: np.ndarray, kind: str, over: float = 1.0) -> Slot:
        """A value for each place, as floats, flags or whole numbers."""
        data = {"f": np.float64, "b": np.bool_, "i": np.int64, "x": np.intp}[kind]
        held = row.astype(data) / over if over != 1.0 else row.astype(data)
        return self.add("look", kind, index, data=held)

    def index(self, code: int) -> Slot:
        """The code of each person, as a place in a table."""
        key = (f"code {code}", "x", 1.0)
        if key not in self.made:
            self.made[key] = self.add("load", "x", data=code)
        slot = self.made[key]
        assert isinstance(slot, Slot)
        return slot

    def _place_among(self, worked: list[str], facts: list[str]) -> Slot:
        """The joint state of some worked nodes and some facts, as a place in a table."""
        stride = self.folded.states(facts)
        terms: list[tuple[Operand, int]] = []
        for name in reversed(worked):
            terms.append((self.value(name, kind="x"), stride))
            stride *= self.folded.states([name])
        if facts:
            terms.append((self._among_facts(facts), 1))
        place: Operand | None = None
        for slot, many in terms:
            scaled = slot if many == 1 else self.add("scale", "x", slot, data=many)
            place = scaled if place is None else self.add("place", "x", place, scaled)
        assert isinstance(place, Slot)
        return place

    def _among_facts(self, facts: list[str]) -> Slot:
        place = coding.holding(self.codes, facts)
        code = self.codes[place]
        if list(code.names) == facts:
            return self.index(place)
        shape = tuple(self.folded.states([name]) for name in facts)
        numbered = Table(tuple(facts), np.arange(self.folded.states(facts)).reshape(shape), 0)
        row = code.laid_out(numbered).astype(np.intp)
        return self.add("look", "x", self.index(place), data=row)

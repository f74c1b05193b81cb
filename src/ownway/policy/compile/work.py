"""How each kind of node that cannot be looked up is worked: on floats, or on whole numbers.

A node is worked on floats when interval analysis shows every number on the way to be exact as
one; otherwise, or where a rate it may need is not known, on 64-bit whole numbers by the
population runner's own rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from ownway.policy.compile import curves
from ownway.policy.compile.codes import Code
from ownway.policy.compile.folding import Fixed, Folded, Table
from ownway.policy.compile.ops import EXACT, MULTIPLIED, Op, Operand, Slot, addend
from ownway.policy.compile.words import Words
from ownway.policy.graph import Node
from ownway.policy.money import RATIO

_PAIRS = {"sum": "add", "count": "add", "least": "min", "greatest": "max",
          "all": "and", "any": "or"}  # fmt: skip


class Working(ABC):
    """A line of operations that can work a node from the values of those above it."""

    folded: Folded
    codes: tuple[Code, ...]
    ops: list[Op]
    words: Words
    made: dict[tuple[str, str, float], Operand]

    @abstractmethod
    def add(self, name: str, kind: str, *args: Operand, data: object = None) -> Slot:
        """Write one operation."""

    @abstractmethod
    def value(self, name: str, *, kind: str = "f", over: float = 1.0) -> Operand:
        """A node as an operand."""

    @abstractmethod
    def look(self, index: Operand, row: Any, kind: str, over: float = 1.0) -> Slot:
        """A value for each place in a table."""

    @abstractmethod
    def index(self, code: int) -> Slot:
        """A code as a place in a table."""

    @abstractmethod
    def by_code(self, node: Node) -> dict[int, Table]:
        """The tables a node puts together, as one for each code."""

    @abstractmethod
    def others(self, node: Node) -> list[str]:
        """The parts of a node that are no tables over facts alone."""

    @abstractmethod
    def tabled(self, table: Table, kind: str, over: float = 1.0) -> Slot:
        """A table's value for each person."""

    # -- Spans ---------------------------------------------------------------------------------

    def reach(self, name: str) -> int:
        """The greatest size a node may have."""
        return max(map(abs, self.folded.spans[name]))

    def small(self, name: str) -> bool:
        """Whether a node is exact as a float."""
        return self.reach(name) < EXACT

    def exact(self, table: Table) -> bool:
        """Whether all a table holds is exact as floats."""
        return max(abs(int(table.values.min())), abs(int(table.values.max()))) < EXACT

    def _is_wide(self, node: Node) -> bool:
        """Whether a number on the way could be too large for floats, or is not known."""
        if any(name and self.folded.numbers[name].value is None for name in node.numbers):
            return True
        sizes = [self.reach(name) for name in node.of]
        if max(*sizes, self.reach(node.name), sum(sizes)) >= EXACT:
            return True
        if node.kind == "product":
            return sizes[0] * sizes[1] >= EXACT
        if node.kind == "part":
            return 2 * sizes[0] * sizes[1] + sizes[2] >= EXACT
        if node.kind == "share":
            return sizes[0] * sizes[1] >= MULTIPLIED
        return node.kind in ("divide", "parts") and sizes[0] >= MULTIPLIED

    # -- Working -------------------------------------------------------------------------------

    def work(self, node: Node) -> Slot:
        """Write what works a node out."""
        if self._is_wide(node) or node.kind not in _WORK:
            return self._wide(node)
        return _WORK[node.kind](self, node)

    def _wide(self, node: Node) -> Slot:
        args = [self.value(name, kind="i") for name in node.of]
        return self.add("wide", "i", *args, data=(node, self.folded.numbers))

    def turned(self, slot: Slot, kind: str) -> Slot:
        """The same column as another kind."""
        if slot.kind == kind:
            return slot
        return self.add(f"{slot.kind}_to_{kind}", kind, slot)

    def place(self, name: str, slot: Slot) -> Slot:
        """A worked node as a place from 0."""
        return self.add(f"{slot.kind}_to_x", "x", slot, data=self.folded.spans[name][0])

    def in_any_order(self, node: Node) -> Slot:
        """Put parts together pair by pair: tables a code at a time, then whatever else."""
        kind = "b" if node.kind in ("all", "any") else "f"
        terms: list[Operand] = []
        if node.name in self.words.fields:
            terms.append(self.field(node.name, "f"))
        else:
            for place, table in self.by_code(node).items():
                row = self.codes[place].laid_out(table)
                terms.append(self.look(self.index(place), row, kind))
        terms += [self.value(name, kind=kind) for name in self.others(node)]
        whole = self._paired(_PAIRS[node.kind], kind, terms)
        return whole if isinstance(whole, Slot) else self.add("fill", kind, whole)

    def _paired(self, name: str, kind: str, terms: Iterable[Operand]) -> Operand:
        slots = [term for term in terms if isinstance(term, Slot)]
        numbers = [term for term in terms if not isinstance(term, Slot)]
        if numbers and kind == "f":
            fixed = reduce(_FIXED[name], numbers)
            if name != "add" or fixed:
                slots = [*slots, fixed]  # type: ignore[list-item]  # a number ends the chain
        elif numbers:
            slots += [float(bool(one)) for one in numbers]  # type: ignore[misc]  # as above
        return reduce(lambda one, other: self.add(name, kind, one, other), slots)

    def field(self, name: str, kind: str) -> Slot:
        """One of the sums in a word, as a number or as a place from 0."""
        at = self.words.fields[name]
        word = self._word(at.word)
        top = at.shift + at.bits == self.words.words[at.word].bits
        least = self.folded.spans[name][0] if kind == "x" else 0
        data = (at.shift, 0 if top else (1 << at.bits) - 1, at.offset - least)
        return self.add("field", kind, word, data=data)

    def _word(self, place: int) -> Slot:
        key = (f"word {place}", "w", 1.0)
        if key not in self.made:
            word = self.words.words[place]
            codes = sorted(word.tables)
            first, *rest = codes
            slot = self.add("look", "w", self.index(first), data=word.tables[first])
            for code in rest:
                slot = self.add("add_look", "w", slot, self.index(code), data=word.tables[code])
            self.made[key] = slot
        return self.made[key]  # type: ignore[return-value]  # a word is always a slot

    # -- One kind each -------------------------------------------------------------------------

    def plain(self, name: str, kind: str, node: Node, of: str = "f") -> Slot:
        """An operation on the values of a node's own arguments."""
        return self.add(name, kind, *(self.value(one, kind=of) for one in node.of))

    def choose(self, node: Node) -> Slot:
        """One of two, by a flag."""
        truth, then, otherwise = node.of
        return self.add("where", "f", self.value(truth, kind="b"), self.value(then),
                        self.value(otherwise))  # fmt: skip

    def worth(self, node: Node) -> Slot:
        """A number where a flag holds."""
        return self.add("where", "f", self.value(node.of[0], kind="b"), float(node.by), 0.0)

    def share(self, node: Node) -> Slot:
        """An amount times a ratio, rounded; the ratio is divided once, where it is held."""
        amount, ratio = node.of
        by = self._as_ratio(ratio)
        if by is None:
            top = self.add("mul", "f", self.value(amount), self.value(ratio))
            return self.divided(top, RATIO, node.rounding)
        return self.add("scaled", "f", self.value(amount), by,
                        data=addend(node.rounding, RATIO))  # fmt: skip

    def _as_ratio(self, name: str) -> Operand | None:
        form = self.folded.forms[name]
        if isinstance(form, Fixed):
            return form.value / RATIO
        return self.value(name, over=RATIO) if self.is_looked_up(name) else None

    @abstractmethod
    def is_looked_up(self, name: str) -> bool:
        """Whether a node is read from a table."""

    def divided(self, top: Operand, bottom: int, rounding: str) -> Slot:
        """A whole number divided by a fixed one, rounded."""
        return self.add("scaled", "f", top, 1 / bottom, data=addend(rounding, bottom))

    def divide(self, node: Node) -> Slot:
        """Divided by a number of the node's own."""
        return self.divided(self.value(node.of[0]), node.by, node.rounding)

    def parts_of(self, node: Node) -> Slot:
        """How many of one are in the other."""
        step = self.folded.forms[node.of[1]]
        top = self.value(node.of[0])
        if isinstance(step, Fixed) and step.value > 0:
            return self.divided(top, step.value, node.rounding)
        return self.add("ratio", "f", top, self.value(node.of[1]), data=node.rounding)

    def part(self, node: Node) -> Slot:
        """A share that is a part of a whole; of no whole, nothing."""
        value, part, whole = (self.value(name) for name in node.of)
        top = self.add("mul", "f", value, part)
        return self.add("ratio", "f", top, whole, data=node.rounding)

    def curve(self, node: Node) -> Slot:
        """An amount read off a curve, or off the one of a level."""
        knots = [self.folded.numbers[name].knots for name in node.numbers]
        span = self.folded.spans[node.of[0]]
        ready = curves.ready(knots, span=span, rounding=node.rounding)
        if ready is None:
            return self._wide(node)
        bases = [self._base(node.of[1], ready.buckets)] if len(node.of) > 1 else []
        return self.add("curve", "f", self.value(node.of[0]), *bases, data=ready)

    def _base(self, level: str, buckets: int) -> Operand:
        form = self.folded.forms[level]
        if isinstance(form, Fixed):
            return float(form.value * buckets)
        least = self.folded.spans[level][0]
        if isinstance(form, Table):
            steps = Table(form.over, form.values * buckets, form.folded)
            return self.tabled(steps, "x")
        scaled = self.add("scale", "x", self.value(level, kind="x"), data=buckets)
        return self.add("place", "x", scaled, float(least * buckets)) if least else scaled

    def beyond(self, node: Node) -> Slot:
        """Whether an amount is past the end of a curve."""
        last = self.folded.numbers[node.numbers[0]].knots[-1][0]
        return self.add("gt", "b", self.value(node.of[0]), float(last))


_FIXED: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b, "min": min, "max": max,
}  # fmt: skip
_WORK: dict[str, Callable[[Working, Node], Slot]] = {
    **dict.fromkeys(_PAIRS, Working.in_any_order),
    "difference": lambda line, node: line.plain("sub", "f", node),
    "product": lambda line, node: line.plain("mul", "f", node),
    "times": lambda line, node: line.add("mul", "f", line.value(node.of[0]), float(node.by)),
    "at_least": lambda line, node: line.plain("ge", "b", node),
    "more_than": lambda line, node: line.plain("gt", "b", node),
    "not": lambda line, node: line.plain("not", "b", node, of="b"),
    "choose": Working.choose,
    "worth": Working.worth,
    "share": Working.share,
    "divide": Working.divide,
    "parts": Working.parts_of,
    "part": Working.part,
    "curve": Working.curve,
    "curve_by": Working.curve,
    "beyond": Working.beyond,
}

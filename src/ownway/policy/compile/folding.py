"""Partial evaluation: what each node of a graph comes down to before anyone is worked out.

A node is *fixed* (the same for everyone), a *table* over a few variables, or still *work* to be
done for each person. A variable is an input, or a node that is work but takes few values. Tables
are made by the population runner itself, on every joint state, so they can say nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import population, proof
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.proof import Span
from ownway.policy.refusals import FactsMissing, PackRefused, Problem

Numbers = Mapping[str, Number]
Whole: TypeAlias = NDArray[np.int64]
MOST_STATES = 1 << 16
"""A node whose variables have more joint states than this is worked, not looked up."""
CHEAP = frozenset({
    "sum", "count", "least", "greatest", "difference", "times", "product", "at_least", "more_than",
    "all", "any", "not", "choose",
})  # fmt: skip
"""Kinds that are as quick to work as to look up."""


@dataclass(frozen=True)
class Fixed:
    """The same for everyone."""

    value: int


@dataclass(frozen=True)
class Table:
    """A value for each joint state of some variables; `folded` weighs the work it saves.

    Shapes: values has one axis for each variable, in order.
    """

    over: tuple[str, ...]
    values: Whole
    folded: int


@dataclass(frozen=True)
class Work:
    """To be worked out for each person."""

    node: Node


Form = Fixed | Table | Work


@dataclass(frozen=True)
class Folded:
    """A graph pruned to what is wanted, and the form and span of each of its nodes."""

    graph: Graph
    wanted: tuple[str, ...]
    forms: Mapping[str, Form]
    spans: Mapping[str, Span]
    numbers: Numbers

    def states(self, over: Iterable[str]) -> int:
        """The number of joint states of some variables."""
        return prod(size(self.spans[name]) for name in over)

    def is_input(self, name: str) -> bool:
        """Whether a variable is a fact, not something worked out."""
        return self.graph.by_name[name].kind == "input"


def size(span: Span) -> int:
    """How many values there are from least to greatest."""
    return span[1] - span[0] + 1


def fold(graph: Graph, numbers: Numbers, *, wanted: Iterable[str]) -> Folded:
    """Fold a graph as far as it goes.

    Raises:
        PackRefused: a node that is wanted is not there, or a step could grow too large.
        FactsMissing: a rate that everyone needs is not known on this date.
    """
    wanted = tuple(wanted)
    pruned = leading_to(graph, wanted)
    spans: dict[str, Span] = {}
    forms: dict[str, Form] = {}
    for node in pruned.nodes:
        spans, too_big = proof.spans_below([node], pruned, standing=spans, numbers=numbers)
        if too_big:
            reason, mend = "could grow too large to hold.", "Lower the numbers it multiplies."
            raise PackRefused([Problem(f"{graph.name}: {node.name}", reason, mend)])
        forms[node.name] = form = _form(node, forms, spans, numbers)
        if isinstance(form, Table):
            spans[node.name] = int(form.values.min()), int(form.values.max())
        elif isinstance(form, Fixed):
            spans[node.name] = form.value, form.value
    return Folded(pruned, wanted, forms, spans, numbers)


def leading_to(graph: Graph, wanted: Iterable[str]) -> Graph:
    """The graph without what the wanted nodes do not use."""
    missing = [name for name in wanted if name not in graph.by_name]
    if missing:
        mend = f"Name one it has, as {graph.nodes[-1].name}." if graph.nodes else ""
        raise PackRefused(Problem(graph.name, f"has no node {name!r}.", mend) for name in missing)
    used = set(wanted)
    for node in reversed(graph.nodes):
        if node.name in used:
            used.update(node.of)
    return Graph(graph.name, tuple(node for node in graph.nodes if node.name in used))


def _form(
    node: Node, forms: Mapping[str, Form], spans: Mapping[str, Span], numbers: Numbers
) -> Form:
    if node.kind == "input":
        return _variable(node.name, spans) or Work(node)
    args = [_as_table(name, forms, spans) for name in node.of]
    known = [arg for arg in args if arg is not None]
    over = tuple(dict.fromkeys(name for arg in known for name in arg.over))
    if len(known) < len(args) or prod(size(spans[name]) for name in over) > MOST_STATES:
        return Work(node)
    try:
        return _tabled(node, known, over=over, spans=spans, numbers=numbers)
    except FactsMissing:
        if not over:
            raise
        return Work(node)


def _as_table(name: str, forms: Mapping[str, Form], spans: Mapping[str, Span]) -> Table | None:
    """A node as a table: of nothing, of its variables, or of itself where it takes few values."""
    form = forms[name]
    if isinstance(form, Fixed):
        return Table((), np.array(form.value, dtype=np.int64), 0)
    return form if isinstance(form, Table) else _variable(name, spans)


def _variable(name: str, spans: Mapping[str, Span]) -> Table | None:
    least, most = spans[name]
    if most - least >= MOST_STATES:
        return None
    return Table((name,), np.arange(least, most + 1, dtype=np.int64), 0)


def _tabled(
    node: Node, args: list[Table], *, over: tuple[str, ...], spans: Mapping[str, Span],
    numbers: Numbers,
) -> Form:  # fmt: skip
    shape = tuple(size(spans[name]) for name in over)
    columns = [spread(arg, over, shape).ravel() for arg in args]
    made = population.work(node, columns, numbers=numbers, people=prod(shape))
    if made.size and (made == made[0]).all():
        return Fixed(int(made[0]))
    saved = (1 if node.kind in CHEAP else 3) + sum(arg.folded for arg in args)
    return Table(over, made.reshape(shape), saved)


def spread(table: Table, over: tuple[str, ...], shape: tuple[int, ...]) -> Whole:
    """The table over more variables, in another order; the new ones change nothing."""
    axes = [table.over.index(name) for name in over if name in table.over]
    lengths = [size if name in table.over else 1 for name, size in zip(over, shape, strict=True)]
    return np.broadcast_to(table.values.transpose(axes).reshape(lengths), shape)


def joined(tables: Iterable[Table], kind: str, *, folded: Folded) -> Table:
    """Several tables worked into one by a kind that may be worked in any order."""
    tables = tuple(tables)
    over = tuple(dict.fromkeys(name for table in tables for name in table.over))
    shape = tuple(size(folded.spans[name]) for name in over)
    columns = [spread(table, over, shape).ravel() for table in tables]
    node = Node("joined", kind, "")
    made = population.work(node, columns, numbers={}, people=prod(shape))
    return Table(over, made.reshape(shape), 1 + sum(table.folded for table in tables))

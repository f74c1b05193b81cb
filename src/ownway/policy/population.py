"""A whole population worked out at once: the same nodes as the interpreter, on arrays.

Written apart from the interpreter on purpose: a property test holds the two equal to the penny.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import proof
from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsMissing, FactsRefused, PackRefused, Problem

Whole: TypeAlias = NDArray[np.int64]
Numbers = Mapping[str, Number]
Columns = Mapping[str, Whole]
_ROWS_NAMED = 20


def run(graph: Graph, *, inputs: Columns, numbers: Numbers) -> dict[str, Whole]:
    """Work out every node for every person.

    Shapes: each input and each answer (people,).
    Units: each column is in its node's unit; ratios are ten-thousandths, flags 0 or 1.
    Raises:
        FactsMissing: a column is not there, or a rate is not known on this date.
        FactsRefused: rows hold values outside what the policy covers; the first are named.
        PackRefused: a step could grow past what whole-number arrays hold.
    """
    _refuse_overflow(graph, numbers)
    columns = _checked(graph, inputs)
    people = len(next(iter(columns.values()))) if columns else 0
    for node in graph.nodes:
        if node.kind != "input":
            args = [columns[name] for name in node.of]
            columns[node.name] = work(node, args, numbers=numbers, people=people)
    return columns


def work(node: Node, args: list[Whole], *, numbers: Numbers, people: int) -> Whole:
    """Work out one node for every person, from the columns of the nodes it works on."""
    return _WORK[node.kind](node, args, numbers, people)


def _refuse_overflow(graph: Graph, numbers: Numbers) -> None:
    too_big = proof.show(graph, numbers).too_big
    if too_big:
        reason, mend = "could grow too large to hold.", "Lower the numbers it multiplies."
        raise PackRefused(Problem(f"{graph.name}: {name}", reason, mend) for name in too_big)


def _checked(graph: Graph, inputs: Columns) -> dict[str, Whole]:
    missing = [node.name for node in graph.inputs if node.name not in inputs]
    if missing:
        raise FactsMissing(Problem(name, "is not a column here.") for name in missing)
    columns = {node.name: np.asarray(inputs[node.name], dtype=np.int64) for node in graph.inputs}
    wrong = [problem for node in graph.inputs for problem in _outside(node, columns[node.name])]
    if len({len(column) for column in columns.values()}) > 1:
        wrong.append(Problem("columns", "are not all of one length."))
    if wrong:
        raise FactsRefused(wrong)
    return columns


def _outside(node: Node, column: Whole) -> Sequence[Problem]:
    rows = np.flatnonzero((column < node.least) | (column > node.most))
    said = f"must be from {node.least} to {node.most}; it is not in {len(rows)} rows."
    return [Problem(f"{node.name}, row {row}", said) for row in rows[:_ROWS_NAMED]]


# -- Rounding, on arrays -----------------------------------------------------------------------


def _half_up(top: Whole, bottom: Whole | int) -> Whole:
    return (2 * top + bottom) // (2 * bottom)


def _down(top: Whole, bottom: Whole | int) -> Whole:
    return top // bottom


def _up(top: Whole, bottom: Whole | int) -> Whole:
    return -(-top // bottom)


_ROUND: dict[str, Callable[[Whole, Whole | int], Whole]] = {
    "half_up": _half_up, "down": _down, "up": _up,
}  # fmt: skip


# -- Each kind of node, on arrays --------------------------------------------------------------


def _same(value: int, people: int) -> Whole:
    return np.full(people, value, dtype=np.int64)


def _setting(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    return _same(numbers[node.numbers[0]].single, people)


def _pick(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    """Only numbers that someone needs must be known, as for one person."""
    row = np.zeros(len(node.numbers), dtype=np.int64)
    unknown = [name and numbers[name].value is None for name in node.numbers]
    needed = np.unique(args[0]) if any(unknown) else range(len(row))
    for place in needed:
        name = node.numbers[place]
        row[place] = numbers[name].single if name else 0
    return row[args[0]]


def _table(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    return np.array(numbers[node.numbers[0]].table, dtype=np.int64)[args[0]]


def _curve(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    return _read_off(node, args[0], numbers[node.numbers[0]])


def _curve_by(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    made = np.zeros(people, dtype=np.int64)
    for level, name in enumerate(node.numbers):
        here = args[1] == level
        if here.any():
            made[here] = _read_off(node, args[0][here], numbers[name])
    return made


def _read_off(node: Node, points: Whole, number: Number) -> Whole:
    knots = np.array(number.knots, dtype=np.int64)
    x, y = knots[:, 0], knots[:, 1]
    at = np.clip(points, x[0], x[-1])
    left = np.minimum(np.searchsorted(x, at, side="right") - 1, len(x) - 2)
    rise, width = y[left + 1] - y[left], x[left + 1] - x[left]
    return y[left] + _ROUND[node.rounding]((at - x[left]) * rise, width)


def _beyond(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    return (args[0] > numbers[node.numbers[0]].knots[-1][0]).astype(np.int64)


def _part(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    value, part, whole = args
    safe = np.where(whole == 0, 1, whole)
    return np.where(whole == 0, 0, _ROUND[node.rounding](value * part, safe))


def _flag(truth: NDArray[np.bool_]) -> Whole:
    return truth.astype(np.int64)


def _sum(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    """One by one: stacking the columns first would copy them all."""
    made = args[0].copy()
    for column in args[1:]:
        made += column
    return made


def _count(node: Node, args: list[Whole], numbers: Numbers, people: int) -> Whole:
    return _sum(node, [_flag(column != 0) for column in args], numbers, people)


Work = Callable[[Node, list[Whole], Numbers, int], Whole]
_WORK: dict[str, Work] = {
    "constant": lambda node, a, n, people: _same(node.by, people),
    "setting": _setting,
    "pick": _pick,
    "table": _table,
    "worth": lambda node, a, n, people: np.where(a[0] != 0, np.int64(node.by), np.int64(0)),
    "curve": _curve,
    "curve_by": _curve_by,
    "beyond": _beyond,
    "sum": _sum,
    "least": lambda node, a, n, people: reduce(np.minimum, a),
    "greatest": lambda node, a, n, people: reduce(np.maximum, a),
    "difference": lambda node, a, n, people: a[0] - a[1],
    "product": lambda node, a, n, people: a[0] * a[1],
    "share": lambda node, a, n, people: _ROUND[node.rounding](a[0] * a[1], RATIO),
    "part": _part,
    "parts": lambda node, a, n, people: _ROUND[node.rounding](a[0], a[1]),
    "divide": lambda node, a, n, people: _ROUND[node.rounding](a[0], node.by),
    "times": lambda node, a, n, people: a[0] * node.by,
    "at_least": lambda node, a, n, people: _flag(a[0] >= a[1]),
    "more_than": lambda node, a, n, people: _flag(a[0] > a[1]),
    "all": lambda node, a, n, people: _flag(np.all(a, axis=0)),
    "any": lambda node, a, n, people: _flag(np.any(a, axis=0)),
    "count": _count,
    "not": lambda node, a, n, people: _flag(a[0] == 0),
    "choose": lambda node, a, n, people: np.where(a[0] != 0, a[1], a[2]),
}

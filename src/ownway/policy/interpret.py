"""One person worked out on whole numbers, keeping the value of every node: the legal record.

Written apart from the population runner on purpose: a property test holds the two equal.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping

from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO, ROUNDINGS
from ownway.policy.numbers import Knots, Number
from ownway.policy.refusals import FactsMissing, FactsRefused, Problem, Told

Numbers = Mapping[str, Number]
Values = dict[str, int]


def run(graph: Graph, *, inputs: Mapping[str, int], numbers: Numbers) -> Values:
    """Work out every node for one person.

    Units: each value is in its node's unit; ratios are ten-thousandths, flags 0 or 1.
    Raises:
        FactsMissing: an input is not there, or a rate that is needed is not known on this date.
        FactsRefused: an input is outside what the policy covers, or a given setting is nothing
            and something is divided by it.
    """
    values = _checked(graph, inputs)
    try:
        for name, work, node in _line(graph):
            values[name] = work(node, [values[one] for one in node.of], numbers)
    except FactsMissing:
        raise FactsMissing(_every_unknown(graph, inputs, numbers)) from None
    except ZeroDivisionError:
        mend = "Give 1 or more under settings for what it divides by."
        raise FactsRefused([Problem(name, "would be divided by nothing.", mend)]) from None
    return values


def _every_unknown(graph: Graph, inputs: Mapping[str, int], numbers: Numbers) -> list[Problem]:
    """Every rate this person's sum would read that is not known, so that all are asked at once.

    Where one is not known the sum goes on with 1, only to see what else it reads.
    """
    values: Values = dict(inputs)
    unknown: dict[str, Problem] = {}
    for name, work, node in _line(graph):
        try:
            values[name] = work(node, [values[one] for one in node.of], numbers)
        except FactsMissing as missing:
            unknown |= {problem.place: problem for problem in missing.problems}
            values[name] = 1
        except (IndexError, ZeroDivisionError):
            values[name] = 1
    return list(unknown.values())


def _line(graph: Graph) -> list[tuple[str, Work, Node]]:
    """What to do for each node in order, found once for a graph."""
    line: list[tuple[str, Work, Node]] | None = graph.kept.get("line")
    if line is None:
        line = [(n.name, WORK[n.kind], n) for n in graph.nodes if n.kind != "input"]
        graph.kept["line"] = line
    return line


def _checked(graph: Graph, inputs: Mapping[str, int]) -> Values:
    values = Told({}, "node")
    wrong: list[Problem] = []
    for node in graph.inputs:
        if node.name not in inputs:
            raise FactsMissing(
                Problem(one.name, "is not known yet.")
                for one in graph.inputs if one.name not in inputs
            )  # fmt: skip
        value = values[node.name] = inputs[node.name]
        if not node.least <= value <= node.most:
            wrong.append(Problem(node.name, f"must be from {node.least} to {node.most}."))
    if wrong:
        raise FactsRefused(wrong)
    return values


def single(name: str, numbers: Numbers) -> int:
    """A whole number of the pack; an empty name stands for nothing."""
    return numbers[name].single if name else 0


def _curve(node: Node, args: list[int], numbers: Numbers) -> int:
    return _read_off(node, args[0], numbers[node.numbers[0]].knots)


def _curve_by(node: Node, args: list[int], numbers: Numbers) -> int:
    """One curve for each level of the second thing it works on, as for each client group."""
    return _read_off(node, args[0], numbers[node.numbers[args[1]]].knots)


def _read_off(node: Node, x: int, knots: Knots) -> int:
    place = bisect_right(knots, (x, 1 << 62)) - 1
    if place < 0:
        return knots[0][1]
    if place == len(knots) - 1:
        return knots[-1][1]
    (x0, y0), (x1, y1) = knots[place], knots[place + 1]
    return y0 + ROUNDINGS[node.rounding]((x - x0) * (y1 - y0), x1 - x0)


def _part(node: Node, args: list[int], _: Numbers) -> int:
    value, part, whole = args
    return ROUNDINGS[node.rounding](value * part, whole) if whole else 0


Work = Callable[[Node, list[int], Numbers], int]
WORK: dict[str, Work] = {
    "constant": lambda node, a, n: node.by,
    "setting": lambda node, a, n: single(node.numbers[0], n),
    "pick": lambda node, a, n: single(node.numbers[a[0]], n),
    "table": lambda node, a, n: n[node.numbers[0]].table[a[0]],
    "worth": lambda node, a, n: node.by if a[0] else 0,
    "curve": _curve,
    "curve_by": _curve_by,
    "beyond": lambda node, a, n: int(a[0] > n[node.numbers[0]].knots[-1][0]),
    "sum": lambda node, a, n: sum(a),
    "least": lambda node, a, n: min(a),
    "greatest": lambda node, a, n: max(a),
    "difference": lambda node, a, n: a[0] - a[1],
    "product": lambda node, a, n: a[0] * a[1],
    "share": lambda node, a, n: ROUNDINGS[node.rounding](a[0] * a[1], RATIO),
    "part": _part,
    "parts": lambda node, a, n: ROUNDINGS[node.rounding](a[0], a[1]),
    "divide": lambda node, a, n: ROUNDINGS[node.rounding](a[0], node.by),
    "times": lambda node, a, n: a[0] * node.by,
    "at_least": lambda node, a, n: int(a[0] >= a[1]),
    "more_than": lambda node, a, n: int(a[0] > a[1]),
    "all": lambda node, a, n: int(all(a)),
    "any": lambda node, a, n: int(any(a)),
    "count": lambda node, a, n: sum(1 for one in a if one),
    "not": lambda node, a, n: int(not a[0]),
    "choose": lambda node, a, n: a[1] if a[0] else a[2],
}

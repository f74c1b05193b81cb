"""A graph as one statement for PostgreSQL: an independent check, and rules to take elsewhere.

Every step is a column made from those before it, on 64-bit whole numbers. A person whose facts
are unknown or outside what the policy covers gets no answer (null), never a guess. PostgreSQL
drops a division towards zero; the statement drops it downwards for negatives too, as Ownway does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ownway.policy import proof
from ownway.policy.compile.folding import leading_to
from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO
from ownway.policy.numbers import Knots, Number
from ownway.policy.proof import Span

Numbers = Mapping[str, Number]
Spans = Mapping[str, Span]


def statement(
    graph: Graph, numbers: Numbers, *, wanted: Sequence[str], source: str = "people",
    key: str = "id",
) -> str:  # fmt: skip
    """Write the graph over a table that has a key and a column for each fact.

    Raises:
        PackRefused: a wanted node is not in the graph.
    """
    pruned = leading_to(graph, wanted)
    spans = proof.spans(pruned, numbers)
    said = _Said(numbers, spans)
    asked = pruned.inputs
    facts = [f"case when known then {name_of(node.name)}::bigint end as {name_of(node.name)}"
             for node in asked]  # fmt: skip
    lines = [
        f"select {', '.join(name_of(name) for name in (key, *wanted))}",
        "from (",
        "    select\n        " + ",\n        ".join([name_of(key), *facts]),
        f"    from (select *, {_covered(asked)} as known from {name_of(source)}) as people",  # noqa: S608  # quoted
        "    offset 0",
        ") as facts",
    ]
    for place, nodes in enumerate(_levels(pruned)):
        columns = [f"({said(node)})::bigint as {name_of(node.name)}" for node in nodes]
        lines += _step(f"step_{place}", columns)
    return "\n".join(lines) + f"\norder by {name_of(key)}"


def name_of(name: str) -> str:
    """A name as SQL writes one of any letters."""
    return '"' + name.replace('"', '""') + '"'


def _step(name: str, columns: Sequence[str]) -> list[str]:
    """One step; `offset 0` keeps the database from writing it out again wherever it is used."""
    inside = ",\n        ".join(columns)
    return ["cross join lateral (", f"    select\n        {inside}", f"    offset 0\n) as {name}"]


def _covered(inputs: Iterable[Node]) -> str:
    checks = [f"{name_of(n.name)} between {n.least} and {n.most}" for n in inputs]
    return f"({' and '.join(checks)}) is true" if checks else "true"


def _levels(graph: Graph) -> Iterator[list[Node]]:
    """Nodes that use only those of earlier levels, level by level."""
    depth: dict[str, int] = {}
    for node in graph.nodes:
        above = [depth[name] + 1 for name in node.of]
        depth[node.name] = 0 if node.kind == "input" else max(above, default=1)
    worked = [node for node in graph.nodes if node.kind != "input"]
    for _, nodes in itertools.groupby(
        sorted(worked, key=lambda node: depth[node.name]), key=lambda node: depth[node.name]
    ):
        yield list(nodes)


class _Said:
    """Each node as an expression."""

    def __init__(self, numbers: Numbers, spans: Spans) -> None:
        self.numbers, self.spans = numbers, spans

    def __call__(self, node: Node) -> str:
        args = [name_of(name) for name in node.of]
        simple = _SIMPLE.get(node.kind)
        if simple:
            return simple(node, args)
        said: str = getattr(self, f"_{node.kind}")(node, args)
        return said

    def _number(self, name: str) -> str:
        if not name:
            return "0"
        value = self.numbers[name].value
        return "null" if value is None else str(value)

    def _setting(self, node: Node, args: list[str]) -> str:
        return self._number(node.numbers[0])

    def _pick(self, node: Node, args: list[str]) -> str:
        return _picked(args[0], [self._number(name) for name in node.numbers])

    def _table(self, node: Node, args: list[str]) -> str:
        return _picked(args[0], [str(one) for one in self.numbers[node.numbers[0]].table])

    def _curve(self, node: Node, args: list[str]) -> str:
        return self._line(node, args[0], self.numbers[node.numbers[0]])

    def _curve_by(self, node: Node, args: list[str]) -> str:
        lines = [self._line(node, args[0], self.numbers[name]) for name in node.numbers]
        cases = " ".join(f"when {level} then {line}" for level, line in enumerate(lines))
        return f"case {args[1]} {cases} end"

    def _line(self, node: Node, x: str, number: Number) -> str:
        if number.value is None:
            return "null"
        knots: Knots = number.knots
        cases = [f"when {x} < {knots[0][0]} then {knots[0][1]}"]
        for (x0, y0), (x1, y1) in itertools.pairwise(knots):
            top = f"({x} - {x0}) * {y1 - y0}::bigint"
            cases.append(f"when {x} < {x1} then {y0} + {self._round(node, top, x1 - x0, 0)}")
        return f"case {' '.join(cases)} when {x} is not null then {knots[-1][1]} end"

    def _beyond(self, node: Node, args: list[str]) -> str:
        number = self.numbers[node.numbers[0]]
        return "null" if number.value is None else _flag(f"{args[0]} > {number.knots[-1][0]}")

    def _share(self, node: Node, args: list[str]) -> str:
        amount, ratio = (self.spans[name] for name in node.of)
        least = min(a * b for a in amount for b in ratio)
        return self._round(node, f"{args[0]} * {args[1]}", RATIO, least)

    def _divide(self, node: Node, args: list[str]) -> str:
        return self._round(node, args[0], node.by, self.spans[node.of[0]][0])

    def _parts(self, node: Node, args: list[str]) -> str:
        return self._round(node, args[0], args[1], -1)

    def _part(self, node: Node, args: list[str]) -> str:
        rounded = self._round(node, f"{args[0]} * {args[1]}", args[2], -1)
        return f"case when {args[2]} = 0 then 0 else {rounded} end"

    def _round(self, node: Node, top: str, bottom: int | str, least: int) -> str:
        """Divide and round; where the top may be negative, take care to drop downwards."""
        if node.rounding == "up":
            return f"-({_floor(f'-({top})', bottom, -1)})"
        if node.rounding == "half_up":
            twice = 2 * bottom if isinstance(bottom, int) else f"(2 * {bottom})"
            return _floor(f"(2 * {top} + {bottom})", twice, least)
        return _floor(f"({top})", bottom, least)


def _floor(top: str, bottom: int | str, least: int) -> str:
    if least >= 0 and isinstance(bottom, int):
        return f"{top} / {bottom}"
    rest = f"({top}) % {bottom}"
    return (f"({top}) / {bottom}"
            f" - (({rest} <> 0) and (({rest} < 0) <> ({bottom} < 0)))::int")  # fmt: skip


def _picked(index: str, values: Sequence[str]) -> str:
    return f"(array[{', '.join(values)}]::bigint[])[{index} + 1]"


def _flag(truth: str) -> str:
    return f"({truth})::int"


def _each(args: Sequence[str], joint: str) -> str:
    return _flag(f" {joint} ".join(f"{arg} <> 0" for arg in args))


_SIMPLE: dict[str, Callable[[Node, list[str]], str]] = {
    "constant": lambda node, a: str(node.by),
    "worth": lambda node, a: f"case when {a[0]} <> 0 then {node.by} else 0 end",
    "sum": lambda node, a: " + ".join(a),
    "least": lambda node, a: f"least({', '.join(a)})",
    "greatest": lambda node, a: f"greatest({', '.join(a)})",
    "difference": lambda node, a: f"{a[0]} - {a[1]}",
    "product": lambda node, a: f"{a[0]} * {a[1]}",
    "times": lambda node, a: f"{a[0]} * {node.by}",
    "at_least": lambda node, a: _flag(f"{a[0]} >= {a[1]}"),
    "more_than": lambda node, a: _flag(f"{a[0]} > {a[1]}"),
    "all": lambda node, a: _each(a, "and"),
    "any": lambda node, a: _each(a, "or"),
    "count": lambda node, a: " + ".join(_flag(f"{one} <> 0") for one in a),
    "not": lambda node, a: _flag(f"{a[0]} = 0"),
    "choose": lambda node, a: f"case when {a[0]} <> 0 then {a[1]} else {a[2]} end",
}

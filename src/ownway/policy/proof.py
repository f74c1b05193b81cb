"""What can be shown of a graph before anyone is worked out: its bounds, and which way it moves.

Interval analysis gives each node's least and greatest value; sign analysis says whether a node
can only rise, or only fall, as an input rises. Both are over every value an input may take.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO, ROUNDINGS
from ownway.policy.numbers import Knots, Number

Way = Literal["rises", "falls", "either"]
Span = tuple[int, int]
Numbers = Mapping[str, Number]
Ways = Mapping[str, Way]
UNKNOWN: Span = (1, 10**8)
"""Where a rate that is not known on the day could lie."""
_UNKNOWN: dict[str, Span] = {"band": (0, 4), "flag": (0, 1), "ratio": (0, 100 * RATIO)}
SAFE = 1 << 62
"""Greatest size any step of the sum may reach, so that whole-number arrays never overflow."""


@dataclass(frozen=True)
class Shown:
    """What was shown of one graph: the span of each node, and how each moves with each input."""

    spans: Mapping[str, Span]
    ways: Mapping[str, Mapping[str, Way]]
    too_big: tuple[str, ...]


def show(graph: Graph, numbers: Numbers) -> Shown:
    """Work out spans and ways for every node, in order."""
    spans: dict[str, Span] = {}
    ways: dict[str, Mapping[str, Way]] = {}
    too_big: list[str] = []
    for node in graph.nodes:
        if not _fits(node, graph, spans, numbers):
            too_big.append(node.name)
        least, most = spans[node.name]
        ways[node.name] = {} if least == most else _ways(node, graph, spans, ways, numbers)
    return Shown(spans, ways, tuple(too_big))


def spans(graph: Graph, numbers: Numbers) -> dict[str, Span]:
    """The least and greatest value of each node, without asking which way it moves."""
    found: dict[str, Span] = {}
    for node in graph.nodes:
        _fits(node, graph, found, numbers)
    return found


def spans_below(
    nodes: Iterable[Node], graph: Graph, *, standing: Mapping[str, Span], numbers: Numbers
) -> tuple[dict[str, Span], tuple[str, ...]]:
    """The spans with some nodes worked out anew, and those of them that could grow too large."""
    found = dict(standing)
    too_big = tuple(node.name for node in nodes if not _fits(node, graph, found, numbers))
    return found, too_big


def span_of(node: Node, graph: Graph, *, standing: Mapping[str, Span], numbers: Numbers) -> Span:
    """The least and greatest value of one node, from the spans of those above it."""
    args = [standing[name] for name in node.of]
    span = _SPANS[node.kind](node, args, numbers)
    if _keeps_a_share(node, graph, standing):
        return 0, span[1]
    return span


def _fits(node: Node, graph: Graph, spans: dict[str, Span], numbers: Numbers) -> bool:
    """Work out the span of one node, and say whether whole-number arrays hold it safely."""
    span = spans[node.name] = span_of(node, graph, standing=spans, numbers=numbers)
    size = _work_size(node, [spans[name] for name in node.of], numbers)
    return max(map(abs, span)) <= SAFE and size <= SAFE


def _work_size(node: Node, args: Sequence[Span], numbers: Numbers) -> int:
    """The greatest number met on the way to a rounded result."""
    if node.kind in ("curve", "curve_by"):
        known = [numbers[name] for name in node.numbers if numbers[name].value is not None]
        return max((_steepest(number.knots) for number in known), default=0)
    size = [max(map(abs, span)) for span in args]
    if node.kind in ("sum", "divide", "times", "parts"):
        return 2 * (sum(size) + abs(node.by))
    if node.kind not in ("share", "part"):
        return 0
    return 2 * size[0] * size[1] + 2 * max(RATIO, size[-1])


def _steepest(knots: Knots) -> int:
    """The greatest number met between two points of a curve."""
    return max((2 * (x1 - x0) * (y1 - y0) + x1 - x0
                for (x0, y0), (x1, y1) in itertools.pairwise(knots)), default=0)  # fmt: skip


def _single(name: str, numbers: Numbers) -> Span:
    if not name:
        return (0, 0)
    value = numbers[name].value
    return (value, value) if isinstance(value, int) else _UNKNOWN.get(numbers[name].unit, UNKNOWN)


def _pick(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    spans = [_single(name, numbers) for name in node.numbers]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _row(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    value = numbers[node.numbers[0]].value
    row = numbers[node.numbers[0]].table if value is not None else UNKNOWN
    return min(row), max(row)


def _curve(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    """Over every curve it may read from."""
    if any(numbers[name].value is None for name in node.numbers):
        return UNKNOWN
    curves = [numbers[name].knots for name in node.numbers]
    return min(knots[0][1] for knots in curves), max(knots[-1][1] for knots in curves)


def _corners(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    products = [a * b for a in args[0] for b in args[1]]
    return min(products), max(products)


def _share(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    low, high = _corners(node, args, numbers)
    rounding = ROUNDINGS[node.rounding]
    return rounding(low, RATIO), rounding(high, RATIO)


def _part(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    """At most the whole product, where the whole is 1; a whole of nothing gives nothing."""
    low, high = _corners(node, args, numbers)
    if args[2][0] >= 0:
        return min(low, 0), max(high, 0)
    most = max(abs(low), abs(high)) + 1
    return -most, most


def _parts(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    """By the ends of both; a step of either sign may be as little as 1 or -1."""
    tops, steps = args
    if steps[0] <= 0 <= steps[1]:
        most = max(map(abs, tops))
        return -most, most
    rounding = ROUNDINGS[node.rounding]
    found = [rounding(top, step) for top in tops for step in steps]
    return min(found), max(found)


def _divide(node: Node, args: Sequence[Span], numbers: Numbers) -> Span:
    rounding = ROUNDINGS[node.rounding]
    return rounding(args[0][0], node.by), rounding(args[0][1], node.by)


_FLAG: Span = (0, 1)
Spanned = Callable[[Node, Sequence[Span], Numbers], Span]
_SPANS: dict[str, Spanned] = {
    "input": lambda node, a, n: (node.least, node.most),
    "constant": lambda node, a, n: (node.by, node.by),
    "setting": lambda node, a, n: _single(node.numbers[0], n),
    "pick": _pick,
    "table": _row,
    "worth": lambda node, a, n: (min(0, node.by), max(0, node.by)),
    "curve": _curve,
    "curve_by": _curve,
    "beyond": lambda node, a, n: _FLAG,
    "sum": lambda node, a, n: (sum(x[0] for x in a), sum(x[1] for x in a)),
    "least": lambda node, a, n: (min(x[0] for x in a), min(x[1] for x in a)),
    "greatest": lambda node, a, n: (max(x[0] for x in a), max(x[1] for x in a)),
    "difference": lambda node, a, n: (a[0][0] - a[1][1], a[0][1] - a[1][0]),
    "product": _corners,
    "share": _share,
    "part": _part,
    "parts": _parts,
    "divide": _divide,
    "times": lambda node, a, n: (a[0][0] * node.by, a[0][1] * node.by),
    "at_least": lambda node, a, n: _compared(a[0][0] >= a[1][1], a[0][1] >= a[1][0]),
    "more_than": lambda node, a, n: _compared(a[0][0] > a[1][1], a[0][1] > a[1][0]),
    "all": lambda node, a, n: (min(x[0] for x in a), min(x[1] for x in a)),
    "any": lambda node, a, n: (max(x[0] for x in a), max(x[1] for x in a)),
    "count": lambda node, a, n: (sum(x[0] for x in a), sum(x[1] for x in a)),
    "not": lambda node, a, n: (1 - a[0][1], 1 - a[0][0]),
    "choose": lambda node, a, n: (min(a[1][0], a[2][0]), max(a[1][1], a[2][1])),
}


def _compared(always: bool, ever: bool) -> Span:
    return int(always), int(ever)


# -- Which way it moves ------------------------------------------------------------------------

_UP = frozenset({
    "table", "curve", "beyond", "sum", "least", "greatest", "divide", "times", "all",
    "any", "count",
})  # fmt: skip
_UP_THEN_DOWN = frozenset({"difference", "at_least", "more_than"})


def _ways(
    node: Node, graph: Graph, spans: Mapping[str, Span], ways: Mapping[str, Mapping[str, Way]],
    numbers: Numbers,
) -> Mapping[str, Way]:  # fmt: skip
    if node.kind == "input":
        return {node.name: "rises"}
    if _keeps_a_share(node, graph, spans):
        whole, taken = node.of
        return _join([ways[whole], _turn(ways[graph.by_name[taken].of[1]])])
    moves = _moves(node, spans, numbers)
    parts = [_through(ways[name], move) for name, move in zip(node.of, moves, strict=True)]
    return _join(parts)


def _keeps_a_share(node: Node, graph: Graph, spans: Mapping[str, Span]) -> bool:
    """Say whether this is x less a share of the same x, of at most all: it rises with x.

    Only where x is never below nothing: of a debt, a greater share leaves more.
    """
    if node.kind != "difference" or spans[node.of[0]][0] < 0:
        return False
    taken = graph.by_name[node.of[1]]
    return taken.kind == "share" and taken.of[0] == node.of[0] and spans[taken.of[1]][1] <= RATIO


def _moves(node: Node, spans: Mapping[str, Span], numbers: Numbers) -> list[Way]:
    """How a node moves with each thing it works on, others standing still."""
    if node.kind in _UP:
        return ["rises"] * len(node.of)
    if node.kind in _UP_THEN_DOWN:
        return ["rises", "falls"]
    if node.kind == "not":
        return ["falls"]
    if node.kind == "worth":
        return ["rises" if node.by >= 0 else "falls"]
    if node.kind == "parts":
        return _parts_moves(*(spans[name] for name in node.of))
    if node.kind == "pick":
        return [_pick_moves(node, numbers)]
    if node.kind == "curve_by":
        return ["rises", "either"]
    if node.kind in ("product", "share"):
        a, b = (spans[name] for name in node.of)
        return [_times_moves(b), _times_moves(a)]
    if node.kind == "part":
        value, part, whole = (spans[name] for name in node.of)
        safe = min(value[0], part[0], whole[0]) >= 0
        return ["rises", "rises", "either"] if safe else ["either"] * 3
    if node.kind == "choose":
        _, then, otherwise = (spans[name] for name in node.of)
        ordered: Way = "rises" if then[0] >= otherwise[1] else "either"
        return ["falls" if then[1] <= otherwise[0] else ordered, "rises", "rises"]
    return ["either"] * len(node.of)


def _parts_moves(top: Span, step: Span) -> list[Way]:
    """A longer step means fewer of them, unless what is divided is below nothing."""
    if step[0] <= 0 <= step[1]:
        return ["either", "either"]
    turned: Way = "falls" if top[0] >= 0 else "rises" if top[1] <= 0 else "either"
    return ["rises" if step[0] > 0 else "falls", turned]


def _times_moves(other: Span) -> Way:
    if other[0] >= 0:
        return "rises"
    return "falls" if other[1] <= 0 else "either"


def _pick_moves(node: Node, numbers: Numbers) -> Way:
    spans = [_single(name, numbers) for name in node.numbers]
    pairs = list(itertools.pairwise(spans))
    if all(a[1] <= b[0] for a, b in pairs):
        return "rises"
    return "falls" if all(a[0] >= b[1] for a, b in pairs) else "either"


def _turn(ways: Mapping[str, Way]) -> dict[str, Way]:
    turned: dict[Way, Way] = {"rises": "falls", "falls": "rises", "either": "either"}
    return {name: turned[way] for name, way in ways.items()}


def _through(ways: Mapping[str, Way], move: Way) -> Mapping[str, Way]:
    if move == "rises":
        return ways
    return _turn(ways) if move == "falls" else dict.fromkeys(ways, "either")


def _join(parts: Sequence[Mapping[str, Way]]) -> dict[str, Way]:
    joined: dict[str, Way] = {}
    for part in parts:
        for name, way in part.items():
            joined[name] = way if joined.get(name, way) == way else "either"
    return joined

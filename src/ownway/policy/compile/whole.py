"""Nodes on 64-bit whole numbers, as text for machine code: what floats could not hold exactly.

Division here drops towards lower numbers for negatives too, as in Python; C and SQL do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ownway.policy.graph import Node
from ownway.policy.money import RATIO
from ownway.policy.numbers import Number

HELPERS = """
@jit
def half_up(top, bottom):
    return (2 * top + bottom) // (2 * bottom)

@jit
def down(top, bottom):
    return top // bottom

@jit
def up(top, bottom):
    return -(-top // bottom)

@jit
def read_line(amount, base, least, per_bucket, first, ends, slope, intercept):
    place = u64(base + i64((amount - least) * per_bucket))
    segment = i64(first[place]) + i64(amount >= ends[place])
    return np.floor(amount * slope[u64(segment)] + intercept[u64(segment)])

@jit
def place_on(knots, x):
    place = -1
    while place + 1 < knots.shape[0] and knots[place + 1, 0] <= x:
        place += 1
    return place

@jit
def curve_half_up(knots, x):
    at = place_on(knots, x)
    if at < 0:
        return knots[0, 1]
    if at == knots.shape[0] - 1:
        return knots[at, 1]
    rise, width = knots[at + 1, 1] - knots[at, 1], knots[at + 1, 0] - knots[at, 0]
    return knots[at, 1] + half_up((x - knots[at, 0]) * rise, width)
""".strip()
for _rounding in ("down", "up"):
    _made = HELPERS[HELPERS.index("@jit\ndef curve_half_up") :].split("\n\n")[0]
    HELPERS += "\n\n" + _made.replace("half_up", _rounding)

Keep = Callable[[Any], str]


def whole_numbers(node: Node, args: list[str], numbers: Mapping[str, Number], keep: Keep) -> str:
    """A node as an expression on whole numbers; `keep` holds a table and gives its name."""
    if node.kind in ("table", "pick"):
        return f"{keep(_row(node, numbers))}[u64({args[0]})]"
    if node.kind in ("curve", "curve_by", "beyond"):
        return _curve(node, args, numbers, keep)
    return _SAID[node.kind](node, args)


def _row(node: Node, numbers: Mapping[str, Number]) -> Any:
    if node.kind == "table":
        return np.array(numbers[node.numbers[0]].table, dtype=np.int64)
    singles = [numbers[name].single if name else 0 for name in node.numbers]
    return np.array(singles, dtype=np.int64)


def _curve(node: Node, args: list[str], numbers: Mapping[str, Number], keep: Keep) -> str:
    knots = [np.array(numbers[name].knots, dtype=np.int64) for name in node.numbers]
    if node.kind == "beyond":
        return f"i64({args[0]} > {int(knots[0][-1, 0])})"
    said = [f"curve_{node.rounding}({keep(one)}, {args[0]})" for one in knots]
    chosen = said[-1]
    for level in range(len(said) - 2, -1, -1):
        chosen = f"({said[level]} if {args[1]} == {level} else {chosen})"
    return chosen


def _fold(name: str) -> Callable[[Node, list[str]], str]:
    def said(node: Node, args: list[str]) -> str:
        made = args[0]
        for arg in args[1:]:
            made = f"{name}({made}, {arg})"
        return f"i64({made})"

    return said


_SAID: dict[str, Callable[[Node, list[str]], str]] = {
    "sum": lambda node, a: " + ".join(a),
    "least": _fold("min"),
    "greatest": _fold("max"),
    "difference": lambda node, a: f"{a[0]} - {a[1]}",
    "product": lambda node, a: f"{a[0]} * {a[1]}",
    "share": lambda node, a: f"{node.rounding}({a[0]} * {a[1]}, {RATIO})",
    "part": lambda node, a: (
        f"({node.rounding}({a[0]} * {a[1]}, {a[2]}) if {a[2]} != 0 else i64(0))"
    ),
    "parts": lambda node, a: f"{node.rounding}({a[0]}, {a[1]})",
    "divide": lambda node, a: f"{node.rounding}({a[0]}, {node.by})",
    "times": lambda node, a: f"{a[0]} * {node.by}",
    "at_least": lambda node, a: f"i64({a[0]} >= {a[1]})",
    "more_than": lambda node, a: f"i64({a[0]} > {a[1]})",
    "all": lambda node, a: f"i64({' and '.join(f'{one} != 0' for one in a)})",
    "any": lambda node, a: f"i64({' or '.join(f'{one} != 0' for one in a)})",
    "count": lambda node, a: " + ".join(f"i64({one} != 0)" for one in a),
    "not": lambda node, a: f"i64({a[0]} == 0)",
    "choose": lambda node, a: f"({a[1]} if {a[0]} != 0 else {a[2]})",
    "worth": lambda node, a: f"({node.by} if {a[0]} != 0 else 0)",
}

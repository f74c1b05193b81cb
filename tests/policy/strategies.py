"""Random policies, people and JSON, for the property tests."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ownway.policy import graph as graphs
from ownway.policy import proof
from ownway.policy.graph import Graph
from ownway.policy.numbers import Number

POINTS, WEEK = "points", "pence a week"
NUMBERS: dict[str, Number] = {
    number.name: number
    for number in (
        Number("price", "pence a point a week", "Price", 1_237),
        Number("low", WEEK, "Low", 333),
        Number("high", WEEK, "High", 98_765),
        Number("tenth", "ratio", "Tenth", 1_000),
        Number("odd", "ratio", "Odd", 9_137),
        Number("more", "ratio", "More", 12_345),
        Number("step", WEEK, "Step", 250),
        Number("by_level", "points by level", "By level", (0, 1, 4, 9, 16)),
        Number("shares", "ratio by level", "Shares", (0, 3_333, 5_000, 6_667, 10_000)),
        Number(
            "curve",
            "pence a year by points",
            "Curve",
            ((3, 100), (10, 1_001), (17, 1_001), (40, 9_999)),
        ),
        Number("steep", "pence a week by points", "Steep", ((0, 7), (30, 40_000), (31, 40_001))),
        Number("flat", "pence a week by points", "Flat", ((-3, 2), (9, 1_999), (80, 2_000))),
    )
}
_LISTS = {"only": [{"key": "one", "name": "One", "worth": 40}]}
ROUNDING = st.sampled_from(["half_up", "down", "up"])


@st.composite
def policies(draw: st.DrawFn) -> Graph:
    """A random graph that is well made: every node fits the units of those it works on."""
    nodes = list(_INPUTS)
    for place in range(draw(st.integers(3, 25))):
        kind = draw(st.sampled_from(sorted(_MAKERS)))
        node = _MAKERS[kind](draw, nodes)
        if node is not None:
            name = f"n{place}.one" if "each" in node else f"n{place}"
            nodes.append({"name": name, "kind": kind, **node})
    declared = [node | {"name": node["name"].removesuffix(".one")} for node in nodes]
    graph = graphs.read("random", declared, lists=_LISTS)
    return _small_enough(graph)


def _small_enough(graph: Graph) -> Graph:
    """Leave out nodes that could grow too large, and those that use them."""
    bad = set(proof.show(graph, NUMBERS).too_big)
    kept = []
    for node in graph.nodes:
        if node.name in bad or bad.intersection(node.of):
            bad.add(node.name)
        else:
            kept.append(node)
    return Graph("random", tuple(kept))


def people(graph: Graph) -> st.SearchStrategy[list[dict[str, int]]]:
    """Up to twenty people whose facts are anywhere the graph allows."""
    one = st.fixed_dictionaries(
        {node.name: st.integers(node.least, node.most) for node in graph.inputs}
    )
    return st.lists(one, min_size=1, max_size=20)


def columns(crowd: list[dict[str, int]], graph: Graph) -> dict[str, Any]:
    """The same people, as one array for each fact."""
    names = [node.name for node in graph.inputs]
    return {name: np.array([one[name] for one in crowd], dtype=np.int64) for name in names}


_INPUTS = (
    {"name": "a", "kind": "input", "unit": POINTS, "least": 0, "most": 50},
    {"name": "b", "kind": "input", "unit": POINTS, "least": -20, "most": 90},
    {"name": "money", "kind": "input", "unit": WEEK, "least": 0, "most": 10**7},
    {"name": "debt", "kind": "input", "unit": WEEK, "least": -(10**6), "most": 10**6},
    {"name": "level", "kind": "input", "unit": "level", "least": 0, "most": 4},
    {"name": "flag", "kind": "input", "unit": "flag", "least": 0, "most": 1},
    {"name": "other", "kind": "input", "unit": "flag", "least": 0, "most": 1},
    {"name": "three", "kind": "constant", "unit": WEEK, "by": 3},
    {"name": "each", "kind": "input", "unit": WEEK, "least": 1, "most": 1000},
)


def _of(draw: Any, nodes: list[Any], unit: str) -> str:
    name: str = draw(st.sampled_from([node["name"] for node in nodes if node["unit"] == unit]))
    return name


def _alike(draw: Any, nodes: list[Any]) -> Any:
    unit = draw(st.sampled_from([POINTS, WEEK]))
    count = draw(st.integers(1, 4))
    return {"unit": unit, "of": [_of(draw, nodes, unit) for _ in range(count)]}


def _two(draw: Any, nodes: list[Any], made: str = "") -> Any:
    unit = draw(st.sampled_from([POINTS, WEEK]))
    return {"unit": made or unit, "of": [_of(draw, nodes, unit) for _ in range(2)]}


def _flags(draw: Any, nodes: list[Any], made: str = "flag") -> Any:
    count = draw(st.integers(1, 4))
    return {"unit": made, "of": [_of(draw, nodes, "flag") for _ in range(count)]}


def _setting(draw: Any, nodes: list[Any]) -> Any:
    name = draw(st.sampled_from(["low", "high", "tenth", "odd", "more", "price"]))
    return {"unit": NUMBERS[name].unit, "number": name}


def _table(draw: Any, nodes: list[Any]) -> Any:
    name, unit = draw(st.sampled_from([("by_level", POINTS), ("shares", "ratio")]))
    return {"unit": unit, "number": name, "of": [_of(draw, nodes, "level")]}


def _share(draw: Any, nodes: list[Any]) -> Any:
    if not any(node["unit"] == "ratio" for node in nodes):
        return None
    unit = draw(st.sampled_from([POINTS, WEEK]))
    of = [_of(draw, nodes, unit), _of(draw, nodes, "ratio")]
    return {"unit": unit, "of": of, "rounding": draw(ROUNDING)}


def _product(draw: Any, nodes: list[Any]) -> Any:
    if not any(node["unit"] == "pence a point a week" for node in nodes):
        return None
    of = [_of(draw, nodes, POINTS), _of(draw, nodes, "pence a point a week")]
    return {"unit": WEEK, "of": of}


def _part(draw: Any, nodes: list[Any]) -> Any:
    of = [_of(draw, nodes, WEEK), _of(draw, nodes, POINTS), _of(draw, nodes, POINTS)]
    return {"unit": WEEK, "of": of, "rounding": draw(ROUNDING)}


def _choose(draw: Any, nodes: list[Any]) -> Any:
    unit = draw(st.sampled_from([POINTS, WEEK]))
    of = [_of(draw, nodes, "flag"), _of(draw, nodes, unit), _of(draw, nodes, unit)]
    return {"unit": unit, "of": of}


_MAKERS: dict[str, Any] = {
    "sum": _alike,
    "least": _alike,
    "greatest": _alike,
    "difference": _two,
    "at_least": lambda draw, nodes: _two(draw, nodes, "flag"),
    "more_than": lambda draw, nodes: _two(draw, nodes, "flag"),
    "all": _flags,
    "any": _flags,
    "count": lambda draw, nodes: _flags(draw, nodes, "count"),
    "not": lambda draw, nodes: {"unit": "flag", "of": [_of(draw, nodes, "flag")]},
    "setting": _setting,
    "table": _table,
    "share": _share,
    "product": _product,
    "part": _part,
    "parts": lambda draw, nodes: {
        "unit": "count", "of": [_of(draw, nodes, WEEK), draw(st.sampled_from(["three", "each"]))],
        "rounding": draw(ROUNDING),
    },
    "pick": lambda draw, nodes: {
        "unit": WEEK, "of": [_of(draw, nodes, "flag")], "numbers": ["", "high"],
    },
    "curve": lambda draw, nodes: {
        "unit": "pence a year", "of": [_of(draw, nodes, POINTS)], "number": "curve",
        "rounding": draw(ROUNDING),
    },
    "curve_by": lambda draw, nodes: {
        "unit": WEEK, "of": [_of(draw, nodes, POINTS), _of(draw, nodes, "level")],
        "numbers": ["steep", "flat", "steep", "flat", "flat"], "rounding": draw(ROUNDING),
    },
    "worth": lambda draw, nodes: {
        "unit": POINTS, "of": [_of(draw, nodes, "flag")], "each": "only", "worth": "worth",
    },
    "beyond": lambda draw, nodes: {
        "unit": "flag", "of": [_of(draw, nodes, POINTS)], "number": "curve",
    },
    "divide": lambda draw, nodes: {
        "unit": WEEK, "of": [_of(draw, nodes, WEEK)], "by": draw(st.integers(1, 52)),
        "rounding": draw(ROUNDING),
    },
    "times": lambda draw, nodes: {
        "unit": WEEK, "of": [_of(draw, nodes, WEEK)], "by": draw(st.integers(1, 4)),
    },
    "choose": _choose,
    "constant": lambda draw, nodes: {"unit": POINTS, "by": draw(st.integers(0, 40))},
}  # fmt: skip


# -- Data changed a little, for fuzzing; the same seed always gives the same change ------------

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**20, -(10**20), 0.5, 1e300, float("nan"), float("inf"), "",
    "who", "person", "carer", "none", "\x00", "🙂", "\ud800", "L9", "-0", "a" * 300, [], {}, [[]],
    {"": None}, [None, 1], ["L1", "L1"], {"level": 2}, [0, 1, 2, 3, 4], [[0, 0], [1, 1]],
)  # fmt: skip


def changed(whole: Any, chance: Random, *, odd: tuple[Any, ...] = ODD) -> Any:
    """The same data with one to three places taken out, renamed, or given an odd value."""
    data = copy.deepcopy(whole)
    for _ in range(chance.randint(1, 3)):
        holder, key = _place(data, chance)
        if holder is None:
            return chance.choice(odd)
        _change(holder, key, chance, odd)
    return data


def _place(data: Any, chance: Random) -> tuple[Any, Any]:
    holder, key, at = None, None, data
    while isinstance(at, (dict, list)) and at and (holder is None or chance.random() < 0.8):
        holder, key = at, chance.choice(list(at) if isinstance(at, dict) else range(len(at)))
        at = at[key]
    return holder, key


def _change(holder: Any, key: Any, chance: Random, odd: tuple[Any, ...]) -> None:
    action = chance.choice(["replace", "replace", "remove", "rename", "add", "swap"])
    if action == "remove":
        del holder[key]
    elif action in ("rename", "add") and isinstance(holder, dict):
        name = chance.choice(["", "x", "who", "\n", "level", "of", "🙂", str(key) + "s"])
        holder[name] = holder.pop(key) if action == "rename" else chance.choice(odd)
    elif action == "swap":
        other = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        holder[key], holder[other] = holder[other], holder[key]
    else:
        holder[key] = copy.deepcopy(chance.choice(odd))

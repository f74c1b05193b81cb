"""What makes a pack's graphs unfit: unknown numbers, mixed units, words that fill in nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ownway.policy import decision, proof, units
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.refusals import Problem

_WORDS = frozenset({"why", "carer", "who", "Who", "whose", "Whose"})
_FLAGS = ("all", "any", "count", "not")
_ALIKE = ("sum", "difference", "least", "greatest")
_PER_POINT = {("points", "pence a point a week"): "pence a week"}
_LIMITS = {"flag": 1, "band": len(units.BANDS) - 1, "level": 100}
_OVER_TIME = {
    "divide": {("pence a year", "pence a week")},
    "times": {("pence a week", "pence"), ("pence a week", "pence a year")},
}


def faults(graph: Graph, declared: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield everything wrong with the numbers, units and words of one graph."""
    seen: dict[str, str] = {}
    for node in graph.nodes:
        place = f"graphs.{graph.name}: {node.name}"
        unknown = [name for name in node.numbers if name and name not in declared]
        for name in unknown:
            mend = "Declare it under numbers, or name one that is."
            yield Problem(place, f"reads {name!r}, which is not a number of this pack.", mend)
        seen[node.name] = node.unit
        if not unknown:
            of = [seen[name] for name in node.of]
            numbers = [declared[name]["unit"] for name in node.numbers if name]
            yield from _unit_faults(place, node, of, numbers)
        yield from _word_faults(place, node, graph)


def _unit_faults(
    place: str, node: Node, of: Sequence[str], numbers: Sequence[str]
) -> Iterator[Problem]:
    wanted = _wanted(node, of, numbers)
    if wanted is None:
        said = " and ".join(dict.fromkeys((*of, *numbers))) or "nothing"
        yield Problem(place, f"is a {node.kind} and cannot work on {said}.", _MENDS[node.kind])
    elif node.unit not in wanted:
        yield Problem(place, f"is in {node.unit}.", f"Make it {' or '.join(wanted)}.")


def _wanted(node: Node, of: Sequence[str], numbers: Sequence[str]) -> tuple[str, ...] | None:
    """The units this node may be in; None when it cannot work on what it is given."""
    kind = node.kind
    if kind in ("input", "constant"):
        return units.SINGLES
    if kind in ("setting", "pick"):
        return (numbers[0],) if _singles_alike(numbers) and _is_index(kind, of) else None
    if kind == "table":
        fits = of == ["level"] and numbers[0] in units.TABLES
        return (numbers[0].removesuffix(" by level"),) if fits else None
    if kind in ("curve", "curve_by", "beyond"):
        return _read_off(kind, of, numbers)
    if kind == "worth":
        return units.SINGLES if of == ["flag"] else None
    return _worked(node, of)


def _read_off(kind: str, of: Sequence[str], numbers: Sequence[str]) -> tuple[str, ...] | None:
    """A curve turns points into money; `curve_by` has one for each level."""
    wanted = ["points", "level"] if kind == "curve_by" else ["points"]
    if list(of) != wanted or len(set(numbers)) != 1 or numbers[0] not in units.CURVES:
        return None
    return ("flag",) if kind == "beyond" else (units.CURVES[numbers[0]],)


def _worked(node: Node, of: Sequence[str]) -> tuple[str, ...] | None:
    kind = node.kind
    if kind in _FLAGS:
        fits = set(of) == {"flag"}
        return (("count",) if kind == "count" else ("flag",)) if fits else None
    if kind in _ALIKE:
        return (of[0],) if len(set(of)) == 1 else None
    if kind in ("at_least", "more_than"):
        return ("flag",) if of[0] == of[1] else None
    if kind == "choose":
        return (of[1],) if of[0] == "flag" and of[1] == of[2] else None
    if kind == "share":
        return (of[0],) if of[1] == "ratio" else None
    if kind == "part":
        hourly = {("pence an hour", "minutes"): "pence a week"}
        return (hourly.get((of[0], of[1]), of[0]),) if of[1] == of[2] else None
    if kind == "parts":
        return ("count",) if of[0] == of[1] else None
    if kind == "product":
        made = of[1] if of[0] == "count" else _PER_POINT.get((of[0], of[1]))
        return (made,) if made else None
    periods = tuple(made for taken, made in _OVER_TIME[kind] if taken == of[0])
    return (of[0], *periods)


def _singles_alike(numbers: Sequence[str]) -> bool:
    return len(set(numbers)) == 1 and numbers[0] in units.SINGLES and numbers[0] != "choice"


def _is_index(kind: str, of: Sequence[str]) -> bool:
    return kind == "setting" or of[0] in ("level", "count", "flag")


_MENDS = {
    **dict.fromkeys(_ALIKE, "Give it nodes that are all in one unit."),
    **dict.fromkeys(_FLAGS, "Give it flags."),
    "at_least": "Give it two nodes in one unit.",
    "more_than": "Give it two nodes in one unit.",
    "choose": "Give it a flag, then two nodes in one unit.",
    "share": "Give it an amount, then a ratio.",
    "part": "Give it an amount, then a part and a whole in one unit.",
    "parts": "Give it two nodes in one unit.",
    "product": "Give it points and a price a point, or a count and an amount.",
    "setting": "Let it read a number with one value, not a table or a choice.",
    "pick": "Let it pick, by a level, count or flag, from numbers in one unit.",
    "table": "Give it a level and a number that is a row by level.",
    "curve": f"Give it points and a number in {' or '.join(units.CURVES)}.",
    "curve_by": f"Give it points, a level, and numbers all in {' or '.join(units.CURVES)}.",
    "beyond": f"Give it points and a number in {' or '.join(units.CURVES)}.",
    "worth": "Give it a flag.",
}


def _word_faults(place: str, node: Node, graph: Graph) -> Iterator[Problem]:
    for slot in (*decision.slots(node.label), *decision.slots(node.note)):
        if slot not in _WORDS and slot not in graph.by_name:
            yield Problem(place, f"has words that fill in {{{slot}}}.", "Name a node or {who}.")
    if node.than and node.than not in graph.by_name:
        yield Problem(place, f"is compared with {node.than!r}.", "Name a node of this graph.")
    if node.show != "never" and not node.label:
        yield Problem(place, "is shown but has no label.", "Give it words a resident can read.")


def size_faults(graph: Graph, numbers: Mapping[str, Number]) -> Iterator[Problem]:
    """Yield each node that is out of bounds: too large to hold, or picking past the end."""
    shown = proof.show(graph, numbers)
    for name in shown.too_big:
        place = f"graphs.{graph.name}: {name}"
        yield Problem(place, "could grow too large.", "Lower the most of its inputs.")
    for node in graph.nodes:
        low, high = shown.spans[node.name]
        if node.unit in _LIMITS and (low < 0 or high > _LIMITS[node.unit]):
            place = f"graphs.{graph.name}: {node.name}"
            reason = f"is in {node.unit}, and could be from {low} to {high}."
            yield Problem(place, reason, f"Keep it from 0 to {_LIMITS[node.unit]}.")
        if node.kind in ("pick", "table", "curve_by"):
            yield from _index_faults(node, graph, shown, numbers)
        if node.kind == "parts" and shown.spans[node.of[1]][0] < 1:
            place = f"graphs.{graph.name}: {node.name}"
            yield Problem(place, "could divide by nothing.", "Make its second node 1 or more.")


def _index_faults(
    node: Node, graph: Graph, shown: proof.Shown, numbers: Mapping[str, Number]
) -> Iterator[Problem]:
    least, most = shown.spans[node.of[-1]]
    held = len(node.numbers)
    if node.kind == "table":
        value = numbers[node.numbers[0]].value
        held = len(value) if isinstance(value, tuple) else most + 1
    if least < 0 or most != held - 1:
        place = f"graphs.{graph.name}: {node.name}"
        reason = f"looks up {least} to {most} among {held} values."
        yield Problem(place, reason, "Give one value for each level.")

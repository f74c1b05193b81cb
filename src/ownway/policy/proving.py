"""What is proved of a pack before it is used, said as claims that hold or fail.

Over every value each input may take, by intervals and signs, never by trying people out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ownway.policy import proof
from ownway.policy.graph import Graph
from ownway.policy.packs import Pack

_RESULTS = ("weekly", "charge", "eligible")
_NEED = ("level", "needs", "need_points", "two_people", "two_person_points", "night", "breaks",
         "risk", "area", "needs_help", "distress", "danger", "slow", "cause", "significant",
         "necessary", "health_at_risk", "regular_and_substantial")  # fmt: skip
_KEEPS = ("dre", "housing", "children", "passed")
_PROTECTED = frozenset({
    "age", "sex", "gender", "ethnic_group", "religion", "disability", "has_disability",
    "has_enhanced", "sexual_orientation", "marriage", "couple", "pregnancy", "reason",
})  # fmt: skip
"""Inputs that are, or stand for, a protected characteristic. A pack may use one only if its node
says why, in `because`."""


@dataclass(frozen=True)
class Claim:
    """One thing shown, or not, of a pack."""

    words: str
    holds: bool
    because: str = ""


def claims(pack: Pack) -> tuple[Claim, ...]:
    """Everything shown of a pack as it stands on its day."""
    read = Claim("dates have no gap and no overlap, and units agree", True, "checked as it is read")
    return (read, *(claim for graph in pack.graphs.values() for claim in _about(graph, pack)))


def _about(graph: Graph, pack: Pack) -> Iterator[Claim]:
    shown = proof.show(graph, pack.numbers)
    result = next((name for name in _RESULTS if name in graph.by_name), "")
    if not result:
        yield Claim(f"{graph.name}: has a result", False, f"no node is called {_RESULTS}")
        return
    least, most = shown.spans[result]
    yield Claim(
        f"{graph.name}: nothing grows too large to hold",
        not shown.too_big,
        f"{result} is from {least} to {most}" if not shown.too_big else ", ".join(shown.too_big),
    )
    yield _never_negative(graph, shown, result)
    ways = shown.ways[result]
    if result == "charge":
        wrong = [name for name, way in ways.items() if _of(name, _KEEPS) and way != "falls"]
        yield Claim(f"{graph.name}: keeping more never means paying more", not wrong, _all(wrong))
    else:
        wrong = [name for name, way in ways.items() if _of(name, _NEED) and way != "rises"]
        yield Claim(f"{graph.name}: more need never means less", not wrong, _all(wrong))
    yield _no_protected(graph, ways)


def _never_negative(graph: Graph, shown: proof.Shown, result: str) -> Claim:
    least = shown.spans[result][0]
    return Claim(f"{graph.name}: {result} is never below nothing", least >= 0, f"least {least}")


def _no_protected(graph: Graph, ways: proof.Ways) -> Claim:
    protected = [graph.by_name[name] for name in ways if name.split(".")[0] in _PROTECTED]
    silent = [node.name for node in protected if not node.because]
    reached = ", ".join(sorted({name.split(".")[0] for name in ways})) or "nothing"
    why = " ".join(dict.fromkeys(node.because for node in protected if node.because))
    words = f"{graph.name}: no protected characteristic reaches the result without a reason"
    said = f"not said why for {', '.join(silent)}" if silent else f"reached by {reached}. {why}"
    return Claim(words, not silent, said.rstrip())


def _of(name: str, stems: tuple[str, ...]) -> bool:
    return name.split(".")[0] in stems


def _all(wrong: list[str]) -> str:
    return f"cannot be shown for {', '.join(wrong)}" if wrong else ""

"""What is proved of a pack before it is used, said as claims that hold or fail.

Over every value each input may take, by intervals and signs, never by trying people out. A claim
that cannot be shown fails, unless the pack names an exception, why, and who signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ownway.policy import proof, units
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import goes_by_birth
from ownway.policy.packs import Pack

RESULTS = ("weekly", "charge", "eligible", "deferred")
"""What a run works out; each graph ends in one of these."""
_NEED = ("level", "needs", "need_points", "two_people", "two_person_points", "night", "breaks",
         "risk", "area", "needs_help", "distress", "danger", "slow", "cause", "significant",
         "necessary", "health_at_risk", "regular_and_substantial")  # fmt: skip
_KEEPS = ("dre", "housing", "children", "passed", "has_carer",
          "partner_dre", "partner_housing", "partner_pays")  # fmt: skip
_PROTECTED = frozenset({
    "age", "sex", "gender", "ethnic", "ethnicity", "race", "racial", "nationality", "religion",
    "faith", "belief", "disability", "disabled", "orientation", "sexuality", "marriage", "married",
    "marital", "couple", "pregnancy", "pregnant", "maternity", "pensioner", "reason",
})  # fmt: skip
"""Words in the name of an input that is, or stands for, a protected characteristic. A pack may use
one only if its node says why, in `because`. Source: Equality Act 2010, section 4."""


@dataclass(frozen=True)
class Claim:
    """One thing shown, or not, of a pack. `inputs` are those it is about; `signed` names who
    signed an exception, where it stands by one."""

    words: str
    holds: bool
    because: str = ""
    kind: str = ""
    graph: str = ""
    inputs: tuple[str, ...] = ()
    signed: str = ""


def claims(pack: Pack) -> tuple[Claim, ...]:
    """Everything shown of a pack as it stands on its day, and of each day on which it changes."""
    now = [claim for graph in in_use(pack) for claim in _about(graph, pack)]
    return (_dates(pack), _known(pack), *_unused(pack), *now, *_later(pack))


def in_use(pack: Pack) -> list[Graph]:
    """The graphs a decision may be made with: those of another method are not."""
    if "ras_method" not in pack.numbers:
        return list(pack.graphs.values())
    method = f"person_by_{pack.word('ras_method')}"
    return [
        graph
        for graph in pack.graphs.values()
        if (last := graph.name.split(", then ")[-1]) == method or not last.startswith("person_by_")
    ]


def _unused(pack: Pack) -> Iterator[Claim]:
    used = {graph.name for graph in in_use(pack)}
    left = tuple(name for name in pack.graphs if name not in used)
    if left:
        words = "what another method would work out is not used, so it is not proved"
        yield Claim(words, True, "; ".join(left), kind="unused")


def _dates(pack: Pack) -> Claim:
    spans = sum(len(number.limits.get("values", ())) for number in pack.numbers.values())
    said = f"{spans} dated values of {len(pack.numbers)} numbers, checked as they are read"
    return Claim("dates have no gap and no overlap, and units agree", True, said, kind="dates")


def _known(pack: Pack) -> Claim:
    """Rates that are not known are no fault: they are asked for by name. But they are said."""
    unknown = tuple(
        name
        for name, number in pack.numbers.items()
        if number.value is None and not goes_by_birth(number.limits)
    )
    said = f"asked for: {', '.join(unknown)}" if unknown else "every number has a value"
    words = "a number not known on this day is asked for by name, never guessed"
    return Claim(words, True, said, kind="known", inputs=unknown)


def _later(pack: Pack) -> Iterator[Claim]:
    """What fails on a later day on which some number changes, or that nothing does."""
    days = [day for day in pack.turns if day > pack.on]
    failed = 0
    for day in days:
        for claim in _about_day(pack.as_on(day), seen=pack):
            if not claim.holds:
                failed += 1
                yield _on(claim, day)
    if days and not failed:
        said = ", ".join(map(str, days))
        words = "the same holds on each later day on which a number changes"
        yield Claim(words, True, said, kind="dates")


def _about_day(pack: Pack, *, seen: Pack) -> Iterator[Claim]:
    """Only graphs that read a number with another value than on the day already seen."""
    before = {graph.name for graph in in_use(seen)}
    for graph in in_use(pack):
        read = {name for node in graph.nodes for name in node.numbers if name}
        if graph.name not in before or any(
            pack.numbers[name].value != seen.numbers[name].value for name in read
        ):
            yield from _about(graph, pack)


def _on(claim: Claim, day: date) -> Claim:
    because = f"from {day}: {claim.because}"
    return Claim(claim.words, False, because, claim.kind, claim.graph, claim.inputs)


# -- One graph -----------------------------------------------------------------------------------


def _about(graph: Graph, pack: Pack) -> Iterator[Claim]:
    shown = proof.show(graph, pack.numbers)
    result = next((name for name in RESULTS if name in graph.by_name), "")
    if not result:
        said = f"no node is called {' or '.join(RESULTS)}"
        yield _claim(graph, "has a result", False, said, kind="result")
        return
    yield _sized(graph, shown, result)
    yield _never_negative(graph, shown, result)
    yield _moves(graph, shown.ways[result], result, pack)
    yield _no_protected(graph, shown.ways[result], pack)


def _sized(graph: Graph, shown: proof.Shown, result: str) -> Claim:
    least, most = shown.spans[result]
    unit = graph.by_name[result].unit
    said = f"{result} is from {units.shown(least, unit)} to {units.shown(most, unit)}"
    if shown.too_big:
        said = ", ".join(shown.too_big)
    words = "nothing grows too large to hold"
    return _claim(graph, words, not shown.too_big, said, kind="size", inputs=shown.too_big)


def _never_negative(graph: Graph, shown: proof.Shown, result: str) -> Claim:
    least = shown.spans[result][0]
    words = f"{result} is never below nothing"
    said = f"least {units.shown(least, graph.by_name[result].unit)}"
    return _claim(graph, words, least >= 0, said, kind="least")


def _moves(graph: Graph, ways: proof.Ways, result: str, pack: Pack) -> Claim:
    """More need never means less money; more costs to keep up with never mean a greater charge."""
    charge = result == "charge"
    stems, wanted = (_KEEPS, "falls") if charge else (_NEED, "rises")
    kind = "keeps" if charge else "need"
    about = {name: way for name, way in ways.items() if _is(graph.by_name[name], stems, kind)}
    wrong = [name for name, way in about.items() if way != wanted]
    words = "keeping more never means paying more" if charge else "more need never means less"
    if not wrong:
        shown = tuple(sorted({name.split(".")[0] for name in about}))
        said = f"shown for {', '.join(shown)}" if shown else "no such input reaches the result"
        return _claim(graph, words, True, said, kind=kind, inputs=shown)
    return _unless_signed(graph, words, wrong, "cannot be shown for", kind=kind, pack=pack)


def _is(node: Node, stems: Sequence[str], means: str) -> bool:
    """Whether an input is of a kind: as the pack says, or by its name where it does not."""
    return node.means == means if node.means else node.name.split(".")[0] in stems


def _no_protected(graph: Graph, ways: proof.Ways, pack: Pack) -> Claim:
    protected = [graph.by_name[name] for name in ways if _is_protected(graph.by_name[name])]
    silent = list(dict.fromkeys(node.name for node in protected if not node.because))
    words = "no protected characteristic reaches the result without a reason"
    if silent:
        return _unless_signed(graph, words, silent, "not said why for", kind="protected", pack=pack)
    reached = tuple(sorted({name.split(".")[0] for name in ways}))
    why = " ".join(dict.fromkeys(node.because for node in protected))
    said = f"reached by {', '.join(reached) or 'nothing'}. {why}".rstrip()
    return _claim(graph, words, True, said, kind="protected", inputs=reached)


def _is_protected(node: Node) -> bool:
    named = _PROTECTED.intersection(re.split(r"[._]", node.name.lower()))
    return node.means == "protected" or bool(named and not node.means)


# -- Exceptions ----------------------------------------------------------------------------------


def _unless_signed(
    graph: Graph, words: str, wrong: Sequence[str], said: str, *, kind: str, pack: Pack
) -> Claim:
    """A claim that fails for some inputs, unless an exception is signed for each of them."""
    signed = [_exception(pack, graph, name, kind) for name in wrong]
    left = [name for name, one in zip(wrong, signed, strict=True) if one is None]
    if left:
        because = f"{said} {', '.join(left)}"
        return _claim(graph, words, False, because, kind=kind, inputs=tuple(left))
    found = list({str(one): one for one in signed if one is not None}.values())
    because = " ".join(f"Excepted: {one['because']}" for one in found)
    who = "; ".join(f"{one['signed_by']}, {one['signed_on']}" for one in found)
    return _claim(graph, words, True, because, kind=kind, inputs=tuple(wrong), signed=who)


def _exception(pack: Pack, graph: Graph, name: str, kind: str) -> Mapping[str, Any] | None:
    for one in pack.exceptions:
        fits = one["graph"] == graph.name and one["claim"] == kind
        if fits and one["input"] in (name, name.split(".")[0]):
            return one
    return None


def _claim(
    graph: Graph, words: str, holds: bool, because: str, *, kind: str,
    inputs: tuple[str, ...] = (), signed: str = "",
) -> Claim:  # fmt: skip
    return Claim(f"{graph.name}: {words}", holds, because, kind, graph.name, inputs, signed)

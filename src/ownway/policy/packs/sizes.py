"""What keeps every sum of a pack small enough to hold, on the day it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from ownway.policy import numbers
from ownway.policy.graph import Graph
from ownway.policy.numbers import Number
from ownway.policy.packs import graphs
from ownway.policy.refusals import PackRefused, Problem


def refuse_bad(built: Mapping[str, Graph], standing: Mapping[str, Number], *, on: date) -> None:
    """Refuse graphs whose values could grow too large, or whose tables have a level too few.

    Raises:
        PackRefused: naming each such node; or the numbers, where only not knowing them lets it be.
    """
    problems: list[Problem] = []
    away: dict[str, Number] = {}
    for graph in built.values():
        found = list(graphs.size_faults(graph, standing))
        unknown = _only_unknown(graph, standing) if found else {}
        away |= unknown
        problems += [] if unknown else found
    if all_found := (*_not_known(away, on), *problems):
        raise PackRefused(all_found)


def _only_unknown(graph: Graph, standing: Mapping[str, Number]) -> dict[str, Number]:
    """The numbers unknown on the day, where a value of another day would mend all that is wrong."""
    used = {name for node in graph.nodes for name in node.numbers if name}
    owner = {name: standing[name].follows or name for name in used}
    away = {name: one for name, one in owner.items() if _is_away(standing[one])}
    known = {name: _at_another_day(standing[one]) for name, one in away.items()}
    if any(graphs.size_faults(graph, {**standing, **known})):
        return {}
    return {one: standing[one] for one in away.values()}


def _is_away(number: Number) -> bool:
    dated = not numbers.goes_by_birth(number.limits) and number.limits.get("values")
    return number.value is None and bool(dated)


def _at_another_day(number: Number) -> Number:
    span = number.limits["values"][0]
    return replace(number, value=numbers.whole(span["value"], number.unit))


def _not_known(away: Mapping[str, Number], on: date) -> Iterator[Problem]:
    """One line for all the numbers that start, or ended, on the same day."""
    alike: dict[str, list[str]] = {}
    for name in sorted(away):
        spans = away[name].limits["values"]
        later = [span["from"] for span in spans if span["from"] > on]
        said = f"starts {min(later)}" if later else f"ended {max(span['to'] for span in spans)}"
        alike.setdefault(said, []).append(name)
    for said, (name, *more) in alike.items():
        reason = f"is not known on {on}; it {said}."
        also = f" So it is with {len(more)} more: {', '.join(more)}." if more else ""
        yield Problem(f"numbers.{name}", reason + also, "Use a day on which it is known.")

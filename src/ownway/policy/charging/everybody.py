"""What everybody pays under some rules, worked out at once: one run for each way it is worked out.

Each person's facts are read as for one decision, which also says by which run they are charged;
the sums of a run are then columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import interpret, population
from ownway.policy.charging import prepare
from ownway.policy.packs import Pack
from ownway.policy.population import Whole
from ownway.policy.refusals import PolicyRefused

_Rows = list[tuple[int, Mapping[str, int]]]


@dataclass(frozen=True)
class Charges:
    """What each pays a week, in the order they were given; `known` is false where a fact lacks.

    `missing` counts the facts that lack or cannot be right, by their place.
    """

    weekly: Whole
    known: NDArray[np.bool_]
    missing: Counter[str]


def charges(everybody: Iterable[Mapping[str, Any]], pack: Pack) -> Charges:
    """Work everybody out, each from facts as `charging.decide` reads them.

    Shapes: weekly, known (people,). Units: whole pence.
    """
    rows: dict[str, _Rows] = {}
    alone: list[tuple[int, int]] = []
    missing: Counter[str] = Counter()
    people = 0
    for place, given in enumerate(everybody):
        people = place + 1
        try:
            one, _, rules = prepare(given, pack)
            if rules is pack:
                rows.setdefault(one.run, []).append((place, one.inputs))
            else:
                alone.append((place, _one(one.run, one.inputs, rules)))
        except PolicyRefused as refused:
            missing.update(problem.place for problem in refused.problems)
    weekly = np.full(people, -1, dtype=np.int64)
    for place, charge in alone:
        weekly[place] = charge
    for run, found in rows.items():
        weekly[[place for place, _ in found]] = _run(run, found, pack, missing)
    known = weekly >= 0
    return Charges(np.where(known, weekly, 0), known, missing)


def _run(name: str, found: _Rows, pack: Pack, missing: Counter[str]) -> Whole:
    graph = pack.graph(name)
    inputs = {
        node.name: np.array([row[node.name] for _, row in found], dtype=np.int64)
        for node in graph.inputs
    }
    try:
        return population.run(graph, inputs=inputs, numbers=pack.numbers)["charge"]
    except PolicyRefused:
        return np.array([_or_unknown(name, row, pack, missing) for _, row in found], dtype=np.int64)


def _or_unknown(name: str, row: Mapping[str, int], pack: Pack, missing: Counter[str]) -> int:
    """One by one where a run as a whole is refused, as when a rate that few need is not known."""
    try:
        return _one(name, row, pack)
    except PolicyRefused as refused:
        missing.update(problem.place for problem in refused.problems)
        return -1


def _one(name: str, row: Mapping[str, int], pack: Pack) -> int:
    return interpret.run(pack.graph(name), inputs=row, numbers=pack.numbers)["charge"]

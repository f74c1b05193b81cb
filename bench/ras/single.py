"""One person explained in full, and a council of 15,000 asked what if."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from typing import Any

import numpy as np

PEOPLE = 15_000
_DAY = date(2026, 4, 6)
_REPEATS = 400


def measure() -> dict[str, float]:
    """Medians in seconds of processor time, on the shipped council."""
    from ownway.policy import allocation, domains, packs, whatif

    pack = packs.load("alderbrook", on=_DAY)
    helps = tuple(domains.HELP)
    answers = {key: {"level": place % 5, "help": helps[place % 4]}
               for place, key in enumerate(domains.KEYS)}  # fmt: skip
    facts = {"who": "person", "called": "Harold", "answers": answers}
    graph = pack.graph("person_levels, then person_by_price")
    chance = np.random.default_rng(1)
    columns = {
        n.name: chance.integers(n.least, min(n.most, 5000) + 1, PEOPLE) for n in graph.inputs
    }
    began = time.process_time()
    council = whatif.Prepared(pack, columns, graph=graph.name)
    prepared = time.process_time() - began
    envelope = council.totals().weekly_pence * 9 // 10
    envelope = max(envelope, council.totals({"factor": 0}).weekly_pence + 1)
    return {
        "explained": _median(lambda: allocation.decide(facts, pack)),
        "prepared": prepared,
        "price": _median(lambda: council.totals({"point_price_pence": 1300}), 60),
        "points": _median(lambda: council.totals({"level_points": [0, 3, 4, 6, 8]}), 60),
        "deflator": _median(lambda: council.deflator(envelope), 60),
    }


def _median(work: Callable[[], Any], repeats: int = _REPEATS) -> float:
    work()
    spent = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def lines(found: dict[str, float], ones: dict[str, float]) -> Iterator[str]:
    """What was found, beside its goal."""
    yield _line("one person, with steps and the whole trace", found["explained"] * 1e6, "µs", 250)
    if "openfisca" in ones:
        less = ones["openfisca"] / found["explained"]
        yield f"    {less:.0f} times less than one traced person of the bench’s policy in OpenFisca"
    yield f"a council of {PEOPLE:,}, made ready once in {found['prepared'] * 1e3:.1f} ms:"
    yield _line("    a price changed", found["price"] * 1e3, "ms", 5)
    yield _line("    the points of every answer changed", found["points"] * 1e3, "ms", 5)
    yield _line("    the exact share in budget found", found["deflator"] * 1e3, "ms", 5)


def _line(words: str, took: float, unit: str, goal: float) -> str:
    return f"{words:<46}{took:>8.2f} {unit}  goal {goal:g}: {'met' if took <= goal else 'missed'}"

"""From answers to a starting budget: a guide, never a limit on what is finally agreed.

Source: the ten steps are declared as graphs in packs/parts/allocation.toml. A starting point is
lawful only as that (R (Savva) v Kensington 2010), so a figure over the cap sets a route, and
nothing here can lower a final budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import domains, facts, interpret, words
from ownway.policy.allocation import shape as shapes
from ownway.policy.allocation import tables
from ownway.policy.allocation.shape import (
    CARER,
    COMPONENTS,
    HELP,
    LIVING,
    NIGHT,
    PERSON,
    REASONS,
    points_by_part,
    prices_by_reason,
)
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack

__all__ = [
    "CARER",
    "COMPONENTS",
    "HELP",
    "LIVING",
    "NIGHT",
    "PERSON",
    "REASONS",
    "decide",
    "inputs",
    "points_by_part",
    "prices_by_reason",
]


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Work out a starting budget and show the sum.

    Units: whole pence a week unless a name says otherwise.
    Source: the pack's graphs person_* and carer_*; each node names its step.
    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right, or two do not go together.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(CARER if who == "carer" else PERSON, given)
    pack = pack.with_settings(known.get("settings", {}))
    return _carer(known, pack) if who == "carer" else _person(known, pack)


def inputs(given: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    """The graph these facts are worked by, and a value for each of its inputs.

    A caseload worked at once has one column for each of these names.
    Raises:
        FactsMissing, FactsRefused: as `decide` does.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(CARER if who == "carer" else PERSON, given)
    pack = pack.with_settings(known.get("settings", {}))
    return _carer_inputs(known) if who == "carer" else _person_inputs(known, pack)


def _person_inputs(known: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    shape = shapes.shape_of(known)
    method = pack.word("ras_method")
    facts.refuse(shapes.clashes(known, shape, method))
    facts.require(known, shapes.wanted(known, pack, shape))
    if method == "component":
        return COMPONENTS, shapes.extras(known, method) | shapes.points(known, shape)
    return (
        f"person_{shape}, then person_by_{method}",
        shapes.extras(known, method) | shapes.points(known, shape),
    )


def _carer_inputs(known: Mapping[str, Any]) -> tuple[str, dict[str, int]]:
    shape = shapes.shape_of(known)
    facts.refuse(shapes.both_ways(known, shape))
    facts.require(known, shapes.points_wanted(known, shape, domains.CARER_KEYS, helped=False))
    return f"carer_{shape}, then carer_by_price", shapes.carer_points(known, shape)


def _person(known: dict[str, Any], pack: Pack) -> Decision:
    name, given = _person_inputs(known, pack)
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=given, numbers=pack.numbers)
    return deciding.decided(
        "allocation",
        result=_result(values, "person"),
        steps=deciding.explain(
            graph, values, pack=pack, words=words.forms(known),
            tables=tables.for_person(known, shapes.shape_of(known), values, pack),
        ),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _carer(known: dict[str, Any], pack: Pack) -> Decision:
    name, given = _carer_inputs(known)
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=given, numbers=pack.numbers)
    return deciding.decided(
        "allocation",
        result=_result(values, "carer"),
        steps=deciding.explain(
            graph, values, pack=pack, words=words.forms(known),
            tables=tables.for_carer(known, shapes.shape_of(known), values, pack),
        ),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _result(values: Mapping[str, int], who: str) -> dict[str, Any]:
    over = any(values.get(name, 0) for name in ("above_cap", "above_table"))
    result: dict[str, Any] = {
        "who": who,
        "need_points": values["need_points"],
        "help_points": values.get("help_points", 0),
        "points_left": values.get("left_points", values["need_points"]),
        "weekly_pence": values["weekly"],
        "four_weekly_pence": values["four_weekly"],
        "indicative": True,
        "route": "individual_costing" if over else "budget",
    }
    if "need_minutes" in values:
        names = ("need_minutes", "help_minutes", "left_minutes")
        result |= {name: values[name] for name in names}
    if "yearly" in values:
        result["yearly_pence"] = values["yearly"]
        result["uncapped_yearly_pence"] = values["floored"]
    elif "floored" in values:
        result["uncapped_weekly_pence"] = values["floored"]
    return result

"""Paying for a care home later, from the home: whether it may be offered, and how much at most.

Source: SI 2014/2671 (Care and Support (Deferred Payment) Regulations 2014); Care Act 2014,
sections 34 to 36. A first charge on the home secures it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, words
from ownway.policy.charging import homes, means, shape
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

GRAPH = "deferred_payment"


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Say whether somebody may put off what a care home costs, from the facts of their charge.

    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: the facts are not of a care home, or cannot be right.
    """
    words.who(given, ("person",))
    known = facts.read(shape.fields(pack), given)
    pack = pack.with_settings(known.get("settings", {}))
    if known.get("setting") != "care_home" or GRAPH not in pack.graphs:
        said = "is not a care home." if GRAPH in pack.graphs else "has no rules for this here."
        facts.refuse([Problem("setting", said, "Only the fee of a care home is put off.")])
    facts.require(known, means.deferring_wanted(known, pack))
    graph = pack.graph(GRAPH)
    values = interpret.run(graph, inputs=_inputs(known, pack), numbers=pack.numbers)
    return deciding.decided(
        "deferral",
        result=_result(values),
        steps=deciding.explain(graph, values, pack=pack, words=words.forms(known), tables={}),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _inputs(known: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    return {
        "home_price": known["home_value_pence"],
        "home_debts": known.get("home_debts_pence", 0),
        "other_capital": known["capital_pence"] + known.get("joint_capital_pence", 0) // 2,
        "home_is_owed": int(homes.counts_from(known, pack) is not None),
        "cost": known["budget_pence"],
        "income_in": means.income_in(known, pack),
    }


def _result(values: Mapping[str, int]) -> dict[str, Any]:
    offered = bool(values["may_be_offered"])
    names = ("home_is_owed", "little_else", "has_equity")
    return {
        "may_be_offered": offered,
        "equity_limit_pence": values["equity_limit"],
        "deferred_pence": values["deferred"] if offered else 0,
        "weeks_to_limit": values["equity_limit"] // values["deferred"]
        if offered and values["deferred"]
        else None,
        "reasons": [{"criterion": name, "met": bool(values[name])} for name in names],
    }

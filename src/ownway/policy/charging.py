"""What a person pays towards their support, and what the council pays.

A carer's own budget is not charged. Every division of a penny goes in the person's favour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, words
from ownway.policy.decision import Decision
from ownway.policy.facts import Choice, Group, Settings, Whole, Words
from ownway.policy.packs import Pack

FIELDS = Group(
    "facts for what someone pays",
    {
        "who": Choice("whose budget this is", ("person", "carer")),
        "called": Words("the name to use in the sentences", most=100),
        "budget_pence": Whole("the budget, or the cost of the care, a week"),
        "income_pence": Whole("income that counts, a week"),
        "settings": Settings(),
    },
)


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Work out what someone pays a week.

    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(FIELDS, given)
    pack = pack.with_settings(known.get("settings", {}))
    if who == "carer":
        return _carer(known, pack)
    return _protected_income(known, pack)


def _protected_income(known: dict[str, Any], pack: Pack) -> Decision:
    ask = [("budget_pence", "is not known yet."), ("income_pence", "is not known yet.")]
    facts.require(known, ask)
    inputs = {"income": known["income_pence"], "cost": known["budget_pence"]}
    return _decided("protected_income", inputs, known, pack)


def _carer(known: dict[str, Any], pack: Pack) -> Decision:
    facts.require(known, [("budget_pence", "is not known yet.")])
    return _decided(
        "carer_free", {"cost": known["budget_pence"]}, known, pack, because="carer"
    )


def _decided(
    name: str,
    inputs: Mapping[str, int],
    known: dict[str, Any],
    pack: Pack,
    *,
    because: str = "",
) -> Decision:
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    result = {
        "who": known["who"],
        "charge_pence": values["charge"],
        "council_pays_pence": values["council_pays"],
        "budget_pence": values["cost"],
        "because": because or name,
    }
    steps = deciding.explain(graph, values, pack=pack, words=words.forms(known))
    return deciding.decided(
        "charging",
        result=result,
        steps=steps,
        graph=graph,
        values=values,
        facts=known,
        pack=pack,
    )

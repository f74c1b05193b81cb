"""The answer: what is paid and by whom, its steps for people to read, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, units, words
from ownway.policy.charging import homes
from ownway.policy.decision import Decision, Row, Table
from ownway.policy.packs import Pack

_SAID = {
    "capital": "capital_pence",
    "tariff": "tariff_pence",
    "available": "available_pence",
    "nhs_pays": "nhs_pays_pence",
}


@dataclass(frozen=True)
class Sum:
    """Somebody's charge, ready to be worked out: the run, what it is worked from, and why this one.

    `also` is what the answer says beside what the run works out.
    """

    run: str
    inputs: Mapping[str, int]
    because: str
    why: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)


def free(known: Mapping[str, Any], *, because: str, why: str) -> Sum:
    """Nothing to pay, and why."""
    facts.require(known, [("budget_pence", "is not known yet.")])
    return Sum("free", {"cost": known["budget_pence"]}, because, why)


def decided(one: Sum, known: dict[str, Any], pack: Pack) -> Decision:
    """Work a sum out and put the decision together."""
    graph = pack.graph(one.run)
    values = interpret.run(graph, inputs=one.inputs, numbers=pack.numbers)
    said = words.forms(known)
    said["why"] = one.why.format(**said)
    tables = {"income": Table(tuple(_income_rows(known, pack, values)))}
    return deciding.decided(
        "charging",
        result={**_result(values, known, pack, because=one.because), **one.also},
        steps=deciding.explain(graph, values, pack=pack, words=said, tables=tables),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _income_rows(known: Mapping[str, Any], pack: Pack, values: Mapping[str, int]) -> Iterable[Row]:
    """Each line of income that was given, and what of it counts."""
    if "income" not in known or "disability_benefit" not in values:
        return
    for item in pack.lists["income"]:
        amount = values[f"income_line.{item['key']}"]
        if amount:
            counted = values[f"income_counted.{item['key']}"]
            if item["key"] == "savings_credit":
                counted -= values.get("credit_ignored", 0)
            yield _row(item["key"], item["name"], amount, counted)
    amount = values["disability_benefit"]
    if amount:
        counted = values.get("disability_counted", amount)
        yield _row("disability_benefit", "Disability benefit", amount, counted)


def _row(key: str, name: str, amount: int, counted: int) -> Row:
    said, shown = (units.shown(one, "pence a week") for one in (amount, counted))
    return Row(key, name, said, counted, shown)


def _result(
    values: Mapping[str, int], known: Mapping[str, Any], pack: Pack, *, because: str
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "who": known["who"],
        "charge_pence": values["charge"],
        "council_pays_pence": values["council_pays"],
        "budget_pence": values["cost"],
        "because": because,
        "is_free": values["cost"] > 0 and "available" not in values and not values["charge"],
    }
    result |= {said: values[name] for name, said in _SAID.items() if name in values}
    if "both_spare" in values:
        result["looked_at"] = "together" if values["better_by"] else "alone"
    in_a_home = known.get("setting") == "care_home" and known.get("home_value_pence")
    if in_a_home and "home_capital" in values:
        result["home_counts"] = values["home_capital"] > 0
        result["home_counts_from_week"] = homes.counts_from(known, pack)
    return result

"""What a person pays towards their support, and what the council pays.

First, what is never charged: a carer's own support, reablement in its free weeks, some duties.
Then the pack's method: income over a protected sum; Fairer Contributions (2010); or the Care Act
means test, at home or in a care home. Every division of a penny goes in the person's favour.
Source: SI 2014/2672 and its schedules; Fairer Contributions Guidance 2010; CRAG 2010.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, units, words
from ownway.policy.decision import Decision, Row, Table
from ownway.policy.facts import Choice, Fact, Flag, Group, Lines, Settings, Some, Whole, Words
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

SETTINGS = ("home", "care_home", "reablement")
HOUSEHOLDS = ("single", "couple")
PREMIUMS = ("disability", "enhanced_disability", "carer")
FREE = {
    "carer": "Carers pay nothing for their own support.",
    "section_117": "Aftercare under section 117 of the Mental Health Act is free.",
    "cjd": "Care for someone with CJD is free.",
    "information": "Assessment, information and advice are free.",
    "equipment": "Equipment and small changes to the home, up to £1,000, are free.",
    "reablement": "Help to get independence back is free in its first weeks.",
}
_A_WEEK = 10**8
_CAPITAL = 10**10

_FACTS: dict[str, Fact] = {
    "who": Choice("whose support this is", ("person", "carer")),
    "called": Words("the name to use in the sentences", most=100),
    "setting": Choice("where the support is given, or that it is reablement", SETTINGS),
    "budget_pence": Whole("the budget, the cost of the care, or the fee, a week", most=_A_WEEK),
    "free_because": Choice("why this is never charged for", tuple(FREE)[1:-1]),
    "income_pence": Whole("all income that counts, a week, in place of income", most=_A_WEEK),
    "disability_benefit_pence": Whole(
        "Attendance Allowance, or the care part of DLA or PIP, a week; with income_pence",
        most=_A_WEEK,
    ),
    "capital_pence": Whole("own savings and other capital that counts", most=_CAPITAL),
    "joint_capital_pence": Whole("savings shared with a partner; half counts", most=_CAPITAL),
    "household": Choice("single, or one of a couple", HOUSEHOLDS),
    "age": Whole("age in years", least=16, most=130),
    "lone_parent": Flag("brings up a child alone"),
    "premiums": Some("benefit premiums the person is entitled to; [] for none", PREMIUMS),
    "children": Whole("children the person is responsible for", most=30),
    "housing_costs_pence": Whole(
        "rent, mortgage, council tax and eligible service charges, a week, less any help",
        most=_A_WEEK,
    ),
    "disability_expenses_pence": Whole("costs due to disability, a week", most=_A_WEEK),
    "night_care": Flag("night care is arranged"),
    "week": Whole("which week of reablement, or of living in the care home, 1 first", 1, 5200),
    "direct_care_pence": Whole("hours of direct care in reablement, a week", most=_A_WEEK),
    "home_value_pence": Whole("the person’s share of the home, less debts on it", most=_CAPITAL),
    "home_lived_in_by_relative": Flag("a partner, or a relative the rules protect, lives there"),
    "passed_to_partner_pence": Whole("work pension passed to a partner, a week", most=_A_WEEK),
    "settings": Settings(),
}  # fmt: skip


def fields(pack: Pack) -> Group:
    """The facts a charge may be worked out from under this pack."""
    lines: dict[str, Fact] = {
        f"{item['key']}_pence": Whole(f"{item['name']}, a week", most=_A_WEEK)
        for item in pack.lists["income"]
    }
    lines["disability_benefit_pence"] = _FACTS["disability_benefit_pence"]
    income = Lines("every line of income, a week; a line left out is nothing", lines)
    return Group("facts for what someone pays", {**_FACTS, "income": income})


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Work out what someone pays a week.

    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(fields(pack), given)
    pack = pack.with_settings(known.get("settings", {}))
    if who == "carer":
        return _free(known, pack, because="carer")
    if "free_because" in known:
        return _free(known, pack, because=known["free_because"])
    early = _is_early_reablement(known, pack)
    if early and pack.word("reablement_charge") == "none":
        return _free(known, pack, because="reablement")
    cost = "direct_care_pence" if early else "budget_pence"
    if pack.word("charging_method") == "protected_income":
        return _protected_income(known, pack, cost=cost)
    facts.require(known, [("setting", f"is not known yet. Say {', '.join(SETTINGS)}.")])
    return _means_tested(known, pack, cost=cost)


def _is_early_reablement(known: Mapping[str, Any], pack: Pack) -> bool:
    """Say whether this is reablement in its free weeks; in 2010 hours of care could be charged."""
    if known.get("setting") != "reablement":
        return False
    facts.require(known, [("week", "is not known yet. Say which week of reablement this is.")])
    return int(known["week"]) <= pack.value("reablement_free_weeks")


def _free(known: dict[str, Any], pack: Pack, *, because: str) -> Decision:
    facts.require(known, [("budget_pence", "is not known yet.")])
    inputs = {"cost": known["budget_pence"]}
    return _decided("free", inputs, known, pack, because=because)


def _protected_income(known: dict[str, Any], pack: Pack, *, cost: str) -> Decision:
    facts.refuse(_income_clashes(known))
    facts.require(known, [(cost, "is not known yet."), *_income_wanted(known)])
    inputs = _income(known, pack) | {"cost": known[cost]}
    return _decided("protected_income", inputs, known, pack, because="protected_income")


# -- The means test ----------------------------------------------------------------------------


def _means_tested(known: dict[str, Any], pack: Pack, *, cost: str) -> Decision:
    """Capital first: over the upper limit nothing else is asked."""
    facts.refuse([*_income_clashes(known), *_capital_clashes(known)])
    wanted = [(cost, "is not known yet."), *_capital_wanted(known)]
    if any(facts.at(known, path) is None for path, _ in wanted):
        facts.require(known, [*wanted, *_means_wanted(known, pack)])
    inputs = _capital(known, pack) | {"cost": known[cost]}
    graph = pack.graph("capital, then full_cost")
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    if values["over_upper"]:
        name = "capital, then full_cost"
        return _decided(name, inputs, known, pack, because="capital_over_upper_limit")
    if known["setting"] == "care_home":
        return _care_home(known, pack, inputs)
    return _at_home(known, pack, inputs)


def _means_wanted(known: Mapping[str, Any], pack: Pack) -> Iterator[tuple[str, str]]:
    yield from _income_wanted(known)
    if known["setting"] != "care_home":
        yield from _living_wanted(known, pack)


def _capital_wanted(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "capital_pence", "is not known yet. Give 0 if there are no savings."
    if known.get("household") == "couple":
        yield "joint_capital_pence", "is not known yet. Give 0 if nothing is shared."
    if known["setting"] == "care_home":
        yield "home_value_pence", "is not known yet. Give 0 if no home is owned."
        if known.get("home_value_pence"):
            yield "week", "is not known yet. Say which week of living in the care home this is."
            yield "home_lived_in_by_relative", "is not known yet. Say true or false."


def _capital_clashes(known: Mapping[str, Any]) -> Iterator[Problem]:
    if known.get("household") == "single" and known.get("joint_capital_pence"):
        mend = "Say household is couple, or give the person’s own share as capital_pence."
        yield Problem("joint_capital_pence", "is given for a single person.", mend)


def _capital(known: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    """The home counts only in a care home, after some weeks, when no relative lives there."""
    counts = (
        known["setting"] == "care_home"
        and known.get("home_value_pence", 0) > 0
        and known["week"] > pack.value("home_counts_after_weeks")
        and not known["home_lived_in_by_relative"]
    )
    return {
        "own_capital": known["capital_pence"],
        "joint_capital": known.get("joint_capital_pence", 0),
        "home_capital": known["home_value_pence"] if counts else 0,
    }


def _income_wanted(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "income" not in known:
        yield "income_pence", "is not known yet. Give it, or income line by line."
        return
    for name, amount in known["income"].items():
        if amount is None:
            yield f"income.{name}", "is not known yet. Give 0 if there is none."


def _income_clashes(known: Mapping[str, Any]) -> Iterator[Problem]:
    if "income" in known:
        for name in ("income_pence", "disability_benefit_pence"):
            if name in known:
                yield Problem(name, "is given beside income. Give one or the other.")


def _income(known: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    keys = [item["key"] for item in pack.lists["income"]]
    if "income" not in known:
        lines = {f"income_line.{key}": 0 for key in keys}
        lines["income_line.other"] = known["income_pence"]
        return lines | {"disability_benefit": known.get("disability_benefit_pence", 0)}
    given = known["income"]
    lines = {f"income_line.{key}": given.get(f"{key}_pence", 0) for key in keys}
    return lines | {"disability_benefit": given.get("disability_benefit_pence", 0)}


def _at_home(known: dict[str, Any], pack: Pack, inputs: dict[str, int]) -> Decision:
    method = "fairer" if pack.word("charging_method") == "fairer" else "care_act_home"
    facts.require(known, _means_wanted(known, pack))
    inputs = inputs | _income(known, pack) | _living(known, method)
    return _decided(f"capital, then {method}", inputs, known, pack, because="means_test")


def _living_wanted(known: Mapping[str, Any], pack: Pack) -> Iterator[tuple[str, str]]:
    yield "household", f"is not known yet. Say {' or '.join(HOUSEHOLDS)}."
    yield "age", "is not known yet."
    yield "disability_expenses_pence", "is not known yet. Give 0 if there are none."
    yield "housing_costs_pence", "is not known yet. Give 0 if there are none."
    if known.get("age") is not None and known["age"] < pack.value("pension_age_years"):
        yield "premiums", "is not known yet. List them, or [] for none."
        if known["age"] < 25:
            yield "lone_parent", "is not known yet. Say true or false."
    fairer = pack.word("charging_method") == "fairer"
    if fairer and _disability_benefit(known) > pack.value("attendance_lower_pence"):
        yield "night_care", "is not known yet. Say true if night care is arranged."


def _disability_benefit(known: Mapping[str, Any]) -> int:
    lines = known.get("income", known)
    return lines.get("disability_benefit_pence") or 0


def _living(known: Mapping[str, Any], method: str) -> dict[str, int]:
    premiums = known.get("premiums", ())
    living = {
        "age": known["age"],
        "lone_parent": int(known.get("lone_parent", False)),
        "couple": int(known["household"] == "couple"),
        "has_disability": int("disability" in premiums),
        "has_enhanced": int("enhanced_disability" in premiums),
        "has_carer": int("carer" in premiums),
        "dre": known["disability_expenses_pence"],
        "housing": known["housing_costs_pence"],
    }
    own = {"night_care": int(known.get("night_care", False))}
    return living | (own if method == "fairer" else {"children": known.get("children", 0)})


def _care_home(known: dict[str, Any], pack: Pack, inputs: dict[str, int]) -> Decision:
    facts.require(known, _means_wanted(known, pack))
    own = {"passed": known.get("passed_to_partner_pence", 0)}
    inputs = inputs | _income(known, pack) | own
    return _decided("capital, then care_home", inputs, known, pack, because="means_test")


# -- The answer --------------------------------------------------------------------------------


def _decided(
    name: str, inputs: Mapping[str, int], known: dict[str, Any], pack: Pack, *, because: str
) -> Decision:
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    said = words.forms(known) | {"why": FREE.get(because, "")}
    tables = {"income": Table(tuple(_income_rows(known, pack, values)))}
    return deciding.decided(
        "charging",
        result=_result(values, known, because=because),
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
            shown = units.shown(counted, "pence a week")
            yield Row(
                item["key"], item["name"], units.shown(amount, "pence a week"), counted, shown
            )
    amount = values["disability_benefit"]
    if amount:
        counted = values.get("disability_counted", amount)
        shown, said = (units.shown(one, "pence a week") for one in (counted, amount))
        yield Row("disability_benefit", "Disability benefit", said, counted, shown)


def _result(values: Mapping[str, int], known: Mapping[str, Any], *, because: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "who": known["who"],
        "charge_pence": values["charge"],
        "council_pays_pence": values["council_pays"],
        "budget_pence": values["cost"],
        "because": because,
    }
    names = {"capital": "capital_pence", "tariff": "tariff_pence", "available": "available_pence"}
    return result | {said: values[name] for name, said in names.items() if name in values}

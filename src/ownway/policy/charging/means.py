"""The means test: savings first, then income, then what is kept, each asked for by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ownway.policy import facts, interpret
from ownway.policy.charging import ages, homes, notional, partners
from ownway.policy.charging.answers import Sum
from ownway.policy.charging.shape import HOUSEHOLDS
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

OVER = "capital, then full_cost"
CARE_HOME = "capital, then benefit_by_week, then income, then care_home_keeps, then alone, then fee"
_BENEFIT = {"care_act": "benefit_in_full", "fairer": "benefit_by_night"}
Wanted = Iterator[tuple[str, str]]


def protected_income(known: Mapping[str, Any], pack: Pack, *, cost: str) -> Sum:
    """Income over a sum that everybody keeps, and nothing else."""
    facts.refuse([*_income_clashes(known), *nursing_clashes(known, pack)])
    facts.require(known, [(cost, "is not known yet."), *_income_wanted(known)])
    inputs = _income(known, pack) | {"cost": known[cost]}
    return Sum("protected_income", inputs, because="protected_income")


def tested(known: Mapping[str, Any], pack: Pack, *, cost: str) -> Sum:
    """Savings first: over the upper limit nothing else is asked."""
    facts.refuse(_clashes(known, pack))
    wanted = [(cost, "is not known yet."), *_capital_wanted(known, pack)]
    if any(facts.at(known, path) is None for path, _ in wanted):
        facts.require(known, [*wanted, *_rest_wanted(known, pack)])
    inputs = _capital(known, pack, known.get("notional_capital_pence", 0)) | priced(known, cost)
    if not known.get("notional_capital_pence"):
        return _worked(known, pack, inputs)
    return _with_money_given_away(known, pack, inputs)


def in_a_care_home(known: Mapping[str, Any], pack: Pack) -> bool:
    """Whether the rules of a care home apply; a short stay goes by those of home, for a while.

    Source: SI 2014/2672, regulation 8 (short-term residents).
    """
    if known["setting"] != "short_stay":
        return bool(known["setting"] == "care_home")
    as_at_home = pack.word("short_stay_charge") == "home"
    return not as_at_home or known.get("week", 1) > pack.value("short_stay_most_weeks")


def priced(known: Mapping[str, Any], cost: str) -> dict[str, int]:
    """What the care costs, and whether the NHS pays its part of it for a nurse."""
    return {"cost": known[cost], "nursing": int(known.get("nursing_care", False))}


def nursing_clashes(known: Mapping[str, Any], pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with a part the NHS pays: only the fee of a care home has one.

    Source: National Framework for NHS Continuing Healthcare and NHS-funded Nursing Care.
    """
    tests_means = pack.word("charging_method") != "protected_income"
    if known.get("nursing_care") and not (tests_means and in_a_care_home(known, pack)):
        said = "is given, and the care is not charged as in a care home."
        mend = "Leave it out, and give the cost less what the NHS pays."
        yield Problem("nursing_care", said, mend)


def _worked(known: Mapping[str, Any], pack: Pack, inputs: Mapping[str, int]) -> Sum:
    if interpret.run(pack.graph(OVER), inputs=inputs, numbers=pack.numbers)["over_upper"]:
        return Sum(OVER, inputs, because="capital_over_upper_limit")
    facts.require(known, _rest_wanted(known, pack))
    name, more = _run(known, pack)
    return Sum(name, {**inputs, **more}, because="means_test")


def _run(known: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    """The run for where and how somebody lives, and what it is worked from."""
    income = _income(known, pack)
    if in_a_care_home(known, pack):
        own = {
            "week": known.get("week", 1),
            "passed": known.get("passed_to_partner_pence", 0),
            "couple": int(known.get("household") == "couple"),
        }
        return CARE_HOME, income | own
    method = pack.word("charging_method")
    start = f"capital, then status, then {_BENEFIT[method]}, then income, then {method}_keeps"
    inputs = income | _living(known, pack)
    if "partner" not in known:
        return f"{start}, then alone, then {method}_asked", inputs
    run = f"{start}, then {method}_partner, then together, then {method}_asked"
    return run, inputs | partners.inputs(known["partner"], pack)


def deferring_wanted(known: Mapping[str, Any], pack: Pack) -> Wanted:
    """Yield what must be known to say whether a fee may be put off."""
    yield "budget_pence", "is not known yet. Give the fee."
    yield from _capital_wanted(known, pack)
    yield from _income_wanted(known)


def income_in(known: Mapping[str, Any], pack: Pack) -> int:
    """All income that counts, in pence a week."""
    lines = _income(known, pack)
    counts = {item["key"]: item["counts"] for item in pack.lists["income"]}
    own = sum(lines[f"income_line.{key}"] for key in counts if counts[key])
    return own + lines["disability_benefit"]


def _with_money_given_away(known: Mapping[str, Any], pack: Pack, inputs: Mapping[str, int]) -> Sum:
    """Work out with what is left of money given away, after each week it already counted."""
    facts.require(known, _rest_wanted(known, pack))
    name, more = _run(known, pack)

    def charge(left: int) -> int:
        now = {**inputs, **more, "notional_capital": left}
        over = interpret.run(pack.graph(OVER), inputs=now, numbers=pack.numbers)
        if over["over_upper"]:
            return over["charge"]
        return interpret.run(pack.graph(name), inputs=now, numbers=pack.numbers)["charge"]

    start, weeks = known["notional_capital_pence"], known["notional_weeks"]
    left = notional.left_after(start, weeks=weeks, charge=charge)
    falls = min(charge(left) - charge(0), left)
    also = {"notional_capital_pence": left, "notional_falls_by_pence": falls}
    return replace(_worked(known, pack, {**inputs, "notional_capital": left}), also=also)


# -- What must be known --------------------------------------------------------------------------


def _clashes(known: Mapping[str, Any], pack: Pack) -> Iterator[Problem]:
    yield from _income_clashes(known)
    yield from ages.clashes(known, pack)
    if known.get("household") == "single":
        if known.get("joint_capital_pence"):
            mend = "Say household is couple, or give the person’s own share as capital_pence."
            yield Problem("joint_capital_pence", "is given for a single person.", mend)
        if "partner" in known:
            yield Problem("partner", "is given for a single person.", "Say household is couple.")
    if "partner" in known:
        yield from ages.clashes(known["partner"], pack, at="partner.")
    yield from homes.clashes(known, pack)
    yield from nursing_clashes(known, pack)
    passed = known.get("passed_to_partner_pence", 0)
    pension = known.get("income", {}).get("work_pension_pence")
    if passed and pension is not None and passed > pension:
        yield Problem("passed_to_partner_pence", "is more than the pension from work.")


def _capital_wanted(known: Mapping[str, Any], pack: Pack) -> Wanted:
    yield "capital_pence", "is not known yet. Give 0 if there are no savings."
    if known.get("household") == "couple":
        yield "joint_capital_pence", "is not known yet. Give 0 if nothing is shared."
    if known.get("notional_capital_pence"):
        yield "notional_weeks", "is not known yet. Give 0 in the first week it counts."
    if known["setting"] == "short_stay":
        yield "week", "is not known yet. Say which week of the stay this is."
    if known["setting"] == "care_home":
        yield from homes.wanted(known)


def _rest_wanted(known: Mapping[str, Any], pack: Pack) -> Wanted:
    yield from _income_wanted(known)
    if in_a_care_home(known, pack):
        yield from _care_home_wanted(known)
    else:
        yield from _living_wanted(known, pack)


def _care_home_wanted(known: Mapping[str, Any]) -> Wanted:
    if _disability_benefit(known):
        yield "week", "is not known yet. Say which week of living in the care home this is."
    if known.get("passed_to_partner_pence"):
        yield "income.work_pension_pence", "is not known yet. Give income line by line."
    if known.get("income", {}).get("savings_credit_pence"):
        yield "household", f"is not known yet. Say {' or '.join(HOUSEHOLDS)}."


def _income_wanted(known: Mapping[str, Any]) -> Wanted:
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


def _living_wanted(known: Mapping[str, Any], pack: Pack) -> Wanted:
    yield "household", f"is not known yet. Say {' or '.join(HOUSEHOLDS)}."
    yield from ages.wanted(known, pack)
    yield "disability_expenses_pence", "is not known yet. Give 0 if there are none."
    yield "housing_costs_pence", "is not known yet. Give 0 if there are none."
    fairer = pack.word("charging_method") == "fairer"
    if ages.is_pension_age(known, pack) is False:
        yield "premiums", "is not known yet. List them, or [] for none."
        if (ages.age_of(known, pack) or 0) < pack.value("adult_rate_age_years"):
            yield "lone_parent", "is not known yet. Say true or false."
        if not fairer:
            yield "children", "is not known yet. Give 0 if there are none."
    if fairer and _disability_benefit(known) > pack.value("attendance_lower_pence"):
        yield "night_care", "is not known yet. Say true if night care is arranged."
    if "partner" in known:
        yield from partners.wanted(known["partner"], pack)


# -- What it is worked from ----------------------------------------------------------------------


def _capital(known: Mapping[str, Any], pack: Pack, given_away: int) -> dict[str, int]:
    """The home counts only in a care home, after some weeks, when nobody it protects is there."""
    counts = known["setting"] == "care_home" and known.get("home_value_pence", 0) > 0
    return {
        "own_capital": known["capital_pence"],
        "joint_capital": known.get("joint_capital_pence", 0),
        "home_capital": homes.counted(known, pack) if counts else 0,
        "notional_capital": given_away,
        "permanent": int(in_a_care_home(known, pack)),
    }


def _income(known: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    keys = [item["key"] for item in pack.lists["income"]]
    if "income" not in known:
        lines = {f"income_line.{key}": 0 for key in keys}
        lines["income_line.other"] = known["income_pence"]
        return lines | {"disability_benefit": known.get("disability_benefit_pence", 0)}
    given = known["income"]
    lines = {f"income_line.{key}": given.get(f"{key}_pence", 0) for key in keys}
    return lines | {"disability_benefit": given.get("disability_benefit_pence", 0)}


def _disability_benefit(known: Mapping[str, Any]) -> int:
    lines = known.get("income", known)
    return lines.get("disability_benefit_pence") or 0


def _living(known: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    premiums = known.get("premiums", ())
    return {
        "age": ages.age_of(known, pack) or 0,
        "pensioner": int(bool(ages.is_pension_age(known, pack))),
        "lone_parent": int(known.get("lone_parent", False)),
        "couple": int(known["household"] == "couple"),
        "has_disability": int("disability" in premiums),
        "has_enhanced": int("enhanced_disability" in premiums),
        "has_carer": int("carer" in premiums),
        "dre": known["disability_expenses_pence"],
        "housing": known["housing_costs_pence"],
        "children": known.get("children", 0),
        "night_care": int(known.get("night_care", False)),
    }

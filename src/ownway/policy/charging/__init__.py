"""What a person pays towards their support, and what the council pays.

First, what is never charged: a carer's own support, reablement in its free weeks, some duties.
Then the light touch, where no full look at someone's money is needed. Then the pack's method:
income over a protected sum; Fairer Contributions (2010); or the Care Act means test, at home or in
a care home. Every division of a penny goes in the person's favour.
Source: SI 2014/2672 and its schedules; Fairer Contributions Guidance 2010; CRAG 2010.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ownway.policy import facts, words
from ownway.policy.charging import answers, deferring, means, shape
from ownway.policy.charging.ages import is_pension_age
from ownway.policy.charging.answers import Sum
from ownway.policy.charging.shape import HOUSEHOLDS, LIGHT_TOUCH, PREMIUMS, SETTINGS, fields
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

__all__ = [
    "HOUSEHOLDS",
    "LIGHT_TOUCH",
    "PREMIUMS",
    "SETTINGS",
    "Sum",
    "decide",
    "deferred_payment",
    "fields",
    "is_pension_age",
    "prepare",
]

deferred_payment = deferring.decide

_CARER = "Carers pay nothing for their own support."
_CARED_FOR = "Nobody charges a carer for care given to the person they look after."
_ASK_SETTING = f"is not known yet. Say {', '.join(SETTINGS)}."
_REABLEMENT = "Help to get independence back is free in its first weeks."
_LIGHT_TOUCH = {
    "refuses_details": (
        "{Who} did not wish to give details and can pay, so {who} pays the full cost."
    ),
    "small_charge": "The charge is small, and it is plain that {who} can pay it.",
    "passported": "A benefit already shows that {who} has no more than is needed to live on.",
}


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Work out what someone pays a week.

    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right.
    """
    one, known, rules = prepare(given, pack)
    return answers.decided(one, known, rules)


def prepare(given: Mapping[str, Any], pack: Pack) -> tuple[Sum, dict[str, Any], Pack]:
    """Choose how someone's charge is worked out: the sum, the facts read, and the rules for it.

    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(fields(pack), given)
    facts.refuse_missing(
        (name, "is not known yet. Leave it out if there is none.")
        for name in shape.ASKED_IF_NULL
        if name in given and given[name] is None
    )
    pack = pack.with_settings(known.get("settings", {}))
    one = _never_charged(known, pack, who=who) or _light_touch(known, pack) or _charged(known, pack)
    return one, known, pack


def _never_charged(known: Mapping[str, Any], pack: Pack, *, who: str) -> Sum | None:
    if who == "carer" and pack.word("carers_pay") == "nothing":
        return answers.free(known, because="carer", why=_CARER)
    if who == "carer":
        facts.require(known, [("support_for", "is not known yet. Say carer or person.")])
        if known["support_for"] == "person":
            return answers.free(known, because="cared_for", why=_CARED_FOR)
    if "free_because" in known and _is_free(known, pack):
        because = known["free_because"]
        why = {one["key"]: one["name"] for one in pack.lists["never_charged"]}[because]
        return answers.free(known, because=because, why=why)
    if is_early_reablement(known, pack) and pack.word("reablement_charge") == "none":
        return answers.free(known, because="reablement", why=_REABLEMENT)
    return None


def _is_free(known: Mapping[str, Any], pack: Pack) -> bool:
    """Equipment is free up to a price; everything else on the list whatever it costs.

    Source: Care and Support (Preventing Needs for Care and Support) Regulations 2014, reg 4.
    """
    if known["free_because"] != "equipment":
        return True
    facts.require(known, [("price_pence", "is not known yet. Give its price, once.")])
    return int(known["price_pence"]) <= pack.value("free_equipment_pence")


def is_early_reablement(known: Mapping[str, Any], pack: Pack) -> bool:
    """Say whether this is reablement in its free weeks; in 2010 hours of care could be charged."""
    if known.get("setting") != "reablement":
        return False
    facts.require(known, [("week", "is not known yet. Say which week of reablement this is.")])
    return int(known["week"]) <= pack.value("reablement_free_weeks")


def _light_touch(known: Mapping[str, Any], pack: Pack) -> Sum | None:
    """The means test taken as done: pays in full, or, on a benefit that shows it, nothing.

    Source: SI 2014/2672, regulation 10; Care Act 2014 statutory guidance, 8.22 to 8.26.
    """
    kind = known.get("light_touch")
    if kind is None:
        return None
    cost = _cost(known, pack)
    facts.require(known, [(cost, "is not known yet.")])
    because, why = f"light_touch_{kind}", _LIGHT_TOUCH[kind]
    if kind == "passported":
        return answers.free(known, because=because, why=why)
    small = pack.value("light_touch_small_pence")
    if kind == "small_charge" and known[cost] > small:
        said = (
            f"is not open to a charge of more than {pack.number('light_touch_small_pence').shown}"
        )
        facts.refuse([Problem("light_touch", f"{said} a week. Give their income and savings.")])
    _settle_nursing(known, pack)
    return Sum("whole_cost", means.priced(known, cost), because, why)


def _settle_nursing(known: Mapping[str, Any], pack: Pack) -> None:
    """Whoever pays in full pays what the NHS does not, so it must be sure that it pays a part."""
    if known.get("nursing_care"):
        facts.require(known, [("setting", _ASK_SETTING)])
        facts.refuse(means.nursing_clashes(known, pack))


def _charged(known: Mapping[str, Any], pack: Pack) -> Sum:
    cost = _cost(known, pack)
    if pack.word("charging_method") == "protected_income":
        return means.protected_income(known, pack, cost=cost)
    facts.require(known, [("setting", _ASK_SETTING)])
    return means.tested(known, pack, cost=cost)


def _cost(known: Mapping[str, Any], pack: Pack) -> str:
    return "direct_care_pence" if is_early_reablement(known, pack) else "budget_pence"

"""When a home that somebody owns counts as savings: only in a care home, and not at once.

Source: SI 2014/2672, schedule 2, part 1; CRAG 2010 section 7. A home is left out for the first
weeks, once in a year, and for as long as somebody whom the rules protect lives in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ownway.policy import money
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem


def wanted(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what must be known of the home of somebody who lives in a care home."""
    yield "home_value_pence", "is not known yet. Give 0 if no home is owned."
    if not known.get("home_value_pence"):
        return
    yield "living_at_home", "is not known yet. List who lives there, or [] for nobody."
    yield "home_debts_pence", "is not known yet. Give 0 if there are none."
    yield "week", "is not known yet. Say which week of living in the care home this is."
    yield "disregard_weeks_used", "is not known yet. Give 0 if there was no stay before."
    if known.get("disregard_weeks_used"):
        yield "weeks_since_disregard", "is not known yet. Count from the end of that stay."


def clashes(known: Mapping[str, Any], pack: Pack) -> Iterator[Problem]:
    """Yield what cannot be right about the home."""
    most = pack.value("home_counts_after_weeks")
    if known.get("disregard_weeks_used", 0) > most:
        yield Problem("disregard_weeks_used", f"is more than the {most} weeks there are.")


def is_left_out_for_good(known: Mapping[str, Any], pack: Pack) -> bool:
    """Whether somebody the rules protect lives there, or the council chose to leave it out."""
    protected = {one["key"] for one in pack.lists["who_lives_at_home"] if one["keeps_home_out"]}
    return bool(known.get("home_not_counted") or protected.intersection(known["living_at_home"]))


def weeks_left_out(known: Mapping[str, Any], pack: Pack) -> int:
    """How many first weeks of this stay the home is left out, after those of a stay before.

    Source: SI 2014/2672, schedule 2, paragraph 2: what is left of 12 weeks within 52.
    """
    whole = pack.value("home_counts_after_weeks")
    used = known["disregard_weeks_used"]
    if used and known["weeks_since_disregard"] < pack.value("home_disregard_again_weeks"):
        return max(whole - int(used), 0)
    return whole


def counts_from(known: Mapping[str, Any], pack: Pack) -> int | None:
    """The week from which the home counts; None while it is left out for good, or there is none."""
    if not known.get("home_value_pence") or is_left_out_for_good(known, pack):
        return None
    return weeks_left_out(known, pack) + 1


def worth(known: Mapping[str, Any], pack: Pack) -> int:
    """What the home counts for: its price, less the costs of a sale and debts on it, in pence.

    Source: SI 2014/2672, regulation 20: less 10% for the costs of a sale, and what is secured.
    """
    price: int = known["home_value_pence"]
    costs = money.up(price * pack.value("home_sale_costs"), money.RATIO)
    return max(price - costs - int(known["home_debts_pence"]), 0)


def counted(known: Mapping[str, Any], pack: Pack) -> int:
    """What of the home counts this week."""
    first = counts_from(known, pack)
    return worth(known, pack) if first is not None and known["week"] >= first else 0

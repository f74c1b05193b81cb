"""What changes later for somebody who moves into a care home: when, why, and what they pay then."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ownway.community.money_check.queries.walking import UNKNOWN_PRICE
from ownway.policy import charging
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack

FULL_COST = "capital_over_upper_limit"


@dataclass(frozen=True)
class Change:
    """A week from which somebody pays something else. `pays_pence` is None for all of the fee."""

    week: int
    pays_pence: int | None
    is_of_home: bool
    is_of_benefit: bool
    pays_all: bool


def changes(now: Decision, pack: Pack) -> tuple[Change, ...]:
    """Every change to come while somebody lives in a care home, in order of its week.

    Each is the rules worked anew for that week with the same answers, so it is as exact as now.
    """
    if now.facts.get("setting") != "care_home" or now.result["is_free"]:
        return ()
    weeks = sorted(set(_turns(now)))
    steps = [now, *(charging.decide({**now.facts, "week": week}, pack) for week in weeks)]
    told = zip(weeks, pairwise(steps), strict=True)
    return tuple(_change(week, *both) for week, both in told if _differ(*both))


def _turns(now: Decision) -> Iterator[int]:
    """The weeks still to come in which a benefit stops, or the home begins to count."""
    week = int(now.facts.get("week", 1))
    values = {node.name: node.value for node in now.trace}
    if values.get("disability_benefit"):
        yield from (turn for turn in (values["benefit_weeks"] + 1,) if turn > week)
    home = now.result.get("home_counts_from_week")
    if home is not None and home > week:
        yield home


def _differ(before: Decision, after: Decision) -> bool:
    return any(before.result[name] != after.result[name] for name in ("charge_pence", "because"))


def _change(week: int, before: Decision, after: Decision) -> Change:
    pays = after.result["charge_pence"]
    pays_all = after.result["because"] == FULL_COST
    return Change(
        week=week,
        pays_pence=None if pays_all and _price_is_unknown(after.facts) else pays,
        is_of_home=_value(before, "home_capital") != _value(after, "home_capital"),
        is_of_benefit=_value(before, "disability_counted") != _value(after, "disability_counted"),
        pays_all=pays_all,
    )


def _price_is_unknown(facts: Any) -> bool:
    return bool(facts["budget_pence"] == UNKNOWN_PRICE)


def _value(worked: Decision, name: str) -> int:
    return next((node.value for node in worked.trace if node.name == name), 0)

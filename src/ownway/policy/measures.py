"""Shares that a council answers for, counted exactly and each person once.

Source: NI 125 and NI 130 (2008 to 2011); ASCOF 2D; council targets in the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ownway.policy import money
from ownway.policy.money import RATIO

AT_HOME: Final = frozenset({"home", "extra_care", "adult_placement"})
OUTCOMES: Final = (*sorted(AT_HOME), "care_home", "hospital", "dead", "unknown")
"""Where somebody is found at the check; what is not known is not a success."""


@dataclass(frozen=True)
class Share:
    """Some of all, as whole people; a share of nobody is not a number."""

    some: int
    all: int

    @property
    def ratio(self) -> int | None:
        """Ten-thousandths, half up; None of nobody."""
        return money.half_up(self.some * RATIO, self.all) if self.all else None

    @property
    def shown(self) -> str:
        """One decimal, as returns are published: 87.2%."""
        if not self.all:
            return "not known"
        tenths = money.half_up(self.some * 1000, self.all)
        return f"{tenths // 10}.{tenths % 10}%"

    def reaches(self, target: int) -> bool:
        """Whether the exact share is at least a target in ten-thousandths; never of nobody."""
        return bool(self.all) and self.some * RATIO >= target * self.all

    def needed(self, target: int) -> int:
        """The fewest people that reach a target in ten-thousandths."""
        return money.up(self.all * target, RATIO)

    def gap(self, target: int) -> int:
        """How many people more it takes to reach a target; 0 when it is reached."""
        return max(self.needed(target) - self.some, 0)


@dataclass(frozen=True)
class Holder:
    """Somebody in the return, once for each list they are in. A budget needs all three tests."""

    who: str
    has_direct_payment: bool = False
    has_budget: bool = False
    amount_known: bool = False
    outcomes_agreed: bool = False
    used_as_they_choose: bool = False

    @property
    def counts(self) -> bool:
        """A direct payment, or a budget that is known, agreed and free to use."""
        tests = self.amount_known and self.outcomes_agreed and self.used_as_they_choose
        return self.has_direct_payment or (self.has_budget and tests)


def with_a_budget_of_their_own(people: Iterable[Holder]) -> Share:
    """Adults and carers with a direct payment or a personal budget, of all who get a service.

    Source: NI 130, 2010/11: clients of community services and carers with a carer's service. Each
        person once, though they be both.
    """
    counted: dict[str, bool] = {}
    for one in people:
        counted[one.who] = counted.get(one.who, False) or one.counts
    return Share(sum(counted.values()), len(counted))


def check_at_home_on(anchor: date, *, days: int) -> date:
    """The day somebody is looked up at home: that many days after the anchor."""
    return anchor + timedelta(days=days)


def still_at_home(found: Mapping[str, int]) -> Share:
    """How many are at home at the check, of all who left hospital for help to go home.

    Units: people by where they were found, keys of OUTCOMES.
    Source: NI 125. Those who died, or were not found, stay in the count.
    """
    unknown = set(found) - set(OUTCOMES)
    if unknown:
        raise ValueError(f"not an outcome: {', '.join(sorted(unknown))}")
    return Share(sum(found.get(one, 0) for one in AT_HOME), sum(found.values()))


def settled_at_home(discharged: date, *, long_term_from: date | None, days: int) -> bool:
    """Whether no long-term care home started within some days of discharge, the last included.

    Source: ASCOF 2D: 12 weeks, so day 84 is too soon and day 85 is not.
    """
    return long_term_from is None or (long_term_from - discharged).days > days


def in_time(started: date, ended: date, *, days: int) -> bool:
    """Whether something was done within some days, the last included.

    Source: NI 132 and NI 133; Dudley 2013: 28 days from contact to assessment.
    """
    return (ended - started).days <= days

"""What a draft would do to everybody with a starting budget, before it is anybody's rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import allocation, equality, numbers
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, PackRefused
from ownway.stewardship.programme.queries import groups, paying, typed, unmeasured, versions
from ownway.stewardship.programme.queries.caseload import Caseload, Whose, caseload
from ownway.stewardship.programme.queries.moved import WEEKS, Checked, Moved, Whole, furthest
from ownway.stewardship.programme.queries.paying import Paying
from ownway.stewardship.programme.queries.tables import BUDGET, ENVELOPE, FACTOR
from ownway.stewardship.programme.queries.versions import Change

LARGEST = 5
_ROUND_UP_TO = 100_000


@dataclass(frozen=True)
class Fit:
    """The greatest share that keeps to the envelope, in ten-thousandths, and what it comes to.

    `left` is the envelope without what is kept aside for those who are in no total.
    """

    factor: int
    year: int
    next_year: int
    left: int

    @property
    def shown(self) -> str:
        """92.73%."""
        return typed.percent(self.factor)

    @property
    def next_shown(self) -> str:
        """The next greater share."""
        return typed.percent(self.factor + 1)

    @property
    def to_spare(self) -> int:
        """What is left of the envelope."""
        return self.left - self.year

    @property
    def next_over(self) -> int:
        """How far the next greater share goes over."""
        return self.next_year - self.left


@dataclass(frozen=True)
class Loss:
    """One of the largest losses. It says whose in general words; no name is read for it."""

    budget: int
    whose: str
    points: int
    before: int
    after: int

    @property
    def change(self) -> int:
        """In pence a week."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect(Moved):
    """What a draft does to the caseload. Amounts are pence: a week, or a year where it says so.

    `pays` is the same for what people pay, where the draft changes a number of that. `measured`
    is how many changes starting budgets show; `unmeasured` are those that no figure here shows,
    and `not_measured` says them in words.
    """

    version: SettingsVersion
    points: Whole
    factors: tuple[str, str]
    envelope: int | None
    reserved: int
    fit: Fit | None
    pays: Paying | None
    measured: int
    unmeasured: tuple[Change, ...]
    not_measured: str

    @property
    def all_agree(self) -> bool:
        """Whether every sum worked again one by one agrees with the run."""
        return self.checked.agree and (self.pays is None or self.pays.checked.agree)

    @property
    def beside_budgets(self) -> bool:
        """Whether it changes something that no starting budget shows."""
        return bool(self.pays or self.unmeasured)

    @property
    def over(self) -> int | None:
        """How far the draft goes over the envelope; less than nothing is what it leaves."""
        return None if self.left is None else self.year_after - self.left

    @property
    def left(self) -> int | None:
        """The envelope without what is kept aside for those who are in no total."""
        return None if self.envelope is None else self.envelope - self.reserved

    @property
    def losses(self) -> list[Loss]:
        """The largest losses, largest first, of people with at least nine others like them."""
        like = Counter(map(self.like, self.whose))
        found = (one for one in self.losers() if like[one.whose] >= equality.FEWEST)
        return list(islice(found, LARGEST))

    def losers(self) -> list[Loss]:
        """Everybody who gets less, largest loss first, whoever they are."""
        places = np.argsort(self.change, kind="stable")[: self.lose]
        return [self._loss(int(place)) for place in places]

    def _loss(self, place: int) -> Loss:
        one = self.whose[place]
        return Loss(
            budget=one.budget,
            whose=self.like(one),
            points=int(self.points[place]),
            before=int(self.before[place]),
            after=int(self.after[place]),
        )

    def as_json(self) -> dict[str, Any]:
        """The report as plain data, to be kept with the version; small numbers are left out."""
        return {
            **self.counts_as_json(),
            "envelope_year_pence": self.envelope,
            "kept_aside_year_pence": self.reserved,
            "pays": self.pays.counts_as_json() if self.pays else None,
            "not_measured": self.not_measured,
        }


def effect_of(version: SettingsVersion, *, afresh: bool = False) -> Effect:
    """Work everybody out under a draft and under the rules it changes, both on its first day.

    The number of database queries is the same however many people there are; `afresh` reads
    everybody again, whatever is held in memory.
    """
    old, new = versions.base_rules(version), council.rules_of(version)
    everybody, changes = caseload(afresh=afresh), versions.changes(new, against=old)
    first, then = everybody.under(old), everybody.under(new)
    both = first.known & then.known
    whose = [one for one, is_known in zip(everybody.whose, both, strict=True) if is_known]
    before, after = first.weekly[both], then.weekly[both]
    envelope, reserved = envelope_of(new), _reserved(everybody.whose, both)
    pays = paying.effect_on_pay(old, new, afresh=afresh) if paying.moves(changes, new) else None
    aside = unmeasured.among(changes, new, no_charges=pays is not None and pays.is_unknown)
    return Effect(
        version=version,
        on=version.starts_on,
        whose=whose,
        before=before,
        after=after,
        points=then.points[both],
        unknown=int(np.sum(~both)),
        missing=first.missing | then.missing,
        factors=(_factor(old), _factor(new)),
        envelope=envelope,
        reserved=reserved,
        fit=fit(everybody, new, both=both, left=None if envelope is None else envelope - reserved),
        dimensions=groups.compared(whose, before, after, on=version.starts_on),
        checked=_checked(whose, before, after, old=old, new=new),
        pays=pays,
        measured=sum(unmeasured.home_of(one, new) == BUDGET for one in changes),
        unmeasured=aside,
        not_measured=unmeasured.in_words(aside, new),
    )


def envelope_of(pack: Pack) -> int | None:
    """What the council has for a year, where it has said so."""
    value = pack.value(ENVELOPE)
    return None if value == numbers.MOST else value


def _reserved(whose: list[Whose], both: NDArray[np.bool_]) -> int:
    """A year of what those have now who are in no total, rounded up, so it tells of no one."""
    weekly = sum(one.weekly for one, is_known in zip(whose, both, strict=True) if not is_known)
    return -(-weekly * WEEKS // _ROUND_UP_TO) * _ROUND_UP_TO


def _factor(pack: Pack) -> str:
    return typed.percent(pack.value(FACTOR))


# -- To remain in budget -----------------------------------------------------------------------


def fit(
    everybody: Caseload, pack: Pack, *, both: NDArray[np.bool_], left: int | None
) -> Fit | None:
    """The greatest share at which everybody together keeps to what is left for them, to the penny.

    None where there is no envelope, no share would do, any would, or more share is not shown to
    mean no less for all.
    """
    if left is None or not both.any():
        return None
    try:
        found = everybody.prepared(pack, of=both).deflator(left // WEEKS, number=FACTOR)
    except (FactsRefused, PackRefused):
        return None
    if found.next_pence is None:
        return None
    return Fit(found.factor, found.weekly_pence * WEEKS, found.next_pence * WEEKS, left)


# -- Worked again, one by one ------------------------------------------------------------------


def _checked(whose: list[Whose], before: Whole, after: Whole, *, old: Pack, new: Pack) -> Checked:
    """Work those who move furthest again by the interpreter, from their facts as they are kept."""
    places = furthest(before, after)
    budgets = [whose[place].budget for place in places]
    kept = IndicativeBudget.objects.filter(pk__in=budgets)
    facts = dict(kept.values_list("pk", "decision__facts"))
    agree = all(
        _weekly(facts[whose[place].budget], pack) == int(column[place])
        for place in places
        for pack, column in ((old, before), (new, after))
    )
    return Checked(len(budgets), agree)


def _weekly(facts: dict[str, Any], pack: Pack) -> int:
    return int(allocation.decide(facts, pack).result["weekly_pence"])

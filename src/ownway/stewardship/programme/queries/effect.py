"""What a draft would do to everybody with a starting budget, before it is anybody's rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import allocation, equality, numbers
from ownway.policy.equality import Count
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, PackRefused
from ownway.stewardship.programme.queries import groups, typed, unmeasured, versions
from ownway.stewardship.programme.queries.caseload import Caseload, Whose, caseload
from ownway.stewardship.programme.queries.groups import Dimension
from ownway.stewardship.programme.queries.tables import ENVELOPE, FACTOR
from ownway.stewardship.programme.queries.versions import Change

WEEKS = 52
ONE_IN = 1000
AT_LEAST = 5
LARGEST = 5
_STEPS = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000)
_MOST_BARS = 24
_ROUND_UP_TO = 100_000
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Bin:
    """So many people whose week changes by more than `low`, up to `high`, in pence.

    `shown` is what may be said of how many; None is under 10.
    """

    low: int
    high: int
    people: int
    shown: Count


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
class Checked:
    """People whose sums were worked again one by one, step by step, and whether all agree."""

    people: int
    agree: bool


@dataclass(frozen=True)
class Counts:
    """How many people, as may be shown: rounded, None where it is under ten."""

    people: Count
    gain: Count
    lose: Count
    same: Count
    unknown: Count


@dataclass(frozen=True)
class Effect:
    """What a draft does to the caseload. Amounts are pence: a week, or a year where it says so.

    `measured` and `unmeasured` are its changes; `not_measured` says the latter in words.
    """

    version: SettingsVersion
    on: date
    whose: list[Whose]
    before: Whole
    after: Whole
    points: Whole
    unknown: int
    missing: Counter[str]
    factors: tuple[str, str]
    envelope: int | None
    reserved: int
    fit: Fit | None
    dimensions: tuple[Dimension, ...]
    checked: Checked
    measured: int
    unmeasured: tuple[Change, ...]
    not_measured: str

    @property
    def people(self) -> int:
        """How many were worked out under both."""
        return len(self.whose)

    @property
    def change(self) -> Whole:
        """More or less a week, person by person."""
        return self.after - self.before

    @property
    def year_before(self) -> int:
        """All of them, a year, under the rules the draft changes."""
        return int(self.before.sum()) * WEEKS

    @property
    def year_after(self) -> int:
        """All of them, a year, under the draft."""
        return int(self.after.sum()) * WEEKS

    @property
    def over(self) -> int | None:
        """How far the draft goes over the envelope; less than nothing is what it leaves."""
        return None if self.left is None else self.year_after - self.left

    @property
    def left(self) -> int | None:
        """The envelope without what is kept aside for those who are in no total."""
        return None if self.envelope is None else self.envelope - self.reserved

    @property
    def gain(self) -> int:
        """How many get more."""
        return int(np.sum(self.change > 0))

    @property
    def lose(self) -> int:
        """How many get less."""
        return int(np.sum(self.change < 0))

    @property
    def same(self) -> int:
        """How many stay as they are."""
        return self.people - self.gain - self.lose

    @property
    def counted(self) -> Counts:
        """What may be shown of how many they are, none of it to be worked out from the rest."""
        people = equality.counted(self.people)
        moved = (self.gain, self.lose, self.same)
        gain, lose, same = equality.counted_parts(moved, whole=people)
        return Counts(people, gain, lose, same, equality.counted(self.unknown))

    @property
    def middle_gain(self) -> int | None:
        """The middle one of those who get more; None where they are under ten."""
        return _middle(self.change[self.change > 0])

    @property
    def middle_loss(self) -> int | None:
        """The middle one of those who get less; None where they are under ten."""
        return _middle(self.change[self.change < 0])

    @property
    def most_gain(self) -> int | None:
        """The largest gain; None where under ten get more."""
        return int(self.change.max()) if self.gain >= equality.FEWEST else None

    @property
    def most_loss(self) -> int | None:
        """The largest loss, below nothing; None where under ten get less."""
        return int(self.change.min()) if self.lose >= equality.FEWEST else None

    @property
    def bins(self) -> tuple[Bin, ...]:
        """How the changes are spread, from the largest loss to the largest gain."""
        return _bins(self.change)

    @property
    def losses(self) -> list[Loss]:
        """The largest losses, largest first, of people with at least nine others like them."""
        like = Counter(map(self._like, self.whose))
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
            whose=self._like(one),
            points=int(self.points[place]),
            before=int(self.before[place]),
            after=int(self.after[place]),
        )

    def _like(self, one: Whose) -> str:
        client, age = groups.client_group(one, self.on), groups.age_band(one, self.on)
        return f"{client}, {age.lower()}"

    def as_json(self) -> dict[str, Any]:
        """The report as plain data, to be kept with the version; small numbers are left out."""
        count = self.counted
        checked = self.checked.people if count.people is not None else None
        return {
            "people": count.people,
            "year_before_pence": self.year_before,
            "year_after_pence": self.year_after,
            "envelope_year_pence": self.envelope,
            "kept_aside_year_pence": self.reserved,
            "gain": count.gain,
            "lose": count.lose,
            "same": count.same,
            "most_gain_pence": self.most_gain,
            "most_loss_pence": self.most_loss,
            "not_known": count.unknown,
            "checked": {"people": checked, "agree": self.checked.agree},
            "bins": [[one.low, one.high, one.shown] for one in self.bins],
            "groups": groups.as_rows(self.dimensions),
            "not_measured": self.not_measured,
        }


def effect_of(version: SettingsVersion, *, afresh: bool = False) -> Effect:
    """Work everybody out under a draft and under the rules it changes, both on its first day.

    The number of database queries is the same however many people there are; `afresh` reads
    everybody again, whatever is held in memory.
    """
    return effect_on(caseload(afresh=afresh), version)


def effect_on(everybody: Caseload, version: SettingsVersion) -> Effect:
    """The same for a caseload that has been read already."""
    old, new = versions.base_rules(version), council.rules_of(version)
    first, then = everybody.under(old), everybody.under(new)
    both = first.known & then.known
    whose = [one for one, is_known in zip(everybody.whose, both, strict=True) if is_known]
    before, after = first.weekly[both], then.weekly[both]
    envelope, reserved = envelope_of(new), _reserved(everybody.whose, both)
    on, changes = version.starts_on, versions.changes(new, against=old)
    aside = unmeasured.among(changes, new)
    return Effect(
        version=version,
        on=on,
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
        dimensions=groups.compared(whose, before, after, on=on),
        checked=_checked(whose, before, after, old=old, new=new),
        measured=len(changes) - len(aside),
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


def _middle(changes: Whole) -> int | None:
    if len(changes) < equality.FEWEST:
        return None
    return int(np.sort(changes)[len(changes) // 2])


def _bins(change: Whole) -> tuple[Bin, ...]:
    """Equal steps out from no change, each holding its far end; those who stay are in none."""
    moved = change[change != 0]
    if not len(moved):
        return ()
    span = max(int(moved.max()), 0) - min(int(moved.min()), 0)
    step = next((one for one in _STEPS if span / one <= _MOST_BARS), _STEPS[-1])
    places = np.where(moved > 0, -(-moved // step) - 1, moved // step)
    low, high = min(int(places.min()), 0), max(int(places.max()), -1)
    counts = Counter(places.tolist())
    shown = _shown(counts, range(low, 0)) | _shown(counts, range(high + 1))
    return tuple(
        Bin(place * step, (place + 1) * step, counts[place], shown[place])
        for place in range(low, high + 1)
    )


def _shown(counts: Counter[int], side: range) -> dict[int, Count]:
    """Those who get less, or more: each side is a whole that is shown beside its bars."""
    return dict(zip(side, equality.counted_parts([counts[one] for one in side]), strict=True))


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
    wanted = max(AT_LEAST, -(-len(whose) // ONE_IN))
    places = np.argsort(-np.abs(after - before), kind="stable")[:wanted]
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

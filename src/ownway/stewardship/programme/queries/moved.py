"""People whose week moves between two sets of rules: how many, and by how much."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import equality
from ownway.policy.equality import Count
from ownway.stewardship.programme.queries import groups
from ownway.stewardship.programme.queries.caseload import Whose
from ownway.stewardship.programme.queries.groups import Dimension

WEEKS = 52
ONE_IN = 1000
AT_LEAST = 5
_STEPS = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000)
_MOST_BARS = 24
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
class Moved:
    """Everybody's week before and after, in pence; who could not be worked out is in no total.

    Of `missing` each says which facts lack for how many.
    """

    on: date
    whose: list[Whose]
    before: Whole
    after: Whole
    unknown: int
    missing: Counter[str]
    dimensions: tuple[Dimension, ...]
    checked: Checked

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

    def like(self, one: Whose) -> str:
        """Whose it is, in general words: no name is read for it."""
        client, age = groups.client_group(one, self.on), groups.age_band(one, self.on)
        return f"{client}, {age.lower()}"

    def counts_as_json(self) -> dict[str, Any]:
        """How many move and how far as plain data; small numbers are left out."""
        count = self.counted
        checked = self.checked.people if count.people is not None else None
        return {
            "people": count.people,
            "year_before_pence": self.year_before,
            "year_after_pence": self.year_after,
            "gain": count.gain,
            "lose": count.lose,
            "same": count.same,
            "most_gain_pence": self.most_gain,
            "most_loss_pence": self.most_loss,
            "not_known": count.unknown,
            "checked": {"people": checked, "agree": self.checked.agree},
            "bins": [[one.low, one.high, one.shown] for one in self.bins],
            "groups": groups.as_rows(self.dimensions),
        }


def furthest(before: Whole, after: Whole) -> list[int]:
    """The places of those who move furthest: one in a thousand, and five at least."""
    wanted = max(AT_LEAST, -(-len(before) // ONE_IN))
    places = np.argsort(-np.abs(after - before), kind="stable")[:wanted]
    return [int(place) for place in places]


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

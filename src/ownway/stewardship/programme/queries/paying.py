"""What a draft would do to what people pay, from their figures as they are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from ownway.journey.charging import queries as charges
from ownway.journey.charging.models import Charge
from ownway.policy import charging, equality
from ownway.policy.charging import everybody
from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import groups, unmeasured
from ownway.stewardship.programme.queries.caseload import Whose
from ownway.stewardship.programme.queries.moved import Checked, Moved, Whole, furthest
from ownway.stewardship.programme.queries.versions import Change

LARGEST = 5
Facts = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Rise:
    """One of the largest rises of what is paid. It says whose in general words."""

    whose: str
    budget_pence: int
    before: int
    after: int

    @property
    def change(self) -> int:
        """In pence a week."""
        return self.after - self.before


@dataclass(frozen=True)
class Paying(Moved):
    """What everybody who is charged pays a week, now and under a draft, on the budget they have.

    To gain is to pay more here, as the figure moves, and to lose is to pay less.
    """

    budgets: Whole

    @property
    def is_unknown(self) -> bool:
        """Whether people are charged, and the rules ask of all of them what nobody was asked."""
        return bool(self.unknown and not self.people)

    @property
    def year_more(self) -> int:
        """What the council gets more in a year; less when below nothing."""
        return self.year_after - self.year_before

    @property
    def begins(self) -> int:
        """How many pay nothing now, and would pay something."""
        return int(np.sum((self.before == 0) & (self.after > 0)))

    @property
    def stops(self) -> int:
        """How many pay something now, and would pay nothing."""
        return int(np.sum((self.before > 0) & (self.after == 0)))

    @property
    def turned(self) -> tuple[equality.Count, equality.Count]:
        """How many begin to pay and stop, as may be shown."""
        return equality.counted(self.begins), equality.counted(self.stops)

    @property
    def rises(self) -> list[Rise]:
        """The largest rises, largest first, of people with at least nine others like them."""
        like = Counter(map(self.like, self.whose))
        places = np.argsort(-self.change, kind="stable")[: self.gain]
        found = (self._rise(int(place)) for place in places)
        return list(islice((one for one in found if like[one.whose] >= equality.FEWEST), LARGEST))

    def _rise(self, place: int) -> Rise:
        return Rise(
            self.like(self.whose[place]),
            int(self.budgets[place]),
            int(self.before[place]),
            int(self.after[place]),
        )


def moves(changes: Iterable[Change], pack: Pack) -> bool:
    """Whether any of some changes is of a number that what people pay is worked out from."""
    return any(unmeasured.is_of_charges(one, pack) for one in changes)


def effect_on_pay(old: Pack, new: Pack, *, afresh: bool = False) -> Paying:
    """Work out what everybody pays under two sets of rules on the day of the new ones.

    Each on the budget and the figures they have then; who has given none is charged nothing yet.
    The number of database queries is the same however many people there are.
    """
    charged = _read(new.on) if afresh else _held(new.on, charges.mark_of_charges())
    before, after = _facts(charged, old), _facts(charged, new)
    first, then = everybody.charges(before, old), everybody.charges(after, new)
    both = first.known & then.known
    rows = np.flatnonzero(both).tolist()
    kept = [charged[row] for row in rows]
    whose = [_whose(one) for one in kept]
    was, becomes = first.weekly[both], then.weekly[both]
    return Paying(
        on=new.on,
        whose=whose,
        before=was,
        after=becomes,
        unknown=len(charged) - len(kept),
        missing=_in_words(first.missing | then.missing, new),
        dimensions=groups.compared(whose, was, becomes, on=new.on),
        checked=_checked(
            [before[row] for row in rows], [after[row] for row in rows], was, becomes, old, new
        ),
        budgets=np.array([one.budget_pence for one in kept], dtype=np.int64),
    )


def _read(on: date) -> tuple[Charge, ...]:
    return tuple(charges.charged_on(on))


@lru_cache(maxsize=4)
def _held(on: date, mark: tuple[int, ...]) -> tuple[Charge, ...]:
    return _read(on)


def _facts(charged: Sequence[Charge], pack: Pack) -> Facts:
    return list(charges.facts_of_all(charged, pack=pack, on=pack.on))


def _in_words(missing: Counter[str], pack: Pack) -> Counter[str]:
    """The facts and rates that lack, as the rules say what each is."""
    facts = charging.fields(pack).fields
    found: Counter[str] = Counter()
    for place, count in missing.items():
        name = place.removeprefix("settings.")
        rate = pack.numbers[name].label if name in pack.numbers else place
        found[getattr(facts.get(place), "words", rate)] += count
    return found


def _whose(charge: Charge) -> Whose:
    person = charge.person
    return Whose(
        charge.budget_id,
        charge.budget.side,
        person.sex,
        person.ethnic_group,
        person.support_reason,
        person.date_of_birth,
        charge.charge_pence,
    )


def _checked(
    before: Facts, after: Facts, was: Whole, becomes: Whole, old: Pack, new: Pack
) -> Checked:
    """Work those who move furthest again by the interpreter, step by step."""
    places = furthest(was, becomes)
    agree = all(
        charging.decide(facts[place], pack).result["charge_pence"] == int(column[place])
        for place in places
        for facts, column, pack in ((before, was, old), (after, becomes, new))
    )
    return Checked(len(places), agree)

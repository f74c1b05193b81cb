"""What follows from ratings of a provider: a check first, a pattern, an audit, coming off the list.

Source: Dudley 2013, quality marks and ratings. It names no thresholds: each council settles them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ownway.policy.packs import Pack

STARS = range(1, 6)


@dataclass(frozen=True)
class Given:
    """One rating that counts: how many stars, and on which day they were given."""

    stars: int
    on: date


@dataclass(frozen=True)
class Tally:
    """Ratings of one entry in the window, and what they ask for."""

    count: int
    poor: int
    mean_tenths: int | None
    asks_for_audit: bool
    asks_for_delisting: bool

    @property
    def words(self) -> str:
        """Why somebody has to look."""
        poor = f"{self.poor} poor rating{'' if self.poor == 1 else 's'} of {self.count}"
        return poor if self.mean_tenths is None else f"{poor}, {self.mean_tenths / 10:.1f} stars"


def is_held(stars: int, *, pack: Pack) -> bool:
    """Whether a rating is looked at by the council before it is shown.

    Raises:
        ValueError: a rating is from 1 to 5 stars.
    """
    if stars not in STARS:
        raise ValueError(f"a rating is from 1 to 5 stars, not {stars}")
    return stars <= pack.value("rating_held_up_to")


def average_tenths(stars: Sequence[int]) -> int | None:
    """The average in tenths of a star, half up; nothing when there are no ratings."""
    return (20 * sum(stars) + len(stars)) // (2 * len(stars)) if stars else None


def tally(
    given: Sequence[Given], *, audited_on: date | None, decided_on: date | None, since: date,
    pack: Pack,
) -> Tally:  # fmt: skip
    """Count the published ratings since a day, and say what they ask for.

    What was looked at is not asked for twice: an audit counts ratings after the last audit was
    settled, a delisting decision those after the last decision.
    """
    within = [one for one in given if one.on >= since]
    fresh = [one for one in within if audited_on is None or one.on > audited_on]
    undecided = [one for one in within if decided_on is None or one.on > decided_on]
    mean = average_tenths([one.stars for one in within])
    return Tally(
        count=len(within),
        poor=_poor(within, pack),
        mean_tenths=mean,
        asks_for_audit=_poor(fresh, pack) >= pack.value("ratings_for_audit"),
        asks_for_delisting=_is_consistently_poor(undecided, pack),
    )


def _poor(given: Sequence[Given], pack: Pack) -> int:
    return sum(is_held(one.stars, pack=pack) for one in given)


def _is_consistently_poor(given: Sequence[Given], pack: Pack) -> bool:
    mean = average_tenths([one.stars for one in given])
    low = mean is not None and mean < pack.value("ratings_mean_tenths")
    enough = len(given) >= pack.value("ratings_mean_from")
    return _poor(given, pack) >= pack.value("ratings_for_delisting") or (low and enough)


def patterns(
    *, by_source: Sequence[date], of_entry: Sequence[date], on: date, pack: Pack
) -> Iterator[str]:
    """Say what about poor ratings looks like a campaign rather than an experience.

    Both are days of poor ratings up to `on`, the one at hand included: by the same person of
    anything, and by anybody of the same entry.
    """
    days = pack.value("ratings_pattern_days")
    first = on - timedelta(days=days - 1)
    span = "one day" if days == 1 else f"{days} days"
    of_one = sum(first <= day <= on for day in by_source)
    if of_one >= pack.value("ratings_of_one_source"):
        yield f"{of_one} poor ratings by the same person within {span}"
    of_all = sum(first <= day <= on for day in of_entry)
    if of_all >= pack.value("ratings_of_one_entry"):
        yield f"{of_all} poor ratings of the same entry within {span}"

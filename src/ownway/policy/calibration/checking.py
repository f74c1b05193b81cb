"""A formula tried on people it has not seen: by person, and forward in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy.calibration import points, scoring, whole
from ownway.policy.calibration.history import History
from ownway.policy.calibration.points import Loss
from ownway.policy.calibration.scoring import Score
from ownway.policy.calibration.whole import Formula
from ownway.policy.packs import Pack

Floats: TypeAlias = NDArray[np.float64]
FOLDS = 5
SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_FRONTIER_PEOPLE = 20_000
_YEAR = np.timedelta64(365, "D")
_FEWEST_BEFORE, _FEWEST_AFTER = 100, 50


@dataclass(frozen=True)
class Choices:
    """What the council chose for its formula."""

    percentile: float | None = None
    least_kept: float = 0.0


def formula(history: History, choices: Choices, *, bring_in: bool = True) -> tuple[Formula, Loss]:
    """Calibrate once: points, then whole numbers, then the curve that was chosen."""
    fitted, loss = points.fit(history, least_kept=choices.least_kept, bring_in=bring_in)
    found = whole.rounded(history, fitted, loss)
    if choices.percentile is not None:
        found = whole.with_percentile(history, found, choices.percentile)
    return found, loss


def folds(history: History, *, count: int = FOLDS, seed: int = 0) -> NDArray[np.int64]:
    """A fold for everyone; all the plans of one person are in one fold."""
    people, places = np.unique(history.person, return_inverse=True)
    dealt = np.arange(len(people)) % count
    np.random.default_rng(seed).shuffle(dealt)
    return dealt[places].astype(np.int64)


@dataclass(frozen=True)
class Frontier:
    """What a percentile costs: plans it covers, and all budgets over all that was spent.

    Of people with points left: the formula gives nothing to the rest. `share` is None for the
    curve through the mean.
    """

    share: float | None
    covered: float
    total: float


@dataclass(frozen=True)
class Checked:
    """What each person would have been given by a formula that had not seen them.

    `mean` is of the curve through the mean, `given` of the curve that was chosen.
    """

    folds: NDArray[np.int64]
    mean: Floats
    given: Floats
    frontier: tuple[Frontier, ...]


def across(history: History, pack: Pack, choices: Choices) -> Checked:
    """Calibrate without each fold in turn, and run it on the fold."""
    dealt = folds(history)
    mean = np.zeros(history.people)
    chosen = np.zeros(history.people)
    tried: dict[float | None, list[Frontier]] = {share: [] for share in (*SHARES, None)}
    for fold in range(FOLDS):
        inside = dealt == fold
        before, after = history.rows(~inside), history.rows(inside)
        found, _ = formula(before, Choices(None, choices.least_kept))
        mean[inside] = whole.weekly(after, found, pack)
        chosen[inside] = mean[inside]
        if choices.percentile is not None:
            ours = whole.with_percentile(before, found, choices.percentile)
            chosen[inside] = whole.weekly(after, ours, pack)
        for share, into in tried.items():
            into.append(_tried(before, after, found, share))
    return Checked(dealt, mean, chosen, tuple(_averaged(into) for into in tried.values()))


def _averaged(tried: list[Frontier]) -> Frontier:
    """Folds are of one size, so their shares weigh the same."""
    covered, total = (
        sum(t) / len(tried) for t in zip(*((one.covered, one.total) for one in tried), strict=True)
    )
    return Frontier(tried[0].share, covered, total)


def _tried(before: History, after: History, found: Formula, share: float | None) -> Frontier:
    """What a percentile, or the mean, covers and gives of the people left out."""
    if share is not None:
        found = whole.with_percentile(_some(before), found, share)
    at = whole.standing(after, found)
    x, y = np.array(found.knots, dtype=np.float64).T
    given = at.weekly(np.interp(at.points, x, y / 52)) + after.breaks / 52
    told = at.points > 0
    if not told.any():
        return Frontier(share, 0.0, 0.0)
    spent = after.cost[told]
    total = float(given[told].sum()) / max(float(spent.sum()), 1.0)
    return Frontier(share, float(np.mean(spent <= given[told])), total)


def _some(history: History) -> History:
    """Enough people for a curve of eight knots; more would change it by less than a pound."""
    step = -(-history.people // _FRONTIER_PEOPLE)
    return history if step == 1 else history.rows(np.arange(0, history.people, step))


@dataclass(frozen=True)
class Forward:
    """A formula from the years before, tried on the last year."""

    since: str
    before: int
    after: int
    score: Score


def forward(history: History, pack: Pack, choices: Choices) -> Forward | None:
    """Calibrate on all but the last year and run it on that year; None where dates do not tell."""
    if history.decided_on is None:
        return None
    since = history.decided_on.max() - _YEAR
    late = history.decided_on > since
    seen_before = np.isin(history.person, history.person[~late])
    before, after = history.rows(~late), history.rows(late & ~seen_before)
    if before.people < _FEWEST_BEFORE or after.people < _FEWEST_AFTER:
        return None
    found, _ = formula(before, choices)
    given = whole.weekly(after, found, pack)
    return Forward(str(since), before.people, after.people, scoring.score(after.cost, given))

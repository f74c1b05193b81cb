"""How near a formula comes to what plans cost, and how far a plan may be from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
BAND = 0.80
FEWEST_FOR_A_BAND = 50


@dataclass(frozen=True)
class Score:
    """What is explained of the variance, how far plans are, and how many are near or covered.

    Units: far is whole pence a week; within_10, within_20 and covered are shares of people;
        total is what the formula gives over what was spent.
    """

    explained: float
    far: int
    within_10: float
    within_20: float
    covered: float
    total: float


def score(actual: ArrayLike, given: ArrayLike) -> Score:
    """Compare what was spent with what a formula gives."""
    spent, guide = np.asarray(actual, dtype=np.float64), np.asarray(given, dtype=np.float64)
    off = spent - guide
    spread = float(np.sum((spent - spent.mean()) ** 2))
    return Score(
        explained=1 - float(np.sum(off**2)) / spread if spread else 0.0,
        far=round(float(np.abs(off).mean())),
        within_10=float(np.mean(np.abs(off) <= 0.1 * spent)),
        within_20=float(np.mean(np.abs(off) <= 0.2 * spent)),
        covered=float(np.mean(spent <= guide)),
        total=float(guide.sum() / spent.sum()) if spent.sum() else 0.0,
    )


@dataclass(frozen=True)
class Band:
    """Between which shares of the starting budget four plans in five came to.

    `covered` is the share of people not used to find it that lay in it; None with nobody to ask.
    """

    group: str
    people: int
    low: float
    high: float
    covered: float | None


def bands(
    actual: Floats, given: Floats, groups: NDArray[np.str_], folds: NDArray[np.int64]
) -> tuple[Band, ...]:
    """Bands by group from people each formula had not seen (split conformal within group).

    A group with few people has everyone's band, under its own name.
    Source: Vovk and others 2005, Mondrian conformal prediction; Lei and others 2018.
    """
    usable = (actual > 0) & (given > 0)
    apart = np.log(actual[usable] / given[usable])
    names, kept = groups[usable], folds[usable]
    found = []
    for name in np.unique(names):
        inside = names == name
        enough = int(inside.sum()) >= FEWEST_FOR_A_BAND
        pool = inside if enough else np.ones(len(apart), dtype=bool)
        low, high = _edges(apart[pool])
        found.append(Band(
            str(name), int(inside.sum()), float(np.exp(low)), float(np.exp(high)),
            _covered(apart, inside, pool, kept),
        ))  # fmt: skip
    return tuple(found)


def _edges(apart: Floats) -> tuple[float, float]:
    """The edges of the band, a little wider than the sample's own, as a new person needs."""
    outside = (1 - BAND) / 2
    count = len(apart)
    ordered = np.sort(apart)
    low = max(int(np.floor(outside * (count + 1))) - 1, 0)
    high = min(int(np.ceil((1 - outside) * (count + 1))) - 1, count - 1)
    return float(ordered[low]), float(ordered[high])


def _covered(
    apart: Floats, inside: NDArray[np.bool_], pool: NDArray[np.bool_], folds: NDArray[np.int64]
) -> float | None:
    """The share in a band found from the other folds, fold by fold."""
    held = people = 0
    for fold in np.unique(folds):
        asked, told = inside & (folds == fold), pool & (folds != fold)
        if asked.any() and told.any():
            low, high = _edges(apart[told])
            held += int(np.sum((apart[asked] >= low) & (apart[asked] <= high)))
            people += int(asked.sum())
    return held / people if people else None


def tenths(actual: Floats, given: Floats) -> tuple[Mapping[str, float], ...]:
    """People in tenths by what the formula gives: their mean budget and mean cost."""
    order = np.argsort(given, kind="stable")
    return tuple(
        {"tenth": place + 1, "given_pence": round(float(given[some].mean())),
         "actual_pence": round(float(actual[some].mean()))}
        for place, some in enumerate(np.array_split(order, 10))
    )  # fmt: skip

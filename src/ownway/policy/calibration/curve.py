"""From points to money: a line with a few knots that never falls, for the mean or a percentile."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy.calibration import squares

Floats: TypeAlias = NDArray[np.float64]
_PLACES = (0.10, 0.30, 0.50, 0.70, 0.85, 0.95)
_ROUNDS = 60
_STILL = 1e-5


def knots_for(points: NDArray[np.int64], *, most: int) -> NDArray[np.int64]:
    """Eight places on the line: nothing, six where people are, and the most there can be."""
    told = points[points > 0]
    placed = np.quantile(told, _PLACES) if len(told) else np.zeros(0)
    return np.unique(np.r_[0, np.rint(placed).astype(np.int64), most])


def mean_line(points: Floats, money: Floats, weights: Floats, knots: Floats) -> Floats:
    """The height at each knot of the rising line nearest to the money, starting from nothing.

    Shapes: points, money, weights (people,), knots and answer (k,).
    """
    columns = squares.ramps(points, knots)
    weighted = columns * weights[:, None]
    slopes = squares.solve(weighted.T @ columns, weighted.T @ money)
    return _heights(slopes, knots)


def percentile_line(points: Floats, money: Floats, share: float, knots: Floats) -> Floats:
    """The rising line that so great a share of people lie under, least pinball loss.

    Each round makes the loss smaller or leaves it (majorise and minimise, Hunter and Lange 2000):
    a weighted least squares whose weights are one over how far each person still is.
    """
    if not len(money):
        return np.zeros(len(knots))
    columns = squares.ramps(points, knots)
    slopes = squares.solve(columns.T @ columns, columns.T @ money)
    near = max(float(np.std(money)) * 1e-3, 1e-9)
    for _ in range(_ROUNDS):
        weights = 1.0 / (near + np.abs(money - columns @ slopes))
        weighted = columns * weights[:, None]
        target = weighted.T @ money + (2 * share - 1) * columns.sum(axis=0)
        following = squares.solve(weighted.T @ columns, target)
        moved = np.abs(following - slopes).max()
        slopes = following
        if moved <= _STILL * max(float(np.abs(slopes).max()), 1e-12):
            break
    return _heights(slopes, knots)


def _heights(slopes: Floats, knots: Floats) -> Floats:
    heights: Floats = np.r_[0.0, np.cumsum(slopes * np.diff(knots))]
    return heights


def pinball(money: Floats, line: Floats, share: float) -> float:
    """The loss a percentile line makes least: what lies over it counts by the share."""
    over = money - line
    return float(np.mean(np.maximum(share * over, (share - 1) * over)))

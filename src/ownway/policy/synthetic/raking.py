"""Raking: a table of shares brought to marginals that are known, changing as little as it can.

The table is raked, not the people drawn from it, so that a person is the same however many are
asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy.synthetic import presets
from ownway.policy.synthetic.presets import Preset

Floats: TypeAlias = NDArray[np.float64]
_CLOSE = 1e-12
_MOST_ROUNDS = 500


def rake(table: Floats, marginals: Sequence[Sequence[float]]) -> Floats:
    """Bring a table's sums along each axis to the marginals (iterative proportional fitting).

    Shapes: table (one axis for each marginal); the answer has the same shape and sums to 1.
    Source: Deming and Stephan 1940.
    """
    wanted = [np.asarray(one, dtype=np.float64) / np.sum(one) for one in marginals]
    raked: Floats = table / table.sum()
    for _ in range(_MOST_ROUNDS):
        for axis, target in enumerate(wanted):
            raked = raked * _along(target / _sums(raked, axis), axis, raked.ndim)
        if all(np.abs(_sums(raked, axis) - t).max() < _CLOSE for axis, t in enumerate(wanted)):
            break
    return raked


def _sums(table: Floats, axis: int) -> Floats:
    summed: Floats = table.sum(axis=tuple(one for one in range(table.ndim) if one != axis))
    return summed


def _along(values: Floats, axis: int, axes: int) -> Floats:
    shaped: Floats = values.reshape([-1 if one == axis else 1 for one in range(axes)])
    return shaped


@lru_cache(maxsize=16)
def _cells(
    reasons: tuple[float, ...], ages: tuple[float, ...], sexes: tuple[float, ...],
    ethnic_groups: tuple[float, ...],
) -> Floats:  # fmt: skip
    """Shares by reason, age, sex and ethnic group: how they go together is an assumption."""
    together = np.array(presets.AGE_BY_REASON, dtype=np.float64)
    women = np.array(presets.WOMEN_BY_AGE)
    by_sex = np.stack([women, 1 - women], axis=1)
    white = np.array(presets.WHITE_LEAN_BY_AGE)
    by_group = np.stack([white, *[np.ones(len(white))] * (len(ethnic_groups) - 1)], axis=1)
    table = np.einsum("ra,as,ae->rase", together, by_sex, by_group)
    return rake(table, [reasons, ages, sexes, ethnic_groups])


def cells(preset: Preset) -> Floats:
    """Shares of a council's people. Shapes: (reasons, bands of age, sexes, ethnic groups)."""
    return _cells(preset.reasons, preset.ages, preset.sexes, preset.ethnic_groups)

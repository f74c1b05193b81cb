"""Curves made ready to be read off quickly: every segment of every curve in one flat table.

The segment of an amount is found by the bucket it falls in, and at most one comparison, as no
bucket holds two knots. Within a segment the line is a slope and an intercept.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy.compile.ops import addend
from ownway.policy.numbers import Knots
from ownway.policy.proof import Span

Floats = NDArray[np.float64]
_MOST_BUCKETS = 1 << 15
_ROOM = 1 << 45


@dataclass(frozen=True)
class Curves:
    """Shapes: `first` and `bucket_ends` (curves, buckets) flat, the segment where a bucket begins
    and where that segment ends; `slope`, and `intercept` with the addend of the rounding, one for
    each segment.
    """

    least: float
    per_bucket: float
    buckets: int
    first: NDArray[Any]
    bucket_ends: Floats
    slope: Floats
    intercept: Floats


def ready(curves: Sequence[Knots], *, span: Span, rounding: str) -> Curves | None:
    """Lay some curves out for amounts within a span; None where floats could not hold them."""
    parts = [_segments(knots, rounding) for knots in curves]
    if not all(_is_exact(knots, span) for knots in curves):
        return None
    bits = _bits(curves)
    buckets = ((span[1] - span[0]) >> bits) + 1
    if buckets > _MOST_BUCKETS:
        return None
    starts = span[0] + (np.arange(buckets, dtype=np.int64) << bits)
    first, before = [], 0
    for ends, _, _ in parts:
        first.append(before + np.searchsorted(ends, starts, side="right"))
        before += len(ends)
    ends, slope, intercept = (np.concatenate(column) for column in zip(*parts, strict=True))
    places = np.concatenate(first)
    narrow = np.uint8 if len(ends) <= 256 else np.int64
    return Curves(float(span[0]), 2.0**-bits, buckets, places.astype(narrow), ends[places],
                  slope, intercept)  # fmt: skip


def _segments(knots: Knots, rounding: str) -> tuple[Floats, Floats, Floats]:
    """Where each segment ends, its slope and its intercept: flat before and after the knots."""
    ends: list[float] = [float(x) for x, _ in knots] + [np.inf]
    slope, intercept = [0.0], [float(knots[0][1])]
    for (x0, y0), (x1, y1) in itertools.pairwise(knots):
        steep = Fraction(y1 - y0, x1 - x0)
        slope.append(float(steep))
        intercept.append(float(y0 - steep * x0 + Fraction(addend(rounding, x1 - x0))))
    return np.array(ends), np.array([*slope, 0.0]), np.array([*intercept, float(knots[-1][1])])


def _is_exact(knots: Knots, span: Span) -> bool:
    """Whether floats lead to the right whole number: their error is below a quarter of a step."""
    reach = max(abs(span[0]), abs(span[1]), *(abs(x) for x, _ in knots))
    return all(
        (reach * (Fraction(y1 - y0, x1 - x0) + 1) + y1) * (x1 - x0) < _ROOM
        for (x0, y0), (x1, y1) in itertools.pairwise(knots)
    )


def _bits(curves: Sequence[Knots]) -> int:
    """The widest bucket, as a power of two, that can never hold two knots."""
    gaps = [b[0] - a[0] for knots in curves for a, b in itertools.pairwise(knots)]
    return min(gaps).bit_length() - 1

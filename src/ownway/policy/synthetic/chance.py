"""Chance keyed by person: the same seed, stream and person give the same number, in any order.

A counter goes in and a number comes out (the finaliser of SplitMix64, Steele and others 2014), so
ten people or ten million agree on the first ten, and any block can be made on its own.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Counters: TypeAlias = NDArray[np.uint64]
_STEP = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_BITS = 53


@dataclass(frozen=True)
class Chance:
    """Random numbers for some people. `people` are their places in the council, from 0."""

    seed: int
    people: Counters

    def uniform(self, stream: str) -> Floats:
        """Numbers from above 0 to below 1, one a person."""
        start = _mixed(np.array([self.seed & 0xFFFF_FFFF, zlib.crc32(stream.encode())], np.uint64))
        key = _mixed(start[:1] ^ (start[1:] << np.uint64(1)))
        bits = _mixed(_mixed(self.people * _STEP + key) + key) >> np.uint64(64 - _BITS)
        return (bits.astype(np.float64) + 0.5) / (1 << _BITS)

    def normal(self, stream: str) -> Floats:
        """Standard normal numbers, one a person."""
        from scipy import special

        drawn: Floats = special.ndtri(self.uniform(stream))
        return drawn

    def share(self, stream: str) -> Floats:
        """Shares that lean low: Kumaraswamy(1.5, 2), much like a beta and with a closed form."""
        drawn: Floats = (1 - (1 - self.uniform(stream)) ** (1 / 2)) ** (1 / 1.5)
        return drawn

    def happens(self, stream: str, likely: Floats | float) -> NDArray[np.bool_]:
        """Whether something of so great a chance happens to each person."""
        return self.uniform(stream) < likely


def _mixed(counters: Counters) -> Counters:
    with np.errstate(over="ignore"):
        x = counters + _STEP
        x = (x ^ (x >> np.uint64(30))) * _ONE
        x = (x ^ (x >> np.uint64(27))) * _TWO
        return x ^ (x >> np.uint64(31))

"""A load of invented people: uint8 columns drawn with a need in common. Not a real council."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.ras.policy import ANSWERS, EXTRA, HELP, LEVELS_OF, PARTS, QUESTIONS, UNPAID

Column = NDArray[np.uint8]
CHUNK = 1_000_000


def make(people: int, *, seed: int = 1) -> dict[str, Column]:
    """A column for each fact. The first million are the same however many follow."""
    chunks = [_chunk(min(CHUNK, people - start), seed + place)
              for place, start in enumerate(range(0, people, CHUNK))]  # fmt: skip
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in LEVELS_OF}


def _chunk(people: int, seed: int) -> dict[str, Column]:
    chance = np.random.default_rng(seed)
    out: dict[str, Column] = {}
    need = chance.beta(0.9, 2.0, people).astype(np.float32)
    for part in range(PARTS):
        here = need * 0.8 + chance.random(people, dtype=np.float32) * 0.35 - 0.2
        for question in range(QUESTIONS):
            said = here * 4 + chance.standard_normal(people, dtype=np.float32) * 0.8
            name = f"a{part}_{question}"
            out[name] = np.clip(np.rint(said), 0, 4).astype(np.uint8)
    helped = chance.random(people, dtype=np.float32) < 0.55
    for name in UNPAID:
        out[name] = np.where(helped, chance.integers(0, HELP, people), 0).astype(np.uint8)
    for name in ("nights", "two_to_one", "risk", "employment", "lives_alone", "transport"):
        levels = EXTRA[name]
        shares = [0.6] + [0.4 / (levels - 1)] * (levels - 1)
        out[name] = chance.choice(levels, people, p=shares).astype(np.uint8)
    out["group"] = chance.choice(5, people, p=[0.46, 0.14, 0.12, 0.18, 0.10]).astype(np.uint8)
    out["age_band"] = (out["group"] < 2).astype(np.uint8)
    out["area"] = chance.integers(0, EXTRA["area"], people, dtype=np.uint8)
    return {name: out[name] for name in (*ANSWERS, *UNPAID, *EXTRA)}

"""The policy every engine must agree on, as plain data: invented, and never a council's own.

Sixty questions in nine parts of life, unpaid help by part, a price curve for each client group,
extras, a share for each group, a floor and caps. Amounts are whole pence, points whole, shares
whole thousandths, and the only rounding is half up at named steps.
"""

from __future__ import annotations

import random
from typing import Any

PARTS = 9
QUESTIONS = 5
LEVELS = 5
HELP = 4
GROUPS = ("older_physical", "older_memory", "working_age_physical", "learning", "mental_health")
EXTRA = {
    "nights": 4, "two_to_one": 3, "risk": 4, "employment": 2, "lives_alone": 2, "transport": 3,
    "group": 5, "age_band": 2, "area": 4,
}  # fmt: skip
ANSWERS = [f"a{part}_{question}" for part in range(PARTS) for question in range(QUESTIONS)]
UNPAID = [f"s{part}" for part in range(PARTS)]
LEVELS_OF: dict[str, int] = (
    dict.fromkeys(ANSWERS, LEVELS) | dict.fromkeys(UNPAID, HELP) | EXTRA
)  # fmt: skip
"""Each fact, and how many answers it has; 0 is the least."""


def build(seed: int = 7) -> dict[str, Any]:
    """The numbers of the policy; the same seed always gives the same."""
    chance = random.Random(seed)  # an invented policy, not a secret
    points = [[_points(chance) for _ in range(QUESTIONS)] for _ in range(PARTS)]
    caps = [max(20, sum(q[-1] for q in part) - chance.randint(0, 25)) for part in points]
    less = [[0, chance.randint(150, 300), chance.randint(400, 600), chance.randint(750, 950)]
            for _ in range(PARTS)]  # fmt: skip
    return {
        "points": points, "caps": caps, "less_for_help": less,
        "curves": [_curve(chance, group) for group in range(len(GROUPS))],
        "outcome_points": 6, "outcomes": 2, "kept_at_least": 400,
        "alone": [0, 30], "two_to_one": [0, 180, 420],
        "nights": [[0, 0, 0], [4_500, 8_100, 12_600], [14_000, 25_200, 39_200],
                   [49_000, 88_200, 137_200]],
        "risk": [0, 0, 2_500, 9_500], "employment": [0, 4_000], "transport": [0, 1_250, 3_600],
        "break_tally": 12, "break_amount": 3_350, "area": [1000, 1018, 1043, 1090],
        "deflator": [985, 992, 978, 1004, 970], "floor": 2_000,
        "cap": [95_000, 110_000, 160_000, 240_000, 140_000], "round_to": 100,
    }  # fmt: skip


def _points(chance: random.Random) -> list[int]:
    row = [0]
    for _ in range(LEVELS - 1):
        row.append(row[-1] + chance.randint(0, 9))
    return row


def _curve(chance: random.Random, group: int) -> dict[str, list[int]]:
    """Thousandths of a point to pence a week, each stretch steeper or flatter than the last."""
    x, y, slope = [0], [0], 24 + 9 * group
    for _ in range(7):
        x.append(x[-1] + chance.randint(40_000, 110_000))
        slope = int(slope * chance.uniform(0.9, 1.75))
        y.append(y[-1] + (x[-1] - x[-2]) * slope // 1000)
    return {"x": x, "y": y}

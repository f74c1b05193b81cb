"""Whole pence, exact shares and the only ways a number may be rounded."""

from __future__ import annotations

from collections.abc import Callable

RATIO = 10_000
"""A ratio is held as whole ten-thousandths: 0.95 is 9,500."""


def half_up(top: int, bottom: int) -> int:
    """Divide to the nearest whole number, a half going up."""
    return (2 * top + bottom) // (2 * bottom)


def down(top: int, bottom: int) -> int:
    """Divide and drop the rest, as for a charge: in the person's favour."""
    return top // bottom


def up(top: int, bottom: int) -> int:
    """Divide and count any part as a whole one, as for each £250 or part of it."""
    return -(-top // bottom)


ROUNDINGS: dict[str, Callable[[int, int], int]] = {
    "half_up": half_up,
    "down": down,
    "up": up,
}


def pounds(pence: int) -> str:
    """Write an amount as people read it: £1,234.50."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def decimal(ratio: int) -> str:
    """Write a ratio with two decimals, or more when it has them: 0.95, 1.00, 0.1255."""
    sign = "−" if ratio < 0 else ""
    whole, rest = divmod(abs(ratio), RATIO)
    digits = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole}.{digits}"


def per_pound(ratio: int) -> str:
    """Write a share as pence in each pound: 0.95 is 95p, 1.05 is £1.05."""
    return f"{decimal(ratio * 100).removesuffix('.00')}p" if ratio < RATIO else f"£{decimal(ratio)}"

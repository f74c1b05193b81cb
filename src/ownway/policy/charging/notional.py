"""Money given away to pay less: it still counts, and shrinks by what it makes a person pay.

Source: SI 2014/2672, regulations 22 and 23 (notional capital, and the diminishing rule): each week
it falls by the difference between what is paid with it and what would be paid without it.
"""

from __future__ import annotations

from collections.abc import Callable


def left_after(start: int, *, weeks: int, charge: Callable[[int], int]) -> int:
    """What still counts after some whole weeks, each worked out with the rates of the day.

    Units: pence; `charge` gives pence a week for an amount that still counts.
    """
    left, without = start, charge(0)
    for _ in range(weeks):
        falls = charge(left) - without
        if left == 0 or falls <= 0:
            return left
        left = max(left - falls, 0)
    return left

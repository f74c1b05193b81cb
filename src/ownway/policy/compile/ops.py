"""The small machine that a compiled policy runs on: a straight line of operations on slots.

Both runners read the same line: one makes NumPy calls of it, the other a loop in machine code.
A slot is a column that lives only while it is needed. Its kind says what it holds:

* `f` whole numbers as 64-bit floats, exact because each was proved below 2**53;
* `i` whole numbers as 64-bit integers, where they were not;
* `b` flags; `x` places in a table; `w` several small sums packed in one integer.

**Dividing exactly by multiplying.** For whole numbers t and b > 0, t/b lies at least 1/b from any
whole number it is not. So floor(t/b + c) with c = 1/2 + 1/(4b), 1/(2b) or 1 - 1/(2b) is t/b
rounded half up, down or up, and stays so while the float's error is below 1/(4b). With t below
2**46 the error of t * (1/b) is below 2**-4 of that, so one multiplication and one addition replace
a division, to the penny. Anything larger is worked on 64-bit integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EXACT = 1 << 53
"""Whole numbers up to this are exact as floats."""
MULTIPLIED = 1 << 46
"""A numerator up to this may be divided by multiplying."""


@dataclass(frozen=True)
class Slot:
    """A column, by its place in the line, and what it holds."""

    place: int
    kind: str


Operand = Slot | float


@dataclass(frozen=True)
class Op:
    """One operation: what it does, where its answer goes, and what it works on.

    `data` is what the policy fixes: a table, a shift, a place among the codes.
    """

    name: str
    out: Slot
    args: tuple[Operand, ...] = ()
    data: Any = None


def uses(op: Op) -> Sequence[Slot]:
    """The slots an operation reads."""
    return [arg for arg in op.args if isinstance(arg, Slot)]


def addend(rounding: str, bottom: int) -> float:
    """What to add to t/bottom so that dropping the fraction rounds as is asked."""
    if rounding == "half_up":
        return 0.5 + 0.25 / bottom
    return 0.5 / bottom if rounding == "down" else 1 - 0.5 / bottom

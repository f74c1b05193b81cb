"""The numbers of a pack: each with its unit, its dates, its source, and whether it is confirmed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ownway.policy import units
from ownway.policy.money import RATIO
from ownway.policy.refusals import FactsMissing, Problem

MOST = 10**12
"""Greatest number a pack may hold, in its own unit. "none", as of a cap, is held as this."""

Knots = tuple[tuple[int, int], ...]
Value = int | str | tuple[int, ...] | Knots | None


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands on a date. `value` is None where no value is known for that date.

    `follows` names the number whose value this one has, having none of its own on the day.
    """

    name: str
    unit: str
    label: str
    value: Value
    source: str = ""
    confirmed: bool = True
    since: date | None = None
    until: date | None = None
    given: bool = False
    follows: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def single(self) -> int:
        """The value as one whole number.

        Raises:
            FactsMissing: no value is known for this date; it can be given under `settings`.
        """
        if not isinstance(self.value, int):
            raise _unknown(self)
        return self.value

    @property
    def word(self) -> str:
        """The value as a word, for a choice."""
        if not isinstance(self.value, str):
            raise _unknown(self)
        return self.value

    @property
    def table(self) -> tuple[int, ...]:
        """The value as a row of whole numbers, least level first."""
        if not isinstance(self.value, tuple):
            raise _unknown(self)
        return self.value  # type: ignore[return-value]  # units make sure of it

    @property
    def knots(self) -> Knots:
        """The value as points of a line, least first."""
        if not isinstance(self.value, tuple):
            raise _unknown(self)
        return self.value  # type: ignore[return-value]  # units make sure of it

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.value is None and goes_by_birth(self.limits):
            return "by date of birth"
        return show(self.value, self.unit)

    def for_birth(self, born_on: date) -> int | None:
        """The value for somebody born on a day, of a number whose dates are dates of birth."""
        if isinstance(self.value, int):
            return self.value
        span = in_force(self.limits.get("values", ()), born_on)
        value = None if span is None else whole(span["value"], self.unit)
        return value if isinstance(value, int) else None


def _unknown(number: Number) -> FactsMissing:
    reason = f"is not known on this day: {number.label or number.name}."
    known = [_period(span) for span in number.limits.get("values", ())]
    mend = f"Give it under settings as {number.name}"
    mend += f", or decide for a day {' or '.join(known)}." if known else "."
    return FactsMissing([Problem(f"settings.{number.name}", reason, mend)])


def _period(span: Mapping[str, Any]) -> str:
    return f"from {span['from']}" + (f" until {span['to']}" if "to" in span else "")


def show(value: Value, unit: str) -> str:
    """Write a number of any unit as people read it."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return "none" if value == MOST else units.shown(value, unit)
    if unit in units.CURVES:
        knots: Any = value
        return ", ".join(f"{x} → {units.shown(y, units.CURVES[unit])}" for x, y in knots)
    row: Any = value
    return ", ".join(units.shown(one, unit.removesuffix(" by level")) for one in row)


def whole(raw: object, unit: str) -> Value:
    """Read a written value into whole numbers of its unit.

    Raises:
        ValueError: it does not fit its unit; the message says what would.
    """
    if unit == "choice":
        return _choice(raw)
    if unit == "band":
        return _band(raw)
    if unit in units.CURVES:
        return _curve(raw, units.CURVES[unit])
    if unit in units.TABLES:
        return _table(raw, unit.removesuffix(" by level"))
    if unit == "flag":
        if not isinstance(raw, bool):
            raise ValueError("must be true or false.")
        return int(raw)
    return _single(raw, unit)


def _choice(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError("must be a word.")
    return raw


def _band(raw: object) -> int:
    if raw not in units.BANDS:
        raise ValueError(f"must be a band: {', '.join(units.BANDS)}.")
    return units.BANDS.index(str(raw))


def _single(raw: object, unit: str) -> int:
    if raw == "none" and unit in units.PENCE:
        return MOST
    if unit == "ratio":
        return _ratio(raw)
    plain = _decimal(raw)
    if plain is None or plain != int(plain) or not 0 <= plain <= MOST:
        said = "whole pence" if unit in units.PENCE else f"a whole number of {unit}"
        raise ValueError(f"must be {said}, {_bounds(raw)}.")
    return int(plain)


def _bounds(raw: object) -> str:
    """The bounds in words; the upper one is said to whoever went over it."""
    number = isinstance(raw, (int, float, Decimal)) and raw == raw
    return f"from 0 to {MOST:,}" if number and raw > MOST else "0 or more"  # type: ignore[operator]


def _ratio(raw: object) -> int:
    plain = _decimal(raw)
    if plain is None or not 0 <= plain <= 100 or plain * RATIO != int(plain * RATIO):
        raise ValueError("must be a ratio from 0 to 100 with up to four decimals, as 0.95.")
    return int(plain * RATIO)


def _decimal(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        return None
    try:
        plain = Decimal(str(raw))
    except (InvalidOperation, ValueError):
        return None
    return plain if plain.is_finite() and abs(plain) <= MOST else None


def _table(raw: object, unit: str) -> tuple[int, ...]:
    if not isinstance(raw, (list, tuple)) or not 1 <= len(raw) <= 100:
        raise ValueError("must be a list with a value for each level, least first.")
    row = tuple(_single(one, unit) for one in raw)
    if list(row) != sorted(row):
        raise ValueError("goes down as the level goes up. Put it in order, least first.")
    return row


def _curve(raw: object, money: str) -> Knots:
    if not isinstance(raw, (list, tuple)) or not 2 <= len(raw) <= 200:
        raise ValueError(f"must be a list of two or more [points, {money}] pairs.")
    knots: list[tuple[int, int]] = []
    for pair in raw:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise ValueError(f"must be a list of [points, {money}] pairs.")
        knots.append((_single(pair[0], "points"), _single(pair[1], money)))
    if any(b[0] <= a[0] for a, b in itertools.pairwise(knots)):
        raise ValueError("has points that do not go up. Put the pairs in order of points.")
    if any(b[1] < a[1] for a, b in itertools.pairwise(knots)):
        raise ValueError(
            "gives less money for more points. Make each amount at least the one before."
        )
    return tuple(knots)


def as_written(value: Value, unit: str) -> object:
    """Turn whole numbers back to what a pack or facts would say."""
    if isinstance(value, int):
        if value == MOST:
            return "none"
        if unit == "band":
            return units.BANDS[value]
        if unit == "flag":
            return bool(value)
        return value if unit != "ratio" else _plain(value)
    if isinstance(value, tuple):
        return [
            list(one) if isinstance(one, tuple) else as_written(one, unit.removesuffix(" by level"))
            for one in value
        ]
    return value


def _plain(ratio: int) -> float | int:
    return ratio // RATIO if ratio % RATIO == 0 else ratio / RATIO


def goes_by_birth(item: Mapping[str, Any]) -> bool:
    """Whether the dates of a declared number are dates of birth, not days of decision."""
    return item.get("dated_by") == "birth"


def in_force(spans: Iterable[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """The dated value in force on a day: from its `from`, up to but not on its `to`."""
    for span in spans:
        if span["from"] <= day and ("to" not in span or day < span["to"]):
            return span
    return None

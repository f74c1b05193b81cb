"""What each number is a number of, and how it is written for people."""

from __future__ import annotations

from ownway.policy import money

BANDS = ("none", "low", "moderate", "substantial", "critical")
"""FACS bands from least to greatest; a band is held as its place here."""

PENCE = ("pence", "pence a week", "pence a year", "pence a point a week", "pence an hour")
COUNTS = ("points", "count", "minutes", "days", "hours", "weeks", "months", "years")
SINGLES = (*PENCE, *COUNTS, "ratio", "flag", "band", "level", "choice")
TABLES = ("points by level", "ratio by level", "minutes by level")
CURVE = "pence a year by points"
CURVES = {CURVE: "pence a year", "pence a week by points": "pence a week"}
"""Lines from points to money, and what the money is."""
ALL = (*SINGLES, *TABLES, *CURVES)

_SINGULAR = {
    "points": "point",
    "minutes": "minute",
    "days": "day",
    "hours": "hour",
    "weeks": "week",
    "months": "month",
    "years": "year",
}
_AFTER = {
    "points": "points",
    "minutes": "minutes",
    "pence an hour": "an hour",
    "pence a week": "a week",
    "pence a year": "a year",
    "pence a point a week": "a week",
}


def figure(value: int, unit: str) -> str:
    """Write only the number: £12.00, 40, 0.95, Yes, substantial."""
    if unit in PENCE:
        return money.pounds(value)
    if unit == "ratio":
        return money.decimal(value)
    if unit == "flag":
        return "Yes" if value else "No"
    if unit == "band":
        return BANDS[value]
    return f"{value:,}".replace("-", "−")


def after(value: int, unit: str) -> str:
    """Say what follows the number: points, a week, or nothing."""
    return _SINGULAR[unit] if unit in _SINGULAR and value == 1 else _AFTER.get(unit, "")


def shown(value: int, unit: str) -> str:
    """Write a number on its own, as in a table: £12.00, 40 points, 0.95."""
    words = figure(value, unit)
    if unit in _SINGULAR:
        return f"{words} {_SINGULAR[unit] if value == 1 else unit}"
    return words

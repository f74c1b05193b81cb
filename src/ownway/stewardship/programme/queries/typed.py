"""How a number of the rules is shown to staff, and how it is typed in its own unit."""

from decimal import Decimal, InvalidOperation

from ownway.design.money import TooMuch, to_pence
from ownway.policy import money, numbers, units
from ownway.policy.numbers import MOST, Number, Value

PERCENT = money.RATIO // 100
UNITS = {
    "pence": "pounds",
    "pence a week": "pounds a week",
    "pence a year": "pounds a year",
    "pence a point a week": "pounds a point, a week",
    "pence a year by points": "pounds a year, by points",
    "pence a week by points": "pounds a week, by points",
    "ratio": "share",
    "ratio by level": "shares, by level",
    "flag": "yes or no",
}
_CHOICES = {
    "facs": "Fair Access to Care: four bands",
    "care_act": "As the Care Act 2014 has it",
    "protected_income": "One amount that everybody keeps",
    "fairer": "As Fairer Charging had it",
    "price": "One price for each point",
    "table": "A table from points to money",
    "component": "Hours of help, at a price an hour",
    "none": "Nothing",
    "nothing": "Nothing",
    "hours": "Hours of care",
    "means_test": "What a look at their money shows",
    "home": "As if at home",
    "care_home": "As in a care home",
}
_A_SHARE = Decimal(10)
"""At this many per cent in force, 0.95 typed without a sign could be 95% or 0.95%."""


def unit_of(number: Number) -> str:
    """What it is a number of, in words: pounds a week, share, days."""
    return UNITS.get(number.unit, number.unit)


def shown(value: Value, unit: str) -> str:
    """Write a value as staff read it: shares as 95%, the rest as the rules do."""
    if unit == "ratio" and isinstance(value, int):
        return percent(value)
    if unit == "choice" and isinstance(value, str):
        return choice(value)
    if unit == "ratio by level" and isinstance(value, tuple):
        return ", ".join(percent(one) for one in value if isinstance(one, int))
    return numbers.show(value, unit)


def choice(word: str) -> str:
    """A choice in words; one that has none here says its own."""
    return _CHOICES.get(word) or word.replace("_", " ").capitalize()


def percent(ratio: int) -> str:
    """Write ten-thousandths as 95% or 92.73%."""
    return f"{money.decimal(ratio * 100).removesuffix('.00')}%"


def hint(number: Number) -> str:
    """How to type it."""
    if number.unit in units.CURVES:
        money = unit_of(number).removesuffix(", by points")
        return f"One line for each: points = {money}, like 20 = £4,000"
    if number.unit in units.TABLES:
        like = "0%, 25%, 50%, 100%" if number.unit.startswith("ratio") else "0, 2, 4, 6, 8"
        return f"One for each level, least first, like {like}"
    if number.unit in units.PENCE:
        none = ", or none" if number.limits.get("may_be_none") else ""
        return f"In {unit_of(number)}, like £12.50{none}"
    return "Like 95%" if number.unit == "ratio" else f"A whole number of {number.unit}"


def _start_low(words: str) -> str:
    return (
        f"as {words[:1].lower()}{words[1:]}"
        if words.startswith("A ")
        else (f"{words[:1].lower()}{words[1:]}")
    )


def choices(number: Number) -> list[str]:
    """What may be chosen, where it is a word; empty where something is typed."""
    if number.unit == "choice":
        return [str(one) for one in number.limits.get("allowed", ())]
    if number.unit == "band":
        return list(units.BANDS)
    return ["yes", "no"] if number.unit == "flag" else []


def as_typed(number: Number) -> str:
    """The value as it would be typed."""
    if number.value is None:
        return ""
    if isinstance(number.value, str):
        return number.value
    if number.unit == "flag":
        return "yes" if number.value else "no"
    if number.unit in units.CURVES:
        return "\n".join(f"{x} = {money.pounds(y)}" for x, y in number.knots)
    if number.unit in units.TABLES:
        plain = number.unit.removesuffix(" by level")
        return ", ".join(shown(one, plain).split(" ")[0] for one in number.table)
    if number.unit in units.PENCE or number.unit == "ratio":
        return shown(number.value, number.unit)
    return str(numbers.as_written(number.value, number.unit))


def read(text: str, number: Number) -> object:
    """Read what was typed as a rule pack writes it.

    Raises:
        ValueError: it cannot be read; the message says how to type it.
    """
    text = text.strip().replace("\u2212", "-")
    try:
        return _read(text, number)
    except (ValueError, InvalidOperation, ArithmeticError) as wrong:
        plain = isinstance(wrong, Unclear | TooMuch)
        said = str(wrong) if plain else f"Enter it {_start_low(hint(number))}"
        raise ValueError(said) from wrong


class Unclear(ValueError):
    """What was typed could mean two things."""


def _read(text: str, number: Number) -> object:
    if number.unit in ("choice", "band"):
        return text
    if number.unit == "flag":
        return text == "yes"
    if number.unit in units.CURVES:
        return [_knot(line) for line in text.splitlines() if line.strip()]
    if number.unit in units.TABLES:
        return [_level(one, number.unit) for one in text.replace(";", ",").split(",")]
    if number.unit in units.PENCE:
        return "none" if text.lower() == "none" else to_pence(text)
    if number.unit == "ratio":
        return _share(text, in_force=number.value)
    return int(text.replace(",", ""))


def _knot(line: str) -> list[int]:
    points, _, pounds = line.replace("→", "=").replace(":", "=").partition("=")
    return [int(points.strip()), to_pence(pounds)]


def _level(text: str, unit: str) -> object:
    return _ratio(text) if unit.startswith("ratio") else int(text.strip())


def _share(text: str, *, in_force: Value) -> float:
    unsigned = not text.endswith("%")
    typed = Decimal(text.removesuffix("%").strip())
    usual = isinstance(in_force, int) and in_force != MOST and in_force / PERCENT >= _A_SHARE
    if unsigned and usual and "." in text and 0 < typed < 2:
        raise Unclear(f"Is that {typed * 100:f}% or {typed}%? Write it with the % sign")
    return _ratio(text)


def _ratio(text: str) -> float:
    typed = Decimal(text.strip().removesuffix("%").strip())
    if not typed.is_finite():
        raise ValueError("not a number")
    return float(typed / 100)

"""How old somebody is, and whether they have reached pension age, which goes by date of birth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

ADULT = 18
_ASK = "is not known yet. Give it, or a date of birth as born_on."


def clashes(known: Mapping[str, Any], pack: Pack, *, at: str = "") -> Iterator[Problem]:
    """Yield what is wrong with the age or date of birth given."""
    born_on = _born(known)
    if born_on is None:
        return
    age = years(born_on, on=pack.on)
    if not ADULT <= age <= 130:
        said = f"makes them {age} on {pack.on}. These rules are for adults."
        yield Problem(f"{at}born_on", said, "Check the date.")
    elif known.get("age", age) != age:
        yield Problem(f"{at}age", f"is {known['age']}, but by date of birth it is {age}.")


def wanted(known: Mapping[str, Any], pack: Pack, *, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the age if it is not known, or the date of birth where an age does not settle it."""
    if "born_on" in known:
        if is_pension_age(known, pack) is None:
            yield "settings.pension_age_months", "is not known for this date of birth."
    elif "age" not in known:
        yield f"{at}age", _ASK
    elif is_pension_age(known, pack) is None:
        said = f"is not known yet. At {known['age']}, pension age goes by the date of birth."
        yield f"{at}born_on", said


def age_of(known: Mapping[str, Any], pack: Pack) -> int | None:
    """Age in whole years on the day; None when it is not known."""
    born_on = _born(known)
    age: int | None = known.get("age") if born_on is None else years(born_on, on=pack.on)
    return age


def is_pension_age(known: Mapping[str, Any], pack: Pack) -> bool | None:
    """Whether pension age is reached on the day; None where what is known does not settle it.

    Source: Pensions Acts 1995, 2007, 2011 and 2014. Both ends of a year of birth must agree.
    """
    born_on = _born(known)
    if born_on is not None:
        return _reached(born_on, pack)
    if "age" not in known:
        return None
    answers = {_reached(day, pack) for day in _year_of_birth(known["age"], on=pack.on)}
    return answers.pop() if len(answers) == 1 else None


def years(born_on: date, *, on: date) -> int:
    """Whole years lived; a birthday counts from its first moment."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _born(known: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(known["born_on"]) if "born_on" in known else None


def _year_of_birth(age: int, *, on: date) -> tuple[date, date]:
    """The first and last day on which somebody of this age was born."""
    first = _add_months(on, -12 * (age + 1)) + timedelta(days=1)
    return first, _add_months(on, -12 * age)


def _reached(born_on: date, pack: Pack) -> bool | None:
    """A month that ends too soon for the day counts from its last day."""
    months = pack.number("pension_age_months").for_birth(born_on)
    return None if months is None else pack.on >= _add_months(born_on, months)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return day  # pragma: no cover  # every month has a 28th

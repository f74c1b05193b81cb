"""One field's typed words into values: numbers, dates, times, picked answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from ownway.design.questionnaire.answers import Values
from ownway.design.questionnaire.model import Coding, Item, Kind, Quantity, Value
from ownway.design.questionnaire.naming import MOST_ROWS
from ownway.design.telephones import NotATelephone, checked_phone

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
OTHER = "other"
HERE = ZoneInfo("Europe/London")
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Fault(Exception):
    """What was typed cannot be taken; says why, and which part of the field is wrong."""

    def __init__(self, message: str, *parts: str, anchor: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.parts = frozenset(parts)
        self.anchor = anchor


class Post:
    """The fields of a request, each a list of words; safe to ask for anything."""

    def __init__(self, raw: Mapping[str, Sequence[str]]) -> None:
        self._raw = raw

    def every(self, name: str) -> list[str]:
        """All that was sent under this name."""
        return [str(one) for one in self._raw.get(name, ())][:500]

    def last(self, name: str) -> str:
        """The last that was sent under this name."""
        found = self.every(name)
        return found[-1] if found else ""

    def shown(self, name: str) -> str:
        """What was typed, fit to be put back on the page."""
        return _UNSAFE.sub("", self.last(name))[: LONGEST_TEXT * 2]

    def __contains__(self, name: object) -> bool:
        return name in self._raw


def read(item: Item, name: str, post: Post) -> Values:
    """The clean answer to one question; empty when nothing was typed.

    Raises:
        Fault: it cannot be taken.
    """
    if item.options:
        values = _picked(item, name, post)
    elif item.repeats:
        found = (_one(item, slot, post) for slot in slots(name, post))
        values = tuple(value for value in found if value is not None)
    else:
        value = _one(item, name, post)
        values = () if value is None else (value,)
    most = item.limits.most
    if most and len(values) > most:
        raise Fault(f"Give {most} answers or fewer")
    if values and len(values) < (item.limits.fewest or 0):
        raise Fault(f"Give at least {item.limits.fewest} answers")
    return values


def slots(name: str, post: Post) -> list[str]:
    """The fields of a question that takes many answers: `name!0`, `name!1` and so on."""
    names = (f"{name}!{number}" for number in range(MOST_ROWS))
    return [slot for slot in names if any(slot + end in post for end in ("", "-day", "-unit"))]


def _one(item: Item, name: str, post: Post) -> Value | None:
    value = _READERS[item.kind](item, name, post)
    if value is not None:
        _refuse_outside(item, value)
    return value


def _refuse_outside(item: Item, value: Value) -> None:
    amount = value.value if isinstance(value, Quantity) else value
    low, high = (
        bound.value if isinstance(bound, Quantity) else bound
        for bound in (item.limits.lowest, item.limits.highest)
    )
    try:
        if low is not None and amount < low:  # type: ignore[operator]
            raise Fault(f"Enter {_said(low)} or more")
        if high is not None and amount > high:  # type: ignore[operator]
            raise Fault(f"Enter {_said(high)} or less")
    except TypeError:
        return


def _said(bound: Value) -> str:
    return f"{bound.day} {bound:%B %Y}" if isinstance(bound, date) else str(bound)


def _words(item: Item, name: str, post: Post) -> str | None:
    many_lines = item.kind is Kind.TEXT
    typed = _clean(post.last(name), many_lines=many_lines)
    longest = item.limits.length or (LONGEST_TEXT if many_lines else LONGEST_LINE)
    if len(typed) > longest:
        over = len(typed) - longest
        letters = "1 letter" if over == 1 else f"{over:,} letters"
        raise Fault(f"Use {longest:,} letters or fewer. You have {letters} too many")
    if typed and len(typed) < (item.limits.least_length or 0):
        raise Fault(f"Use at least {item.limits.least_length} letters")
    return (_telephone(typed) if item.limits.is_telephone else typed) or None


def _telephone(typed: str) -> str:
    try:
        return checked_phone(typed)
    except NotATelephone as wrong:
        raise Fault(str(wrong)) from wrong


def _clean(typed: str, *, many_lines: bool = False) -> str:
    if _UNSAFE.search(typed):
        raise Fault("There was a sign we cannot save. We took it out. Check your answer")
    typed = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    typed = typed.replace("\x0c", "\n")
    return typed.strip() if many_lines else " ".join(typed.split())


def _short(post: Post, name: str) -> str:
    """A number, date or time as typed, without spaces at its ends; never long."""
    typed = _clean(post.last(name)[:LONGEST_LINE])
    return typed.translate(str.maketrans("\N{MINUS SIGN}\N{EN DASH}", "--"))


def _yes_or_no(item: Item, name: str, post: Post) -> bool | None:
    typed = _short(post, name)
    if typed not in ("", "true", "false"):
        raise Fault("Choose yes or no")
    return typed == "true" if typed else None


def _integer(item: Item, name: str, post: Post) -> int | None:
    typed = _short(post, name).replace(",", "").replace(" ", "")
    if not typed:
        return None
    if not _WHOLE.fullmatch(typed):
        raise Fault("Enter a whole number, like 12")
    if len(typed) > 11 or not -(2**31) <= int(typed) < 2**31:
        raise Fault("This number is too long. Check it")
    return int(typed)


def _decimal(item: Item, name: str, post: Post) -> Decimal | None:
    typed = _short(post, name).replace(",", "").replace(" ", "")
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise Fault("Enter a number, like 12 or 12.5")
    digits = typed.lstrip("+-").replace(".", "")
    if len(digits) > 15:
        raise Fault("This number is too long. Check it")
    places = len(typed.partition(".")[2])
    if item.limits.decimals is not None and places > item.limits.decimals:
        raise Fault(f"Use {item.limits.decimals} numbers or fewer after the point")
    try:
        return Decimal(typed)
    except InvalidOperation as error:
        raise Fault("Enter a number, like 12 or 12.5") from error


def _quantity(item: Item, name: str, post: Post) -> Quantity | None:
    amount = _decimal(item, name, post)
    if amount is None:
        return None
    if not item.units:
        return Quantity(amount)
    unit = item.units[0] if len(item.units) == 1 else _unit(item, name, post)
    return Quantity(amount, unit=unit.words, system=unit.system, code=unit.code)


def _unit(item: Item, name: str, post: Post) -> Coding:
    picked = _short(post, f"{name}-unit")
    if picked.isascii() and picked.isdigit() and int(picked[:4]) < len(item.units):
        return item.units[int(picked[:4])]
    raise Fault("Choose what the number counts", "unit")


def _date(item: Item, name: str, post: Post) -> date | None:
    day, month, year = (_short(post, f"{name}-{part}") for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    gone = [p for p, v in (("day", day), ("month", month), ("year", year)) if not v]
    if gone:
        raise Fault(f"The date must have a {' and a '.join(gone)}", *gone)
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Fault("The year must have 4 numbers, like 2026", "year")
    if not 1850 <= int(year) <= 2199:
        raise Fault("Check the year", "year")
    return _real_date(day, _month(month), int(year))


def _month(typed: str) -> int:
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= 12:
        return int(typed)
    word = typed.lower()[:3]
    if len(typed) >= 3 and word in _MONTHS:
        return _MONTHS.index(word) + 1
    raise Fault("The month must be from 1 to 12", "month")


def _real_date(day: str, month: int, year: int) -> date:
    if not (day.isascii() and day.isdigit() and 1 <= int(day[:3]) <= 31):
        raise Fault("The day must be from 1 to 31", "day")
    try:
        return date(year, month, int(day))
    except ValueError as error:
        raise Fault("There is no such day in that month", "day", "month") from error


def _time(item: Item, name: str, post: Post) -> time | None:
    typed = _short(post, name).lower()
    if not typed:
        return None
    match = _CLOCK.fullmatch(typed)
    if not match or not (match["minute"] or match["half"]):
        raise Fault("Enter a time, like 9:30am or 14:00", "time")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise Fault("Enter a time, like 9:30am or 14:00", "time")
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Fault("Enter a time, like 9:30am or 14:00", "time")
    return time(hour, minute)


def _datetime(item: Item, name: str, post: Post) -> date | None:
    day = _date(item, name, post)
    clock = _time(item, f"{name}-time", post)
    if clock and not day:
        raise Fault("Enter the date too", "day", "month", "year")
    return datetime.combine(day, clock, HERE) if day and clock else day


def _picked(item: Item, name: str, post: Post) -> Values:
    """The options chosen by their place in the list, and the words written beside them."""
    picked = [one for one in post.every(name) if one]
    own = _clean(post.last(f"{name}-{OTHER}")) if item.kind is Kind.OPEN_CHOICE else ""
    if len(own) > (item.limits.length or LONGEST_LINE):
        raise Fault(f"Use {item.limits.length or LONGEST_LINE:,} letters or fewer", OTHER)
    wants_own = OTHER in picked and item.kind is Kind.OPEN_CHOICE
    if wants_own and not own:
        raise Fault("Say what it is", OTHER)
    options = [_option(item, one) for one in dict.fromkeys(picked) if one != OTHER or not wants_own]
    values: list[Value] = [item.options[number].value for number in sorted(set(options))]
    if own and (wants_own or not picked):
        values.append(own)
    if len(values) > 1 and not item.repeats:
        raise Fault("Choose one answer only")
    if len(values) > 1 and any(item.options[number].exclusive for number in options):
        alone = next(item.options[n].words for n in options if item.options[n].exclusive)
        raise Fault(f"Tick “{alone}” or other answers, not both")
    return tuple(values)


def _option(item: Item, picked: str) -> int:
    if picked.isascii() and picked.isdigit() and int(picked[:5]) < len(item.options):
        return int(picked[:5])
    raise Fault("Choose one of the answers listed")


_READERS: Mapping[Kind, Callable[[Item, str, Post], Value | None]] = {
    Kind.BOOLEAN: _yes_or_no,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.QUANTITY: _quantity,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
    Kind.STRING: _words,
    Kind.TEXT: _words,
}

"""How times, prices and checks read: "Thu 10:00 to 12:00", "£17.00 an hour", "1st Tue, 18:30"."""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Final

from ownway.community.directory.models import Cost, Times
from ownway.community.directory.models.details import DAYS
from ownway.design.dates import plain_date
from ownway.design.money import pounds

NAMES: Final = dict(zip(DAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
NTH: Final = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th", "-1": "Last"}
SHORT: Final = 90


def is_in_force(part: Times | Cost, on: date) -> bool:
    """Say whether times or a cost hold on a day."""
    return (part.valid_from is None or part.valid_from <= on) and (
        part.valid_to is None or on <= part.valid_to
    )


def all_times(found: Iterable[Times], on: date) -> list[str]:
    """Each of the times that hold on a day, in words."""
    words = [time_words(times) for times in found if is_in_force(times, on)]
    return list(dict.fromkeys(text for text in words if text))


def all_prices(found: Iterable[Cost], on: date) -> list[str]:
    """Each of the prices that hold on a day, in words."""
    words = [price_words(cost) for cost in found if is_in_force(cost, on)]
    return list(dict.fromkeys(text for text in words if text))


def time_words(times: Times) -> str:
    """Thu 10:00 to 12:00; 1st Tue, 18:30; or what its owner wrote."""
    days = _days(times)
    open_from = hours(times.opens_at, times.closes_at)
    if days and open_from:
        by_the_week = times.days and not times.monthly
        text = f"{days} {open_from}" if by_the_week else f"{days}, {open_from}"
        return f"{text}, {times.words}" if _adds(times.words) else text
    return times.words or days or open_from


def _adds(words: str) -> bool:
    return 0 < len(words) <= SHORT


def _days(times: Times) -> str:
    if times.monthly and not times.days and times.month_days:
        return f"Day {times.month_days.replace(',', ', ')} of the month"
    parts = [part for part in times.days.split(",") if part]
    if not parts and times.starts_on:
        return plain_date(times.starts_on)
    if times.monthly or any(re.match(r"-?\d", part) for part in parts):
        return " and ".join(_nth_day(part) for part in parts)
    text = _day_span([day for day in DAYS if day in parts])
    if times.interval == 2 and text:
        return f"Every other {text}"
    return text


def _nth_day(part: str) -> str:
    found = re.fullmatch(r"([+-]?\d+)?([A-Z]{2})", part)
    if not found:
        return part
    which, day = found[1] or "", NAMES.get(found[2], found[2])
    return f"{NTH.get(which.lstrip('+'), which)} {day}".strip()


def _day_span(days: list[str]) -> str:
    if not days:
        return ""
    places = [DAYS.index(day) for day in days]
    if len(days) == 7:
        return "Every day"
    if len(days) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{NAMES[days[0]]} to {NAMES[days[-1]]}"
    names = [NAMES[day] for day in days]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def hours(opens: time | None, closes: time | None) -> str:
    """10:00 to 12:00; 18:30 when nobody says until when."""
    if opens is None:
        return ""
    return f"{opens:%H:%M} to {closes:%H:%M}" if closes else f"{opens:%H:%M}"


def price_words(cost: Cost) -> str:
    """£17.00 an hour; Free; £35.00 each session (over 60s)."""
    whom = f" ({cost.whom})" if cost.whom else ""
    if cost.pence is None:
        return f"{cost.each}{whom}".strip()
    if cost.pence == 0:
        return f"Free{f' {cost.each}' if cost.each else ''}{whom}"
    return f"{pounds(cost.pence)} {cost.each}".strip() + whom

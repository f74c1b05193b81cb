"""Which times fall on a day, and in a part of it."""

from datetime import date, time, timedelta
from typing import Final

from django.db.models import DateField, F, Func, IntegerField, Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from ownway.community.directory.models.details import DAYS

# A night runs on past midnight; the others end where the next begins.
PARTS: Final = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(23)),
    "night": (time(23), time(6)),
}


def on_weekday(day: str) -> Q:
    """Times of a weekday: each week, or each month on one of that name."""
    return Q(days__contains=day)


def on_day(day: date) -> Q:
    """Times that fall on a day of the calendar: by the week, by the month, or once."""
    name = DAYS[day.weekday()]
    weekly = Q(monthly=False, days__regex=rf"(^|,){name}(,|$)") & _in_turn(day)
    which = [str((day.day - 1) // 7 + 1)]
    if (day + timedelta(days=7)).month != day.month:
        which.append("-1")
    numbers = "|".join(which)
    monthly = Q(days__regex=rf"(^|,)\+?({numbers}){name}(,|$)") | Q(
        monthly=True, month_days__regex=rf"(^|,){day.day}(,|$)"
    )
    again = (weekly | monthly) & (Q(starts_on=None) | Q(starts_on__lte=day))
    once = Q(days="", month_days="", starts_on=day)
    return (again | once) & in_force(day)


def in_force(day: date) -> Q:
    """Times or prices that hold on a day."""
    return in_force_through("", day)


def in_force_through(parts: str, day: date) -> Q:
    """Entries with times or prices that hold on a day, by the name of those parts."""
    name = f"{parts}__" if parts else ""
    begun = Q(**{f"{name}valid_from": None}) | Q(**{f"{name}valid_from__lte": day})
    return begun & (Q(**{f"{name}valid_to": None}) | Q(**{f"{name}valid_to__gte": day}))


def _in_turn(day: date) -> Q:
    """Every week, or every other one counted from the week it began."""
    began = Func(Value("week"), F("starts_on"), function="date_trunc", output_field=DateField())
    weeks = Func(
        Value(day - timedelta(days=day.weekday())),
        began,
        template="((%(expressions)s::date) / 7)",
        arg_joiner="::date - ",
        output_field=IntegerField(),
    )
    turn = Exact(Mod(weeks, F("interval")), Value(0))
    return Q(interval__lte=1) | Q(starts_on=None) | Q(turn)


def in_part(part: str) -> Q:
    """Times that are open for some of a part of the day, over midnight too."""
    start, end = PARTS[part]
    if start > end:
        by_night = Q(opens_at__gte=start) | Q(opens_at__lt=end) | Q(closes_at__gt=start)
        return by_night | _over_midnight()
    by_day = Q(opens_at__lt=end) & (Q(closes_at__gt=start) | Q(closes_at=None, opens_at__gte=start))
    over = _over_midnight() & (Q(opens_at__lt=end) | Q(closes_at__gt=start))
    return by_day | over


def _over_midnight() -> Q:
    return Q(closes_at__lt=F("opens_at"))

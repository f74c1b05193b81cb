"""On which days money starts, is paid, and counts."""

from datetime import date, timedelta

from ownway.foundation.council import clock

WEEK = timedelta(days=7)
FOUR_WEEKS = timedelta(days=28)
CATCH_UP = timedelta(days=56)


def first_monday(agreed_on: date, *, at_least: int) -> date:
    """The first Monday at least so many days after a day."""
    earliest = agreed_on + timedelta(days=at_least)
    return earliest + timedelta(days=-earliest.weekday() % 7)


def pay_day(starts_on: date) -> date:
    """The day money is sent for four weeks: their first, or the working day before a holiday."""
    closed = clock.bank_holidays()
    day = starts_on
    while day.weekday() > 4 or day in closed:
        day -= timedelta(days=1)
    return day


def period_start(first: date, *, on: date) -> date:
    """The first day of the four weeks that a day is in, counted from the first of all."""
    return first + FOUR_WEEKS * ((on - first).days // 28)


def mondays(first: date, *, since: date, until: date, step: timedelta = WEEK) -> list[date]:
    """The days from the first of all, a step apart, that lie between two days, both included."""
    days, day = [], first
    while day <= until:
        if day >= since:
            days.append(day)
        day += step
    return days

"""How dates and times read. Times are shown as the clock on the council's wall shows them."""

from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def long_date(value: date | datetime | None) -> str:
    """Friday 30 January 2026."""
    if value is None:
        return "–"
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B %Y}"


def plain_date(value: date | datetime | None) -> str:
    """30 January 2026."""
    if value is None:
        return "–"
    day = _day(value)
    return f"{day.day} {day:%B %Y}"


def day_and_month(value: date | datetime | None) -> str:
    """Friday 30 January."""
    if value is None:
        return "–"
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B}"


def short_date(value: date | datetime | None) -> str:
    """Fri 30 Jan."""
    if value is None:
        return "–"
    day = _day(value)
    return f"{day:%a} {day.day} {day:%b}"


def iso_day(value: date | datetime) -> str:
    """2026-01-30, as machines read it."""
    return _day(value).isoformat()


def clock_time(value: datetime) -> str:
    """09:30."""
    return f"{timezone.localtime(value):%H:%M}"


def plain_time(value: datetime) -> str:
    """3:10pm, as residents read it."""
    local = timezone.localtime(value)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def short_moment(value: datetime | None) -> str:
    """Fri 30 Jan 09:30."""
    return "–" if value is None else f"{short_date(value)} {clock_time(value)}"


def age_on(born: date | None, on: date) -> int | None:
    """Whole years of age on a day; nothing when the birth date is not known."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def time_between(start: datetime, end: datetime) -> str:
    """How long it took, in the largest unit that says enough: 40 minutes, 30 hours, 24 days."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{hours // 24} days"


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later (or earlier), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

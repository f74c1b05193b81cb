"""The hour by which something that was promised is done."""

from datetime import datetime, time

from django.utils import timezone

from ownway.foundation.council import actions as council


def end_of_working_day(at: datetime, *, days: int) -> datetime:
    """Five o'clock on the day so many working days after a moment."""
    day = council.working_days_after(timezone.localtime(at).date(), days)
    return timezone.make_aware(datetime.combine(day, time(17)))

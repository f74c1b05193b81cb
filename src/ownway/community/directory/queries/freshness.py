"""When an entry is next to be checked, and when its round climbs on. Days are dated settings."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from ownway.community.directory.models import Entry, Round, Rung
from ownway.community.directory.models.entries import OWN, SHOWN
from ownway.foundation.council import queries as council

# The setting that says how long a rung lasts before the next is climbed.
LASTS: Final = {
    Rung.FIRST: "directory_chaser_days",
    Rung.SECOND: "directory_chaser_days",
    Rung.THIRD: "directory_volunteer_days",
    Rung.VOLUNTEER: "directory_flag_days",
    Rung.FLAGGED: "directory_notice_after_days",
    Rung.NOTICE: "directory_notice_days",
}


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_due(checked_on: date | None, *, on: date) -> date | None:
    """When an entry is due for its next check; nothing when it never was checked: it is due now."""
    if checked_on is None:
        return None
    return months_after(checked_on, council.setting("directory_check_months", on))


def checked_too_long_ago(on: date) -> date:
    """The latest day on which an entry that is due today can have been checked."""
    months = council.setting("directory_check_months", on)
    day = months_after(on, -months)
    is_last = on.day == calendar.monthrange(on.year, on.month)[1]
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) if is_last else day


def kept_here(found: QuerySet[Entry] | None = None) -> QuerySet[Entry]:
    """Our own entries that are shown, or hidden only because nobody checked them.

    Those of a feed are checked where the feed is made.
    """
    hidden_for_that = Q(hidden_for=[]) | Q(hidden_for=["not checked"])
    entries = Entry.objects.all() if found is None else found
    return entries.filter(hidden_for_that, source__name=OWN, status__in=SHOWN)


def due(on: date) -> QuerySet[Entry]:
    """Entries that are due for a check, the longest unchecked first."""
    late = Q(checked_on=None) | Q(checked_on__lte=checked_too_long_ago(on))
    return kept_here().filter(late).order_by(F("checked_on").asc(nulls_first=True), "name", "pk")


def climbs_on(one: Round) -> date:
    """The day on which a round climbs to its next rung, unless somebody checks the entry."""
    day = localdate(one.rung_at)
    name = LASTS.get(Rung(one.rung))
    return day + timedelta(days=council.setting(name, day)) if name else day


@dataclass(frozen=True)
class Ahead:
    """A rung as a keeper sees it: when it was reached or will be, or that it was passed over."""

    rung: Rung
    on: date
    is_reached: bool
    is_passed_over: bool
    words: list[str]


def ladder(one: Round) -> list[Ahead]:
    """Every rung of a round, with what was done and when the rest falls due."""
    steps = list(one.steps.all())
    day, found = one.due_on, []
    for rung in Rung:
        done = [step for step in steps if step.rung == rung]
        if rung <= one.rung:
            day = localdate(done[0].at) if done else day
        elif rung - 1 in LASTS:
            start = localdate(one.rung_at) if rung - 1 == one.rung else day
            day = start + timedelta(days=council.setting(LASTS[Rung(rung - 1)], start))
        reached = bool(done) or rung in (Rung.DUE, one.rung)
        passed = rung < one.rung and not reached
        found.append(Ahead(rung, day, reached, passed, [step.words for step in done]))
    return found

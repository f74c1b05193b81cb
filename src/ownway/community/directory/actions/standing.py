"""How an entry stands: its mark, its stars, and whether it is in sight. Others judge it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ownway.community.directory.models import Entry, HiddenFor, Mark


@transaction.atomic
def set_mark(entry: Entry, *, mark: Mark, until: date | None, at: datetime) -> Entry:
    """Give an entry its mark until a day, or take it away."""
    if (mark == Mark.NONE) != (until is None):
        raise ValueError("A mark has an end, and no mark has none")
    return _keep(entry, at=at, mark=mark, mark_until=until)


@transaction.atomic
def set_stars(entry: Entry, *, stars: Decimal | None, count: int, at: datetime) -> Entry:
    """Say what people's ratings come to, and how many there are: one is not shown without both."""
    if (stars is None) != (count == 0):
        raise ValueError("Stars come of ratings, and ratings come to stars")
    return _keep(entry, at=at, stars=stars, rated_by=count)


@transaction.atomic
def hide(entry: Entry, *, because: HiddenFor, at: datetime) -> Entry:
    """Keep an entry out of sight for a reason, beside any other there is."""
    reasons = sorted({*_locked(entry).hidden_for, str(because)})
    return _keep(entry, at=at, hidden_for=reasons)


@transaction.atomic
def show_again(entry: Entry, *, because: HiddenFor, at: datetime) -> Entry:
    """Lift one reason; the entry is in sight once none is left."""
    reasons = [one for one in _locked(entry).hidden_for if one != because]
    return _keep(entry, at=at, hidden_for=reasons)


def _locked(entry: Entry) -> Entry:
    return Entry.objects.select_for_update(of=("self",)).only("hidden_for").get(pk=entry.pk)


def _keep(entry: Entry, *, at: datetime, **values: object) -> Entry:
    """Keep these values, and that the entry changed: feeds are read by what changed since."""
    Entry.objects.filter(pk=entry.pk).update(changed_at=at, **values)
    for name, value in {"changed_at": at, **values}.items():
        setattr(entry, name, value)
    return entry

"""What the directory learns from use, without who used it."""

import re
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from ownway.community.directory.models import Entry, Mistake, NotFound
from ownway.community.directory.queries.asked import NOISE
from ownway.community.directory.queries.places import Spot
from ownway.community.directory.queries.spelling import folded
from ownway.foundation.council import queries as council
from ownway.foundation.council.access import POWERS, require
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Staff
from ownway.foundation.record.actions import finish_tasks, give_task

MOST_WORDS: Final = 5
MOST_LETTERS: Final = 60
MISTAKE: Final = "directory.mistake"
DAY_ENDS: Final = time(17)


def note_not_found(words: str, *, need: str, near: Spot | None, on: date) -> None:
    """Count a search that found nothing: its plain words, the need, and the postcode's district.

    A word with a digit or a sign in it is left out, and so is a search of many words: it tells
    a story, and a story can be about somebody.
    """
    plain = plain_words(words)
    if not plain and not need:
        return
    district = near.postcode.split(" ")[0] if near else ""
    row, is_new = NotFound.objects.get_or_create(
        month=on.replace(day=1), words=plain, need=need, district=district
    )
    if not is_new:
        NotFound.objects.filter(pk=row.pk).update(times=F("times") + 1)


def plain_words(words: str) -> str:
    """Small letters, in the order of the alphabet, without those that say nothing."""
    pieces = [piece.strip(".,;:!?\"'()") for piece in folded(words).split()]
    kept = sorted({p for p in pieces if re.fullmatch(r"[a-z]+", p) and p not in NOISE})
    text = " ".join(kept)
    is_short = len(pieces) <= 2 * MOST_WORDS and len(kept) <= MOST_WORDS
    return text if is_short and len(text) <= MOST_LETTERS else ""


@transaction.atomic
def tell_mistake(entry: Entry, *, about: str, words: str, at: datetime) -> Mistake:
    """Keep what somebody says is wrong; it is a task for who keeps the directory.

    The same told twice within the day, as by a second press, is one.
    """
    Entry.objects.select_for_update().get(pk=entry.pk)
    same = Mistake.objects.filter(
        entry=entry, about=about, words=words, settled_at=None, told_at__date=at.date()
    ).first()
    if same:
        return same
    mistake = Mistake.objects.create(entry=entry, about=about, words=words, told_at=at)
    days = council.rules(at.date()).value("mistake_days")
    give_task(
        MISTAKE,
        person=None,
        words=f"Someone says {entry.name} is wrong: {mistake.get_about_display().lower()}",
        owner=_keeper(),
        due_at=datetime.combine(working_days_after(at.date(), days), DAY_ENDS, at.tzinfo),
        at=at,
        address=reverse("directory-mistakes"),
        subject=str(entry.key),
    )
    return mistake


@transaction.atomic
def settle_mistake(mistake: Mistake, *, by: Staff, at: datetime) -> None:
    """The entry is looked at and right again; the task ends with the last that was told of it."""
    require(by.sign_in, "directory.keep")
    Mistake.objects.filter(pk=mistake.pk, settled_at=None).update(settled_at=at)
    if not Mistake.objects.filter(entry=mistake.entry_id, settled_at=None).exists():
        finish_tasks(MISTAKE, person=None, by=by.sign_in, at=at, subject=str(mistake.entry.key))


def _keeper() -> Staff:
    """Of those who keep the directory, the one with the fewest open tasks of this kind."""
    still_open = Count("tasks", filter=Q(tasks__kind=MISTAKE, tasks__done_at=None))
    keepers = council.staff_members().filter(role__in=POWERS["directory.keep"])
    found = keepers.annotate(now_open=still_open).order_by("now_open", "pk").first()
    if found is None:
        raise LookupError("Nobody keeps the directory in this council")
    return found

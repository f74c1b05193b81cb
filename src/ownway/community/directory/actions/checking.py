"""Checks by volunteers: taken, answered, let go; and owners asked what people say is wrong."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from ownway.community.directory import access
from ownway.community.directory.actions import freshness, telling
from ownway.community.directory.models import Check, Entry, Mistake, Rung
from ownway.community.directory.queries import freshness as due
from ownway.community.directory.queries import keeping
from ownway.foundation.council import access as council
from ownway.foundation.council import queries as settings
from ownway.foundation.council.models import SignIn, Staff

MOST_AT_ONCE: Final = 5
Answer = Check.Answer


class CannotCheck(Exception):
    """It cannot be done as things stand now; the message says why."""


def take(entry: Entry, *, by: SignIn, at: datetime) -> Check:
    """Take an entry that is due, to find out whether it is right.

    Raises:
        PermissionDenied: `by` may not check entries.
        CannotCheck: it is not due, somebody else has it, or they have enough.
    """
    by = access.require_check(by)
    mine = Check.objects.filter(taken_by=by, answered_at=None, let_go_at=None)
    if same := mine.filter(entry=entry).first():
        return same
    if mine.count() >= MOST_AT_ONCE:
        raise CannotCheck(f"You have {MOST_AT_ONCE} checks to do. Answer one of them first")
    if not due.due(localdate(at)).filter(pk=entry.pk).exists():
        raise CannotCheck("This one has been checked already. Thank you all the same")
    try:
        with transaction.atomic():
            freshness.round_of(entry, at=at)
            return Check.objects.create(entry=entry, taken_by=by, taken_at=at, due_on=_due_on(at))
    except IntegrityError as taken:
        raise CannotCheck("Somebody else has just taken this one. Choose another") from taken


def _due_on(at: datetime) -> date:
    days = settings.setting("directory_check_days", localdate(at))
    return localdate(at) + timedelta(days=days)


@transaction.atomic
def answer(check: Check, *, says: str, way: str, words: str, by: SignIn, at: datetime) -> Check:
    """Keep what a volunteer found, and act on it.

    Raises:
        CannotCheck: it was answered or went back to the list meanwhile.
    """
    check = Check.objects.select_for_update(of=("self",)).select_related("entry").get(pk=check.pk)
    if check.taken_by_id != by.pk or check.answered_at or check.let_go_at:
        raise CannotCheck("This check is not yours any more: it was answered, or its time was up")
    check.answer, check.way, check.words, check.answered_at = says, way, words, at
    check.save(update_fields=["answer", "way", "words", "answered_at"])
    if says == Answer.RIGHT:
        freshness.checked(check.entry, on=localdate(at), who="a volunteer", by=by, at=at)
    elif says == Answer.CHANGED:
        _report(check, at=at)
    else:
        one = freshness.round_of(check.entry, at=at)
        freshness.step(one, "A volunteer could not find out", at=at)
    return check


def _report(check: Check, *, at: datetime) -> None:
    """Remind the owner of what a volunteer found, and let a keeper see to it."""
    entry = check.entry
    one = freshness.round_of(entry, at=at)
    address = telling.tell_owner(
        entry,
        subject=f"{entry.name}: somebody says that your entry has changed",
        says=[
            f"One of our volunteers looked at your entry. {telling.last_checked(entry)}",
            f"They say: {check.words}",
            "Please put your entry right.",
        ],
        key=f"check:{check.pk}",
        at=at,
    )
    told = f"we wrote to {address}" if address else "we have no e-mail address of its owner"
    if one.rung < Rung.VOLUNTEER:
        one.rung, one.rung_at = Rung.VOLUNTEER, at
        one.save(update_fields=["rung", "rung_at"])
    freshness.step(one, f"A volunteer says: {check.words[:280]}; {told}", at=at)
    telling.give_keeper(
        "reported",
        words=f"A volunteer says that {entry.name} has changed",
        address=keeping.address_of_entry(entry),
        subject=f"entry:{entry.pk}",
        at=at,
    )


@transaction.atomic
def let_go(check: Check, *, by: SignIn, at: datetime) -> None:
    """Put a check back on the list."""
    mine = Check.objects.filter(pk=check.pk, taken_by=by, answered_at=None, let_go_at=None)
    mine.update(let_go_at=at)


def let_go_late(*, at: datetime) -> int:
    """Put back what was taken and not answered in time; says how many."""
    open_checks = Check.objects.filter(answered_at=None, let_go_at=None)
    return open_checks.filter(due_on__lt=localdate(at)).update(let_go_at=at)


@transaction.atomic
def ask_owner(mistake: Mistake, *, by: Staff, at: datetime) -> str:
    """Write to the owner of an entry that somebody says is wrong; says to which address, if any.

    Raises:
        PermissionDenied: `by` does not keep the directory.
    """
    council.require(by.sign_in, "directory.keep")
    entry = mistake.entry
    return telling.tell_owner(
        entry,
        subject=f"{entry.name}: somebody says that your entry is wrong",
        says=[
            f"Somebody told us of: {mistake.get_about_display().lower()}.",
            mistake.words or "They did not say more.",
            "Please look, and put your entry right.",
        ],
        key=f"mistake:{mistake.pk}",
        at=at,
    )

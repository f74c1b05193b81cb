"""Rounds of checking: opened when an entry falls due, climbed rung by rung, ended by a check.

A rung is climbed by a job once the days of the one before are past, never two at once: when the
clock jumps, an owner still has all the days between two messages.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from ownway.community.directory.actions import publishing, standing, telling
from ownway.community.directory.models import Change, Check, Entry, HiddenFor, Round, Rung, Step
from ownway.community.directory.queries import freshness, keeping
from ownway.design.dates import plain_date
from ownway.foundation.council import access as council
from ownway.foundation.council import queries as settings
from ownway.foundation.council.models import SignIn, Staff

AT_ONCE: Final = 500
End = Round.End


class CannotStop(Exception):
    """The round is over."""


def climb(*, at: datetime) -> int:
    """Open the rounds that are due and climb those whose days are past; says how many moved."""
    return open_rounds(at=at) + sum(_climb(pk, at=at) for pk in _open_rounds())


@transaction.atomic
def open_rounds(*, at: datetime) -> int:
    """Open a round for each entry that has fallen due, some hundreds at a time."""
    on = localdate(at)
    rounds = Round.objects.filter(entry=OuterRef("pk"))
    held = rounds.filter(Q(ended_at=None) | Q(ended_for=End.STOPPED, next_on__gt=on))
    found = freshness.due(on).exclude(Exists(held)).only("pk", "checked_on")[:AT_ONCE]
    opened = Round.objects.bulk_create(
        [_opened(entry, on=on, at=at) for entry in found], ignore_conflicts=True
    )
    return len(opened)


def _opened(entry: Entry, *, on: date, at: datetime) -> Round:
    due_on = freshness.next_due(entry.checked_on, on=on) or on
    return Round(entry=entry, due_on=due_on, opened_at=at, rung_at=at)


def round_of(entry: Entry, *, at: datetime) -> Round:
    """The open round of an entry that is due; opened when the job has not yet."""
    found = Round.objects.filter(entry=entry, ended_at=None).first()
    if found is None:
        found = _opened(entry, on=localdate(at), at=at)
        found.save()
    return found


def _open_rounds() -> list[int]:
    return list(Round.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _climb(pk: int, *, at: datetime) -> bool:
    """Climb one rung if its day has come; while a change waits for us, the owner has answered."""
    one = (
        Round.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("entry__owner__organisation")
        .filter(pk=pk, ended_at=None)
        .first()
    )
    if one is None:
        return False
    if not freshness.kept_here().filter(pk=one.entry_id).exists():
        _end(one, End.LEFT, at=at)
        return True
    waits = Change.objects.filter(entry=one.entry, state=Change.State.SENT).exists()
    if one.rung == Rung.HIDDEN or waits or localdate(at) < freshness.climbs_on(one):
        return False
    one.rung, one.rung_at = one.rung + 1, at
    one.save(update_fields=["rung", "rung_at"])
    step(one, DOES[Rung(one.rung)](one, at), at=at)
    return True


def step(one: Round, words: str, *, at: datetime) -> None:
    """Write down what was done in a round."""
    Step.objects.create(round=one, rung=one.rung, at=at, words=words[:400])


def _ask_owner(one: Round, at: datetime) -> str:
    entry = one.entry
    often = {Rung.FIRST: "", Rung.SECOND: " (second time)", Rung.THIRD: " (last time)"}
    address = telling.tell_owner(
        entry,
        subject=f"{entry.name}: is your entry still right?{often[Rung(one.rung)]}",
        says=[
            f"{entry.name} is in the directory of {settings.identity().name}. People choose by it.",
            f"{telling.last_checked(entry)} Please look if all of it is still right.",
        ],
        key=f"round:{one.pk}:{one.rung}",
        at=at,
    )
    if address:
        return f"We wrote to {address}"
    if one.rung == Rung.FIRST:
        _give_call(one, at=at)
    return "We have no e-mail address of its owner, so nothing was sent"


def _give_call(one: Round, *, at: datetime) -> None:
    telling.give_keeper(
        "call",
        words=f"Call the owner of {one.entry.name}: we have no e-mail address",
        address=keeping.address_of_entry(one.entry),
        subject=f"round:{one.pk}",
        at=at,
    )


def _ask_volunteers(one: Round, at: datetime) -> str:
    return "Nobody answered. Volunteers are asked to check it"


def _flag(one: Round, at: datetime) -> str:
    _set(one.entry, at=at, flagged_on=localdate(at))
    return "Everybody who looks at it is told that it was not checked"


def _give_notice(one: Round, at: datetime) -> str:
    hidden_on = freshness.climbs_on(one)
    entry = one.entry
    address = telling.tell_owner(
        entry,
        subject=f"{entry.name} will be taken out of the directory",
        says=[
            f"{telling.last_checked(entry)} We asked you three times if it is still right.",
            f"Unless you check it, nobody will see it from {plain_date(hidden_on)}.",
        ],
        key=f"round:{one.pk}:{one.rung}",
        at=at,
    )
    telling.give_keeper(
        "hide",
        words=f"{entry.name} will be hidden on {plain_date(hidden_on)}: call its owner",
        address=keeping.address_of_entry(entry),
        subject=f"round:{one.pk}",
        at=at,
    )
    told = f"We wrote to {address}" if address else "We have no e-mail address of its owner"
    return f"{told}. It will be hidden on {plain_date(hidden_on)}"


def _hide(one: Round, at: datetime) -> str:
    standing.hide(one.entry, because=HiddenFor.NOT_CHECKED, at=at)
    return "It is hidden. It comes back when somebody checks it"


DOES: Final[Mapping[Rung, Callable[[Round, datetime], str]]] = {
    Rung.FIRST: _ask_owner,
    Rung.SECOND: _ask_owner,
    Rung.THIRD: _ask_owner,
    Rung.VOLUNTEER: _ask_volunteers,
    Rung.FLAGGED: _flag,
    Rung.NOTICE: _give_notice,
    Rung.HIDDEN: _hide,
}


@transaction.atomic
def checked(entry: Entry, *, on: date, who: str, by: SignIn | None, at: datetime) -> None:
    """Keep that an entry was checked: its round is over, and whoever missed it sees it again."""
    entry = publishing.lock(entry)
    newest = on if entry.checked_on is None else max(entry.checked_on, on)
    _set(entry, at=at, checked_on=newest, checked_by=who, flagged_on=None)
    standing.show_again(entry, because=HiddenFor.NOT_CHECKED, at=at)
    for one in Round.objects.filter(entry=entry, ended_at=None):
        step(one, f"Checked by {who}", at=at)
        _end(one, End.CHECKED, at=at, by=by)
    Check.objects.filter(entry=entry, answered_at=None, let_go_at=None).update(let_go_at=at)
    telling.finish("reported", subject=f"entry:{entry.pk}", by=by, at=at)


def _end(one: Round, end: End, *, at: datetime, by: SignIn | None = None) -> None:
    one.ended_at, one.ended_for = at, end
    one.save(update_fields=["ended_at", "ended_for"])
    for kind in ("call", "hide"):
        telling.finish(kind, subject=f"round:{one.pk}", by=by, at=at)


@transaction.atomic
def stop(one: Round, *, until: date, because: str, by: Staff, at: datetime) -> None:
    """Stop a round for a reason, until a day; what it did to the entry is undone.

    Raises:
        PermissionDenied: `by` does not keep the directory.
        CannotStop: it is over.
    """
    council.require(by.sign_in, "directory.keep")
    one = Round.objects.select_for_update(of=("self",)).select_related("entry").get(pk=one.pk)
    if one.ended_at is not None:
        raise CannotStop("This round is over")
    one.because, one.stopped_by, one.next_on = because, by, until
    one.save(update_fields=["because", "stopped_by", "next_on"])
    step(one, f"Stopped by {by.name}: {because}", at=at)
    _end(one, End.STOPPED, at=at, by=by.sign_in)
    _set(one.entry, at=at, flagged_on=None)
    standing.show_again(one.entry, because=HiddenFor.NOT_CHECKED, at=at)


def _set(entry: Entry, *, at: datetime, **values: object) -> None:
    Entry.objects.filter(pk=entry.pk).update(changed_at=at, **values)


def turn_days(*, at: datetime) -> int:
    """Show what has come to its first day and hide what is past its last; says how many."""
    on = localdate(at)
    early = Q(shown_from__gt=on)
    late = Q(shown_until__lt=on) | Q(last_day__lt=on)
    waits, over = Q(hidden_for__contains=["not yet"]), Q(hidden_for__contains=["over"])
    wrong = (early & ~waits) | (~early & waits) | (late & ~over) | (~late & over)
    return sum(
        _turn(pk, on=on, at=at) for pk in Entry.objects.filter(wrong).values_list("pk", flat=True)
    )


@transaction.atomic
def _turn(pk: int, *, on: date, at: datetime) -> bool:
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=pk)
    reasons = publishing.hidden_by_day(entry, on=on)
    if reasons == entry.hidden_for:
        return False
    _set(entry, at=at, hidden_for=reasons)
    return True


def next_year(on: date) -> date:
    """How long a round is stopped unless a keeper says otherwise."""
    return on + timedelta(days=365)

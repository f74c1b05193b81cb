"""What an owner says of an entry: begun, saved part by part, sent, and answered by a keeper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils.timezone import localdate

from ownway.community.directory.actions import freshness, publishing, telling
from ownway.community.directory.models import Change, Entry, Owner, Source, Version
from ownway.community.directory.models.entries import OWN
from ownway.community.directory.queries import content as contents
from ownway.community.directory.queries import keeping
from ownway.community.directory.queries.publishing import HOUSE
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Organisation, SignIn, Staff

State = Change.State
OPEN = (State.DRAFT, State.SENT)


class CannotChange(Exception):
    """It cannot be done as the change stands now; the message says what to do."""


@transaction.atomic
def begin(entry: Entry, *, by: SignIn | None, by_words: str, at: datetime) -> Change:
    """The open change of an entry, or a new draft; what was sent back is taken up again.

    Raises:
        NotOurs: the entry comes from a feed.
    """
    entry = publishing.lock(entry)
    if entry.source.name != OWN:
        raise publishing.NotOurs(f"This entry comes from {entry.source}. Change it there")
    found = Change.objects.filter(entry=entry, state__in=OPEN).first()
    if found is not None:
        return found
    last = Change.objects.filter(entry=entry).order_by("-pk").first()
    kept = last.said if last is not None and last.state == State.RETURNED else {}
    return Change.objects.create(
        entry=entry,
        owner=entry.owner,
        organisation=entry.owner.organisation if entry.owner else None,
        kind=entry.kind,
        seen=contents.content_of(entry),
        said=kept,
        because=last.because if last is not None and kept else "",
        by=by,
        by_words=by_words,
        begun_at=at,
    )


@transaction.atomic
def say_right(entry: Entry, *, seen: str, by: SignIn | None, at: datetime) -> None:
    """Its owner says that all of an entry is right.

    Raises:
        Moved: it does not stand as they saw it.
        CannotChange: a change of it waits to be published.
    """
    entry = publishing.lock(entry)
    if seen != contents.stands(contents.content_of(entry)):
        raise publishing.Moved("This entry has changed since you opened it. Read it once more")
    if Change.objects.filter(entry=entry, state=State.SENT).exists():
        raise CannotChange("A change of this entry is waiting for us. It counts as your check")
    freshness.checked(entry, on=localdate(at), who="its owner", by=by, at=at)


def begin_new(
    kind: str, *, organisation: Organisation, by: SignIn, by_words: str, at: datetime
) -> Change:
    """A draft of an entry that is not there yet."""
    return Change.objects.create(
        organisation=organisation,
        owner=Owner.objects.filter(organisation=organisation).order_by("pk").first(),
        kind=kind,
        seen=contents.EMPTY | {"kind": kind},
        by=by,
        by_words=by_words,
        begun_at=at,
    )


@transaction.atomic
def save_part(
    change: Change, values: Mapping[str, Any], *, version: int, by: SignIn | None, by_words: str
) -> Change:
    """Keep what was typed on one page of a draft.

    Raises:
        CannotChange: it was sent or answered meanwhile, or somebody else saved it.
    """
    change = _locked(change)
    if change.state != State.DRAFT:
        raise CannotChange("This change has been sent. Take it back first, to change it")
    if change.version != version:
        raise CannotChange(
            "Somebody else saved this change while you had the page open. Your words are still "
            "here. Look at what they wrote, then save again"
        )
    change.said = change.said | dict(values)
    change.by, change.by_words, change.version = by, by_words, change.version + 1
    change.save(update_fields=["said", "by", "by_words", "version"])
    return change


@transaction.atomic
def send(change: Change, *, version: int, at: datetime) -> Change:
    """Send a draft to the council.

    Raises:
        CannotChange: nothing is changed, something needed is missing, or it moved on.
    """
    change = _locked(change)
    if change.state == State.SENT:
        return change
    if change.state != State.DRAFT or change.version != version:
        raise CannotChange("This change is not as it was when you read it. Read it once more")
    if not contents.differences(change.seen, change.seen | change.said):
        raise CannotChange("You have changed nothing yet")
    if lacks := keeping.lacks(change):
        raise CannotChange(f"Fill in first: {', '.join(lacks)}")
    change.state, change.sent_at, change.version = State.SENT, at, change.version + 1
    change.save(update_fields=["state", "sent_at", "version"])
    telling.give_keeper(
        "change",
        words=f"Approve a change to {change.name}",
        address=keeping.address_of_change(change),
        subject=f"change:{change.pk}",
        at=at,
    )
    return change


@transaction.atomic
def take_back(change: Change, *, at: datetime) -> Change:
    """Make a change that was sent a draft again, while nobody has answered it.

    Raises:
        CannotChange: it was answered meanwhile.
    """
    change = _locked(change)
    if change.state == State.DRAFT:
        return change
    if change.state != State.SENT:
        raise CannotChange("We have answered this change. Begin a new one")
    change.state, change.sent_at, change.version = State.DRAFT, None, change.version + 1
    change.save(update_fields=["state", "sent_at", "version"])
    telling.finish("change", subject=f"change:{change.pk}", by=change.by, at=at)
    return change


@transaction.atomic
def drop(change: Change, *, at: datetime) -> None:
    """Throw a draft away; what was sent is taken back first."""
    change = take_back(change, at=at)
    change.state = State.DROPPED
    change.save(update_fields=["state"])


@transaction.atomic
def approve(change: Change, *, seen: str, by: Staff, at: datetime) -> Entry:
    """Publish what an owner sent. That they sent it is a check of the entry.

    Raises:
        PermissionDenied: `by` does not keep the directory.
        CannotChange: it was answered or taken back meanwhile.
        Moved: the entry does not stand as the keeper saw it.
    """
    council.require(by.sign_in, "directory.keep")
    change = _locked(change)
    _require_sent(change)
    entry = _published(change, seen=seen, by=by, at=at)
    _answer(change, State.APPROVED, by=by, at=at, entry=entry)
    assert change.sent_at is not None
    freshness.checked(entry, on=localdate(change.sent_at), who="its owner", by=change.by, at=at)
    _tell_answer(
        change,
        subject=f"{change.name}: your change is published",
        says=["Thank you. What you sent us is now in the directory."],
        at=at,
    )
    return entry


def _published(change: Change, *, seen: str, by: Staff, at: datetime) -> Entry:
    because = f"Approved by {by.name}"
    if change.entry is None:
        return publishing.add(
            change.said | {"kind": change.kind},
            owner=change.owner or _owner_for(change),
            how=Version.How.OWNER,
            by=change.by,
            at=at,
        )
    publishing.publish(
        change.entry,
        keeping.touched(change),
        how=Version.How.OWNER,
        by=change.by,
        at=at,
        because=because,
        seen=seen,
    )
    return change.entry


def _owner_for(change: Change) -> Owner | None:
    """The owner that stands for an organisation which had no entry before."""
    one = change.organisation
    if one is None:
        return None
    source, _ = Source.objects.get_or_create(name=OWN)
    found, _ = Owner.objects.get_or_create(
        key=uuid5(HOUSE, f"{OWN}/owner/{one.name.lower()}"),
        defaults={
            "source": source,
            "name": one.name,
            "organisation": one,
            "email": one.email,
            "phone": one.phone,
        },
    )
    return found


@transaction.atomic
def send_back(change: Change, *, because: str, by: Staff, at: datetime) -> Change:
    """Send a change back to its owner, with what they should do.

    Raises:
        PermissionDenied: `by` does not keep the directory.
        CannotChange: it was answered or taken back meanwhile.
    """
    council.require(by.sign_in, "directory.keep")
    change = _locked(change)
    _require_sent(change)
    change.because = because
    _answer(change, State.RETURNED, by=by, at=at, entry=change.entry)
    _tell_answer(
        change,
        subject=f"{change.name}: please look at your change again",
        says=[
            "We have not published your change yet, because:",
            because,
            "What you typed is kept. Change it and send it again.",
        ],
        at=at,
    )
    return change


def _require_sent(change: Change) -> None:
    if change.state == State.DRAFT:
        raise CannotChange("Its owner has taken this change back, to change it further")
    if change.state != State.SENT:
        raise CannotChange(
            f"This change was answered already: {change.get_state_display().lower()}"
        )


def _answer(change: Change, state: State, *, by: Staff, at: datetime, entry: Entry | None) -> None:
    change.state, change.answered_by, change.answered_at = state, by, at
    change.entry, change.version = entry, change.version + 1
    change.save(
        update_fields=["state", "answered_by", "answered_at", "entry", "because", "version"]
    )
    telling.finish("change", subject=f"change:{change.pk}", by=by.sign_in, at=at)


def _tell_answer(change: Change, *, subject: str, says: list[str], at: datetime) -> None:
    key = f"change:{change.pk}:{change.version}"
    if change.by is not None:
        page = telling.address_of_page("own-change", change.pk)
        telling.answered(change.by.email, subject=subject, says=[*says, page], key=key, at=at)
    elif change.entry is not None:
        telling.tell_owner(change.entry, subject=subject, says=says, key=key, at=at)


def _locked(change: Change) -> Change:
    found = Change.objects.select_for_update(of=("self",)).select_related("entry__owner", "by")
    return found.get(pk=change.pk)

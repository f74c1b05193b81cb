"""Writing letters and sending what waits in the outbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from ownway.foundation.council import access as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.council.queries import staff_members
from ownway.foundation.letters import access
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record

MOST_TRIES = 5


@transaction.atomic
def write_letter(
    kind: str,
    *,
    about: Person,
    to: Person,
    title: str,
    body: list[dict[str, Any]],
    by: SignIn | None,
    at: datetime,
) -> Letter:
    """Write a letter and queue it in the format and by the way its reader needs.

    It is on the reader's own page at once; on paper it goes by post, and a short e-mail says that
    it is there when an e-mail address is known.
    """
    formats = [need.format for need in people.format_needs(to)] or ["standard"]
    letter = Letter.objects.create(
        kind=kind,
        person=about,
        to=to,
        title=title,
        body=body,
        sent_by=by,
        written_at=at,
        formats=formats,
    )
    home = to.household.one_line if to.household else ""
    if home:
        _queue(letter, Outbox.Channel.POST, f"{to.formal_name}, {home}", "", at)
    if to.email:
        note = f"There is a letter for you: {title}. Sign in to read it, or wait for the post."
        _queue(letter, Outbox.Channel.EMAIL, to.email, note, at)
    record.write(
        "letter.sent",
        about=about,
        by=by,
        at=at,
        words=f"We sent you a letter: {title}",
        letter=letter.pk,
    )
    return letter


def _queue(letter: Letter, channel: str, address: str, text: str, at: datetime) -> Outbox:
    return Outbox.objects.create(
        channel=channel,
        person=letter.to,
        letter=letter,
        address=address[:300],
        subject=letter.title,
        text=text,
        key=f"letter:{letter.pk}:{channel}",
        queued_at=at,
    )


def queue_message(
    *,
    person: Person | None,
    channel: str,
    address: str,
    subject: str,
    text: str,
    key: str,
    at: datetime,
) -> Outbox:
    """Queue a short message; the same key is queued once, however often it is asked."""
    made, _ = Outbox.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "channel": channel,
            "address": address[:300],
            "subject": subject[:160],
            "text": text,
            "queued_at": at,
        },
    )
    return made


@transaction.atomic
def send(outbox_id: int, *, at: datetime) -> bool:
    """Send one waiting row; false when another process has it, it has gone, or it cannot go yet.

    What a server refuses is tried again, and after `MOST_TRIES` it is somebody's task.
    """
    row = (
        Outbox.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person")
        .filter(pk=outbox_id, sent_at=None)
        .first()
    )
    if row is None or row.tries >= MOST_TRIES:
        return False
    try:
        _hand_over(row)
    except (OSError, SMTPException, CannotSend) as refusal:
        row.tries += 1
        row.failed_because = f"{type(refusal).__name__}: {refusal}"[:200]
        row.save(update_fields=["tries", "failed_because"])
        if row.tries == MOST_TRIES:
            _ask_for_help(row, at=at)
        return False
    row.sent_at, row.failed_because = at, ""
    row.save(update_fields=["sent_at", "failed_because"])
    return True


class CannotSend(Exception):
    """There is no way set up by which this can go."""


def _hand_over(row: Outbox) -> None:
    if row.channel == Outbox.Channel.EMAIL:
        send_mail(row.subject, row.text, None, [row.address])
    elif row.channel == Outbox.Channel.TEXT and settings.TEXTS_GO != "shown":
        raise CannotSend("No text message service is set up")


def _ask_for_help(row: Outbox, *, at: datetime) -> None:
    worker = people.named_worker(row.person) if row.person else None
    owner = worker or staff_members().filter(role="access_officer").order_by("pk").first()
    if owner is not None:
        record.give_task(
            "outbox.failed",
            person=row.person,
            words=f"A message could not be sent: {row.subject or row.get_channel_display()}",
            owner=owner,
            due_at=at + timedelta(days=1),
            at=at,
            address=reverse("outbox"),
            subject=f"outbox:{row.pk}",
        )


@transaction.atomic
def mark_posted(rows: Sequence[int], *, by: SignIn, at: datetime) -> int:
    """Say that letters were printed and posted by hand; each once. Says how many.

    Raises:
        PermissionDenied: `by` does not look after the outbox.
    """
    council.require(by, "outbox.read")
    waiting = access.outbox_for(by, at=at).filter(
        pk__in=rows, channel=Outbox.Channel.POST, sent_at=None
    )
    return waiting.update(sent_at=at)

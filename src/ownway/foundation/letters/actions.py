"""Writing letters and sending what waits in the outbox."""

from datetime import datetime
from typing import Any

from django.core.mail import send_mail
from django.db import transaction

from ownway.foundation.council.models import SignIn
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record


@transaction.atomic
def write_letter(
    kind: str,
    *,
    about: Person,
    to: Person,
    title: str,
    body: list[dict[str, Any]],
    by: SignIn,
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
    """Send one waiting row; false when another process has it or it has gone."""
    row = (
        Outbox.objects.select_for_update(skip_locked=True)
        .filter(pk=outbox_id, sent_at=None)
        .first()
    )
    if row is None:
        return False
    if row.channel == Outbox.Channel.EMAIL:
        send_mail(row.subject, row.text, None, [row.address])
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    return True

"""Telling owners by e-mail, and giving keepers their tasks."""

from datetime import date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from ownway.community.directory.models import Entry
from ownway.community.directory.queries import keeping, links
from ownway.design.dates import plain_date
from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.letters import actions as letters
from ownway.foundation.record import actions as record


def tell_owner(entry: Entry, *, subject: str, says: list[str], key: str, at: datetime) -> str:
    """E-mail whoever answers for an entry, with a link that opens it; returns the address, if any.

    The same key is sent once, however often it is asked.
    """
    address = keeping.address_of(entry)
    if not address:
        return ""
    days = council.setting("directory_link_days", localdate(at))
    text = [
        *says,
        f"Check your entry, or change it, here:\n{links.link_for(entry, at=at)}",
        f"The link opens this one entry, and works for {days} days. Please do not pass it on.",
        _from_us(),
    ]
    tell(address, subject=subject, text="\n\n".join(text), key=key, at=at)
    return address


def tell(address: str, *, subject: str, text: str, key: str, at: datetime) -> None:
    """Queue an e-mail to an owner."""
    letters.queue_message(
        person=None,
        channel="email",
        address=address,
        subject=subject,
        text=text,
        key=f"directory:{key}"[:120],
        at=at,
    )


def answered(address: str, *, subject: str, says: list[str], key: str, at: datetime) -> None:
    """Tell somebody what we answered, without a link."""
    tell(address, subject=subject, text="\n\n".join([*says, _from_us()]), key=key, at=at)


def address_of_page(name: str, *args: object) -> str:
    """The whole address of one of our pages, for a message."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"


def _from_us() -> str:
    us = council.identity()
    call = f", {us.phone}, {us.hours}" if us.phone else ""
    return f"{us.name}{call}"


def last_checked(entry: Entry) -> str:
    """It was last checked on 4 January 2025."""
    if entry.checked_on is None:
        return "It has not been checked yet."
    return f"It was last checked on {plain_date(entry.checked_on)}."


def give_keeper(
    kind: str, *, words: str, address: str, subject: str, at: datetime, days: int | None = None
) -> None:
    """Give whoever keeps the directory something to do, within the days of the setting."""
    owner = keeping.keeper()
    if owner is None:
        return
    within = council.setting("directory_answer_days", localdate(at)) if days is None else days
    record.give_task(
        f"directory.{kind}",
        person=None,
        words=words,
        owner=owner,
        due_at=_by_five(council_actions.working_days_after(localdate(at), within)),
        at=at,
        address=address,
        subject=subject,
    )


def finish(kind: str, *, subject: str, by: SignIn | None, at: datetime) -> None:
    """What the keeper had to do is done."""
    record.finish_tasks(f"directory.{kind}", person=None, by=by, at=at, subject=subject)


def _by_five(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=get_current_timezone())

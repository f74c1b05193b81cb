"""Sending a shortlist to somebody by e-mail. Nothing is kept but the message that goes out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ownway.community.directory.queries.listings import Listing
from ownway.foundation.council import queries as council
from ownway.foundation.letters.actions import queue_message
from ownway.foundation.letters.models import Outbox

MOST_A_DAY: Final = 3


class TooManySent(Exception):
    """An address gets only so many lists a day; the message is for the reader."""


def send_shortlist(found: Sequence[Listing], *, to: str, link: str, at: datetime) -> None:
    """Send a list to an address; the same list on the same day goes once.

    Raises:
        TooManySent: the address had its share today, so that nobody is flooded from here.
    """
    day = f"shortlist-{_hash(to.lower())}-{at:%Y%m%d}-"
    key = day + _hash(link)
    sent = set(Outbox.objects.filter(key__startswith=day).values_list("key", flat=True))
    if key not in sent and len(sent) >= MOST_A_DAY:
        raise TooManySent(
            "We have sent lists to this address today. Send more tomorrow, or print it"
        )
    name = council.identity().short_name
    queue_message(
        person=None,
        channel="email",
        address=to,
        subject=f"A list of help near you, from {name}",
        text=_text(found, link),
        key=key,
        at=at,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _text(found: Sequence[Listing], link: str) -> str:
    intro = "Someone asked us to send you this list. You need do nothing."
    return "\n\n".join([intro, *map(_entry, found), f"See it online: {link}"])


def _entry(one: Listing) -> str:
    lines = [one.name, one.what, one.times, one.price, one.place, one.phone]
    return "\n".join(line for line in lines if line)

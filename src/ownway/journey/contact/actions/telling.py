"""Telling the caller what happens next: by letter, e-mail and text, in one transaction with it."""

from datetime import datetime

from ownway.design.dates import long_date
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.journey.contact.models import Contact, Outcome
from ownway.journey.contact.queries.telling import is_mobile, is_only_spoken, told


def tell(
    contact: Contact,
    *,
    outcome: Outcome,
    by: Staff,
    at: datetime,
    words: str,
    call_back: bool = True,
    worker: Staff | None = None,
    refer_to: str = "",
) -> None:
    """Tell the caller, in our words or in those typed instead, by every way they can be reached.

    Of a worry for safety nothing is written to anybody: it is said, while they are there.
    """
    told_now = told(
        contact, outcome=outcome, by=by, at=at, call_back=call_back, worker=worker,
        refer_to=refer_to,
    )  # fmt: skip
    said = words.strip() or told_now.words
    contact.told = "\n\n".join(part for part in (contact.told, said) if part)
    contact.own_words = ""  # Said now: what is told next is told anew.
    contact.save(update_fields=["told", "own_words"])
    caller = contact.caller
    if is_only_spoken(contact, outcome):
        return
    if caller is None:
        _write_back(contact, said, at=at)
        return
    if caller.household_id is not None or caller.email:
        letters.write_letter(
            "contact.told", about=caller, to=caller, title="What happens next",
            body=_body(contact, said), by=by.sign_in, at=at,
        )  # fmt: skip
    if is_mobile(caller.phone):
        letters.queue_message(
            person=caller,
            channel=Outbox.Channel.TEXT,
            address=caller.phone,
            subject="What happens next",
            text=said,
            key=f"{contact.subject}:{outcome}:{at:%Y%m%d%H%M%S%f}",
            at=at,
        )


def _write_back(contact: Contact, said: str, *, at: datetime) -> None:
    """Whoever left an address and is not on the record is told there; a mobile gets a text."""
    ways = [
        (Outbox.Channel.EMAIL, contact.caller_email, bool(contact.caller_email)),
        (Outbox.Channel.TEXT, contact.caller_phone, is_mobile(contact.caller_phone)),
    ]
    for channel, address, can_reach in ways:
        if can_reach:
            letters.queue_message(
                person=None, channel=channel, address=address,
                subject=f"What happens next: contact {contact.number}", text=said,
                key=f"{contact.subject}:{channel}:{at:%Y%m%d%H%M%S%f}", at=at,
            )  # fmt: skip


def _body(contact: Contact, said: str) -> list[dict[str, object]]:
    picks = [pick for pick in contact.signposts.all() if pick.sent_at is None]
    body: list[dict[str, object]] = [
        {"kind": "text", "text": f"Thank you for being in touch on {long_date(contact.began_at)}."},
        {"kind": "text", "text": said},
    ]
    if picks:
        body.append({"kind": "heading", "text": "Places that may help"})
        rows = [". ".join(part for part in (p.name, p.what, p.when, p.price, p.phone) if part)
                for p in picks]  # fmt: skip
        body.append({"kind": "list", "items": rows})
    phone = council.identity().phone
    body.append({"kind": "text", "text": f"If anything here is not right, call us on {phone}."})
    return body

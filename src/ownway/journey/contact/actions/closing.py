"""What stands on the record once a contact is settled: how it came, how it went, what came of it.

Nothing is written before: a name picked by mistake, and dropped, leaves no trace on anybody.
"""

from datetime import datetime
from typing import Any

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.taking import ABOUT, CALLER, TASK
from ownway.journey.contact.models import Channel, Contact, Outcome

HOW_THEY_CAME = {
    Channel.PHONE: "You called us",
    Channel.EMAIL: "You e-mailed us",
    Channel.ONLINE: "You asked us for help online",
    Channel.IN_PERSON: "You came to see us",
    Channel.LETTER: "You wrote to us",
    Channel.CONTACT_POINT: "You came to a contact point",
    Channel.REFERRAL: "A partner told us about you",
}


def people_of(contact: Contact) -> list[Person]:
    """Who called, and whom it is about, as far as they are known."""
    return [person for person in (contact.caller, contact.about) if person is not None]


def close(contact: Contact, outcome: Outcome, words: str, *, by: Staff, at: datetime) -> Contact:
    """Settle a contact: its clock stops, its task is done, and both have it on their record."""
    contact.outcome, contact.outcome_words = outcome, words[:300]
    contact.settled_at, contact.settled_by = at, by.sign_in
    contact.save(update_fields=["outcome", "outcome_words", "settled_at", "settled_by"])
    record.stop_clock(contact.clock, at=at)
    record.finish_tasks(TASK, person=None, by=by.sign_in, at=at, subject=contact.subject)
    _write_how_it_came(contact, by=by)
    _write_passings(contact, by=by)
    for person in people_of(contact):
        _write(
            contact, "contact.settled", person, by=by, at=at, is_key=True,
            words="We settled what you asked us", detail=words, outcome=outcome.value,
        )  # fmt: skip
    return contact


def _write_how_it_came(contact: Contact, *, by: Staff) -> None:
    who = "Somebody" if contact.is_confidential else contact.caller or "Somebody"
    came = HOW_THEY_CAME[Channel(contact.channel)]
    for side, person, words in (
        (CALLER, contact.caller, came),
        (ABOUT, contact.about, f"{who} spoke to us about you"),
    ):
        if person is not None:
            _write(
                contact, "contact.begun", person, by=by, at=contact.began_at, is_key=True,
                words=words, side=side,
            )  # fmt: skip


def _write_passings(contact: Contact, *, by: Staff) -> None:
    if contact.caller is None:
        return
    for passing in contact.passings.select_related("to_staff"):
        _write(
            contact, "contact.passed", contact.caller, by=by, at=passing.at,
            words=f"Your question was passed to {passing.to_staff.name}", to=passing.to_staff_id,
        )  # fmt: skip


def _write(
    contact: Contact, kind: str, person: Person, *, by: Staff, at: datetime, **said: Any
) -> None:
    secret = contact.is_confidential
    record.write(
        kind, about=person, by=by.sign_in, at=at, is_confidential=secret, contact=contact.pk, **said
    )

"""E-mails that come: each opens a contact, or goes on with the one it answers."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ownway.foundation.record.models import Clock
from ownway.journey.contact.actions.receiving import next_at_the_desk, say_that_it_came
from ownway.journey.contact.actions.taking import one_at_a_time, open_contact
from ownway.journey.contact.models import Channel, Contact, Message, Source
from ownway.journey.contact.queries.mail import Mail

NEW, WENT_ON, KNOWN = "new", "went on", "known"


@transaction.atomic
def take_mail(mail: Mail, *, at: datetime) -> tuple[Contact, str]:
    """Take an e-mail: the contact it belongs to, and whether that is new, goes on or was known.

    The clock of a new contact runs from when the e-mail came to us. An answer to a contact that
    is settled opens another that follows it: somebody is in touch again.
    """
    one_at_a_time(f"mail:{mail.from_email}")
    if known := Message.objects.select_related("contact").filter(key=mail.key).first():
        return known.contact, KNOWN
    before = _contact_before(mail)
    if before is not None and not before.is_settled:
        _keep(before, mail, at=at)
        _add_words(before, mail, at=at)
        return before, WENT_ON
    contact = open_contact(
        owner=next_at_the_desk(), at=at, channel=Channel.EMAIL, source=Source.EMAIL,
        said=_words(mail), caller_name=mail.from_name, caller_email=mail.from_email,
        follows=before, caller=before.caller if before else None,
    )  # fmt: skip
    if contact.caller_id:
        Clock.objects.filter(pk=contact.clock_id).update(person_id=contact.caller_id)
    _keep(contact, mail, at=at)
    say_that_it_came(contact, at=at)
    return contact, NEW


def _contact_before(mail: Mail) -> Contact | None:
    """The contact it answers: by what it names, else by its subject; of this sender only."""
    theirs = Message.objects.filter(from_email=mail.from_email).select_related("contact")
    named = theirs.filter(key__in=mail.answers)
    alike = theirs.filter(subject__iendswith=mail.thread) if mail.thread else theirs.none()
    found = named.last() or alike.filter(contact__settled_at=None).last()
    return found.contact if found else None


def _keep(contact: Contact, mail: Mail, *, at: datetime) -> Message:
    return Message.objects.create(
        contact=contact, key=mail.key, from_name=mail.from_name, from_email=mail.from_email,
        subject=mail.subject, body=mail.body, files=list(mail.files), sent_at=mail.sent_at,
        came_at=at,
    )  # fmt: skip


def _words(mail: Mail) -> str:
    files = f"Files with it: {', '.join(mail.files)}" if mail.files else ""
    subject = f"Subject: {mail.subject}" if mail.subject else ""
    return "\n\n".join(filter(None, (subject, mail.body or "(No words)", files)))


def _add_words(contact: Contact, mail: Mail, *, at: datetime) -> None:
    more = f"Wrote again:\n\n{_words(replace(mail, subject=''))}"
    contact.said = f"{contact.said}\n\n{more}".strip()
    contact.kept_at = at
    contact.save(update_fields=["said", "kept_at"])

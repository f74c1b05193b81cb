"""Asking a provider whether it can help somebody we pointed to it: by a link that needs no account.

The link is a signed number. It opens until it expires, and it is answered once. It tells who
somebody is only where they agreed to that.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import day_and_month
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.closing import people_of
from ownway.journey.contact.models import Agreed, Answer, Enquiry, Signpost

SALT = "contact.enquiry"
SCOPE = "contact.provider"
LOOK_AGAIN = "contact.look_again"


class CannotAnswer(Exception):
    """This question is answered already, or nobody waits for it any more."""


def ask(signpost: Signpost, *, email: str, site: str, by: Staff, at: datetime) -> Enquiry | None:
    """Ask once whether they can help; nothing where no e-mail address is known."""
    contact = signpost.contact
    if not email or contact.is_confidential:
        return None
    days = int(council.rules(timezone.localtime(at).date()).value("provider_answer_days"))
    shares = contact.agreed == Agreed.YES and contact.caller is not None
    made, is_new = Enquiry.objects.get_or_create(
        signpost=signpost,
        defaults={
            "email": email, "shares_name": shares, "asked_at": at,
            "expires_at": at + timedelta(days=days),
        },
    )  # fmt: skip
    if is_new:
        if shares:
            assert contact.caller is not None
            people.give_consent(
                contact.caller, scope=SCOPE, given_to=signpost.name, at=at, by=by.sign_in,
                until=made.expires_at,
            )  # fmt: skip
        letters.queue_message(
            person=None, channel=Outbox.Channel.EMAIL, address=email,
            subject="Can you help somebody we told about you?",
            text=_words(made, site), key=f"enquiry:{made.pk}", at=at,
        )  # fmt: skip
    return made


def _words(made: Enquiry, site: str) -> str:
    identity = council.identity()
    link = site.rstrip("/") + reverse("provider-answer", args=[signing.dumps(made.pk, salt=SALT)])
    until = day_and_month(timezone.localtime(made.expires_at))
    return (
        f"{identity.name} told somebody about {made.signpost.name}. Can you help them?\n\n"
        f"Answer here, with one press and no account, until {until}:\n{link}\n\n"
        f"Questions? Call us on {identity.phone}."
    )


def enquiry_of(token: str) -> Enquiry | None:
    """The question behind a link; nothing when the link is not ours."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    whole = Enquiry.objects.select_related("signpost__contact__caller", "signpost__contact__owner")
    return whole.filter(pk=key).first()


@transaction.atomic
def answer(enquiry: Enquiry, *, says: str, words: str, at: datetime) -> Enquiry:
    """Keep a provider's answer; a no is a task for whoever pointed somebody there.

    Raises:
        CannotAnswer: it is answered already, or the link has expired.
    """
    held = Enquiry.objects.select_for_update(of=("self",)).select_related(
        "signpost__contact__owner", "signpost__contact__caller", "signpost__contact__about"
    )
    enquiry = held.get(pk=enquiry.pk)
    if enquiry.answered_at is not None:
        raise CannotAnswer("This has been answered already. Thank you")
    if at >= enquiry.expires_at:
        raise CannotAnswer("This link has expired. Call us if you can still help")
    enquiry.answer, enquiry.words, enquiry.answered_at = Answer(says), words.strip()[:300], at
    enquiry.save(update_fields=["answer", "words", "answered_at"])
    _write_down(enquiry, at=at)
    if enquiry.answer in (Answer.FULL, Answer.NOT_FOR_US):
        _look_again(enquiry, at=at)
    return enquiry


def _write_down(enquiry: Enquiry, *, at: datetime) -> None:
    contact = enquiry.signpost.contact
    for person in people_of(contact):
        record.write(
            "contact.provider_answered", about=person, by=None, at=at, contact=contact.pk,
            words=f"{enquiry.signpost.name} answered us: {enquiry.get_answer_display()}",
            detail=enquiry.words, answer=enquiry.answer, entry=enquiry.signpost.entry_key,
        )  # fmt: skip


def _look_again(enquiry: Enquiry, *, at: datetime) -> None:
    contact = enquiry.signpost.contact
    if contact.owner is None:
        return
    record.give_task(
        LOOK_AGAIN,
        person=contact.caller or contact.about,
        words=f"{enquiry.signpost.name} cannot help: find something else",
        owner=contact.owner,
        due_at=at + timedelta(days=1),
        at=at,
        address=reverse("call-back", args=[contact.pk]),
        subject=f"{contact.subject}:{enquiry.pk}",
    )

"""What arrives by partners: a referral of a hospital or charity, and help at a contact point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ownway.foundation.council.models import OrganisationKind, OrganisationMember, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.closing import close
from ownway.journey.contact.actions.helping import count_help
from ownway.journey.contact.actions.receiving import opened_once
from ownway.journey.contact.actions.taking import TASK, locked
from ownway.journey.contact.models import (
    Channel,
    Contact,
    Outcome,
    Reason,
    Referral,
    Source,
    Urgency,
)


@dataclass(frozen=True)
class Referred:
    """Whom a partner sends to us, as far as the partner knows them."""

    name: str
    said: str
    reason: str
    urgency: str
    has_agreed: bool
    phone: str = ""
    postcode: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""


@transaction.atomic
def refer_in(one: Referred, *, key: str, by: OrganisationMember, at: datetime) -> Contact:
    """Take a partner's referral: it stands in the desk's list. Sent twice, it is one contact.

    Source: Care Act 2014 s.9(1): where it appears to the council that somebody may have needs.
    """
    contact, is_new = opened_once(
        key,
        at=at,
        source=Source.PARTNER,
        channel=Channel.REFERRAL,
        reason=Reason(one.reason),
        urgency=Urgency(one.urgency),
        said=f"Referred by {by.sign_in.name}, {by.organisation.name}.\n\n{one.said}",
        caller_name=one.name[:160],
        caller_phone=one.phone[:30],
        caller_postcode=one.postcode[:10],
    )
    if is_new:
        Referral.objects.create(
            contact=contact, member=by, person_name=one.name[:160], has_agreed=one.has_agreed,
            date_of_birth=one.date_of_birth, nhs_number=one.nhs_number,
        )  # fmt: skip
        _tell_partner(contact, by, at=at)
    return contact


def _tell_partner(contact: Contact, by: OrganisationMember, *, at: datetime) -> None:
    """No name in it: the e-mail of an organisation is read by many."""
    letters.queue_message(
        person=None,
        channel=Outbox.Channel.EMAIL,
        address=by.sign_in.email,
        subject=f"We have your referral: contact {contact.number}",
        text=f"We have your referral, contact {contact.number}. Follow it on your page.",
        key=f"{contact.subject}:came",
        at=at,
    )


@dataclass(frozen=True)
class Visit:
    """Help that was given at a contact point; nobody has to say who they are."""

    place: str
    reason: str
    done: str
    began_at: datetime
    name: str = ""
    did: Sequence[str] = ()


@transaction.atomic
def save_visit(visit: Visit, *, by: Staff | OrganisationMember, key: str, at: datetime) -> Contact:
    """Keep help given at a contact point as a contact, settled there and then.

    Raises:
        PermissionDenied: a provider has no contact point.
    """
    if isinstance(by, OrganisationMember) and _is_a_provider(by):
        raise PermissionDenied("Providers have no contact point")
    contact, is_new = opened_once(
        key,
        at=visit.began_at,
        owner=by if isinstance(by, Staff) else None,
        source=Source.CONTACT_POINT,
        channel=Channel.CONTACT_POINT,
        reason=Reason(visit.reason),
        urgency=Urgency.CAN_WAIT,
        said=visit.done,
        place=visit.place[:120],
        caller_name=visit.name[:160],
    )
    if not is_new:
        return contact
    if visit.did:
        minutes = max(1, round((at - visit.began_at) / timedelta(minutes=1)))
        count_help(contact, did=visit.did, minutes=minutes, is_settled=True, by=by, at=at)
    if isinstance(by, Staff):
        return close(
            locked(contact, by=by), Outcome.SIGNPOST, f"Helped at {visit.place}", by=by, at=at
        )
    contact.outcome, contact.outcome_words = Outcome.SIGNPOST, f"Helped at {visit.place}"[:300]
    contact.settled_at, contact.settled_by = at, by.sign_in
    contact.save(update_fields=["outcome", "outcome_words", "settled_at", "settled_by"])
    record.stop_clock(contact.clock, at=at)
    record.finish_tasks(TASK, person=None, by=by.sign_in, at=at, subject=contact.subject)
    return contact


def _is_a_provider(by: OrganisationMember) -> bool:
    is_theirs = by.part == OrganisationMember.Part.PROVIDER
    return is_theirs and by.organisation.kind == OrganisationKind.PROVIDER

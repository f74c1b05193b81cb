"""What arrives by the public doors: it stands in the desk's list with the calls, by its clock."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from ownway.design.dates import clock_time, day_and_month
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Role, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people.models import Person
from ownway.journey.contact.actions.taking import open_contact
from ownway.journey.contact.models import Channel, Contact, Reason, Source, Urgency


@transaction.atomic
def ask_for_help(
    *,
    key: str,
    at: datetime,
    said: str,
    hope: str,
    reason: str,
    urgency: str,
    name: str,
    phone: str = "",
    email: str = "",
    postcode: str = "",
    caller: Person | None = None,
) -> Contact:
    """Take what somebody asked online. Sent twice with one key, it is one contact."""
    contact, is_new = opened_once(
        key,
        at=at,
        source=Source.GET_HELP,
        reason=Reason(reason),
        urgency=Urgency(urgency),
        said=said,
        hope=hope[:300],
        caller=caller,
        caller_name=name[:160],
        caller_phone=phone[:30],
        caller_email=email,
        caller_postcode=postcode[:10],
    )
    if is_new:
        say_that_it_came(contact, at=at)
    return contact


@transaction.atomic
def report_concern(
    *,
    key: str,
    at: datetime,
    who: str,
    said: str,
    name: str = "",
    phone: str = "",
) -> Contact:
    """Take a worry for somebody's safety: it stands first on the desk's list at once."""
    contact, _ = opened_once(
        key,
        at=at,
        source=Source.CONCERN,
        reason=Reason.CONCERN,
        urgency=Urgency.TODAY,
        is_urgent=True,
        because_urgent="A concern reported online",
        said=f"About: {who}\n\n{said}",
        caller_name=name[:160],
        caller_phone=phone[:30],
    )
    return contact


def opened_once(
    key: str, *, at: datetime, owner: Staff | None = None, **known: Any
) -> tuple[Contact, bool]:
    """The contact of a key, and whether it is new: pressed twice at once, the first one stands.

    It is `owner`'s, or else goes to whoever at the desk has the least to do.
    """
    sent = Contact.objects.filter(sent_key=key).select_related("clock")
    if found := sent.first():
        return found, False
    try:
        with transaction.atomic():
            how = {"channel": Channel.ONLINE, **known}
            made = open_contact(owner=owner or next_at_the_desk(), at=at, sent_key=key, **how)
    except IntegrityError:
        return sent.get(), False
    return made, True


def next_at_the_desk() -> Staff:
    """The access officer with the fewest open contacts; a manager where there is none."""
    still_open = Count("contacts", filter=Q(contacts__settled_at=None))
    desk = council.staff_members().annotate(now_open=still_open).order_by("now_open", "pk")
    found = (
        desk.filter(role=Role.ACCESS_OFFICER).first() or desk.filter(role=Role.TEAM_MANAGER).first()
    )
    if found is None:
        raise LookupError("Nobody takes contacts in this council")
    return found


def say_that_it_came(contact: Contact, *, at: datetime) -> None:
    """Tell whoever wrote that we have it, and by when they hear of us."""
    if not contact.caller_email:
        return
    due = timezone.localtime(contact.clock.due_at)
    text = (
        f"We have what you sent us: contact {contact.number}. We will be in touch by "
        f"{day_and_month(due)}, {clock_time(due)}. You need do nothing until then. "
        f"To talk to someone sooner, call {council.identity().phone}."
    )
    letters.queue_message(
        person=None,
        channel=Outbox.Channel.EMAIL,
        address=contact.caller_email,
        subject=f"We have your request for help: contact {contact.number}",
        text=text,
        key=f"{contact.subject}:came",
        at=at,
    )

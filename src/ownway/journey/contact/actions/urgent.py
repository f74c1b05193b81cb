"""The urgent lane: a contact goes to its team at once, and stands in no list on the way."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.closing import close, people_of
from ownway.journey.contact.actions.taking import TASK, CannotUse, give_settling_task, locked
from ownway.journey.contact.actions.telling import tell
from ownway.journey.contact.models import Contact, HandOver, Outcome, Route

TAKE_OVER = "contact.take_over"


@transaction.atomic
def route_now(contact: Contact, route: Route, *, because: str, by: Staff, at: datetime) -> HandOver:
    """Give a contact to the team that the routing table names, whose it is from now on.

    Raises:
        AlreadySettled: it is done.
        CannotUse: it is handed over already, or that line of the table has ended.
    """
    contact = locked(contact, by=by)
    if route.until_on is not None:
        raise CannotUse(f"“{route.what}” is no longer in the routing table")
    contact.is_urgent, contact.urgency = True, "today"
    contact.because_urgent = route.what
    contact.reason = contact.reason or route.reason
    contact.said = contact.said.strip() or because.strip() or route.what
    contact.save(update_fields=["is_urgent", "urgency", "because_urgent", "reason", "said"])
    try:
        with transaction.atomic():
            made = HandOver.objects.create(
                contact=contact, route=route, team=route.team, because=because.strip()[:300],
                given_at=at, given_by=by,
            )  # fmt: skip
    except IntegrityError as twice:
        raise CannotUse("This contact is handed over already") from twice
    record.finish_tasks(TASK, person=None, by=by.sign_in, at=at, subject=contact.subject)
    _ask_to_take_over(made, at=at)
    return made


def _ask_to_take_over(made: HandOver, *, at: datetime) -> None:
    """Whoever leads the team has it; whoever handed it over where nobody there signs in here."""
    there = council.staff_members().filter(team=made.team)
    owner = there.filter(role="team_manager").first() or there.first() or made.given_by
    record.give_task(
        TAKE_OVER,
        person=None,
        words=f"Urgent, take over now: {made.route.what}, contact {made.contact.number}",
        owner=owner,
        due_at=at + timedelta(minutes=made.route.accept_minutes),
        at=at,
        address=reverse("contact", args=[made.contact.pk]),
        subject=made.contact.subject,
        is_confidential=made.contact.is_confidential,
    )


@transaction.atomic
def take_over(contact: Contact, *, name: str, by: Staff, at: datetime) -> Contact:
    """Keep who took it over and when, which settles the contact.

    Raises:
        AlreadySettled: it is done.
        CannotUse: it is with nobody, or nobody is named.
    """
    contact = locked(contact, by=by)
    made = _open_hand_over(contact)
    if not name.strip():
        raise CannotUse("Say who took it over")
    made.accepted_at, made.accepted_by = at, name.strip()[:120]
    made.save(update_fields=["accepted_at", "accepted_by"])
    record.finish_tasks(TAKE_OVER, person=None, by=by.sign_in, at=at, subject=contact.subject)
    for person in people_of(contact):
        record.write(
            "contact.handed_over", about=person, by=by.sign_in, at=at, is_key=True,
            words=f"{made.team.name} took over what you asked us", contact=contact.pk,
            is_confidential=contact.is_confidential, team=made.team_id,
        )  # fmt: skip
    phone = made.team.phone or council.identity().phone
    words = f"{made.accepted_by}, {made.team.name}, helps you now. Ring {phone} if you need to."
    tell(contact, outcome=Outcome.REFER, by=by, at=at, words=words)
    here = timezone.localtime(at)
    said = f"Handed over to {made.team.name}, taken by {made.accepted_by} at {here:%H:%M}"
    return close(contact, Outcome.REFER, said, by=by, at=at)


@transaction.atomic
def take_back(contact: Contact, *, by: Staff, at: datetime) -> Contact:
    """Undo a hand-over that nobody has taken yet: the contact stands in the list again.

    Raises:
        AlreadySettled: it is done.
        CannotUse: it is with nobody.
    """
    contact = locked(contact, by=by)
    made = _open_hand_over(contact)
    made.taken_back_at = at
    made.save(update_fields=["taken_back_at"])
    record.finish_tasks(TAKE_OVER, person=None, by=by.sign_in, at=at, subject=contact.subject)
    give_settling_task(contact, due_at=contact.clock.due_at, at=at)
    return contact


def _open_hand_over(contact: Contact) -> HandOver:
    found = HandOver.objects.select_related("team", "route").filter(
        contact=contact, accepted_at=None, taken_back_at=None
    )
    made = found.first()
    if made is None:
        raise CannotUse("This contact is not handed over")
    return made

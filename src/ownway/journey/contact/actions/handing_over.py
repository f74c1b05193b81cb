"""Handing somebody over: to a team, or to a manager who decides on a worry for safety."""

from datetime import datetime, timedelta

from django.urls import reverse

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff, TeamKind
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.missing import CannotSettle
from ownway.journey.contact.models import Contact, ReferTo
from ownway.journey.contact.queries import TO_DECIDE


def hand_over(contact: Contact, person: Person, *, by: Staff, at: datetime) -> None:
    """Hand somebody over to a team, whose task it is at once."""
    to = ReferTo(contact.refer_to)
    record.write(
        f"{to.value}.asked_for", about=person, by=by.sign_in, at=at, is_key=True,
        words=f"We asked for help for you: {to.label}", contact=contact.pk,
        because=contact.refer_because, is_confidential=contact.is_confidential,
    )  # fmt: skip
    if to == ReferTo.REABLEMENT:
        return  # Reablement answers the event with a referral and a task of its own.
    team, hours = {
        ReferTo.EQUIPMENT: (TeamKind.REABLEMENT, 48),
        ReferTo.CRISIS: (TeamKind.CRISIS, 1),
    }[to]
    words = f"{to.label}: {contact.refer_because}"
    due_at = at + timedelta(hours=hours)
    _give(f"{to.value}.answer", contact, person, words, team, due_at=due_at, at=at)


def ask_to_decide(
    contact: Contact, person: Person | None, because: str, *, by: Staff, at: datetime
) -> None:
    """Write a worry for somebody's safety down, and give it to a manager for four hours."""
    record.write(
        "concern.raised", about=person, by=by.sign_in, at=at, is_key=True, is_confidential=True,
        words="We were told of a worry for your safety", contact=contact.pk, because=because,
    )  # fmt: skip
    words, due_at = f"Concern: {because}", at + timedelta(hours=4)
    _give(
        TO_DECIDE, contact, person, words, TeamKind.LONG_TERM, due_at=due_at, at=at,
        manager=True, is_confidential=True, page="concern",
    )  # fmt: skip


def _give(
    kind: str,
    contact: Contact,
    person: Person | None,
    words: str,
    team: str,
    *,
    due_at: datetime,
    at: datetime,
    manager: bool = False,
    is_confidential: bool = False,
    page: str = "contact",
) -> None:
    record.give_task(
        kind,
        person=person,
        words=words,
        owner=_who_answers(team, manager=manager),
        due_at=due_at,
        at=at,
        address=reverse(page, args=[contact.pk]),
        subject=contact.subject,
        is_confidential=is_confidential or contact.is_confidential,
    )


def _who_answers(team: str, *, manager: bool) -> Staff:
    """Who of a team has what is handed to it: its manager or first member; else any manager."""
    members = council.staff_members().filter(team__kind=team)
    managers = council.staff_members().filter(role="team_manager")
    found = members.filter(role="team_manager").first() if manager else members.first()
    answers = found or members.first() or managers.first()
    if answers is None:
        raise CannotSettle([("settle", "Nobody works in that team. Pass the contact to a person")])
    return answers

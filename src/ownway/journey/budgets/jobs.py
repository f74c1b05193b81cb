"""What runs by itself: the payments of the morning, and asking people to choose a way."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Event
from ownway.journey.budgets import actions, queries

MORNING = time(8)


def pay_what_is_due(at: datetime) -> int:
    """From 08:00, do what the day asks and say how many payments went; again, none is left."""
    here = timezone.localtime(at)
    return len(actions.run(on=here.date(), at=at).sent) if here.time() >= MORNING else 0


def ask_to_choose(event: Event, at: datetime) -> None:
    """When a plan is agreed, somebody sees to it that a way to take the money is chosen."""
    person = event.person
    if person is None or queries.agreed_for(person) is not None:
        return
    worker = people.named_worker(person)
    if worker is not None:
        record.give_task(
            "money.choose",
            person=person,
            words=f"See that {person.name} chooses how to take the money",
            owner=worker,
            due_at=at + timedelta(days=7),
            at=at,
            address=reverse("person", args=[person.pk]),
            subject="money.choose",
            waiting_for=f"{person.name} to choose",
        )


def reprice(event: Event, at: datetime) -> None:
    """When what somebody pays is decided, the payments from its day follow."""
    if event.person is not None and "starts_on" in event.facts:
        from_day = date.fromisoformat(event.facts["starts_on"])
        actions.reprice(event.person, from_day=from_day, at=at)


def keep_parts_that_begin(at: datetime) -> int:
    """A charge decided for today is what its person pays from today."""
    return actions.keep_parts_that_begin(on=timezone.localtime(at).date())


ANSWERS = {"plan.agreed": ask_to_choose, "charge.worked_out": reprice}
DUE = {"charges that begin": keep_parts_that_begin, "pay what is due": pay_what_is_due}

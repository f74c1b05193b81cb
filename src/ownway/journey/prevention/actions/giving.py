"""Who does what comes of prevention, and by when: every open thing has one owner and one date."""

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Role, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.prevention.models import OrderedItem

DO = "prevention.do"
STOCK = "equipment.stock"
KEEP = "prevention.keep"


class CannotOrder(Exception):
    """Why something cannot be ordered, given or taken back; nothing of it was done."""


def day_of(at: datetime) -> date:
    """The day on the council's wall."""
    return timezone.localtime(at).date()


def setting(name: str, *, at: datetime) -> int:
    """A number of the rules in force."""
    return int(council.rules(day_of(at)).value(name))


def by_working_day(name: str, *, at: datetime) -> date:
    """The day so many working days from now, as a setting says how many."""
    return working_days_after(day_of(at), setting(name, at=at))


def due(on: date, *, at: datetime) -> datetime:
    """The end of a working day."""
    return datetime.combine(on, time(17), tzinfo=timezone.localtime(at).tzinfo)


def give(kind: str, person: Person, words: str, *, on: date, at: datetime) -> None:
    """Give whoever brings and fits things something to do for somebody."""
    record.give_task(
        kind,
        person=person,
        words=words,
        owner=who_does(),
        due_at=due(on, at=at),
        at=at,
        address=reverse("equipment", args=[person.pk]),
        subject=f"equipment:{person.pk}",
    )


def give_about(kind: str, item: OrderedItem, words: str, *, on: date, at: datetime) -> None:
    """Give whoever knows the person something to do about one thing of theirs."""
    record.give_task(
        kind,
        person=item.person,
        words=words,
        owner=people.named_worker(item.person) or who_does(),
        due_at=due(on, at=at),
        at=at,
        address=reverse("equipment-item", args=[item.person_id, item.pk]),
        subject=subject_of(item),
    )


def subject_of(item: OrderedItem) -> str:
    """How tasks name one thing of one person."""
    return f"equipment-item:{item.pk}"


def who_does() -> Staff:
    """An occupational therapist; a manager where there is none.

    Raises:
        CannotOrder: nobody works here who could.
    """
    staff = council.staff_members().order_by("pk")
    found = staff.filter(role=Role.OCCUPATIONAL_THERAPIST).first()
    found = found or staff.filter(role=Role.TEAM_MANAGER).first()
    if found is None:
        raise CannotOrder("Nobody here brings and fits equipment yet. Add a therapist first")
    return found

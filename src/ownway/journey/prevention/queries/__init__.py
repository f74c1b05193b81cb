"""What may help at home, what somebody has, and how the five points stand."""

from django.db.models import QuerySet

from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.prevention.models import EquipmentCheck, OrderedItem
from ownway.journey.prevention.queries.catalogue import (
    Answers,
    Catalogue,
    Item,
    Question,
    Suggestion,
    catalogue,
    suggest,
)
from ownway.journey.prevention.queries.checklist import (
    POINTS,
    ChecklistState,
    PointState,
    as_seen,
    checklist_state,
    yearly_benefit_gains,
)

__all__ = [
    "POINTS",
    "Answers",
    "Catalogue",
    "ChecklistState",
    "Item",
    "PointState",
    "Question",
    "Suggestion",
    "as_seen",
    "catalogue",
    "checklist_state",
    "items_of",
    "last_check",
    "suggest",
    "who_is_told",
    "yearly_benefit_gains",
]


def last_check(person: Person) -> EquipmentCheck | None:
    """The newest answers to the equipment questions about somebody."""
    return EquipmentCheck.objects.filter(person=person).first()


def items_of(person: Person) -> QuerySet[OrderedItem]:
    """What somebody has or is to get, oldest first."""
    return OrderedItem.objects.filter(person=person).order_by("ordered_at", "pk")


def who_is_told(person: Person) -> list[Person]:
    """To whom a letter about somebody's things may go: themselves, or who cares for them."""
    return [person, *(tie.person for tie in people.carers_of(person))]

"""Records of capacity: the newest about each decision counts."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.assessment import access
from ownway.journey.assessment.models import Capacity, Matter


def capacity_records(viewer: Viewer, person: Person, *, at: datetime) -> QuerySet[Capacity]:
    """Every record of somebody's capacity that a viewer may see, newest first."""
    found = access.capacity_for(viewer, at=at).filter(person=person)
    return found.select_related("by", "suitable_person", "person").order_by("-at", "-pk")


def capacity_of(person: Person, matter: str) -> Capacity | None:
    """The newest record about one decision; nothing means capacity is presumed."""
    found = Capacity.objects.filter(person=person, matter=matter)
    return found.select_related("by", "suitable_person").order_by("-at", "-pk").first()


def suitable_person(person: Person) -> Person | None:
    """Who looks after somebody's budget for them; only by a record of capacity that names them."""
    record = capacity_of(person, Matter.BUDGET)
    return record.suitable_person if record else None


def may_be_suitable(person: Person) -> list[Person]:
    """Who may be named: carers and household first, then everybody they are tied to."""
    tied = [one.person for one in people.carers_of(person)] + people.household_of(person)
    for tie in people.relationships_of(person):
        tied.append(tie.person if tie.other_id == person.pk else tie.other)
    return list({one.pk: one for one in tied if one.pk != person.pk}.values())

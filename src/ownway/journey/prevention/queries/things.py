"""What was answered about somebody, what they have, and how it goes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ownway.design.dates import age_on
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.prevention.models import (
    AskedOnline,
    EquipmentCheck,
    ItemKind,
    ItemStatus,
    OrderedItem,
    PartnerReferral,
    Way,
)
from ownway.journey.prevention.models.things import GONE
from ownway.journey.prevention.queries.checklist import ChecklistState, checklist_state
from ownway.journey.prevention.queries.partners import referrals_of

ADULT_FROM = 18


def last_check(person: Person) -> EquipmentCheck | None:
    """The newest answers to the equipment questions about somebody."""
    return EquipmentCheck.objects.filter(person=person).first()


def items_of(person: Person) -> QuerySet[OrderedItem]:
    """What somebody has or is to get, oldest first."""
    found = OrderedItem.objects.filter(person=person).select_related("shop_code", "stock", "person")
    return found.order_by("ordered_at", "pk")


def have_now(person: Person) -> QuerySet[OrderedItem]:
    """What somebody has, or is to get: nothing that was given back or not wanted."""
    return items_of(person).exclude(status__in=GONE)


def who_is_told(person: Person) -> list[Person]:
    """To whom a letter about somebody's things may go: themselves, or who cares for them."""
    return [person, *(tie.person for tie in people.carers_of(person))]


def is_child(person: Person, *, on: date) -> bool:
    """Whether somebody is under 18; an age that is not known is an adult's."""
    age = age_on(person.date_of_birth, on)
    return age is not None and age < ADULT_FROM


def asked_online(person: Person) -> AskedOnline | None:
    """What was answered online about somebody, and not taken over into questions of ours yet."""
    about = Q(contact__about=person) | Q(contact__about=None, contact__caller=person)
    found = AskedOnline.objects.filter(about).select_related("contact").order_by("-at").first()
    last = last_check(person)
    return found if found and (last is None or last.at < found.at) else None


def wanted_online(person: Person) -> list[str]:
    """What somebody asked for online, and was not ordered since."""
    about = Q(contact__about=person) | Q(contact__about=None, contact__caller=person)
    found = AskedOnline.objects.filter(about).order_by("-at").first()
    if found is None or OrderedItem.objects.filter(person=person, ordered_at__gt=found.at).exists():
        return []
    return list(found.wanted)


@dataclass(frozen=True)
class Things:
    """What one person has, is to get, and had; and the five things tried before a budget."""

    person: Person
    is_own: bool
    here: list[OrderedItem]
    points: ChecklistState
    referrals: list[PartnerReferral]
    today: date

    @property
    def to_collect(self) -> list[OrderedItem]:
        """What waits in a shop, its code still good."""
        return [
            one
            for one in self.here
            if one.status == ItemStatus.ORDERED
            and one.way == Way.SHOP
            and one.shop_code.until_on >= self.today
        ]


def things_of(person: Person, *, is_own: bool, on: date) -> Things:
    """All of it, for the person's own page."""
    return Things(
        person=person,
        is_own=is_own,
        here=list(have_now(person)),
        points=checklist_state(person),
        referrals=[one for one in referrals_of(person) if one.ended_at is None],
        today=on,
    )


def issued_by_kind() -> dict[str, int]:
    """How many people have telecare, and how many equipment, now."""
    out = OrderedItem.objects.filter(status=ItemStatus.ISSUED)
    counts = out.aggregate(
        **{kind: Count("person", distinct=True, filter=Q(kind=kind)) for kind in ItemKind.values}
    )
    return {str(kind): int(count) for kind, count in counts.items()}


def trial_counts() -> list[dict[str, object]]:
    """Thing by thing, how many helped and how many did not: evidence for what to buy."""
    tried = OrderedItem.objects.exclude(trial="").values("key", "name")
    found = tried.annotate(
        helps=Count("pk", filter=Q(trial="helps")),
        does_not=Count("pk", filter=Q(trial="does_not_help")),
        other=Count("pk", filter=Q(trial="other")),
    )
    return [dict(row) for row in found.order_by("name", "key")]

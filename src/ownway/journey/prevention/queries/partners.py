"""What partners offer, and the people sent to them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ownway.foundation.people.models import Person
from ownway.journey.prevention.models import Offer, PartnerKind, PartnerReferral
from ownway.journey.prevention.models.partners import HOUSING
from ownway.journey.prevention.queries.catalogue import Suggestion

IN_ORDER = list(PartnerKind.values)


def offers(kind: str = "") -> QuerySet[Offer]:
    """What partners offer now; homes with room come first."""
    found = Offer.objects.filter(is_offered=True)
    if kind:
        found = found.filter(kind=kind)
    order = Case(
        *(When(kind=one, then=Value(place)) for place, one in enumerate(IN_ORDER)),
        output_field=IntegerField(),
    )
    return found.order_by(order, "-vacant", "name", "pk")


def all_offers() -> QuerySet[Offer]:
    """Every offer with how many were sent and helped; those given up last."""
    asked = Count("referrals")
    helped = Count("referrals", filter=Q(referrals__answer="yes"))
    return Offer.objects.annotate(asked=asked, helped=helped).order_by(
        "-is_offered", "kind", "name"
    )


def offer(key: str) -> Offer | None:
    """One offer by its key."""
    return Offer.objects.filter(key=key).first()


def housing() -> list[Offer]:
    """Homes with care to live in instead of a care home; those with room first."""
    return list(offers().filter(kind__in=HOUSING))


def vacant_homes() -> int:
    """How many homes with care are free, by the newest count of each."""
    return sum(one.vacant or 0 for one in housing())


def referrals_of(person: Person) -> QuerySet[PartnerReferral]:
    """Where somebody was sent, newest first."""
    return PartnerReferral.objects.filter(person=person).select_related("offer", "asked_by")


def referral(person: Person, number: int) -> PartnerReferral | None:
    """One of them."""
    return referrals_of(person).filter(pk=number).first()


def open_to(person: Person) -> dict[int, PartnerReferral]:
    """The referrals of somebody that run, by their offer."""
    return {one.offer_id: one for one in referrals_of(person).filter(ended_at=None)}


@dataclass(frozen=True)
class Group:
    """Offers of one kind, each with whether its count of free homes is too old to rely on."""

    kind: str
    name: str
    offers: list[tuple[Offer, bool]]


def offers_by_kind(*, housing_first: bool, on: date, days: int) -> list[Group]:
    """What partners offer, kind by kind; for who asks for a care home, homes alone or first."""
    found: dict[str, list[tuple[Offer, bool]]] = {}
    for one in offers():
        found.setdefault(one.kind, []).append((one, count_is_old(one, on=on, days=days)))
    kinds = list(found) if housing_first else sorted(found, key=lambda kind: kind in HOUSING)
    return [Group(kind, PartnerKind(kind).label, found[kind]) for kind in kinds]


def offers_for(found: Suggestion | None) -> dict[str, list[Offer]]:
    """By red flag, the partners that a person may be sent to for it."""
    kinds = {flag.partner for flag in found.flags if flag.partner} if found else set()
    if found is None or not kinds:
        return {}
    by_kind: dict[str, list[Offer]] = {}
    for one in offers().filter(kind__in=kinds):
        by_kind.setdefault(one.kind, []).append(one)
    return {flag.key: by_kind.get(flag.partner, []) for flag in found.flags if flag.partner}


def free_offer_key(wanted: str) -> str:
    """A key that no offer has yet."""
    start = wanted or "partner"
    taken = set(Offer.objects.filter(key__startswith=start).values_list("key", flat=True))
    keys = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken | {"new"})


def count_is_old(found: Offer, *, on: date, days: int) -> bool:
    """Whether its vacancies were counted too long ago to rely on."""
    return found.counted_on is not None and (on - found.counted_on).days > days

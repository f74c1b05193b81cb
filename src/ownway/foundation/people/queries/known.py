"""What is known about people: where they live, who is close to them, what they need."""

from datetime import datetime

from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.memory import once_a_page
from ownway.foundation.council.models import Staff
from ownway.foundation.people import access
from ownway.foundation.people.models import (
    Alert,
    Consent,
    Format,
    FormatNeed,
    Household,
    NamedWorker,
    Person,
    PersonSignIn,
    Relationship,
    Representative,
)
from ownway.foundation.people.queries.names import spaced_postcode


def people(viewer: Viewer, *, at: datetime) -> QuerySet[Person]:
    """The people a viewer may see, by name."""
    return access.visible_to(viewer, at=at).select_related("household")


def households_at(postcode: str, first_line: str = "") -> QuerySet[Household]:
    """Homes at a postcode, and at a first line of address when one is given."""
    homes = (
        Household.objects.filter(postcode=spaced_postcode(postcode))
        if postcode
        else Household.objects.none()
    )
    return homes.filter(address_line_1__iexact=first_line.strip()) if first_line else homes


@once_a_page
def household_of(person: Person) -> list[Person]:
    """Everybody else who lives with somebody."""
    if person.household_id is None:
        return []
    return list(Person.objects.filter(household_id=person.household_id).exclude(pk=person.pk))


@once_a_page
def named_worker(person: Person) -> Staff | None:
    """The member of staff a person can name now."""
    named = NamedWorker.objects.filter(person=person, ends_at=None).select_related("staff__team")
    found = named.first()
    return found.staff if found else None


@once_a_page
def carers_of(person: Person) -> list[Relationship]:
    """Who cares for somebody now, and what they are to them."""
    caring = Relationship.objects.filter(other=person, cares_for=True, ended_on=None)
    return list(caring.select_related("person"))


@once_a_page
def cared_for_by(person: Person) -> list[Relationship]:
    """Whom somebody cares for now."""
    caring = Relationship.objects.filter(person=person, cares_for=True, ended_on=None)
    return list(caring.select_related("other"))


def relationships_of(person: Person) -> list[Relationship]:
    """Everybody who is something to somebody, both ways round."""
    both = Relationship.objects.filter(Q(person=person) | Q(other=person), ended_on=None)
    return list(both.select_related("person", "other").order_by("pk"))


def format_needs(person: Person) -> list[FormatNeed]:
    """How somebody needs to be told."""
    return list(FormatNeed.objects.filter(person=person).order_by("pk"))


@once_a_page
def needs_large_print(person: Person) -> bool:
    """Say whether letters to somebody must be in large print."""
    return FormatNeed.objects.filter(person=person, format=Format.LARGE_PRINT).exists()


def alerts(person: Person) -> list[Alert]:
    """What must be known first."""
    return list(Alert.objects.filter(person=person, ended_on=None).order_by("pk"))


def own_person(viewer: Viewer) -> Person | None:
    """The person behind a resident's sign-in."""
    way = getattr(viewer, "person_sign_in", None) if viewer.is_authenticated else None
    return way.person if way is not None else None


def has_way_in(person: Person) -> bool:
    """Whether somebody has pages of their own to sign in to."""
    return PersonSignIn.objects.filter(person=person).exists()


@once_a_page
def acted_for(viewer: Viewer, *, at: datetime) -> list[Person]:
    """Those a resident may act for, themselves left out."""
    if not viewer.is_authenticated:
        return []
    acts = Representative.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), sign_in=viewer, starts_at__lte=at
    )
    return list(Person.objects.filter(representatives__in=acts).select_related("household"))


def own_and_acted_for(viewer: Viewer, *, at: datetime) -> list[Person]:
    """Whom a resident's own pages are about: themselves first, then those they act for."""
    own = own_person(viewer)
    return ([own] if own else []) + acted_for(viewer, at=at)


def representatives_of(person: Person, *, at: datetime) -> list[Representative]:
    """Who may act for somebody now."""
    acts = Representative.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), person=person, starts_at__lte=at
    )
    return list(acts.select_related("sign_in"))


def consents_of(person: Person, *, at: datetime) -> list[Consent]:
    """What somebody agreed to share, and has not taken back."""
    standing = Q(until=None) | Q(until__gt=at)
    consents = Consent.objects.filter(standing, person=person, withdrawn_at=None)
    return list(consents.filter(given_at__lte=at).order_by("given_at", "pk"))


def consent_to(person: Person, *, scope: str, at: datetime) -> Consent | None:
    """The consent of a scope that stands now."""
    return next((c for c in consents_of(person, at=at) if c.scope == scope), None)

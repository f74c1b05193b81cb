"""Finding people, and what is known about them. Always for a viewer."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, Q, QuerySet, Value, When

from ownway.foundation.council.access import Viewer, may
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

# Letters that no accent makes, marks that people leave out, and a hyphen, which is a space.
AS_HEARD = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "-": " "}
    | dict.fromkeys("'’‘`´.", "")
)


def sort_name(first: str, last: str) -> str:
    """How a name is filed: last name first, lower case, accents and apostrophes taken off."""
    apart = unicodedata.normalize("NFD", f"{last} {first}".lower().translate(AS_HEARD))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # Put together again: what is one letter to its readers, like 김, is one letter in the file.
    return " ".join(unicodedata.normalize("NFC", plain).split())


def sounds_like(last: str) -> str:
    """A key that names of one sound share: Jonson and Johnson; Smyth and Smith."""
    text = re.sub(r"[^a-z]", "", sort_name("", last))
    for old, new in (("ph", "f"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("mc", "mac"), ("ck", "k")):
        text = text.replace(old, new)
    groups = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")
    first, coded = text[:1], text.translate(groups)
    digits = "".join(c if c.isdigit() else "0" if c in "aeiouy" else "" for c in coded[1:])
    squeezed = re.sub(r"(.)\1+", r"\1", digits).replace("0", "")
    return (first + squeezed)[:6]


def tell_apart(persons: Iterable[Person]) -> None:
    """Have those on one page who share title and last name called by their whole names there."""
    persons = list(persons)
    of_name: dict[tuple[str, str], set[int]] = {}
    for person in persons:
        of_name.setdefault((person.title, person.last_name.casefold()), set()).add(person.pk)
    for person in persons:
        person.has_namesake = len(of_name[person.title, person.last_name.casefold()]) > 1


def people(viewer: Viewer, *, at: datetime) -> QuerySet[Person]:
    """The people a viewer may see, by name."""
    return access.visible_to(viewer, at=at).select_related("household")


def find(viewer: Viewer, words: str, *, limit: int = 20) -> list[Person]:
    """People who may be meant by what was typed: name, sound, birth date, postcode, NHS number.

    Only for staff who may find people; it shows that somebody is known, not what is known.
    """
    text = words.strip()
    if not may(viewer, "people.find") or len(text) < 2:
        return []
    found = Person.objects.filter(_meant_by(text)).select_related("household")
    named = found.prefetch_related("named_workers__staff")
    return sorted(named[:200], key=lambda p: (-_closeness(p, text), p.sort_name, p.pk))[:limit]


def _meant_by(text: str) -> Q:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10:
        return Q(nhs_number=digits) | Q(phone__contains=digits)
    if born := _date_in(text):
        return Q(date_of_birth=born)
    if re.fullmatch(r"[A-Za-z]{1,2}\d[\dA-Za-z]?\s*\d[A-Za-z]{2}", text):
        return Q(household__postcode__iexact=_spaced_postcode(text))
    if len(digits) >= 6:
        return Q(phone__contains=text)
    words = sort_name("", text).split()
    meant = Q() if words else Q(pk__in=[])
    for word in words:
        meant &= Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}") | _by_sound(word)
    return meant


def _by_sound(word: str) -> Q:
    return Q(sounds_like=sounds_like(word)) if len(word) > 3 else Q(pk=None)


def _spaced_postcode(text: str) -> str:
    squeezed = re.sub(r"\s", "", text).upper()
    return f"{squeezed[:-3]} {squeezed[-3:]}"


def _date_in(text: str) -> date | None:
    parts = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text)
    if not parts:
        return None
    day, month, year = map(int, parts.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _closeness(person: Person, text: str) -> int:
    words = sort_name("", text).split()
    parts = person.sort_name.split()
    return sum(3 if w in parts else 2 if any(p.startswith(w) for p in parts) else 0 for w in words)


def possible_duplicates(
    *, first_name: str, last_name: str, born: date | None, postcode: str = "", nhs_number: str = ""
) -> list[Person]:
    """People already known who may be the one about to be added, likeliest first.

    Alike means: the same NHS number; or a name that sounds the same with the same birth date,
    the same postcode, or the same first letter.
    """
    sound, home = sounds_like(last_name), _spaced_postcode(postcode) if postcode else ""
    same_sound, same_first = Q(sounds_like=sound), Q(first_name__iexact=first_name)
    alike = same_sound & Q(first_name__istartswith=first_name[:1]) if first_name else same_sound
    if born:
        alike |= Q(date_of_birth=born) & (same_sound | same_first)
    if nhs_number:
        alike |= Q(nhs_number=nhs_number)
    likeness = [
        (10, Q(nhs_number=nhs_number) if nhs_number else None),
        (4, Q(date_of_birth=born) if born else None),
        (3, Q(household__postcode=home) if home else None),
        (3, same_first),
        (1, same_sound),
        (1, Q(last_name__iexact=last_name)),
    ]
    score = sum(
        (Case(When(same, then=points), default=0) for points, same in likeness if same),
        start=Value(0),
    )
    found = Person.objects.filter(alike).select_related("household").annotate(score=score)
    return list(found.filter(score__gte=5).order_by("-score", "pk")[:5])


def households_at(postcode: str, first_line: str = "") -> QuerySet[Household]:
    """Homes at a postcode, and at a first line of address when one is given."""
    homes = (
        Household.objects.filter(postcode=_spaced_postcode(postcode))
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

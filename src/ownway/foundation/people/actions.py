"""Adding people once, tying them together, and saying who looks after whom."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import queries
from ownway.foundation.people.models import (
    Consent,
    Format,
    FormatNeed,
    Household,
    NamedWorker,
    Person,
    PersonSignIn,
    ReasonToLook,
    Relationship,
    Representative,
)


class AlreadyKnown(Exception):
    """Somebody like this is on the record; adding another needs a reason."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        names = ", ".join(person.name for person in people)
        super().__init__(
            f"Already known: {names}. Use the one we know, or say why this is another person"
        )


class NotAnNhsNumber(ValueError):
    """Ten digits whose last one checks the others; this is not one."""


def checked_nhs_number(typed: str) -> str | None:
    """Read an NHS number, or nothing when it was left empty.

    Source: NHS Data Dictionary: weights 10 to 2 on nine digits, check 11 − sum mod 11.
    Raises:
        NotAnNhsNumber: it is not ten digits, or its check digit is wrong.
    """
    digits = re.sub(r"[\s-]", "", typed)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise NotAnNhsNumber("An NHS number has 10 digits, like 943 476 5919")
    total = sum(
        int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)
    )
    if (11 - total % 11) % 11 != int(digits[9]):
        raise NotAnNhsNumber(
            "This NHS number has a wrong digit. Check it against the letter or card"
        )
    return digits


def _one_at_a_time(*keys: str) -> None:
    """Hold these words until the end of the transaction: whoever needs one of them too, waits."""
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


class NotABirthDate(ValueError):
    """Nobody is born later than today."""


def checked_birth_date(typed: date | None, *, on: date) -> date | None:
    """Read a date of birth on a day; unknown stays unknown.

    Raises:
        NotABirthDate: it lies after that day.
    """
    if typed and typed > on:
        raise NotABirthDate("A date of birth is in the past. Check the year")
    return typed


class NhsNumberTaken(NotAnNhsNumber):
    """One NHS number is one person's, and this one stands on another record."""


class NotAPostcode(ValueError):
    """Neither a postcode nor the first half of one."""


def checked_postcode(typed: str) -> str:
    """Read a postcode, whole or its first half, as it is filed: AL3 4QT; empty stays empty.

    Source: BS 7666: an area of one or two letters, a district, then a digit and two letters.
    Raises:
        NotAPostcode: it is neither.
    """
    squeezed = re.sub(r"\s", "", typed).upper()
    if not re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?([0-9][A-Z]{2})?)?", squeezed):
        raise NotAPostcode("Enter a real postcode, like AL3 4QT")
    return f"{squeezed[:-3]} {squeezed[-3:]}" if len(squeezed) > 4 else squeezed


def nhs_number_for(person: Person | None, typed: str) -> str | None:
    """Read an NHS number that is to be somebody's.

    Raises:
        NotAnNhsNumber: it is not one.
        NhsNumberTaken: it is on somebody else's record.
    """
    number = checked_nhs_number(typed)
    theirs = Person.objects.filter(nhs_number=number)
    others = theirs.exclude(pk=person.pk) if person else theirs
    if number and others.exists():
        raise NhsNumberTaken(
            "Somebody else has this NHS number. Check it against the letter or card"
        )
    return number


@transaction.atomic
def add_person(
    *,
    first_name: str,
    last_name: str,
    by: SignIn | None,
    at: datetime,
    home: Household | None = None,
    not_a_duplicate_because: str = "",
    **known: Any,
) -> Person:
    """Add somebody who is not known yet. Added twice at once, the second finds the first known.

    Raises:
        AlreadyKnown: somebody alike is on the record, and no reason says this is another.
        NotAnNhsNumber: the NHS number given is not one.
        NotABirthDate: the date of birth lies in the future.
    """
    checked_birth_date(known.get("date_of_birth"), on=timezone.localtime(at).date())
    number = checked_nhs_number(known.pop("nhs_number", "") or "")
    _one_at_a_time(f"name:{queries.sounds_like(last_name)}", *([f"number:{number}"] * bool(number)))
    alike = queries.possible_duplicates(
        first_name=first_name,
        last_name=last_name,
        born=known.get("date_of_birth"),
        postcode=home.postcode if home else "",
        nhs_number=number or "",
    )
    same_number = any(number and person.nhs_number == number for person in alike)
    if same_number or (alike and not not_a_duplicate_because.strip()):
        raise AlreadyKnown(alike)
    return Person.objects.create(
        first_name=first_name,
        last_name=last_name,
        sort_name=queries.sort_name(first_name, last_name),
        sounds_like=queries.sounds_like(last_name),
        household=home,
        nhs_number=number,
        created_by=by,
        created_at=at,
        **known,
    )


@transaction.atomic
def change_person(person: Person, **known: Any) -> Person:
    """Put right what is known about somebody; the row's history keeps what it was.

    Raises:
        NotAnNhsNumber: the NHS number given is not one, or is somebody else's.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if "nhs_number" in known:
        known["nhs_number"] = nhs_number_for(person, known["nhs_number"] or "")
    for field, value in known.items():
        setattr(person, field, value)
    person.sort_name = queries.sort_name(person.first_name, person.last_name)
    person.sounds_like = queries.sounds_like(person.last_name)
    person.save()
    return person


@transaction.atomic
def home_at(*, postcode: str, first_line: str = "", **place: Any) -> Household:
    """The home at an address: the one already known there, or a new one.

    Raises:
        NotAPostcode: the postcode given is not one.
    """
    filed = checked_postcode(postcode)
    _one_at_a_time(f"home:{filed}:{first_line.strip().lower()}")
    known = queries.households_at(filed, first_line).first() if first_line else None
    if known:
        return known
    return Household.objects.create(postcode=filed, address_line_1=first_line.strip(), **place)


@transaction.atomic
def tie(person: Person, *, to: Person, kind: str, cares_for: bool = False) -> Relationship:
    """Say what somebody is to another; saying it again changes it."""
    made, _ = Relationship.objects.update_or_create(
        person=person, other=to, defaults={"kind": kind, "cares_for": cares_for, "ended_on": None}
    )
    if cares_for and not person.is_carer:
        Person.objects.filter(pk=person.pk).update(is_carer=True)
        person.is_carer = True
    return made


@transaction.atomic
def untie(relationship: Relationship, *, on: date) -> None:
    """Somebody is not this to somebody any more; their history keeps that they were."""
    relationship.ended_on = on
    relationship.save(update_fields=["ended_on"])
    person = relationship.person
    if not Relationship.objects.filter(person=person, cares_for=True, ended_on=None).exists():
        Person.objects.filter(pk=person.pk).update(is_carer=False)


def need_format(person: Person, *, format: str, on: date, detail: str = "") -> FormatNeed:
    """Record how somebody needs to be told; reviewed in a year."""
    made, _ = FormatNeed.objects.update_or_create(
        person=person,
        format=Format(format),
        defaults={"detail": detail, "recorded_on": on, "review_on": on + timedelta(days=365)},
    )
    return made


@transaction.atomic
def name_worker(person: Person, *, staff: Staff, at: datetime) -> NamedWorker:
    """Give a person a member of staff they can name; the one before is thanked and ends."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    current = NamedWorker.objects.filter(person=person, ends_at=None).first()
    if current and current.staff_id == staff.pk:
        return current
    NamedWorker.objects.filter(person=person, ends_at=None).update(ends_at=at)
    return NamedWorker.objects.create(person=person, staff=staff, starts_at=at)


@transaction.atomic
def give_way_in(person: Person, *, email: str, password: str | None = None) -> SignIn:
    """Give a person a sign-in of their own; without a password it opens by a code by e-mail."""
    existing = PersonSignIn.objects.filter(person=person).select_related("sign_in").first()
    if existing:
        return existing.sign_in
    sign_in = SignIn.objects.filter(email=email.lower()).first()
    sign_in = sign_in or SignIn.objects.create_user(
        email=email, password=password, name=person.name
    )
    PersonSignIn.objects.create(sign_in=sign_in, person=person)
    return sign_in


@transaction.atomic
def let_act_for(
    sign_in: SignIn,
    *,
    person: Person,
    kind: str,
    authority: str,
    at: datetime,
    scope: str = "everything",
) -> Representative:
    """Let somebody act for a person, on a recorded authority; a new footing ends the old one."""
    Representative.objects.filter(sign_in=sign_in, person=person, ends_at=None).update(ends_at=at)
    return Representative.objects.create(
        sign_in=sign_in, person=person, kind=kind, authority=authority, scope=scope, starts_at=at
    )


@transaction.atomic
def stop_acting_for(person: Person, *, kind: str, at: datetime, but: SignIn | None = None) -> int:
    """End every footing of a kind on which others act for somebody, one sign-in left out."""
    acting = Representative.objects.filter(person=person, kind=kind, ends_at=None)
    if but is not None:
        acting = acting.exclude(sign_in=but)
    return acting.update(ends_at=at)


@transaction.atomic
def give_consent(
    person: Person,
    *,
    scope: str,
    given_to: str,
    by: SignIn,
    at: datetime,
    until: datetime | None = None,
) -> Consent:
    """Record that somebody agreed to share; a consent that stands is not given twice."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    standing = queries.consent_to(person, scope=scope, at=at)
    return standing or Consent.objects.create(
        person=person, scope=scope, given_to=given_to, given_at=at, until=until, recorded_by=by
    )


@transaction.atomic
def withdraw_consent(person: Person, *, scope: str, at: datetime) -> bool:
    """Take a consent back; it ends at once. Say whether there was one."""
    standing = Consent.objects.filter(person=person, scope=scope, withdrawn_at=None)
    return standing.update(withdrawn_at=at) > 0


def give_reason_to_look(
    staff: Staff, *, person: Person, because: str, at: datetime
) -> ReasonToLook:
    """Open a record that is not yours for the rest of a day, on a reason that is kept.

    Raises:
        ValueError: no reason was given.
    """
    if len(because.strip()) < 5:
        raise ValueError("Say why you need to open this record")
    return ReasonToLook.objects.create(
        staff=staff,
        person=person,
        because=because.strip()[:300],
        given_at=at,
        ends_at=at + timedelta(hours=12),
    )


def end_reason_to_look(staff: Staff, *, person: Person, because: str, at: datetime) -> int:
    """End a reason that proved to be none; it stays on file. Say how many there were."""
    given = ReasonToLook.objects.filter(staff=staff, person=person, because=because[:300])
    return given.filter(ends_at__gt=at).update(ends_at=at)

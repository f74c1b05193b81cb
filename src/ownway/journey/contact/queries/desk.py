"""What stands beside a call: who it may be, what they are to each other, what is still to ask."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from markupsafe import Markup, escape

from ownway.design.dates import age_on, clock_time
from ownway.foundation.council import queries as council
from ownway.foundation.council.access import POWERS, Viewer, may
from ownway.foundation.council.models import Role, Staff, Team, TeamKind
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person, Relationship, RelationshipKind, Sex
from ownway.journey.contact.models import Contact, Reason
from ownway.journey.contact.queries.contacts import before_this_one, earlier_contacts


@dataclass(frozen=True)
class Pronouns:
    """How to speak of somebody."""

    they: str
    them: str
    their: str
    is_plural: bool = False


HE = Pronouns("he", "him", "his")
SHE = Pronouns("she", "her", "her")
THEY = Pronouns("they", "them", "their", is_plural=True)
TITLES: Mapping[str, Pronouns] = {"Mr": HE, "Mrs": SHE, "Ms": SHE, "Miss": SHE}


def pronouns(person: Person | None) -> Pronouns:
    """By what a person said of themselves; by their title; else in the plural."""
    if person is None or person.sex == Sex.OTHER:
        return THEY
    if person.sex in (Sex.MALE, Sex.FEMALE):
        return HE if person.sex == Sex.MALE else SHE
    return TITLES.get(person.title, THEY)


@dataclass(frozen=True)
class Found:
    """One person who may be meant, and why they may already be known."""

    person: Person
    name: Markup
    born: str
    where: str
    known_as: str
    is_at_home: bool = False


Twins = Counter[tuple[str, date | None]]


def found_people(
    viewer: Viewer, words: str, *, contact: Contact | None, at: datetime, besides: int | None = None
) -> list[Found]:
    """Who may be meant by what was typed; those at the caller's address come first."""
    found = people.find(viewer, words, limit=6)
    home = contact.caller.household_id if contact and contact.caller else None
    twins = Counter((person.sort_name, person.date_of_birth) for person in found)
    rows = [
        _found(person, words, home=home, viewer=viewer, at=at, twins=twins)
        for person in found
        if person.pk != besides
    ]
    return sorted(rows, key=lambda row: not row.is_at_home)


def _found(
    person: Person, words: str, *, home: int | None, viewer: Viewer, at: datetime, twins: Twins
) -> Found:
    same = home is not None and person.household_id == home
    born = person.date_of_birth
    is_twin = born is not None and twins[person.sort_name, born] > 1
    known = "Already known: same address" if same else ""
    return Found(
        person=person,
        name=marked(person.name, words),
        born=_short(person.date_of_birth) if person.date_of_birth else "",
        where=" · ".join(_where(person, viewer=viewer, at=at)),
        known_as=known or ("Listed twice: same name and birth date" if is_twin else ""),
        is_at_home=same,
    )


def _short(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _where(person: Person, *, viewer: Viewer, at: datetime) -> list[str]:
    parts = [person.household.address_line_1] if person.household else []
    today = timezone.localtime(at).date()
    if person.created_by_id == viewer.pk and timezone.localtime(person.created_at).date() == today:
        parts.append(f"by you at {clock_time(person.created_at)}")
    workers_now = [one.staff.name for one in person.named_workers.all() if one.ends_at is None]
    return [*parts, *(f"worker {name}" for name in workers_now)]


def marked(name: str, words: str) -> Markup:
    """A name with the beginnings that were typed marked in it."""
    starts = [re.escape(word) for word in words.split() if word]
    if not starts:
        return escape(name)
    parts = re.split(rf"\b({'|'.join(starts)})", name, flags=re.IGNORECASE)
    shown = (
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return Markup("").join(shown)


FEMALE_KINDS = {"wife", "daughter", "mother", "sister"}
MALE_KINDS = {"husband", "son", "father", "brother"}


def ties(caller: Person | None) -> list[tuple[str, str]]:
    """What a caller may be to the one they call about, carers of each kind first."""
    he_or_she = pronouns(caller)
    left_out = {HE: FEMALE_KINDS, SHE: MALE_KINDS}.get(he_or_she, set())
    kinds = [kind for kind in RelationshipKind if kind.value not in left_out]
    rows = [("", "Choose")]
    for kind in kinds:
        rows.append((f"{kind.value}:carer", f"{kind.label} and main carer"))
        rows.append((kind.value, str(kind.label)))
    return rows


def tie_now(contact: Contact) -> str:
    """What the caller is to the other on the record, as the choice that says it."""
    if not (contact.caller_id and contact.about_id):
        return ""
    known = Relationship.objects.filter(
        person_id=contact.caller_id, other_id=contact.about_id, ended_on=None
    ).first()
    return f"{known.kind}{':carer' if known.cares_for else ''}" if known else ""


def ask_still(person: Person | None) -> list[str]:
    """What is not known yet of somebody that everybody is asked once."""
    if person is None:
        return []
    asked = [
        ("date of birth", person.date_of_birth),
        ("telephone", person.phone),
        ("address", person.household_id),
        ("ethnic group", person.ethnic_group),
        ("first language", person.first_language),
    ]
    return [words for words, known in asked if not known]


def workers() -> list[tuple[Staff, int]]:
    """Staff who may be named for somebody: social workers first, least loaded of them first."""
    roles = [Role.SOCIAL_WORKER, Role.OCCUPATIONAL_THERAPIST, Role.TEAM_MANAGER]
    now_named = Count("named_for", filter=Q(named_for__ends_at=None))
    able = council.staff_members().filter(role__in=roles).annotate(people_now=now_named)
    teams = [TeamKind.LONG_TERM, TeamKind.REABLEMENT]

    def place(staff: Any) -> tuple[int, int, int, str]:
        team = teams.index(staff.team.kind) if staff.team.kind in teams else len(teams)
        return (roles.index(staff.role), team, staff.people_now, staff.name)

    return [(staff, staff.people_now) for staff in sorted(able, key=place)]


# What to look for in the directory, by what a call is about, until somebody types.
LOOK_FOR: Mapping[str, str] = {
    Reason.DEMENTIA: "dementia café, sitting service",
    Reason.CARING: "carers, sitting service, break",
    Reason.FALL: "falls, exercise, home help",
    Reason.HOSPITAL: "home help, meals",
    Reason.DAILY: "home help, meals",
    Reason.ALONE: "befriending, group, lunch club",
    Reason.EQUIPMENT: "equipment, alarm, handyperson",
    Reason.MONEY: "benefits, money advice",
    Reason.HOUSING: "housing, repairs, handyperson",
}


@dataclass(frozen=True)
class Side:
    """One of the two people of a call, as the desk shows them."""

    person: Person
    age: int | None
    facts: list[tuple[str, str]]
    still_to_ask: list[str]


def side(person: Person | None, *, contact: Contact) -> Side | None:
    """What the desk shows of one person: how to reach them, where they live, how to tell them."""
    if person is None:
        return None
    needs = [f"{need}, {need.detail}".strip(", ") for need in people.format_needs(person)]
    phone = ", best ".join(part for part in (person.phone, person.best_time) if part)
    facts = [
        ("Phone", phone),
        ("E-mail", person.email),
        ("Home", person.household.one_line if person.household else ""),
        ("Format", "; ".join(needs) or "Standard print"),
        ("Before", before_this_one(earlier_contacts(person, before=contact))),
    ]
    on = timezone.localtime(contact.began_at).date()
    return Side(
        person=person,
        age=age_on(person.date_of_birth, on),
        facts=[(label, said) for label, said in facts if said],
        still_to_ask=ask_still(person),
    )


def desk_of(contact: Contact) -> dict[str, Any]:
    """All that the screen shows beside what was typed."""
    caller, about = contact.caller, contact.about
    people.tell_apart(one for one in (caller, about) if one is not None)
    return {
        "caller": side(caller, contact=contact),
        "about": side(about, contact=contact),
        "she": pronouns(caller),
        "he": pronouns(about),
        "tie_now": tie_now(contact),
        "has_own_pages": caller is not None and people.has_way_in(caller),
        "picked": [one for one in contact.signposts.all() if one.sent_at is None],
        "sent": [one for one in contact.signposts.all() if one.sent_at is not None],
    }


def person_to_use(viewer: Viewer, key: str) -> Person | None:
    """Somebody who was found at the desk, by the key of their row in the list."""
    if not (key.isdecimal() and len(key) < 12 and may(viewer, "people.find")):
        return None
    return Person.objects.filter(pk=int(key)).select_related("household").first()


def start_of_person(contact: Contact, side: str, words: str) -> dict[str, Any]:
    """What is known already of somebody about to be added: typed, or sent by the public door."""
    typed = (words or (contact.caller_name if side == "caller" else "")).strip()
    name = "" if any(letter.isdigit() for letter in typed) else typed
    first, _, last = (name.title() if name.islower() else name).rpartition(" ")
    start: dict[str, Any] = {"first_name": first, "last_name": last}
    if side == "caller":
        return start | {"phone": contact.caller_phone, "postcode": contact.caller_postcode}
    return start | {"lives_with_caller": True}


def crisis_phones() -> list[tuple[str, str]]:
    """Whom to ring at once: emergency services, the crisis team, and the care line at night."""
    teams = Team.objects.filter(kind=TeamKind.CRISIS)
    identity = council.identity()
    rows = [("In danger now", "999"), *((team.name, team.phone) for team in teams)]
    return [(who, phone) for who, phone in [*rows, ("At night", identity.night_phone)] if phone]


def colleagues(staff: Staff) -> QuerySet[Staff]:
    """To whom a contact may be passed: those who take contacts, oneself left out."""
    return takers().exclude(pk=staff.pk)


def takers() -> QuerySet[Staff]:
    """All who take contacts."""
    return council.staff_members().filter(role__in=POWERS["contact.take"])

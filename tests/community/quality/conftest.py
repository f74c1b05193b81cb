"""A small directory with Bright Dawn in it, Standards and criteria in force, and who is needed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ownway.community.directory.models import Entry, Owner, Source
from ownway.community.quality.actions import marks, rating, standards
from ownway.community.quality.models import LayReviewer, Level, Rating, Sort
from ownway.demo.cast import staff_named, way_in
from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn, Staff
from ownway.foundation.people import actions as people

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 3, 11, 12, 0, tzinfo=LONDON)


def listed(name: str, *, number: int) -> Entry:
    source, _ = Source.objects.get_or_create(name="own")
    organisation = Organisation.objects.filter(name=name).first()
    owner = Owner.objects.create(
        key=f"00000000-0000-4000-8000-0000000001{number:02}",
        source=source,
        name=name,
        organisation=organisation,
    )
    return Entry.objects.create(
        key=f"00000000-0000-4000-8000-0000000000{number:02}",
        slug=name.lower().replace(" ", "-"),
        source=source,
        source_key=name,
        owner=owner,
        name=name,
        what="Help at home",
    )


@pytest.fixture
def bright_dawn(council: None) -> Entry:
    return listed("Bright Dawn", number=1)


@pytest.fixture
def millrace(council: None) -> Entry:
    return listed("Millrace", number=2)


@pytest.fixture
def ivo(council: None) -> Staff:
    return staff_named("Ivo Stannard")


@pytest.fixture
def marnie(council: None) -> OrganisationMember:
    return OrganisationMember.objects.get(sign_in__name="Marnie Holt")


@pytest.fixture
def joss(council: None) -> OrganisationMember:
    return OrganisationMember.objects.get(sign_in__name="Joss Pemberley")


@pytest.fixture
def carys(council: None) -> SignIn:
    return resident("Carys Quillfeather")


def resident(name: str) -> SignIn:
    first, last = name.split()
    gwen = staff_named("Gwen Applegarth")
    person = people.add_person(
        first_name=first, last_name=last, by=gwen.sign_in, at=NOON, phone="01632 960188",
        not_a_duplicate_because="Another",
    )  # fmt: skip
    return people.give_way_in(person, email=f"{first}.{last}@alderbrook.example".lower())


def rated(entry: Entry, stars: int, *, by: str, at: datetime = NOON) -> Rating:
    """Somebody of this name says so many stars."""
    said = rating.Said(stars, f"They came {stars} times out of five.", "used_it")
    return rating.give(entry, said, by=resident(by), at=at)


@pytest.fixture
def hattie(council: None) -> LayReviewer:
    return LayReviewer.objects.create(
        sign_in=way_in("Hattie Oaks"), group="carer", trained_on="2025-03-04",
        checked_until_on=datetime(2028, 3, 3, tzinfo=LONDON).date(),
    )  # fmt: skip


@pytest.fixture
def five_standards(ivo: Staff) -> None:
    each = [(f"I am heard, part {n}", "You are asked", "Asks and acts") for n in range(5)]
    standards.publish_standards(
        each, starts_on=NOON.date(), written_by="Carers", because="First", by=ivo, at=NOON
    )


@pytest.fixture
def criteria(ivo: Staff) -> None:
    each = [
        (Level.SILVER, "Everyone was checked", "A list", []),
        (Level.SILVER, "Medicine by the trained", "A list", [Sort.HOME_CARE]),
        (Level.GOLD, "People help to run it", "Their words", []),
    ]
    marks.publish_criteria(each, starts_on=NOON.date(), because="First", by=ivo, at=NOON)

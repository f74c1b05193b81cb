"""Somebody is found by what an officer hears and mistypes."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions, queries
from ownway.foundation.people.models import Person
from ownway.foundation.people.queries.asked import read
from ownway.foundation.people.queries.closeness import slips
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def kathryn(council: None) -> Person:
    return actions.add_person(
        first_name="Kathryn", last_name="Johnson", by=None, at=NOON, title="Mrs",
        date_of_birth=date(1951, 3, 9), nhs_number="9434765919", phone="+44 7700 900123",
        email="kath@example.com", home=actions.home_at(postcode="AL10 4QT", first_line="3 Weir"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "kathryn johnson",
        "Johnson, Kathryn",
        "Mrs Johnson",
        "Catherine Jonson",
        "Kate Johnston",
        "kahtryn johnson",
        "kathrynn jonhson",
        "kathryn jphnson",
        "kathrynjohnson",
        "kath john",
        "johnson 9/3/1951",
        "johnson 3/9/1951",
        "jonhson 9 March 51",
        "johnson 1951-03-09",
        "09031951",
        "johnson 1951",
        "Brown 9.3.1951",
        "johnson al104qt",
        "kathryn A L1 04QT",
        "johnson ALIO 4QT",
        "al10 johnson",
        "943 476 5919",
        "943 476 9519",
        "943 476 591",
        "07700 900 123",
        "+447700900123",
        "kath@example.com",
    ],
)
def test_she_is_found_by_what_was_typed(typed: str, kathryn: Person, gwen: Staff) -> None:
    assert kathryn in queries.find(gwen.sign_in, typed, limit=5)


@pytest.mark.parametrize("typed", ["", "k", "zzzzzz", "mrs", "12", "🙂🙂", "'; --", "a" * 400])
def test_nobody_is_found_by_nothing_of_hers(typed: str, kathryn: Person, gwen: Staff) -> None:
    assert queries.find(gwen.sign_in, typed, limit=5) == []


@pytest.mark.parametrize("typed", ["Kablooey Johnson", "kathryn jollybob", "kebryna jonnyone"])
def test_nobody_is_found_by_half_a_name_and_a_likeness(
    typed: str, kathryn: Person, gwen: Staff
) -> None:
    assert queries.find(gwen.sign_in, typed) == []


def test_whose_name_it_is_stands_before_those_it_sounds_like(kathryn: Person, gwen: Staff) -> None:
    other = actions.add_person(first_name="Catherine", last_name="Johnson", by=None, at=NOON,
                               date_of_birth=date(1980, 1, 1))  # fmt: skip

    assert queries.find(gwen.sign_in, "Catherine Johnson") == [other, kathryn]
    assert queries.find(gwen.sign_in, "Kathryn Johnson") == [kathryn, other]


def test_a_name_that_changes_is_found_by_its_new_form(kathryn: Person, gwen: Staff) -> None:
    actions.change_person(kathryn, last_name="Van der Berg")

    assert queries.find(gwen.sign_in, "kathryn vanderberg") == [kathryn]


def test_a_provider_finds_nobody(kathryn: Person) -> None:
    nell = SignIn.objects.get(email="nell.harker@alderbrook.example")

    assert queries.find(nell, "Kathryn Johnson") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(typed: str) -> None:
    read(typed)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("smith", "smith", 0), ("smith", "smtih", 1), ("smith", "smit", 1), ("ann", "anna", 1),
     ("jones", "jnoess", 2), ("smith", "jones", 3)],
)  # fmt: skip
def test_slips_are_counted_up_to_a_most(one: str, other: str, count: int) -> None:
    assert slips(one, other, most=2) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [("catherine", "kathryn"), ("philip", "filip"), ("thompson", "tomson"), ("leigh", "lee"),
     ("mohammed", "muhamad"), ("wright", "right"), ("helen", "ellen")],
)  # fmt: skip
def test_names_of_one_sound_share_a_key(one: str, other: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_sound(%s), people_sound(%s)", [one, other])
        first, second = cursor.fetchone()

    assert first == second

"""A tie that was not said on the telephone can be said later, and taken back."""

import pytest
from django.urls import reverse

from ownway.foundation.council.models import Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people import queries
from ownway.foundation.people.models import Person, Relationship
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def joy(gwen: Staff) -> Person:
    return people.add_person(
        title="Miss", first_name="Joy", last_name="Thistlewood", by=gwen.sign_in, at=NOON
    )


def test_a_carer_is_found_and_tied_to_whom_she_cares_for(
    as_, gwen: Staff, harold: Person, joy: Person
) -> None:
    page = reverse("family", args=[harold.pk])
    desk = as_(gwen)

    assert "Joy Thistlewood" in desk.get(page, {"q": "thistlewood"}).text
    typed = {"q": "thistlewood", "who": joy.pk, "kind": "friend", "cares": "they"}
    desk.post(page, typed | {"lives_here": "on"})

    [tie] = queries.carers_of(harold)
    assert (tie.person, tie.kind) == (joy, "friend")
    joy.refresh_from_db()
    assert (joy.is_carer, joy.household) == (True, harold.household)


def test_nothing_is_added_before_it_is_said_what_they_are(
    as_, gwen: Staff, harold: Person, joy: Person
) -> None:
    answer = as_(gwen).post(
        reverse("family", args=[harold.pk]), {"q": "thistlewood", "who": joy.pk}
    )

    assert answer.status_code == 422
    assert "Choose what they are to the person" in answer.text
    assert not Relationship.objects.exists()


def test_what_is_no_longer_so_is_ended_and_kept(
    as_, gwen: Staff, harold: Person, joy: Person
) -> None:
    tie = people.tie(joy, to=harold, kind="friend", cares_for=True)

    as_(gwen).post(reverse("family", args=[harold.pk]), {"end": tie.pk})

    tie.refresh_from_db()
    joy.refresh_from_db()
    assert tie.ended_on is not None
    assert not joy.is_carer

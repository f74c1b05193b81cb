"""Putting right what is known about somebody, and whom to name."""

import pytest
from django.test import Client

from ownway.foundation.council.models import Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people import queries
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event
from tests.conftest import NOON

KNOWN = {"title": "Mr", "first_name": "Harold", "last_name": "Jones", "sex": "male"}
BORN = {"date_of_birth_day": "14", "date_of_birth_month": "5", "date_of_birth_year": "1951"}


def _page(person: Person) -> str:
    return f"/desk/people/{person.pk}/details/"


def test_what_was_put_right_is_kept_and_told(client: Client, gwen: Staff, harold: Person) -> None:
    client.force_login(gwen.sign_in)

    client.post(_page(harold), {**KNOWN, **BORN, "last_name": "Joanes", "formats": ["large_print"]})

    harold.refresh_from_db()
    assert harold.sort_name == "joanes harold"
    assert queries.needs_large_print(harold)
    assert Event.objects.filter(kind="details.changed", person=harold).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"date_of_birth_year": "2199"}, "in the past"),
        ({"date_of_birth_day": "31", "date_of_birth_month": "2"}, "real date"),
        ({"nhs_number": "943 476 5918"}, "wrong digit"),
        ({"email": "nobody"}, "like name@example.org"),
        ({"first_name": ""}, "Enter the first name"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field_and_nothing_is_lost(
    typed: dict[str, str], said: str, client: Client, gwen: Staff, harold: Person
) -> None:
    client.force_login(gwen.sign_in)

    shown = client.post(_page(harold), {**KNOWN, **BORN, "phone": "01632 960555", **typed})

    text = shown.content.decode()
    assert said in text
    assert "01632 960555" in text
    harold.refresh_from_db()
    assert harold.phone == ""


def test_somebody_with_a_look_for_a_day_cannot_name_their_own_team(
    client: Client, dev: Staff, harold: Person
) -> None:
    imogen = Staff.objects.get(name="Imogen Strand")
    people.name_worker(harold, staff=imogen, at=NOON)
    people.give_reason_to_look(dev, person=harold, because="Covering today", at=NOON)
    from ownway.foundation.council.actions import set_clock

    set_clock(NOON)
    client.force_login(dev.sign_in)

    client.post(_page(harold), {**KNOWN, **BORN, "worker": str(dev.pk)})

    assert queries.named_worker(harold) == imogen


def test_finance_does_not_change_who_people_are(
    client: Client, priya: Staff, harold: Person
) -> None:
    client.force_login(priya.sign_in)

    assert client.post(_page(harold), {**KNOWN, **BORN}).status_code == 403

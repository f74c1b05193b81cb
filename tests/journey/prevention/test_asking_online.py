"""Asking online for what the questions suggest: kept once, and asked for nothing twice."""

from collections.abc import Callable

import pytest
from django.test import Client

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.journey.contact import actions as contact
from ownway.journey.contact.models import Contact
from ownway.journey.prevention import queries
from ownway.journey.prevention.models import AskedOnline, EquipmentCheck
from tests.journey.prevention.test_pages import answer_all

As = Callable[..., Client]
CHECK = "/check/equipment"
YOU = {"name": "Walter Pike", "phone": "01632 960555", "email": "", "postcode": "AL3 4QT"}


def ask(client: Client, **you: str) -> str:
    client.post(f"{CHECK}/ask/", {"wanted": ["memory_clock"]})
    client.post(f"{CHECK}/you/", YOU | you)
    assert "Memory clock" in client.get(f"{CHECK}/send/").text
    return client.post(f"{CHECK}/send/", follow=True).text


@pytest.mark.usefixtures("council")
def test_what_was_answered_reaches_the_desk_with_what_is_wanted(client: Client) -> None:
    answer_all(client)

    text = ask(client)

    made = Contact.objects.get()
    assert str(made.number) in text
    assert (made.reason, made.caller_name) == ("equipment", "Walter Pike")
    assert "Asks for: Memory clock." in made.said
    assert "Falls: No." in made.said
    assert AskedOnline.objects.get().answers["memory"] == ["day", "out"]


@pytest.mark.usefixtures("council")
def test_sent_twice_is_one_contact(client: Client) -> None:
    answer_all(client)
    ask(client)

    client.post(f"{CHECK}/send/")

    assert Contact.objects.count() == 1


@pytest.mark.usefixtures("council")
def test_for_somebody_else_their_name_is_asked(client: Client) -> None:
    answer_all(client, who="adult")
    client.post(f"{CHECK}/ask/", {"wanted": ["memory_clock"]})

    refused = client.post(f"{CHECK}/you/", YOU).text

    assert "Enter the name of who it is for" in refused
    assert "Walter Pike" in refused
    assert "For Ada Pike." in (ask(client, for_whom="Ada Pike"), Contact.objects.get().said)[1]


@pytest.mark.usefixtures("council")
def test_whoever_only_reads_leaves_nothing(client: Client) -> None:
    answer_all(client)

    assert not Contact.objects.exists()
    assert not EquipmentCheck.objects.exists()
    assert client.get(f"{CHECK}/send/").headers["Location"] == f"{CHECK}/answer/"


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("now", "told"), [("gas", "0800 111 999"), ("head", "Call 999"), ("stuck", "Do not pull")]
)
def test_what_cannot_wait_stops_the_questions(client: Client, now: str, told: str) -> None:
    moved = client.post(f"{CHECK}/now/", {"now": [now]}, follow=True)

    assert "Do this now" in moved.text
    assert told in moved.text
    assert "free for you" not in moved.text


@pytest.mark.usefixtures("council")
def test_weight_is_asked_only_where_it_matters_and_limits_what_is_suggested(
    client: Client,
) -> None:
    client.post(f"{CHECK}/now/", {"now": "none_of_these"})
    text = answer_all(client, moving=["bath"], weight="to_160")

    assert "Made for up to 120 kg (18 stone 12). A stronger one needs a visit." in text
    assert "Grab rail" in text


@pytest.mark.usefixtures("council")
def test_things_for_a_child_are_for_a_person_to_sort_out(client: Client) -> None:
    text = answer_all(client, who="child")

    assert "A person will sort it out with you" in text
    assert "It is made for adults." in text


def test_the_desk_finds_the_answers_given_and_asks_nothing_twice(
    as_: As, gwen: Staff, harold: Person, edith: Person, edith_in: SignIn
) -> None:
    client = as_(edith_in)
    answer_all(client, who="adult")
    ask(client, for_whom="Harold")
    taken = Contact.objects.get()
    contact.use_person(taken, harold, side="about", by=gwen, at=taken.began_at)

    text = as_(gwen).get(f"/desk/people/{harold.pk}/equipment/").text

    assert taken.caller == edith
    assert "Answered online" in text
    assert 'value="out" checked' in text
    assert queries.wanted_online(harold) == ["memory_clock"]


def test_the_staff_questions_are_in_the_third_person_and_errors_in_order(
    as_: As, gwen: Staff, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/equipment/"

    text = as_(gwen).post(page, {"ask": "1", "memory": ["day", "none_of_these"]}).text

    assert "It takes two people to help Mr Jones move" in text
    summary = text[text.index("There is a problem") :][:2000]
    assert summary.index("right now") < summary.index("Memory:") < summary.index("about skin")

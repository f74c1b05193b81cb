"""The public doors: one question a page, nothing lost, and it stands in the desk's list."""

import re
from typing import Any

import pytest
from django.test import Client

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.journey.contact.models import Contact

pytestmark = pytest.mark.usefixtures("gwen")
ANSWERS: list[tuple[str, dict[str, Any]]] = [
    ("who", {"who": "cared_for"}),
    ("what", {"reason": "fall"}),
    ("hard", {"said": "Dad fell on the stairs 🙂"}),
    ("hope", {"hope": ""}),
    ("soon", {"urgency": "today"}),
    ("you", {"name": "Nadia Brambleby", "email": "nadia@example.com"}),
]


def answer_all(client: Client) -> None:
    for key, typed in ANSWERS:
        assert client.post(f"/get-help/{key}/", typed).status_code == 302


def test_one_question_a_page_leads_to_a_contact_with_a_promise(client: Client) -> None:
    answer_all(client)
    check = client.get("/get-help/check/").text

    sent = client.post("/get-help/check/", follow=True).text

    assert "Dad fell on the stairs 🙂" in check
    assert "Help after a fall" in check
    contact = Contact.objects.get()
    assert f"<strong>{contact.number}</strong>" in sent
    assert "You will hear from us by" in sent
    assert (contact.channel, contact.reason, contact.is_settled) == ("online", "fall", False)
    assert contact.said.startswith("Asks for someone they care for.")


def test_each_page_has_one_heading_and_asks_one_thing(client: Client) -> None:
    for key, _ in ANSWERS:
        text = client.get(f"/get-help/{key}/").text
        assert text.count("<h1") == 1
        assert "Question" in text


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("who", {}, "Choose who needs help"),
        ("hard", {"said": " "}, "Tell us what is hard"),
        ("hard", {"said": "x" * 5001}, "Use 5,000 letters or fewer"),
        ("you", {"name": "Nadia"}, "Enter a phone number or an e-mail address"),
        ("you", {"name": "N", "email": "nowhere"}, "Enter an e-mail address like name@example.com"),
        ("you", {"name": "N", "phone": "1", "postcode": "NO SUCH"}, "Enter a real postcode"),
        ("you", {"name": "N", "phone": "1"}, "Enter a phone number with its area code"),
    ],
)
def test_a_bad_answer_is_refused_in_words_and_stays(
    client: Client, key: str, typed: dict[str, str], words: str
) -> None:
    text = client.post(f"/get-help/{key}/", typed).text

    assert text.count(words) == 2
    assert "There is a problem" in text
    assert all(value.strip() in text for value in typed.values())


def test_an_answer_can_be_changed_before_it_is_sent(client: Client) -> None:
    answer_all(client)

    moved = client.post("/get-help/hard/?then=check", {"said": "Dad is well again"})

    assert moved.headers["Location"] == "/get-help/check/"
    assert "Dad is well again" in client.get("/get-help/check/").text


def test_what_is_not_answered_is_asked_before_sending(client: Client) -> None:
    client.post("/get-help/who/", {"who": "me"})

    assert client.post("/get-help/check/").headers["Location"] == "/get-help/what/"
    assert not Contact.objects.exists()


def test_sending_twice_makes_one_contact(client: Client) -> None:
    answer_all(client)
    client.get("/get-help/check/")
    kept = client.session["get_help"]
    client.post("/get-help/check/")
    session = client.session
    session["get_help"] = kept
    session.save()

    client.post("/get-help/check/")

    assert Contact.objects.count() == 1


def test_who_has_signed_in_is_not_asked_what_is_known(
    client: Client, edith_in: SignIn, edith: Person
) -> None:
    client.force_login(edith_in)
    text = client.get("/get-help/you/").text

    assert 'value="Edith Jones"' in text
    assert 'value="AL3 4QT"' in text

    answer_all(client)
    client.post("/get-help/check/")
    assert Contact.objects.get().caller == edith


def test_the_door_for_carers_has_two_answers_chosen_and_can_be_changed(client: Client) -> None:
    client.get("/get-help/?for=carer")

    assert re.search(r'value="me" checked', client.get("/get-help/who/").text)
    assert re.search(r'value="caring" checked', client.get("/get-help/what/").text)
    client.post("/get-help/what/", {"reason": "alone"})
    assert re.search(r'value="alone" checked', client.get("/get-help/what/").text)


def test_no_such_question_is_no_page(client: Client) -> None:
    assert client.get("/get-help/nothing/").status_code == 404


def test_the_desk_finds_what_came_and_adds_the_person_from_it(client: Client, gwen: Staff) -> None:
    answer_all(client)
    client.post("/get-help/check/")
    contact = Contact.objects.get()
    client.force_login(gwen.sign_in)

    text = client.post(f"/desk/contacts/{contact.pk}/", {"add": "caller"}).text

    assert "Nadia Brambleby, online" in text
    assert re.search(r'name="caller-first_name"[^>]*value="Nadia"', text)


def test_telephone_numbers_come_before_any_form(client: Client) -> None:
    text = client.get("/report-a-concern/").text

    assert text.index('href="tel:999"') < text.index("/report-a-concern/tell-us/")
    assert "<textarea" not in text


def test_a_concern_is_urgent_and_needs_no_name(client: Client) -> None:
    typed = {"who": "Mr X, 3 Weir Close", "said": "He has bruises", "key": "abc"}

    text = client.post("/report-a-concern/tell-us/", typed, follow=True).text
    client.post("/report-a-concern/tell-us/", typed)

    contact = Contact.objects.get()
    assert (contact.is_urgent, contact.reason, contact.caller_name) == (True, "concern", "")
    assert "Mr X, 3 Weir Close" in contact.said
    assert "We read it today" in text


def test_a_concern_with_a_number_nobody_can_ring_is_refused_and_keeps_the_rest(
    client: Client,
) -> None:
    typed = {"who": "Mr X", "said": "He has bruises", "phone": "12", "key": "abc"}

    text = client.post("/report-a-concern/tell-us/", typed).text

    assert text.count("Enter a phone number with its area code, like 01632 960001") == 2
    assert all(f"{value}" in text for value in ("Mr X", "He has bruises", 'value="12"'))
    assert not Contact.objects.exists()


def test_a_concern_that_says_nothing_is_refused_and_keeps_the_rest(client: Client) -> None:
    text = client.post("/report-a-concern/tell-us/", {"who": "Mr X", "said": ""}).text

    assert "Say what has happened" in text
    assert 'value="Mr X"' in text
    assert not Contact.objects.exists()

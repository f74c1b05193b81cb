import pytest
from django.core import mail
from django.test import Client

from ownway.foundation.council.models import Staff

pytestmark = pytest.mark.django_db


def test_nobody_is_told_whether_an_address_is_known(council: None) -> None:
    answers = [
        Client().post("/sign-in/code/", {"email": email}, follow=True)
        for email in ("nobody@elsewhere.example", "gwen.applegarth@alderbrook.example")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("If we know" in answer.text for answer in answers)
    assert [message.to for message in mail.outbox] == [["gwen.applegarth@alderbrook.example"]]


@pytest.mark.parametrize(
    ("address", "box", "words"),
    [
        ("/sign-in/", "login", "Type your e-mail address"),
        ("/sign-in/", "password", "Type your password"),
        ("/sign-in/code/", "email", "Type your e-mail address"),
    ],
)
def test_an_empty_box_is_named_in_our_words_in_both_places(
    council: None, client: Client, address: str, box: str, words: str
) -> None:
    shown = client.post(address, {}).text

    assert f'<a href="#id_{box}">{words}</a>' in shown
    assert f'id="id_{box}-error"' in shown


def test_a_wrong_password_is_said_plainly(gwen: Staff, client: Client) -> None:
    typed = {"login": gwen.sign_in.email, "password": "not this"}

    assert "The e-mail address or the password is not right" in client.post("/sign-in/", typed).text


def test_who_was_signed_out_is_told_why_and_that_their_words_are_kept(
    council: None, client: Client
) -> None:
    assert "What you typed is kept" in client.get("/sign-in/?next=/kept/").text
    assert "What you typed is kept" not in client.get("/sign-in/").text


def test_staff_who_lose_their_way_stay_in_the_frame_of_the_desk(as_, dev: Staff) -> None:  # type: ignore[no-untyped-def]
    missing = as_(dev).get("/desk/plans/999999/")

    assert missing.status_code == 404
    assert "My work" in missing.text

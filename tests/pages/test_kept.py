"""Somebody whose sign-in runs out while they type loses nothing, and nobody else sees it."""

import time
from unittest import mock

from django.test import Client

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event
from tests.conftest import NOON


def _signed_out_while_typing(client: Client, dev: Staff, harold: Person) -> str:
    people.name_worker(harold, staff=dev, at=NOON)
    client.force_login(dev.sign_in)
    address = f"/desk/people/{harold.pk}/note/"
    client.get(address)
    client.cookies.pop("sessionid")
    answer = client.post(address, {"note": "A long visit. He was in the garden."})
    assert answer["Location"] == "/sign-in/?next=/kept/"
    return address


def test_what_was_typed_is_there_after_signing_in_again(
    client: Client, dev: Staff, harold: Person
) -> None:
    address = _signed_out_while_typing(client, dev, harold)

    client.force_login(dev.sign_in)
    shown = client.get("/kept/").content.decode()

    assert "He was in the garden." in shown
    assert f'action="{address}"' in shown
    client.post(address, {"note": "A long visit. He was in the garden."})
    assert Event.objects.filter(kind="note.written").count() == 1


def test_nobody_else_at_the_same_computer_sees_it(
    client: Client, dev: Staff, ruth: Staff, harold: Person
) -> None:
    _signed_out_while_typing(client, dev, harold)

    client.force_login(ruth.sign_in)
    answer = client.get("/kept/")

    assert answer["Location"] == "/start/"
    assert "kept" not in client.session


def test_a_stranger_who_posts_is_asked_to_sign_in_and_nothing_is_kept(
    client: Client, council: None
) -> None:
    answer = client.post("/desk/people/1/note/", {"note": "Hello"})

    assert answer["Location"].startswith("/sign-in/?next=/desk/people/1/note/")
    assert not SignIn.objects.filter(email="").exists()
    assert "kept" not in client.session


def test_a_script_of_somebody_signed_out_is_told_so_and_gets_no_page(
    client: Client, dev: Staff, harold: Person
) -> None:
    answer = client.post(f"/desk/people/{harold.pk}/note/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert b"<html" not in answer.content


def test_every_page_offers_what_was_kept_until_it_is_sent_or_put_away(
    client: Client, dev: Staff, harold: Person
) -> None:
    address = _signed_out_while_typing(client, dev, harold)
    client.force_login(dev.sign_in)
    offered = "What you typed before you were signed out is kept."

    assert offered in client.get("/desk/").text
    assert offered in client.get(address).text
    client.post("/kept/", {"address": address})
    assert offered not in client.get("/desk/").text


def test_what_was_sent_again_is_offered_no_more_but_what_was_refused_is(
    client: Client, dev: Staff, harold: Person
) -> None:
    address = _signed_out_while_typing(client, dev, harold)
    client.force_login(dev.sign_in)

    client.post("/desk/people/999999/note/", {"note": "Elsewhere", "kept-again": "1"})
    assert "He was in the garden." in client.get("/kept/").text
    client.post(address, {"note": "He was in the garden.", "kept-again": "1"})

    assert client.get("/kept/")["Location"] == "/start/"


def test_two_pages_left_open_are_both_kept_and_a_postcode_is_no_secret(
    client: Client, dev: Staff, harold: Person
) -> None:
    _signed_out_while_typing(client, dev, harold)
    typed = {"about-postcode": "AL3 4QT", "password": "not shown", "long": "x" * 300_000}
    client.post("/desk/contacts/1/", typed)

    client.force_login(dev.sign_in)
    shown = client.get("/kept/").text

    assert "He was in the garden." in shown
    assert "AL3 4QT" in shown
    assert "x" * 300_000 in shown
    assert "not shown" not in shown


def test_who_was_signed_in_is_noted_anew_while_they_work(client: Client, dev: Staff) -> None:
    client.force_login(dev.sign_in)
    first = client.get("/desk/").cookies["ow_who"].value

    assert "ow_who" not in client.get("/desk/").cookies
    with mock.patch("django.core.signing.time.time", return_value=time.time() + 11 * 60 * 60):
        assert client.get("/desk/").cookies["ow_who"].value != first


def test_all_that_was_typed_is_shown_with_its_label_and_sent_again(
    client: Client, dev: Staff, harold: Person
) -> None:
    people.name_worker(harold, staff=dev, at=NOON)
    client.force_login(dev.sign_in)
    address = f"/desk/people/{harold.pk}/details/"
    client.get(address)
    client.cookies.pop("sessionid")
    client.post(address, {"first_name": "Harry", "best_time": "in the morning", "seen": "4"})

    client.force_login(dev.sign_in)
    shown = client.get("/kept/").text

    assert '>First name</dt><dd class="govuk-summary-list__value">Harry</dd>' in shown
    assert 'name="first_name" value="Harry"' in shown
    assert ">Best time</label>" in shown
    assert ">Seen<" not in shown
    assert 'name="seen" value="4"' in shown

"""Somebody whose sign-in runs out while they type loses nothing, and nobody else sees it."""

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

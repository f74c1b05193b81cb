"""The equipment questions for everybody and for staff, and the checklist page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog
from ownway.journey.prevention.models import EquipmentCheck, OrderedItem, PointMark

As = Callable[..., Client]
OPEN = ":::False:"  # How a page remembers a point that is still open
TYPED = {
    "now": "none_of_these",
    "memory": ["day", "out"],
    "falls": "none",
    "moving": "none_of_these",
    "home": "none_of_these",
    "skin": "no",
    "alone": "yes",
}


def answer_all(client: Client, **changed: object) -> str:
    for key, said in ({"now": "none_of_these", "who": "me"} | TYPED | changed).items():
        assert client.post(f"/check/equipment/{key}/", {key: said}).status_code == 302
    return client.get("/check/equipment/answer/").text


@pytest.mark.usefixtures("council")
def test_anybody_answers_six_questions_and_nothing_is_kept(client: Client) -> None:
    text = answer_all(client)

    assert "Door sensor" in text
    assert "Memory clock" in text
    assert "free for you" in text
    assert text.count("<h1") == 1
    assert not EquipmentCheck.objects.exists()


@pytest.mark.usefixtures("council")
def test_a_red_flag_says_to_talk_to_us_first(client: Client) -> None:
    text = answer_all(client, skin="yes")

    assert text.index("Talk to us first") < text.index("Door sensor")
    assert "Tell your doctor or nurse today" in text


@pytest.mark.usefixtures("council")
def test_a_question_left_empty_is_asked_again(client: Client) -> None:
    text = client.post("/check/equipment/falls/", {}).text

    assert text.count("Answer the question about falls") == 2


@pytest.mark.usefixtures("council")
def test_none_of_these_stands_alone(client: Client) -> None:
    text = client.post("/check/equipment/memory/", {"memory": ["day", "none_of_these"]}).text

    assert "Memory: choose “None of these” alone, or take its tick away" in text


@pytest.mark.usefixtures("council")
def test_an_answer_page_without_answers_leads_to_the_first_question(client: Client) -> None:
    assert client.get("/check/equipment/answer/").headers["Location"] == "/check/equipment/"
    assert client.get("/check/equipment/nothing/").status_code == 404


def test_staff_ask_all_six_and_order_in_two_presses(
    as_: As, gwen: Staff, harold: Person, edith: Person
) -> None:
    page = f"/desk/people/{harold.pk}/equipment/"
    asked = as_(gwen).post(page, TYPED | {"ask": "1"}, follow=True).text
    order = {"order": "1", "items": ["door_sensor", "memory_clock"], "tell": edith.pk}

    ordered = as_(gwen).post(page, order, follow=True).text

    assert "Tells a family member" in asked
    assert "Ordered: Door sensor, Memory clock. Charge £0.00. Mrs Jones was told" in ordered
    assert re.search(r"Shop code <strong[^>]*>[A-Z0-9]{4}-[A-Z0-9]{4}<", ordered)
    assert AccessLog.objects.filter(person=harold, what="things that help at home").exists()


def test_an_unanswered_question_is_named_and_the_rest_stays(
    as_: As, gwen: Staff, harold: Person
) -> None:
    typed = {k: v for k, v in TYPED.items() if k != "skin"} | {"ask": "1"}

    text = as_(gwen).post(f"/desk/people/{harold.pk}/equipment/", typed).text

    assert "Answer the question about skin" in text
    assert re.search(r'value="out" checked', text)
    assert not EquipmentCheck.objects.exists()


def test_an_order_of_nothing_is_refused(
    as_: As, gwen: Staff, harold: Person, check: EquipmentCheck
) -> None:
    typed = {"order": "1", "tell": harold.pk}

    text = as_(gwen).post(f"/desk/people/{harold.pk}/equipment/", typed).text

    assert "Choose what to order" in text
    assert not OrderedItem.objects.exists()


@pytest.mark.parametrize("what", ["equipment", "checklist", "benefits"])
def test_a_stranger_on_the_staff_finds_no_such_page(
    as_: As, dev: Staff, harold: Person, what: str
) -> None:
    assert as_(dev).get(f"/desk/people/{harold.pk}/{what}/").status_code == 404
    assert as_(dev).post(f"/desk/people/{harold.pk}/{what}/", {"gain": "0"}).status_code == 404


def test_residents_and_finance_are_refused(
    as_: As, priya: Staff, edith_in: SignIn, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/checklist/"

    assert as_(priya).get(page).status_code == 403
    assert as_(edith_in).get(page).status_code == 403


def test_the_checklist_refuses_a_point_without_evidence_and_keeps_the_rest(
    as_: As, gwen: Staff, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/checklist/"
    typed = {"home-mark": "done", "home-evidence": "Rails by the bath", "carer-mark": "declined"}

    refused = as_(gwen).post(page, typed).text
    no = {"carer-evidence": "She has her sister", "carer-said_by": "Mrs Jones"}
    kept = as_(gwen).post(page, typed | no | {"carer-was_informed": "on"}, follow=True).text

    assert "Write why they said no: carer support" in refused
    assert "Say who said no: carer support" in refused
    assert "Rails by the bath" in refused
    assert "2 of 5 done" in kept
    assert PointMark.objects.count() == 2


def test_a_page_that_is_old_reopens_nothing_that_was_settled_meanwhile(
    as_: As, gwen: Staff, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/checklist/"
    as_(gwen).post(page, {"home-mark": "done", "home-evidence": "Rails by the bath"})
    old = {"home-seen": OPEN, "carer-seen": OPEN, "carer-mark": "declined"}
    no = {"carer-evidence": "She has her sister", "carer-said_by": "Mrs Jones"}

    as_(gwen).post(page, old | no | {"carer-was_informed": "on"})

    assert {(one.point, one.mark) for one in PointMark.objects.all()} == {
        ("home", "done"),
        ("carer", "declined"),
    }


def test_a_point_settled_meanwhile_is_shown_before_it_is_written_over(
    as_: As, gwen: Staff, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/checklist/"
    as_(gwen).post(page, {"home-mark": "done", "home-evidence": "Rails by the bath"})

    refused = (
        as_(gwen)
        .post(
            page, {"home-seen": OPEN, "home-mark": "not_applicable", "home-evidence": "He said no"}
        )
        .text
    )

    assert "It says now: Done. Rails by the bath" in refused
    assert "He said no" in refused
    assert PointMark.objects.count() == 1


def test_a_benefit_check_is_kept_in_pounds_and_shown_as_evidence(
    as_: As, gwen: Staff, harold: Person
) -> None:
    page = f"/desk/people/{harold.pk}/benefits/"

    wrong = as_(gwen).post(page, {"gain": "seventy", "found": "Attendance Allowance"}).text
    kept = as_(gwen).post(page, {"gain": "70", "found": "Attendance Allowance"}, follow=True).text

    assert "Enter an amount in pounds and pence" in wrong
    assert "£70.00 a week more (Attendance Allowance)" in kept


def test_a_thing_is_handed_over_on_its_page(
    as_: As, gwen: Staff, harold: Person, edith: Person, check: EquipmentCheck
) -> None:
    order = {"order": "1", "items": ["door_sensor"], "tell": edith.pk}
    as_(gwen).post(f"/desk/people/{harold.pk}/equipment/", order)
    page = f"/desk/people/{harold.pk}/equipment/{OrderedItem.objects.get().pk}/"

    text = as_(gwen).post(page, {"handed": "1"}, follow=True).text
    as_(gwen).post(page, {"tried": "1", "trial": "helps", "words": "I sleep now"})

    assert "With the person" in text
    assert OrderedItem.objects.get().trial == "helps"
    assert as_(gwen).get(f"/desk/people/{edith.pk}/equipment/999999/").status_code == 404

"""The pages: one question each, back and change, nothing kept on our side."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.policy import packs
from tests.policy.readability import grade

CHECK = "/check/money/"


def _carried(page: Any) -> str:
    found = re.search(r'name="carried" value="([^"]*)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def _press(client: Client, page: Any, **typed: Any) -> Any:
    return client.post(CHECK, {"carried": _carried(page), **typed})


@pytest.fixture
def asked_for_price(client: Client, council: None) -> Any:
    """All the way to the last question, with £255.00 a week coming in."""
    page = client.post(CHECK, {"carried": ""})
    page = _press(client, page, asked="who", said="person")
    page = _press(client, page, asked="free_because", said="none")
    page = _press(client, page, asked="income_pence", said=["pension"])
    return _press(client, page, asked="income.pension_pence", said="1,020.00", every="four_weeks")


def test_the_first_page_says_that_nothing_is_kept(client: Client, council: None) -> None:
    text = client.get(CHECK).content.decode()

    assert "We keep nothing" in text
    assert "We do not ask your name" in text


def test_the_answer_shows_the_sum_what_is_not_counted_and_what_to_do_next(
    client: Client, asked_for_price: Any
) -> None:
    page = _press(client, asked_for_price, asked="budget_pence", said="171", every="week")

    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "You may pay £40.00 a week",
        "The council would pay £131.00.",
        "What you must keep to live on",
        "Pay from work",
        "Your savings",
        "Ask for a full check",
        "Find benefits advice",
        "It is not a decision.",
        "Rules version 1.",
    ):
        assert words in text


def test_nothing_is_kept_no_row_no_session_no_cookie(client: Client, asked_for_price: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = _press(client, asked_for_price, asked="budget_pence", said="", every="week")

    assert "You may pay £40.00 a week" in page.content.decode()
    assert not client.cookies
    assert not Session.objects.exists()
    assert not [q for q in asked.captured_queries if not q["sql"].startswith("SELECT")]


def test_going_back_shows_what_was_typed(client: Client, asked_for_price: Any) -> None:
    page = _press(client, asked_for_price, again="income.pension_pence")

    text = page.content.decode()
    assert 'value="1020.00"' in text
    assert '<option value="four_weeks" selected>' in text


def test_a_changed_answer_drops_what_no_longer_belongs_and_keeps_the_rest(
    client: Client, asked_for_price: Any
) -> None:
    page = _press(client, asked_for_price, again="income_pence")
    page = _press(client, page, asked="income_pence", said=["benefits", "pension"])

    assert "Benefits, such as Universal Credit" in page.content.decode()
    page = _press(client, page, asked="income.benefits_pence", said="10", every="week")
    assert "What will your support cost?" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"said": "lots", "every": "week"}, "Enter an amount in pounds and pence, like 12.50"),
        ({"said": "-4", "every": "week"}, "Enter an amount in pounds and pence, like 12.50"),
        ({"said": "", "every": "week"}, "Enter an amount in pounds, or 0"),
        ({"said": "5", "every": "fortnight"}, "Choose how often"),
        ({"said": "99999999", "every": "week"}, "This is more than £100,000. Check the amount"),
        ({"said": "9" * 20, "every": "week"}, "This is more than £100,000. Check the amount"),
    ],
)
def test_a_wrong_amount_is_refused_beside_its_box_and_what_was_typed_stays(
    client: Client, asked_for_price: Any, typed: dict[str, str], words: str
) -> None:
    page = _press(client, asked_for_price, asked="income.pension_pence", **typed)

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert words in text
    assert f'value="{typed["said"]}"' in text or not typed["said"]


def test_none_of_these_goes_with_nothing_else(client: Client, asked_for_price: Any) -> None:
    page = _press(client, asked_for_price, asked="income_pence", said=["none", "pension"])

    assert page.status_code == 422
    assert "on its own" in page.content.decode()


@pytest.mark.parametrize("broken", ["x", "a:b:c", "😀" * 50, "y" * 30_000])
def test_answers_that_were_changed_on_the_way_are_not_read(
    client: Client, council: None, broken: str
) -> None:
    page = client.post(CHECK, {"carried": broken, "asked": "who", "said": "person"})

    assert page.status_code == 422
    assert "We lost your answers" in page.content.decode()


def test_an_answer_to_a_question_that_was_not_asked_is_let_be(
    client: Client, asked_for_price: Any
) -> None:
    page = _press(client, asked_for_price, asked="capital_pence", said="5")

    assert "What will your support cost?" in page.content.decode()


def _under(monkeypatch: pytest.MonkeyPatch, pack: packs.Pack) -> None:
    for name in ("rules", "told_rules"):
        monkeypatch.setattr(f"ownway.community.money_check.views.{name}", lambda on: pack)


def test_over_the_limit_leads_to_the_page_for_those_who_pay_themselves(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _under(monkeypatch, packs.load("careact-2014", on=date(2025, 10, 1)))
    page = client.post(CHECK, {"carried": ""})
    for key, said in (("who", "person"), ("free_because", "none"), ("setting", "home"),
                      ("household", "single"), ("capital_pence", "30000")):  # fmt: skip
        page = _press(client, page, asked=key, said=said)
    page = _press(client, page, asked="budget_pence", said="", every="week")

    text = page.content.decode()
    assert "You would pay the full cost" in text
    assert reverse("paying-yourself") in text


def test_a_rate_nobody_knows_yet_is_named(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _under(monkeypatch, packs.load("careact-2014", on=date(2030, 1, 1)))
    page = client.post(CHECK, {"carried": ""})
    for key, said in (("who", "person"), ("free_because", "none"), ("setting", "home"),
                      ("household", "single"), ("capital_pence", "0"), ("income_pence", "none"),
                      ("age", "80")):  # fmt: skip
        page = _press(client, page, asked=key, said=said)
    for key in ("housing_costs_pence", "disability_expenses_pence"):
        page = _press(client, page, asked=key, said="0", every="week")
    while "We cannot say yet" not in page.content.decode():
        found = re.search(r'name="asked" value="([^"]+)"', page.content.decode())
        assert found is not None
        page = _press(
            client,
            page,
            asked=found[1],
            said="no" if "radio" in page.content.decode() else "0",
            every="week",
        )

    text = page.content.decode()
    assert "We will not guess." in text
    assert "Minimum income guarantee, single, pension age" in text


def test_the_page_for_those_who_pay_themselves_leads_to_guide_directory_and_plan(
    client: Client, council: None
) -> None:
    text = client.get(reverse("paying-yourself")).content.decode()

    for name in ("directory", "my-plan", "get-help", "equipment-check"):
        assert f'href="{reverse(name)}' in text


@pytest.mark.parametrize("name", ["money-check", "paying-yourself"])
def test_the_pages_read_at_grade_seven_without_words_of_the_trade(
    client: Client, council: None, name: str
) -> None:
    page = client.get(reverse(name)).content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main is not None
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</(p|li|h\d|dt|dd)>", ". ", main[0])))

    assert grade(text) <= 7
    for word in ("indicative", "contribution", "deflator", "domain"):
        assert word not in text.lower()

"""What changes later in a care home: when, to what, and that the home is left out until then."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from ownway.community.money_check import http
from ownway.community.money_check.queries.changing import changes
from ownway.policy import charging, packs
from tests.community.money_check.walks import amount, to_the_end
from tests.policy.readability import grade

PACK = packs.load("careact-2014", on=date(2026, 1, 6))
HOME = {
    "setting": "care_home",
    "capital_pence": 1_600_000,
    "home_value_pence": 20_000_000,
    "week": 2,
    "budget_pence": amount(80_000),
}
TRADE = ("indicative", "contribution", "deflator", "domain")


def _later(**changed: Any) -> list[tuple[int, int | None]]:
    worked = to_the_end(PACK, **HOME | changed).decision
    assert worked is not None
    return [(one.week, one.pays_pence) for one in changes(worked, PACK)]


def test_a_benefit_stops_after_four_weeks_and_the_home_counts_after_twelve() -> None:
    assert _later() == [(5, 22_135), (13, 80_000)]


def test_each_change_is_what_the_rules_give_in_that_week() -> None:
    worked = to_the_end(PACK, **HOME).decision
    assert worked is not None

    for one in changes(worked, PACK):
        then = charging.decide({**worked.facts, "week": one.week}, PACK)
        assert then.result["charge_pence"] == one.pays_pence
        sooner = charging.decide({**worked.facts, "week": one.week - 1}, PACK)
        assert sooner.result["charge_pence"] != one.pays_pence


def test_of_a_fee_that_nobody_knows_yet_all_of_it_is_paid() -> None:
    assert _later(budget_pence=amount(None)) == [(5, 22_135), (13, None)]


def test_what_is_past_is_not_told_as_to_come() -> None:
    assert _later(week=6) == [(13, 80_000)]
    assert _later(week=30) == []


def test_a_home_that_somebody_lives_in_never_begins_to_count() -> None:
    assert [week for week, _ in _later(living_at_home=["partner"])] == [5]


def test_a_small_home_is_counted_and_the_council_goes_on_paying() -> None:
    assert _later(home_value_pence=500_000) == [(5, 22_135), (13, 23_935)]


def test_at_home_nothing_changes_by_the_week() -> None:
    assert _later(setting="home") == []


def _page(client: Client, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> str:
    monkeypatch.setattr("ownway.community.money_check.views.told_rules", lambda on: PACK)
    way = to_the_end(PACK, **HOME | changed)
    said = {question.key: value for question, value in way.path}
    page = client.post("/check/money/", {"carried": http.carried(said)})
    found = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert found is not None
    return found[0]


def _words(html: str) -> str:
    plain = re.sub(r"<(table|button|script).*?</\1>", " ", html, flags=re.DOTALL)
    plain = re.sub(r"</(p|li|h\d|dt|dd|summary|div)>", ". ", plain)
    return re.sub(r"(\s*\.)+", ".", unescape(re.sub(r"<[^>]+>", " ", plain)))


def test_the_page_says_at_once_that_the_sum_is_for_now_and_what_comes(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(_words(_page(client, monkeypatch)).split())

    assert "You may pay £295.25 a week at first" in words
    assert "From week 13 in the care home, you would pay the full cost: £800.00 a week." in words
    assert "Your home, until week 13" in words


def test_over_the_limit_by_the_home_is_not_said_to_be_savings(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = _words(_page(client, monkeypatch, week=13))

    assert "Your savings and your home together are over the limit" in words
    assert "Savings of" not in words


@pytest.mark.parametrize(
    "changed",
    [{}, {"week": 13}, {"setting": "home"}, {"household": "couple"}, {"home_value_pence": 0},
     {"setting": "home", "capital_pence": 3_000_000}, {"free_because": "section_117"},
     {"living_at_home": ["partner"]}],
    ids=str,
)  # fmt: skip
def test_every_answer_reads_at_grade_seven_without_words_of_the_trade(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    words = _words(_page(client, monkeypatch, **changed))

    assert grade(words) <= 7
    assert not [word for word in TRADE if word in words.lower()]


def test_a_total_after_an_addition_is_read_out_as_what_it_makes(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(_words(_page(client, monkeypatch)).split())

    assert "Makes: All income that counts" in words

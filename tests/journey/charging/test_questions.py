"""Which questions are asked: those the rules in force ask for by name, and nothing on record."""

from datetime import date
from typing import Any

import pytest

from ownway.foundation.people.models import Person
from ownway.journey.charging import queries
from ownway.policy import packs

DAY = date(2025, 6, 2)
CARE_ACT = packs.load("careact-2014", on=DAY)
AT_HOME = {"where": {"setting": "home"}, "savings": {"capital_pence": 100_000}}


def _keys(person: Person, answers: dict[str, Any], pack: packs.Pack = CARE_ACT) -> list[str]:
    path = queries.path_for(person, answers, pack=pack, on=DAY, judged={})
    return [question.key for question in path.questions]


def test_rules_that_ask_only_for_income_have_one_question(harold: Person) -> None:
    pack = packs.load("alderbrook", on=date(2026, 1, 6))

    assert _keys(harold, {}, pack) == ["money-coming-in"]


def test_a_date_of_birth_on_record_is_not_asked_for(harold: Person) -> None:
    assert "birth-date" not in _keys(harold, AT_HOME)


def test_a_date_of_birth_that_is_not_on_record_is_asked_for(harold: Person) -> None:
    harold.date_of_birth = None

    assert "birth-date" in _keys(harold, AT_HOME)


def test_a_wife_on_record_at_the_same_address_is_not_asked_for(
    harold: Person, edith: Person
) -> None:
    keys = _keys(harold, AT_HOME)

    assert "home-life" not in keys
    assert "shared-savings" in keys


def test_somebody_with_no_partner_on_record_is_asked_whom_they_live_with(harold: Person) -> None:
    assert "home-life" in _keys(harold, AT_HOME)


def test_savings_over_the_limit_close_all_further_questions(harold: Person) -> None:
    rich = {**AT_HOME, "savings": {"capital_pence": 5_000_000}}

    assert _keys(harold, rich) == ["where", "home-life", "savings"]


def test_somebody_of_pension_age_is_not_asked_for_premiums_or_children(harold: Person) -> None:
    keys = _keys(harold, AT_HOME)

    assert not {"extra-parts", "children", "child-alone"} & set(keys)


def test_somebody_of_working_age_is_asked_for_both(harold: Person) -> None:
    harold.date_of_birth = date(1990, 1, 1)

    assert {"extra-parts", "children"} <= set(_keys(harold, AT_HOME))


def test_income_that_is_never_counted_is_not_asked_for(harold: Person) -> None:
    keys = _keys(harold, AT_HOME)

    assert "income-pension" in keys
    assert not {"income-earnings", "income-mobility", "income-notional"} & set(keys)


def test_a_home_is_asked_for_only_where_the_care_is_in_a_care_home(harold: Person) -> None:
    in_home = {"where": {"setting": "care_home"}}

    assert "your-home" not in _keys(harold, AT_HOME)
    assert "your-home" in _keys(harold, in_home)


def test_a_home_that_is_owned_opens_four_more_questions(harold: Person) -> None:
    owner = {
        "where": {"setting": "care_home"},
        "savings": {"capital_pence": 0},
        "your-home": {"owns": True, "value_pence": 20_000_000, "owed_pence": 0},
    }

    assert {"who-lives-there", "moved-in", "care-home-before"} <= set(_keys(harold, owner))


@pytest.mark.parametrize(
    ("pence", "often", "income", "cost"),
    [
        (10_000, "week", 10_000, 10_000),
        (10_001, "two_weeks", 5_000, 5_001),
        (10_003, "four_weeks", 2_500, 2_501),
        (100_000, "month", 23_076, 23_077),
        (100_000, "year", 1_923, 1_924),
    ],
)
def test_an_amount_a_week_falls_out_in_the_persons_favour(
    pence: int, often: str, income: int, cost: int
) -> None:
    assert queries.weekly(pence, often) == income
    assert queries.weekly(pence, often, is_cost=True) == cost


def test_all_answers_together_are_what_the_rules_need(harold: Person) -> None:
    answers: dict[str, Any] = {**AT_HOME, "home-life": {"household": "single"}}
    for _ in range(20):
        path = queries.path_for(harold, answers, pack=CARE_ACT, on=DAY, judged={})
        if path.first_open is None:
            break
        answers[path.first_open.key] = _some(path.first_open)

    assert path.is_complete
    pays = queries.would_pay(harold, path.given, budget_pence=30_800, pack=CARE_ACT, on=DAY)
    assert pays.problems == {}
    assert pays.charge_pence is not None


def _some(question: queries.Question) -> dict[str, Any]:
    if question.key == "income-savings_credit":
        return {"pence": 0, "often": "week"}
    kinds: dict[str, dict[str, Any]] = {
        "amount": {"pence": 5_000, "often": "week"},
        "costs": {"rows": [{"what": "Heating", "pence": 1_500, "often": "week"}]},
        "yes_no": {"yes": False},
    }
    return kinds[question.kind]

"""Which questions are asked: those the rules in force ask for by name, and nothing on record."""

from datetime import date
from typing import Any

import pytest

from ownway.foundation.people.models import Person
from ownway.journey.charging import queries
from ownway.policy import charging, packs

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


# -- A couple ------------------------------------------------------------------------------------

COUPLE: dict[str, Any] = {
    **AT_HOME,
    "shared-savings": {"joint_capital_pence": 0},
    "housing": {"pence": 0, "often": "week"},
    "extra-costs": {"rows": []},
    **{
        f"income-{key}": {"pence": pence, "often": "week"}
        for key, pence in {
            "pension": 30_000, "work_pension": 0, "savings_credit": 0, "benefits": 0, "other": 0,
        }.items()
    },
    "disability-benefit": {"pence": 0, "often": "week"},
}  # fmt: skip
OF_PARTNER: dict[str, Any] = {
    "partner-too": {"yes": True},
    "partner-birth": {"born": "1950-03-01"},
    "partner-income": {"pence": 5_000, "often": "week"},
    "partner-savings": {"partner.capital_pence": 0},
    "partner-housing": {"pence": 0, "often": "week"},
    "partner-extra-costs": {"rows": []},
}


def test_one_of_a_couple_at_home_is_asked_whether_to_look_at_both(
    harold: Person, edith: Person
) -> None:
    keys = _keys(harold, COUPLE)

    assert keys[-1] == "partner-too"


def test_who_says_no_is_asked_nothing_of_the_partner(harold: Person, edith: Person) -> None:
    answers = COUPLE | {"partner-too": {"yes": False}}

    path = queries.path_for(harold, answers, pack=CARE_ACT, on=DAY, judged={})

    assert path.is_complete
    assert "partner" not in path.facts


def test_who_says_yes_is_asked_for_the_partners_side_and_pays_less_for_it(
    harold: Person, edith: Person
) -> None:
    alone = queries.path_for(
        harold, COUPLE | {"partner-too": {"yes": False}}, pack=CARE_ACT, on=DAY, judged={}
    )
    both = queries.path_for(harold, COUPLE | OF_PARTNER, pack=CARE_ACT, on=DAY, judged={})

    charges = []
    for path in (alone, both):
        facts = queries.facts_for(harold, path.given, pack=CARE_ACT, on=DAY)
        charges.append(charging.decide(facts | {"budget_pence": 50_000}, CARE_ACT).result)
    assert both.is_complete
    assert set(OF_PARTNER) <= {question.key for question in both.questions}
    assert charges[1]["looked_at"] == "together"
    assert charges[1]["charge_pence"] < charges[0]["charge_pence"]


def test_a_couple_under_the_rules_of_a_care_home_is_not_asked(
    harold: Person, edith: Person
) -> None:
    answers = COUPLE | {"where": {"setting": "care_home"}}

    assert "partner-too" not in _keys(harold, answers)


def test_what_was_kept_of_a_partner_is_shown_again_as_answers() -> None:
    facts = {"partner": {"born_on": "1950-03-01", "income_pence": 5_000, "capital_pence": 0}}

    found = queries.answers_from(facts)

    assert found["partner-too"] == {"yes": True}
    assert found["partner-birth"] == {"born": "1950-03-01"}
    assert found["partner-income"] == {"pence": 5_000, "often": "week"}

"""The rules say what is asked: nothing more, nothing twice, and each in plain words."""

from datetime import date

import pytest

from ownway.community.money_check import queries
from ownway.community.money_check.queries import catalogue
from ownway.community.money_check.queries.walking import weekly_pence
from ownway.policy import charging, packs
from tests.community.money_check.walks import amount, asked, to_the_end
from tests.policy.readability import grade

ALDERBROOK = packs.load("alderbrook", on=date(2026, 1, 6))
FAIRER = packs.load("facs-2010", on=date(2010, 10, 1))
CARE_ACT = packs.load("careact-2014", on=date(2025, 10, 1))
EVERY_PACK = pytest.mark.parametrize(
    "pack", [ALDERBROOK, FAIRER, CARE_ACT], ids=["alderbrook", "fairer", "care act"]
)


def test_where_income_alone_counts_only_income_and_the_price_are_asked() -> None:
    way = to_the_end(ALDERBROOK)

    keys = asked(way)
    assert keys[0] == "who"
    assert keys[-1] == "budget_pence"
    assert not {"age", "capital_pence", "housing_costs_pence"} & set(keys)
    assert queries.answer(way, ALDERBROOK).pays_pence == 24_500 + 7_390 - 21_500


@EVERY_PACK
def test_the_answer_is_that_of_the_rules_to_the_penny(pack: packs.Pack) -> None:
    way = to_the_end(pack, budget_pence=amount(17_100))

    assert way.decision is not None
    again = charging.decide(way.decision.facts, pack)
    assert queries.answer(way, pack).pays_pence == again.result["charge_pence"]


@EVERY_PACK
def test_nothing_is_asked_twice_and_each_question_reads_at_grade_seven(pack: packs.Pack) -> None:
    for setting in charging.SETTINGS:
        way = to_the_end(pack, setting=setting, household="couple")

        keys = asked(way)
        assert len(keys) == len(set(keys))
        for question, _ in way.path:
            assert grade(f"{question.title} {question.hint}") <= 7, question.key


def test_savings_over_the_limit_end_the_questions_there() -> None:
    way = to_the_end(CARE_ACT, capital_pence=2_325_100)

    assert "income_pence" not in asked(way)
    assert queries.answer(way, CARE_ACT).pays_all


def test_savings_at_the_limit_do_not() -> None:
    way = to_the_end(CARE_ACT, capital_pence=2_325_000)

    assert "income_pence" in asked(way)
    assert not queries.answer(way, CARE_ACT).pays_all


def test_half_of_what_is_shared_counts_and_is_asked_only_of_couples() -> None:
    alone = to_the_end(CARE_ACT)
    both = to_the_end(CARE_ACT, household="couple", joint_capital_pence=4_000_000)

    assert "joint_capital_pence" not in asked(alone)
    assert "joint_capital_pence" in asked(both)
    assert queries.answer(both, CARE_ACT).pays_all


def test_a_carer_pays_nothing_and_is_asked_nothing_more() -> None:
    way = to_the_end(CARE_ACT, who="carer")

    answer = queries.answer(way, CARE_ACT)
    assert asked(way) == ["who"]
    assert (answer.is_free, answer.pays_pence) == (True, 0)


def test_what_the_law_makes_free_asks_nothing_more() -> None:
    way = to_the_end(CARE_ACT, free_because="section_117")

    assert asked(way) == ["who", "free_because"]
    assert "section 117" in queries.answer(way, CARE_ACT).because


def test_a_price_that_is_not_known_is_never_shown_as_a_figure() -> None:
    for pack in (ALDERBROOK, FAIRER, CARE_ACT):
        answer = queries.answer(to_the_end(pack, budget_pence=amount(None)), pack)

        text = " ".join(f"{rung.title} {rung.note} {rung.figure}" for rung in answer.rungs)
        assert answer.price_pence is None
        assert "1,000,000" not in text


def test_a_price_below_what_could_be_paid_is_all_that_is_paid() -> None:
    answer = queries.answer(to_the_end(CARE_ACT, budget_pence=amount(2_000)), CARE_ACT)

    assert (answer.pays_pence, answer.council_pence) == (2_000, 0)


def test_a_rate_that_is_not_known_is_named_and_never_guessed() -> None:
    pack = packs.load("careact-2014", on=date(2026, 10, 1))

    way = to_the_end(pack, household="couple", age=40)

    assert way.decision is None
    assert queries.rate_words(way.unknown, pack) == [
        "Minimum income guarantee, one of a couple, 18 and over"
    ]


def test_no_profile_of_a_council_leaves_the_walk_without_an_end() -> None:
    for name in (*packs.names(), *packs.profiles()):
        for day in (date(2010, 10, 1), date(2016, 6, 1), date(2026, 6, 1)):
            if name in ("careact-2014", "alderbrook-care-act") and day.year < 2015:
                continue
            way = to_the_end(packs.load(name, on=day))
            assert way.decision or way.unknown, f"{name} on {day}: {way.refused}"


def test_income_that_does_not_count_is_not_asked_for_and_is_said_not_to_count() -> None:
    way = to_the_end(ALDERBROOK, income_pence=["earnings", "pension"])

    answer = queries.answer(way, ALDERBROOK)
    assert "income.earnings_pence" not in asked(way)
    assert answer.not_counted[0] == "Pay from work"


@pytest.mark.parametrize(
    ("every", "as_income", "as_cost"),
    [("week", 10_001, 10_001), ("four_weeks", 2_500, 2_501), ("month", 2_307, 2_308),
     ("year", 192, 193)],
)  # fmt: skip
def test_a_part_of_a_penny_goes_in_the_persons_favour(
    every: str, as_income: int, as_cost: int
) -> None:
    said = amount(10_001, every)

    assert weekly_pence(said, counts="income") == as_income
    assert weekly_pence(said, counts="cost") == as_cost


@EVERY_PACK
def test_every_fact_the_rules_may_ask_for_has_a_plain_question(pack: packs.Pack) -> None:
    known = set(catalogue.order()) | {"called", "settings", "income"}
    for setting in charging.SETTINGS:
        for household in ("single", "couple"):
            way = to_the_end(pack, setting=setting, household=household, home_value_pence=10**7)
            own = {key for key in asked(way) if not key.startswith("income.")}
            assert own <= known


def test_rules_with_a_fact_of_their_own_still_have_a_question_for_it() -> None:
    question = catalogue.question("lone_parent", CARE_ACT)
    made = catalogue._from_the_rules("lone_parent", CARE_ACT)

    assert question.kind == made.kind == "yes_no"
    assert made.title == "Brings up a child alone?"


@EVERY_PACK
def test_the_sum_speaks_to_whoever_asks(pack: packs.Pack) -> None:
    for setting in ("home", "care_home"):
        answer = queries.answer(to_the_end(pack, setting=setting), pack)

        for rung in answer.rungs:
            said = f"{rung.title}. {rung.note}"
            assert "ou’s" not in said
            assert not any(f"ou {verb}" in said for verb in ("pays", "has", "keeps", "is "))


def test_where_an_age_does_not_settle_pension_age_the_date_of_birth_is_asked() -> None:
    pack = packs.load("careact-2014", on=date(2026, 6, 1))
    needed = to_the_end(pack, age=66, born_on="1959-12-01")

    assert "born_on" in asked(needed)
    assert "born_on" not in asked(to_the_end(pack, age=80))
    assert needed.decision is not None


def test_a_home_counts_only_with_nobody_in_it_and_after_its_weeks() -> None:
    home = {"setting": "care_home", "home_value_pence": 20_000_000, "week": 30}
    alone = queries.answer(to_the_end(CARE_ACT, **home), CARE_ACT)
    wife = queries.answer(to_the_end(CARE_ACT, **home, living_at_home=["partner"]), CARE_ACT)
    early = queries.answer(to_the_end(CARE_ACT, **(home | {"week": 3})), CARE_ACT)

    assert (alone.pays_all, wife.pays_all, early.pays_all) == (True, False, False)
    assert "Your home, while it is left out" in wife.not_counted
    assert "Your home, until week 13" in early.not_counted

"""What someone pays: limits that always hold, and each turn the rules take."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import charging, packs
from ownway.policy.refusals import FactsMissing, FactsRefused

CARE_ACT = packs.load("careact-2014", on=date(2025, 6, 1))
FACS = packs.load("facs-2010", on=date(2010, 10, 1))
ALDERBROOK = packs.load("alderbrook", on=date(2026, 1, 30))

PENCE = st.integers(0, 100_000)
ONE = st.fixed_dictionaries(
    {
        "who": st.just("person"),
        "setting": st.just("home"),
        "household": st.sampled_from(["single", "couple"]),
        "age": st.integers(18, 100).filter(lambda age: age != 60),
        "budget_pence": PENCE,
        "capital_pence": st.integers(0, 3_000_000),
        "income_pence": PENCE,
        "housing_costs_pence": PENCE,
        "disability_expenses_pence": PENCE,
        "premiums": st.lists(st.sampled_from(charging.PREMIUMS), unique=True),
        "lone_parent": st.booleans(),
        "children": st.integers(0, 3),
    }
).map(lambda one: one | ({"joint_capital_pence": 0} if one["household"] == "couple" else {}))
PACK = st.booleans().map(lambda now: CARE_ACT if now else FACS)


def pays(facts, pack):
    return charging.decide(facts, pack).result["charge_pence"]


@given(facts=ONE, pack=PACK)
@settings(max_examples=300, deadline=None)
def test_nobody_pays_less_than_nothing_or_more_than_the_care_costs(facts, pack):
    result = charging.decide(facts, pack).result

    assert 0 <= result["charge_pence"] <= facts["budget_pence"]
    assert result["charge_pence"] + result["council_pays_pence"] == facts["budget_pence"]


@given(facts=ONE, pack=PACK, more=st.integers(1, 10_000))
@settings(max_examples=200, deadline=None)
def test_more_costs_of_disability_or_home_never_mean_paying_more(facts, pack, more):
    before = pays(facts, pack)

    for cost in ("housing_costs_pence", "disability_expenses_pence"):
        assert pays({**facts, cost: facts[cost] + more}, pack) <= before


@given(facts=ONE, pack=PACK, more=st.integers(1, 10_000))
@settings(max_examples=200, deadline=None)
def test_more_income_or_savings_never_mean_paying_less(facts, pack, more):
    before = pays(facts, pack)

    for means in ("income_pence", "capital_pence"):
        assert pays({**facts, means: facts[means] + more}, pack) >= before


@given(budget=st.integers(0, 10**6), income=st.integers(0, 10**6))
@settings(max_examples=200, deadline=None)
def test_alderbrook_asks_for_income_over_the_protected_sum_up_to_the_budget(budget, income):
    facts = {"who": "person", "income_pence": income, "budget_pence": budget}

    assert pays(facts, ALDERBROOK) == min(max(income - 21_500, 0), budget)


def test_pay_from_work_and_mobility_money_are_not_counted(example):
    facts = example("06-pensioner")
    before = pays(facts, CARE_ACT)
    facts["income"] |= {
        "earnings_pence": 50_000, "mobility_pence": 7_500, "war_disablement_pence": 9_000,
        "child_related_pence": 2_000,
    }  # fmt: skip

    assert pays(facts, CARE_ACT) == before


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"age": 20, "lone_parent": False}, 8_915),
        ({"age": 20, "lone_parent": True}, 11_250),
        ({"age": 40}, 11_250),
        ({"age": 70}, 23_260),
        ({"age": 40, "household": "couple", "joint_capital_pence": 0}, 8_835),
        ({"age": 20, "household": "couple", "joint_capital_pence": 0, "lone_parent": False}, 8_835),
        ({"age": 70, "household": "couple", "joint_capital_pence": 0}, 17_755),
    ],
)
def test_what_must_be_kept_goes_by_age_and_household(changes, kept, example):
    facts = example("06-pensioner", premiums=[], children=0, **changes)

    assert charging.decide(facts, CARE_ACT).step("mig").value == kept


def test_premiums_and_children_add_to_what_is_kept_under_pension_age_only(example):
    premiums = ["disability", "enhanced_disability", "carer"]
    young = example("06-pensioner", age=40, premiums=premiums, children=2)
    old = {**young, "age": 70}

    def steps(facts):
        decision = charging.decide(facts, CARE_ACT)
        return {step.name: step.value for step in decision.steps if step.sign == "−"}

    assert steps(young) == {
        "mig": 11_250, "disability_premium": 4_965, "enhanced_premium": 2_425,
        "carer_premium": 5_325, "for_children": 20_590, "for_housing": 2_200,
        "for_disability": 1_500,
    }  # fmt: skip
    assert "disability_premium" not in steps(old)
    assert steps(old)["carer_premium"] == 5_325


@pytest.mark.parametrize(
    ("changes", "protected"),
    [
        ({"age": 20, "lone_parent": False}, 6_482),
        ({"age": 30}, 8_182),
        ({"age": 70}, 16_575),
        ({"age": 30, "premiums": ["disability"]}, 11_682),
    ],
)
def test_fairer_contributions_keep_the_national_level_and_a_quarter(changes, protected, example):
    facts = example("07-fairer-contributions", **{"premiums": [], **changes})

    assert charging.decide(facts, FACS).step("protected").value == protected


def test_a_quarter_more_never_costs_a_part_of_a_penny(example):
    facts = example("07-fairer-contributions", age=40, premiums=[], lone_parent=False)

    charge = pays(facts, FACS)

    exact = Fraction(9_765 + 6_000 + 4_780 + 1_500) - Fraction(6_545 * 5, 4) - 1_000
    assert (charge, exact) == (12_863, Fraction("12863.75"))


def test_a_share_of_what_someone_has_is_rounded_down_for_them(example):
    facts = example("06-pensioner", settings={"charge_share": 0.3335})

    decision = charging.decide(facts, CARE_ACT)

    available = decision.step("available").value
    assert available * 3_335 % 10_000 > 5_000
    assert decision.result["charge_pence"] == available * 3_335 // 10_000


def test_an_odd_penny_of_joint_savings_goes_in_the_persons_favour(example):
    facts = example("09-couple", joint_capital_pence=2_850_003)

    assert charging.decide(facts, CARE_ACT).result["capital_pence"] == 1_425_001


def test_the_council_may_ask_no_more_than_its_own_most_and_waive_small_sums(example):
    most = example("06-pensioner", settings={"charge_most_week_pence": 5_000})
    small = example("06-pensioner", budget_pence=124, settings={"charge_waived_below_pence": 125})

    assert pays(most, CARE_ACT) == 5_000
    assert pays(small, CARE_ACT) == 0


@pytest.mark.parametrize("one", CARE_ACT.lists["never_charged"], ids=lambda one: one["key"])
def test_some_support_is_never_charged(one):
    facts = {"who": "person", "budget_pence": 9_900, "free_because": one["key"]}

    decision = charging.decide(facts | {"price_pence": 100_000}, CARE_ACT)

    assert decision.result["charge_pence"] == 0
    assert decision.step("charge").note == one["name"]


def test_week_seven_of_reablement_at_alderbrook_goes_by_income():
    facts = {
        "who": "person",
        "setting": "reablement",
        "budget_pence": 9_000,
        "income_pence": 22_000,
    }

    assert pays({**facts, "week": 6}, ALDERBROOK) == 0
    assert pays({**facts, "week": 7}, ALDERBROOK) == 500


def test_a_stored_fact_keeps_the_setting_it_was_given():
    facts = {"who": "person", "setting": "reablement", "week": 7, "budget_pence": 9_000,
             "income_pence": 22_000}  # fmt: skip

    assert charging.decide(facts, ALDERBROOK).facts["setting"] == "reablement"


def test_a_rate_that_is_not_known_is_asked_for_by_name_with_the_days_it_is(example):
    pack = packs.load("careact-2014", on=date(2026, 6, 1))
    facts = example("06-pensioner", age=30, premiums=["carer"], children=0)

    with pytest.raises(FactsMissing, match=r"settings\.premium_carer_pence.*until 2026-04-06"):
        charging.decide(facts, pack)

    assert pays(facts | {"settings": {"premium_carer_pence": 5_500}}, pack) > 0


def test_joint_savings_of_a_single_person_are_refused(example):
    with pytest.raises(FactsRefused, match="joint_capital_pence: is given for a single person"):
        charging.decide(example("06-pensioner", joint_capital_pence=5), CARE_ACT)

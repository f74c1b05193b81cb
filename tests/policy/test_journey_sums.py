"""The sums of the journey script that can be checked by hand."""

import pytest

from ownway.policy import allocation, charging


def test_harolds_answers_come_to_40_points_of_which_edith_meets_25(example, alderbrook):
    result = allocation.decide(example("joneses-harold-budget"), alderbrook).result

    assert (result["need_points"], result["help_points"], result["points_left"]) == (40, 25, 15)


def test_harolds_points_for_each_part_of_life_are_those_of_the_sample(example, alderbrook):
    decision = allocation.decide(example("joneses-harold-budget"), alderbrook)

    needs = [row.value for row in decision.step("need_points").rows]
    helped = [row.shown for row in decision.step("help_points").rows]
    assert needs == [4, 6, 4, 2, 8, 8, 6, 2, 0]
    assert helped == [
        "4 of 4", "6 of 6", "4 of 4", "2 of 2", "2 of 8", "4 of 8", "3 of 6", "0 of 2",
    ]  # fmt: skip


def test_harolds_first_budget_is_171(example, alderbrook):
    decision = allocation.decide(example("joneses-harold-budget"), alderbrook)

    assert decision.result["weekly_pence"] == 17_100
    assert decision.formula == "(40 − 25) × £12.00 × 0.95 = £171.00"


def test_the_sum_reads_as_the_resident_sees_it(example, alderbrook):
    steps = allocation.decide(example("joneses-harold-budget"), alderbrook).steps

    assert [(step.sign, step.label, step.figure, step.after) for step in steps] == [
        ("", "The help Harold needs", "40", "points"),
        ("−", "The help a carer wants to go on giving", "25", "points"),
        ("=", "The help still to find", "15", "points"),
        ("×", "The price of one point", "£12.00", "a week"),
        ("×", "The share we can start with", "0.95", ""),
        ("=", "Harold’s budget", "£171.00", "a week"),
    ]


def test_ediths_own_budget_is_38(example, alderbrook):
    decision = allocation.decide(example("joneses-edith-budget"), alderbrook)

    assert decision.result["need_points"] == 5
    assert decision.result["weekly_pence"] == 3_800
    assert decision.formula == "5 × £8.00 × 0.95 = £38.00"


@pytest.mark.parametrize(
    ("need", "helped", "weekly"),
    [(42, 25, 19_380), (30, 6, 27_360), (20, 8, 13_680)],
    ids=["Mr Jones at review", "Nadia", "Leo"],
)
def test_the_other_budgets(need, helped, weekly, alderbrook):
    facts = {"who": "person", "need_points": need, "help_points": helped}

    assert allocation.decide(facts, alderbrook).result["weekly_pence"] == weekly


def test_harold_pays_30_and_the_council_141(example, alderbrook):
    decision = charging.decide(example("joneses-harold-pays"), alderbrook)

    assert decision.result["charge_pence"] == 3_000
    assert decision.result["council_pays_pence"] == 14_100
    assert decision.formula == "£245.00 − £215.00 = £30.00"


def test_nadias_income_is_under_what_she_keeps_so_she_pays_nothing(alderbrook):
    facts = {"who": "person", "income_pence": 18_000, "budget_pence": 27_360}

    assert charging.decide(facts, alderbrook).result["charge_pence"] == 0


def test_ediths_own_budget_is_not_charged(alderbrook):
    decision = charging.decide({"who": "carer", "budget_pence": 3_800}, alderbrook)

    assert decision.result["charge_pence"] == 0
    assert decision.step("charge").note == "Carers pay nothing for their own support."


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        ("facs_threshold", "band", 3),
        ("contact_hours", "hours", 24),
        ("contact_target", "ratio", 8_000),
        ("assessment_days", "days", 28),
        ("reablement_weeks", "weeks", 6),
        ("reablement_free_weeks", "weeks", 6),
        ("reablement_most_weeks", "weeks", 12),
        ("followup_days", "days", 91),
        ("first_review_weeks", "weeks", 6),
        ("review_months", "months", 12),
        ("in_house_line", "ratio", 8_000),
        ("money_management_pence", "pence a week", 950),
        ("change_without_asking", "ratio", 1_000),
        ("callback_days", "days", 14),
        ("transition_age", "years", 17),
    ],
)
def test_alderbrook_has_the_settings_of_the_story(number, unit, value, alderbrook):
    found = alderbrook.number(number)

    assert (found.unit, found.value) == (unit, value)

"""A home of one's own: left out for weeks, once in a year, and for those the rules protect."""

import pytest

from ownway.policy import charging
from ownway.policy.refusals import FactsMissing, FactsRefused
from tests.policy.charging.conftest import NOW

BY_INCOME = 25_000 - 3_065


def answer(facts):
    return charging.decide(facts, NOW).result


@pytest.mark.parametrize(("week", "charge"), [(1, BY_INCOME), (12, BY_INCOME), (13, 80_000)])
def test_the_home_is_left_out_for_twelve_weeks(week, charge, in_a_home, pays):
    assert pays(in_a_home(week=week)) == charge


@pytest.mark.parametrize(
    ("used", "since", "first"), [(5, 51, 8), (5, 52, 13), (12, 51, 1), (12, 52, 13), (0, None, 13)]
)
def test_once_in_52_weeks_only_what_is_left_of_the_twelve(used, since, first, in_a_home):
    facts = in_a_home(disregard_weeks_used=used, weeks_since_disregard=since)

    assert answer(facts)["home_counts_from_week"] == first
    assert answer(facts | {"week": first})["home_counts"] is True
    assert answer(facts | {"week": first - 1 or 5200})["home_counts"] is (first == 1)


def test_weeks_since_are_asked_for_only_where_some_were_used(in_a_home):
    with pytest.raises(FactsMissing) as missing:
        charging.decide(in_a_home(disregard_weeks_used=3), NOW)

    assert missing.value.names == ("weeks_since_disregard",)


def test_more_weeks_than_there_are_is_refused(in_a_home):
    with pytest.raises(FactsRefused, match="disregard_weeks_used: is more than the 12 weeks"):
        charging.decide(in_a_home(disregard_weeks_used=13, weeks_since_disregard=3), NOW)


@pytest.mark.parametrize(
    "who", ["partner", "relative_60", "relative_incapacitated", "child", "lone_parent"]
)
def test_the_home_never_counts_while_somebody_the_rules_protect_lives_there(who, in_a_home):
    result = answer(in_a_home(week=300, living_at_home=[who]))

    assert result["charge_pence"] == BY_INCOME
    assert (result["home_counts"], result["home_counts_from_week"]) == (False, None)


def test_somebody_else_living_there_changes_nothing_unless_the_council_says_so(in_a_home, pays):
    there = in_a_home(week=13, living_at_home=["other"])

    assert pays(there) == 80_000
    assert pays(there | {"home_not_counted": True}) == BY_INCOME


def test_the_home_counts_for_its_price_less_a_tenth_and_less_debts(in_a_home):
    result = answer(in_a_home(week=13, home_value_pence=3_000_000, home_debts_pence=1_000_000))

    assert result["capital_pence"] == 1_700_000
    assert result["tariff_pence"] == 1_100


def test_debts_over_the_price_leave_nothing_to_count(in_a_home):
    result = answer(in_a_home(week=13, home_value_pence=100, home_debts_pence=900))

    assert (result["capital_pence"], result["home_counts"]) == (0, False)


@pytest.mark.parametrize(("week", "benefit"), [(1, 7_390), (4, 7_390), (5, 0), (13, 0)])
def test_disability_benefit_counts_for_four_weeks_only(week, benefit, in_a_home, pays):
    facts = in_a_home(week=week, home_value_pence=0, disability_benefit_pence=7_390)

    assert pays(facts) == BY_INCOME + benefit


def test_the_week_is_asked_for_where_a_benefit_would_stop(in_a_home):
    facts = in_a_home(home_value_pence=0, week=None, disability_benefit_pence=7_390)

    with pytest.raises(FactsMissing) as missing:
        charging.decide(facts, NOW)

    assert missing.value.names == ("week",)


# -- Half a pension from work --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pension", "passed", "kept"),
    [(10_000, 5_000, 5_000), (10_000, 9_000, 5_000), (10_000, 4_999, 0), (10_001, 5_000, 5_001),
     (0, 0, 0)],
)  # fmt: skip
def test_half_a_work_pension_is_left_out_where_half_is_passed_on(
    pension, passed, kept, in_a_home, pays
):
    income = {"pension_pence": 15_000, "work_pension_pence": pension}
    facts = in_a_home(income=income, income_pence=None, passed_to_partner_pence=passed)

    assert pays(facts) == 15_000 + pension - 3_065 - kept


def test_what_is_passed_on_needs_the_pension_it_comes_from(in_a_home):
    with pytest.raises(FactsMissing) as missing:
        charging.decide(in_a_home(passed_to_partner_pence=10), NOW)

    assert missing.value.names == ("income.work_pension_pence",)


def test_more_cannot_be_passed_on_than_there_is(in_a_home):
    facts = in_a_home(income={"work_pension_pence": 9}, income_pence=None)

    with pytest.raises(FactsRefused, match="is more than the pension from work"):
        charging.decide(facts | {"passed_to_partner_pence": 10}, NOW)


# -- A nurse, and short stays --------------------------------------------------------------------


def test_the_nhs_pays_its_part_first(in_a_home):
    facts = in_a_home(nursing_care=True, settings={"nursing_care_pence": 26_768})

    by_means, in_full = answer(facts), answer(facts | {"capital_pence": 2_325_001})

    assert by_means["council_pays_pence"] == 80_000 - 26_768 - BY_INCOME
    assert (in_full["charge_pence"], in_full["nhs_pays_pence"]) == (80_000 - 26_768, 26_768)


def test_the_nhs_rate_of_a_year_that_is_not_known_is_asked_for(in_a_home):
    with pytest.raises(FactsMissing, match=r"settings\.nursing_care_pence"):
        charging.decide(in_a_home(nursing_care=True), NOW)


def test_whoever_will_not_say_what_they_have_is_not_asked_for_the_part_of_the_nhs(in_a_home):
    facts = in_a_home(
        nursing_care=True, light_touch="refuses_details", settings={"nursing_care_pence": 26_768}
    )

    result = answer(facts)

    assert (result["charge_pence"], result["nhs_pays_pence"]) == (80_000 - 26_768, 26_768)
    assert (result["budget_pence"], result["council_pays_pence"]) == (80_000, 0)


@pytest.mark.parametrize("because", ["refuses_details", "passported"])
def test_of_a_home_nobody_looked_at_nothing_is_said(because, in_a_home):
    result = answer(in_a_home(light_touch=because))

    assert result["because"] == f"light_touch_{because}"
    assert "home_counts" not in result


ONLY_IN_A_HOME = "nursing_care: is given, and the care is not charged as in a care home"


@pytest.mark.parametrize(
    "changes",
    [
        {"setting": "home"},
        {"setting": "home", "capital_pence": 2_325_001},
        {"setting": "home", "light_touch": "refuses_details"},
        {"setting": "reablement", "week": 7},
        {"setting": "short_stay", "week": 8},
    ],
)
def test_the_nhs_pays_for_no_nurse_outside_a_care_home(changes, at_home):
    facts = at_home(nursing_care=True, settings={"nursing_care_pence": 26_768}, **changes)

    with pytest.raises(FactsRefused, match=ONLY_IN_A_HOME):
        charging.decide(facts, NOW)


def test_the_nhs_pays_its_part_of_a_stay_that_is_charged_as_a_care_home(at_home):
    facts = at_home(
        nursing_care=True, setting="short_stay", week=9, budget_pence=80_000,
        settings={"nursing_care_pence": 26_768},
    )  # fmt: skip

    assert answer(facts)["nhs_pays_pence"] == 26_768


def test_where_the_care_is_given_is_asked_for_before_the_nhs_pays_a_part():
    facts = {"who": "person", "light_touch": "refuses_details", "budget_pence": 30_000,
             "nursing_care": True}  # fmt: skip

    with pytest.raises(FactsMissing) as missing:
        charging.decide(facts, NOW)

    assert missing.value.names == ("setting",)


def test_rules_of_one_protected_sum_have_no_part_for_the_nhs(alderbrook):
    facts = {"who": "person", "income_pence": 90_000, "budget_pence": 80_000,
             "nursing_care": True}  # fmt: skip

    with pytest.raises(FactsRefused, match=ONLY_IN_A_HOME):
        charging.decide(facts, alderbrook)


@pytest.mark.parametrize("week", [1, 8])
def test_a_short_stay_is_charged_as_at_home(week, at_home, pays):
    assert pays(at_home(setting="short_stay", week=week)) == pays(at_home())


def test_after_eight_weeks_a_stay_is_charged_as_a_care_home(at_home, pays):
    assert pays(at_home(setting="short_stay", week=9)) == 20_000 - 3_065


def test_a_council_may_charge_short_stays_as_a_care_home(at_home, pays):
    facts = at_home(setting="short_stay", week=1, settings={"short_stay_charge": "care_home"})

    assert pays(facts) == 20_000 - 3_065

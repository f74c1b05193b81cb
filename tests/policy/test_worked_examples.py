"""The worked examples of the domain reference, section 17, each to the penny."""

from dataclasses import replace
from datetime import date

import pytest

from ownway.policy import allocation, charging, eligibility, packs
from ownway.policy.direct_payments import Account, route_for, to_recover
from ownway.policy.measures import (
    Holder,
    Share,
    check_at_home_on,
    in_time,
    settled_at_home,
    still_at_home,
    with_a_budget_of_their_own,
)
from ownway.policy.ratings import is_held
from ownway.policy.refusals import PackRefused
from ownway.policy.sufficiency import Award, concerns


class TestExample1Facs:
    def test_the_highest_band_wins_and_dudley_counts_substantial(self, example, dudley):
        result = eligibility.decide(example("01-facs-substantial"), dudley).result

        assert (result["band"], result["eligible"]) == ("substantial", True)

    def test_only_the_second_risk_is_moderate_and_goes_to_prevention(self, example, dudley):
        result = eligibility.decide(example("01-facs-moderate"), dudley).result

        assert (result["band"], result["eligible"]) == ("moderate", False)
        assert result["route"] == "prevention"

    def test_each_risk_is_a_reason_met_or_not(self, example, dudley):
        reasons = eligibility.decide(example("01-facs-substantial"), dudley).result["reasons"]

        met = {one["criterion"] for one in reasons if one["met"]}
        assert met == {"most_personal_care", "several_social"}
        assert len(reasons) == 22


class TestExample2CareActAdult:
    def test_three_outcomes_with_a_big_effect_are_eligible(self, example, care_act):
        result = eligibility.decide(example("02-care-act-adult"), care_act).result

        assert (result["eligible"], result["outcomes_unable"]) == (True, 3)

    def test_help_that_is_already_given_changes_nothing(self, example, care_act):
        with_help = eligibility.decide(example("02-care-act-adult"), care_act)
        facts = example("02-care-act-adult")
        del facts["help_now"]

        assert eligibility.decide(facts, care_act).result == with_help.result

    def test_one_outcome_is_not_enough(self, example, care_act):
        facts = example("02-care-act-adult")
        facts["outcomes"] |= {"clothing": [], "community": []}

        result = eligibility.decide(facts, care_act).result

        assert (result["eligible"], result["outcomes_unable"]) == (False, 1)

    @pytest.mark.parametrize("fact", ["needs_from_impairment", "significant_impact"])
    def test_without_a_cause_or_a_big_effect_nothing_is_enough(self, fact, example, care_act):
        facts = example("02-care-act-adult", **{fact: False})

        assert not eligibility.decide(facts, care_act).result["eligible"]

    def test_the_second_person_of_example_1_is_eligible_under_the_care_act(self, example, care_act):
        assert eligibility.decide(example("02-care-act-moderate"), care_act).result["eligible"]


class TestExample3Carer:
    def test_one_outcome_is_enough_for_a_carer(self, example, care_act):
        assert eligibility.decide(example("03-care-act-carer"), care_act).result["eligible"]

    def test_taking_longer_does_not_count_for_a_carer(self, example, care_act):
        facts = example("03-care-act-carer")
        facts["outcomes"] |= {"recreation": ["L4"], "work": []}

        assert not eligibility.decide(facts, care_act).result["eligible"]


class TestExample4Table:
    def test_a_carer_and_a_deflator_and_breaks(self, example, facs):
        decision = allocation.decide(example("04-table"), facs)

        assert decision.step("base").value == 880_000
        assert decision.step("shared_out").value == 836_000
        assert decision.result["yearly_pence"] == 896_000
        assert decision.result["weekly_pence"] == 17_231
        assert decision.result["four_weekly_pence"] == 68_924

    def test_the_score_before_the_carer_is_13_200(self, example, facs):
        decision = allocation.decide(example("04-carer-withdraws"), facs)

        assert decision.step("base").value == 1_320_000

    def test_when_the_carer_withdraws_it_is_worked_out_on_the_whole_score(self, example, facs):
        result = allocation.decide(example("04-carer-withdraws"), facs).result

        assert (result["yearly_pence"], result["weekly_pence"]) == (1_254_000, 24_115)


class TestExample6Pensioner:
    def test_she_pays_what_is_left_of_her_income(self, example, care_act):
        decision = charging.decide(example("06-pensioner"), care_act)

        assert decision.result["tariff_pence"] == 1_500
        assert decision.step("all_income").value == 38_170
        assert decision.result["charge_pence"] == 10_325
        assert decision.result["council_pays_pence"] == 20_475

    def test_a_pound_more_of_savings_is_one_step_more(self, example, care_act):
        facts = example("06-pensioner", capital_pence=1_800_100)

        assert charging.decide(facts, care_act).result["tariff_pence"] == 1_600

    def test_she_never_pays_more_than_her_care_costs(self, example, care_act):
        result = charging.decide(example("06-pensioner-small-cost"), care_act).result

        assert (result["charge_pence"], result["council_pays_pence"]) == (8_000, 0)


class TestExample7FairerContributions:
    def test_she_keeps_the_guarantee_and_a_quarter_more(self, example, facs):
        decision = charging.decide(example("07-fairer-contributions"), facs)

        assert decision.step("all_income").value == 22_045
        assert decision.step("protected").value == 16_575
        assert decision.result["charge_pence"] == 4_470
        assert decision.result["council_pays_pence"] == 10_530

    def test_the_higher_rate_counts_as_the_lower_without_night_care(self, example, facs):
        result = charging.decide(example("07-higher-rate-no-night-care"), facs).result

        assert result["charge_pence"] == 4_470

    def test_the_higher_rate_counts_in_full_with_night_care(self, example, facs):
        facts = example("07-higher-rate-no-night-care", night_care=True)

        assert charging.decide(facts, facs).result["charge_pence"] == 4_470 + 7_140 - 4_780


class TestExample8Limits:
    @pytest.mark.parametrize(
        ("capital", "tariff"), [(2_325_000, 3_600), (1_425_000, 0), (1_425_001, 100)]
    )
    def test_savings_up_to_the_limit_are_means_tested(self, capital, tariff, example, care_act):
        result = charging.decide(example("06-pensioner", capital_pence=capital), care_act).result

        assert (result["tariff_pence"], result["because"]) == (tariff, "means_test")

    def test_a_penny_over_the_limit_pays_the_full_cost_and_nothing_else_is_asked(
        self, example, care_act
    ):
        result = charging.decide(example("08-over-the-upper-limit"), care_act).result

        assert (result["charge_pence"], result["council_pays_pence"]) == (30_800, 0)

    @pytest.mark.parametrize("week", range(1, 7))
    @pytest.mark.parametrize("capital", [0, 2_325_001])
    def test_the_first_six_weeks_of_reablement_are_free(self, week, capital, example, care_act):
        facts = example("08-reablement-week-6", week=week, capital_pence=capital)

        assert charging.decide(facts, care_act).result["charge_pence"] == 0

    def test_week_seven_may_be_charged(self, example, care_act):
        facts = example("08-reablement-week-6", week=7, capital_pence=2_325_001)

        assert charging.decide(facts, care_act).result["charge_pence"] == 30_800


def test_example_9_half_of_joint_savings_count_and_the_partners_income_does_not(example, care_act):
    result = charging.decide(example("09-couple"), care_act).result

    assert (result["tariff_pence"], result["charge_pence"]) == (300, 7_830)


HOME = {
    "home_value_pence": 20_000_000, "home_debts_pence": 0, "living_at_home": [],
    "disregard_weeks_used": 0,
}  # fmt: skip


class TestExample10CareHome:
    PACK = packs.load("careact-2014", on=date(2025, 6, 1))

    def test_income_and_tariff_less_personal_expenses(self, example):
        result = charging.decide(example("10-care-home"), self.PACK).result

        assert result["tariff_pence"] == 700
        assert (result["charge_pence"], result["council_pays_pence"]) == (22_635, 57_365)

    @pytest.mark.parametrize(("week", "charge"), [(12, 22_635), (13, 80_000)])
    def test_the_home_counts_after_week_12(self, week, charge, example):
        home = HOME | {"week": week}

        result = charging.decide(example("10-care-home", **home), self.PACK).result

        assert result["charge_pence"] == charge

    def test_the_home_never_counts_while_a_relative_lives_there(self, example):
        home = HOME | {"living_at_home": ["relative_60"], "week": 60}

        result = charging.decide(example("10-care-home", **home), self.PACK).result

        assert result["charge_pence"] == 22_635


class TestExample14Jones:
    def test_mr_jones_has_10_440_a_year(self, example, facs):
        decision = allocation.decide(example("14-jones-2008"), facs)

        assert decision.step("base").value == 940_000
        assert decision.result["yearly_pence"] == 1_044_000
        assert decision.result["weekly_pence"] == 20_077

    def test_his_score_alone_is_24_000(self, example, facs):
        facts = example("14-jones-2008", help_points=0, breaks_yearly_pence=0)

        assert allocation.decide(facts, facs).result["yearly_pence"] == 2_400_000

    def test_mrs_jones_is_eligible_as_a_carer(self, example, care_act):
        assert eligibility.decide(example("14-jones-2008-carer"), care_act).result["eligible"]


class TestExample17PackClash:
    def test_kingston_loads_under_facs(self):
        pack = packs.load("facs-2010", profile="kingston-2010", on=date(2010, 10, 1))

        assert pack.word("reablement_charge") == "hours"

    def test_the_care_act_refuses_kingstons_charge_and_says_where_and_why(self):
        with pytest.raises(PackRefused, match=r"kingston-2010: numbers\.reablement_charge") as no:
            packs.load("careact-2014", profile="kingston-2010", on=date(2026, 6, 1))

        assert "first six weeks" in str(no.value)

    def test_kingston_charges_hours_of_direct_care_by_means(self, example):
        pack = packs.load("kingston-2010", on=date(2010, 10, 1))
        facts = example("07-fairer-contributions", setting="reablement", week=2)
        facts |= {"direct_care_pence": 3_000}

        result = charging.decide(facts, pack).result

        assert (result["budget_pence"], result["charge_pence"]) == (3_000, 3_000)


class TestExample5Savva:
    FIRST = Award(points=16, indicative_pence=8_291, final_pence=17_045, because="Panel")

    def test_a_final_budget_over_its_start_stands_with_a_reason(self):
        assert list(concerns(self.FIRST)) == []

    def test_without_a_reason_it_does_not(self):
        (concern,) = concerns(replace(self.FIRST, because=""))

        assert concern.firm

    def test_needs_that_rose_while_the_award_did_not_are_flagged(self):
        later = Award(points=22, indicative_pence=11_221, final_pence=17_045, because="As before")

        (concern,) = concerns(later, before=self.FIRST)
        assert "Needs rose from 16 to 22 points" in concern.message


class TestExample4Sufficiency:
    def test_a_plan_that_costs_more_is_agreed_for_a_reason_that_is_kept(self):
        start, final = round(896_000 / 52), round(950_000 / 52)

        assert next(concerns(Award(36, start, final))).firm
        assert list(concerns(Award(36, start, final, because="Costs of support here"))) == []


class TestExample11BudgetsOfTheirOwn:
    TESTS = {"amount_known": True, "outcomes_agreed": True, "used_as_they_choose": True}

    def people(self):
        groups = [
            (310, {"has_direct_payment": True}),
            (90, {"has_direct_payment": True, "has_budget": True, **self.TESTS}),
            (200, {"has_budget": True, **self.TESTS}),
            (40, {"has_budget": True, **self.TESTS, "outcomes_agreed": False}),
            (1_760, {}),
        ]
        clients = [traits for count, traits in groups for _ in range(count)]
        carers = [{"has_direct_payment": True}] * 120 + [{}] * 480
        everyone = [("client", one) for one in clients] + [("carer", one) for one in carers]
        return [Holder(f"{side} {n}", **one) for n, (side, one) in enumerate(everyone)]

    def test_720_of_3_000_is_24_per_cent(self):
        share = with_a_budget_of_their_own(self.people())

        assert (share.some, share.all, share.shown) == (720, 3_000, "24.0%")

    def test_30_per_cent_needs_180_more(self, facs):
        share = with_a_budget_of_their_own(self.people())
        target = facs.value("budget_share_target")

        assert (share.needed(target), share.gap(target)) == (900, 180)
        assert not share.reaches(target)

    def test_a_person_in_both_lists_counts_once(self):
        share = with_a_budget_of_their_own([*self.people(), Holder("client 0")])

        assert (share.some, share.all) == (720, 3_000)

    @pytest.mark.parametrize("test", TESTS)
    def test_a_budget_must_pass_each_of_the_three_tests(self, test):
        assert not Holder("x", has_budget=True, **{**self.TESTS, test: False}).counts


class TestExample12DaysAtHome:
    def test_day_91_after_1_october_is_31_december(self, facs):
        days = facs.value("followup_days")

        assert check_at_home_on(date(2010, 10, 1), days=days) == date(2010, 12, 31)

    def test_those_who_died_or_were_not_found_stay_in_the_count(self):
        found = {"home": 90, "extra_care": 6, "care_home": 8, "hospital": 6, "dead": 7,
                 "unknown": 3}  # fmt: skip

        assert still_at_home(found).shown == "80.0%"

    @pytest.mark.parametrize(
        ("start", "passes"), [(date(2024, 12, 24), False), (date(2024, 12, 25), True), (None, True)]
    )
    def test_a_care_home_within_84_days_fails(self, start, passes, care_act):
        days = care_act.value("settled_at_home_days")

        found = settled_at_home(date(2024, 10, 1), long_term_from=start, days=days)

        assert found is passes


class TestExample13Surplus:
    COMMITTED = 18_000 + 12_000 + 25_000

    @pytest.mark.parametrize(
        ("balance", "recover"), [(215_000, 40_000), (160_000, 0), (175_000, 0)]
    )
    def test_over_eight_weeks_and_what_is_owed_may_be_asked_back(self, balance, recover, facs):
        account = Account(balance, self.COMMITTED, weekly_net=15_000)

        assert to_recover(account, pack=facs) == recover

    def test_what_the_person_paid_in_too_much_is_theirs(self, facs):
        account = Account(215_000, self.COMMITTED, weekly_net=15_000, overpaid_by_person=10_000)

        assert to_recover(account, pack=facs) == 30_000


class TestExample15Clocks:
    @pytest.mark.parametrize(
        ("ended", "good"), [(date(2013, 3, 29), True), (date(2013, 3, 30), False)]
    )
    def test_day_28_is_in_time_and_day_29_late(self, ended, good, dudley):
        days = dudley.value("assessment_days")

        assert in_time(date(2013, 3, 1), ended, days=days) is good

    def test_3_632_of_4_165_is_87_2_per_cent(self):
        assert Share(3_632, 4_165).shown == "87.2%"

    @pytest.mark.parametrize(("units", "good"), [(799, False), (800, True)])
    def test_an_in_house_service_must_reach_80_per_cent(self, units, good, dudley):
        assert Share(units, 1_000).reaches(dudley.value("in_house_line")) is good

    @pytest.mark.parametrize(("stars", "held"), [(1, True), (2, True), (3, False), (5, False)])
    def test_two_stars_are_held_and_three_are_shown(self, stars, held, dudley):
        assert is_held(stars, pack=dudley) is held


class TestExample16Panel:
    @pytest.mark.parametrize(
        ("kin", "same_home", "route"),
        [("son", True, "panel"), ("son", False, "normal"), ("spouse", False, "panel"),
         ("", True, "normal")],
    )  # fmt: skip
    def test_a_son_in_the_same_home_waits_for_the_panel(self, kin, same_home, route, dudley):
        found = route_for(kin, same_home=same_home, pack=dudley)

        assert (found.name, found.may_pay) == (route, route == "normal")


def test_example_14_mr_joness_plan_and_its_support_come_to_204_27(example, facs):
    budget = allocation.decide(example("14-jones-2008"), facs).result["weekly_pence"]
    plan = 6_000 + 10_400 + 0 + 3_677

    assert plan == budget
    assert budget + 350 == 20_427

"""The other turns a charge takes: light touch, money given away, partners, credit, carers."""

from datetime import date

import pytest

from ownway.policy import charging, packs
from ownway.policy.refusals import FactsMissing, FactsRefused
from tests.policy.charging.conftest import NOW

FACS = packs.load("facs-2010", on=date(2010, 10, 1))
PARTNER = {
    "age": 40, "income_pence": 5_000, "capital_pence": 0, "premiums": [],
    "housing_costs_pence": 0, "disability_expenses_pence": 0,
}  # fmt: skip


def answer(facts, pack=NOW):
    return charging.decide(facts, pack).result


# -- Without a full look -------------------------------------------------------------------------


def test_somebody_who_will_not_say_pays_the_full_cost():
    facts = {"who": "person", "light_touch": "refuses_details", "budget_pence": 30_000}

    result = answer(facts)

    assert (result["charge_pence"], result["because"]) == (30_000, "light_touch_refuses_details")


def test_somebody_on_a_benefit_that_shows_it_pays_nothing():
    result = answer({"who": "person", "light_touch": "passported", "budget_pence": 30_000})

    assert (result["charge_pence"], result["is_free"]) == (0, True)


@pytest.mark.parametrize("cost", [0, 500])
def test_a_small_charge_is_paid_in_full(cost):
    facts = {"who": "person", "light_touch": "small_charge", "budget_pence": cost}

    assert answer(facts)["charge_pence"] == cost


def test_a_charge_that_is_not_small_needs_a_full_look():
    facts = {"who": "person", "light_touch": "small_charge", "budget_pence": 501}

    with pytest.raises(FactsRefused, match=r"more than £5\.00 a week"):
        charging.decide(facts, NOW)


def test_reablement_is_free_in_its_first_weeks_even_for_somebody_who_will_not_say():
    facts = {"who": "person", "light_touch": "refuses_details", "budget_pence": 30_000,
             "setting": "reablement", "week": 6}  # fmt: skip

    assert answer(facts)["charge_pence"] == 0
    assert answer(facts | {"week": 7})["charge_pence"] == 30_000


# -- Carers, and equipment -----------------------------------------------------------------------


def test_a_carer_pays_nothing_unless_the_council_charges_carers(at_home):
    facts = at_home(who="carer")

    assert answer(facts)["because"] == "carer"
    assert answer(facts | {"settings": {"carers_pay": "means_test"}, "support_for": "carer"})[
        "charge_pence"
    ]


def test_a_carer_is_never_charged_for_care_given_to_somebody_else(at_home):
    facts = at_home(who="carer", settings={"carers_pay": "means_test"}, support_for="person")

    assert answer(facts)["because"] == "cared_for"


@pytest.mark.parametrize(("price", "free"), [(100_000, True), (100_001, False)])
def test_equipment_is_free_up_to_a_thousand_pounds(price, free, at_home):
    result = answer(at_home(free_because="equipment", price_pence=price))

    assert (result["charge_pence"] == 0) is free


# -- Money given away ----------------------------------------------------------------------------


def test_money_given_away_still_counts_and_shrinks_by_what_it_costs(at_home):
    facts = at_home(notional_capital_pence=1_500_000, notional_weeks=0)

    first = answer(facts)
    later = answer(facts | {"notional_weeks": 10})

    assert first["tariff_pence"] == first["notional_falls_by_pence"] == 300
    assert later["notional_capital_pence"] == 1_500_000 - 10 * 300


def test_money_given_away_over_the_limit_pays_in_full_until_it_has_shrunk(at_home):
    facts = at_home(notional_capital_pence=2_350_000)
    without = 20_000 - 11_250
    falls = 30_000 - without

    assert answer(facts | {"notional_weeks": 1})["charge_pence"] == 30_000
    assert (
        answer(facts | {"notional_weeks": 2})["notional_capital_pence"]
        == 2_350_000 - falls - (answer(facts | {"notional_weeks": 1})["notional_falls_by_pence"])
    )
    assert answer(facts | {"notional_weeks": 5})["charge_pence"] == without + 3_500


def test_money_given_away_stops_counting_below_the_lower_limit(at_home):
    result = answer(at_home(notional_capital_pence=1_425_001, notional_weeks=400))

    assert result["notional_capital_pence"] == 1_425_001 - 100
    assert result["notional_falls_by_pence"] == 0


# -- A partner -----------------------------------------------------------------------------------


def test_a_partner_with_less_than_they_need_lowers_what_is_paid(at_home):
    facts = at_home(household="couple", joint_capital_pence=0)
    alone = answer(facts)

    together = answer(facts | {"partner": PARTNER})

    assert alone["available_pence"] == 20_000 - 8_835
    assert together["available_pence"] == 20_000 - 8_835 - (8_835 - 5_000)
    assert together["looked_at"] == "together"


def test_a_partner_with_more_than_they_need_never_raises_it(at_home):
    facts = at_home(household="couple", joint_capital_pence=0)

    rich = answer(facts | {"partner": PARTNER | {"income_pence": 90_000}})

    assert (rich["charge_pence"], rich["looked_at"]) == (answer(facts)["charge_pence"], "alone")


def test_what_a_partner_pays_for_their_own_care_counts_as_theirs_to_keep(at_home):
    facts = at_home(household="couple", joint_capital_pence=0)
    partner = PARTNER | {"income_pence": 8_835}

    assert answer(facts | {"partner": partner})["looked_at"] == "alone"
    paying = answer(facts | {"partner": partner | {"pays_pence": 100}})
    assert paying["available_pence"] == 20_000 - 8_835 - 100


def test_two_who_both_receive_care_are_each_looked_at_alone(at_home):
    one = at_home(household="couple", joint_capital_pence=3_000_000, income_pence=20_000)
    other = at_home(household="couple", joint_capital_pence=3_000_000, income_pence=11_000)

    assert answer(one)["charge_pence"] == 20_000 + 300 - 8_835
    assert answer(other)["charge_pence"] == 11_000 + 300 - 8_835


def test_everything_about_a_partner_is_asked_for_at_once(at_home):
    facts = at_home(household="couple", joint_capital_pence=0, partner={"age": 40})

    with pytest.raises(FactsMissing) as missing:
        charging.decide(facts, NOW)

    assert missing.value.names == (
        "partner.income_pence", "partner.capital_pence", "partner.premiums",
        "partner.housing_costs_pence", "partner.disability_expenses_pence",
    )  # fmt: skip


def test_a_single_person_has_no_partner(at_home):
    with pytest.raises(FactsRefused, match="partner: is given for a single person"):
        charging.decide(at_home(partner=PARTNER), NOW)


def test_in_2010_a_partner_keeps_half_of_a_couples_amount_and_a_quarter_more(at_home):
    facts = at_home(household="couple", joint_capital_pence=0)
    keeps = 6_423

    alone, together = answer(facts, FACS), answer(facts | {"partner": PARTNER}, FACS)

    assert alone["available_pence"] == 20_000 - keeps
    assert together["available_pence"] == 20_000 - keeps - (keeps - 5_000)


# -- Savings Credit, small sums and sums below nothing -------------------------------------------


def test_a_part_of_savings_credit_is_ignored(at_home, pays):
    def with_credit(pence, day=date(2024, 6, 3)):
        income = {"pension_pence": 24_000, "savings_credit_pence": pence}
        facts = at_home(age=80, income=income, income_pence=None)
        return pays(facts, packs.load("careact-2014", on=day))

    none = 24_000 - 22_870
    assert [with_credit(pence) for pence in (0, 500, 695, 696)] == [none, none, none, none + 1]


def test_a_savings_credit_rate_that_is_not_known_is_asked_for_only_by_those_who_have_it(at_home):
    income = {"pension_pence": 24_000, "savings_credit_pence": 1}

    with pytest.raises(FactsMissing, match=r"settings\.savings_credit_ignored_single_pence"):
        charging.decide(at_home(age=80, income=income, income_pence=None), NOW)


@pytest.mark.parametrize(
    "facts", [{"disability_expenses_pence": 90_000}, {"income_pence": 0}, {"budget_pence": 0}]
)
def test_nobody_pays_less_than_nothing(facts, at_home):
    result = answer(at_home(**facts))

    assert result["charge_pence"] == 0
    assert result["available_pence"] >= 0


@pytest.mark.parametrize(("waived_below", "charge"), [(8_750, 8_750), (8_751, 0)])
def test_a_charge_under_the_councils_least_is_not_asked_for(waived_below, charge, at_home, pays):
    facts = at_home(settings={"charge_waived_below_pence": waived_below})

    assert pays(facts) == charge


@pytest.mark.parametrize(
    ("day", "kept"),
    [("2023-04-10", 10_365), ("2024-04-07", 10_365), ("2024-04-08", 11_060),
     ("2025-04-06", 11_060), ("2025-04-07", 11_250), ("2026-04-05", 11_250),
     ("2026-04-06", 12_040), ("2027-04-11", 12_040)],
)  # fmt: skip
def test_each_rate_holds_from_its_day_to_the_day_before_the_next(day, kept, at_home):
    decision = charging.decide(at_home(), packs.load("careact-2014", on=date.fromisoformat(day)))

    assert decision.step("mig").value == kept


@pytest.mark.parametrize("day", ["2015-04-01", "2023-04-09", "2027-04-12", "2040-01-01"])
def test_on_a_day_before_or_after_every_known_rate_it_is_asked_for(day, at_home):
    with pytest.raises(FactsMissing, match=r"settings\.mig_single_25_pence.*from 2023-04-10"):
        charging.decide(at_home(), packs.load("careact-2014", on=date.fromisoformat(day)))


def test_null_is_unknown_even_where_nothing_said_is_nothing(at_home):
    with pytest.raises(FactsMissing) as missing:
        charging.decide(at_home(nursing_care=None, notional_capital_pence=None), NOW)

    assert missing.value.names == ("notional_capital_pence", "nursing_care")


def test_every_rate_that_is_not_known_is_asked_for_at_once(at_home):
    facts = at_home(premiums=["carer", "disability"], children=2)

    with pytest.raises(FactsMissing) as missing:
        charging.decide(facts, packs.load("careact-2014", on=date(2026, 6, 1)))

    assert missing.value.names == (
        "settings.premium_disability_single_pence", "settings.premium_carer_pence",
        "settings.child_each_pence",
    )  # fmt: skip


def test_a_council_may_let_people_at_home_keep_more_savings(at_home, in_a_home):
    more = {"settings": {"capital_upper_at_home_pence": 5_000_000}, "capital_pence": 2_400_000}

    assert answer(at_home(**more))["because"] == "means_test"
    assert answer(in_a_home(**more))["because"] == "capital_over_upper_limit"

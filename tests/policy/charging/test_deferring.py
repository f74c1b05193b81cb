"""Paying for a care home later, from the home."""

import pytest

from ownway.policy import charging
from ownway.policy.refusals import FactsRefused
from tests.policy.charging.conftest import NOW


def deferred(facts):
    return charging.deferred_payment(facts, NOW).result


def test_the_most_that_is_lent_is_the_value_less_a_tenth_the_lower_limit_and_debts(in_a_home):
    result = deferred(in_a_home(home_debts_pence=1_000_000))

    assert result["may_be_offered"] is True
    assert result["equity_limit_pence"] == 20_000_000 - 2_000_000 - 1_425_000 - 1_000_000


def test_up_to_144_pounds_of_income_is_kept(in_a_home):
    result = deferred(in_a_home())

    assert result["deferred_pence"] == 80_000 - (25_000 - 14_400)
    assert result["weeks_to_limit"] == 16_575_000 // 69_400


@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        ({"capital_pence": 2_325_001}, "little_else"),
        ({"living_at_home": ["partner"]}, "home_is_owed"),
        ({"home_value_pence": 1_500_000}, "has_equity"),
    ],
)
def test_it_is_not_offered_and_the_reason_is_named(changes, fails, in_a_home):
    result = deferred(in_a_home(**changes))

    assert result["may_be_offered"] is False
    assert [one["criterion"] for one in result["reasons"] if not one["met"]] == [fails]


def test_other_savings_at_the_limit_still_allow_it(in_a_home):
    assert deferred(in_a_home(capital_pence=2_325_000))["may_be_offered"]


def test_only_the_fee_of_a_care_home_is_put_off(at_home):
    with pytest.raises(FactsRefused, match="is not a care home"):
        charging.deferred_payment(at_home(), NOW)

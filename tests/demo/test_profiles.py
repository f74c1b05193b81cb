"""The demo on another profile: what it takes up, from when, and what it says to one it cannot."""

from datetime import date, timedelta

import pytest

from ownway.commands import demo
from ownway.demo.rules import take_up
from ownway.foundation.council import queries as settings
from tests.conftest import NOON

CARE_ACT = "alderbrook-care-act"
TODAY = NOON.date()


def test_from_today_savings_count_and_what_was_before_keeps_its_rules(council: None) -> None:
    take_up(CARE_ACT, at=NOON)

    assert settings.rules(TODAY).word("charging_method") == "care_act"
    assert settings.rules(TODAY).value("capital_upper_pence") == 2_325_000
    assert settings.rules(TODAY - timedelta(days=1)).word("charging_method") == "protected_income"


def test_a_budget_is_worked_out_alike_under_both(council: None) -> None:
    before = settings.rules(TODAY)

    take_up(CARE_ACT, at=NOON)

    for name in ("point_price_pence", "carer_point_price_pence", "factor"):
        assert settings.rules(TODAY).value(name) == before.value(name)


def test_the_usual_profile_takes_up_nothing(council: None) -> None:
    take_up("alderbrook", at=NOON)

    live = settings.live_settings(TODAY)
    assert live is not None
    assert live.number == 1


@pytest.mark.parametrize("profile", ["alderbrook", CARE_ACT])
def test_these_profiles_are_fit_for_the_demo(profile: str) -> None:
    assert demo.unfit(profile, on=TODAY) == ""


@pytest.mark.parametrize("profile", ["dudley-2013", "slough-2010", "kingston-2010"])
def test_a_profile_of_another_time_is_refused_with_what_would_do(profile: str) -> None:
    said = demo.unfit(profile, on=TODAY)

    assert f"cannot run on {profile}" in said
    assert "not known for 6 January 2026" in said
    assert f"--profile {CARE_ACT}" in said


def test_a_profile_nobody_wrote_is_refused_by_name() -> None:
    assert "There is no profile 'nope'" in demo.unfit("nope", on=date(2026, 1, 6))

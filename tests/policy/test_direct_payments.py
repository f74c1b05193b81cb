"""Who may be paid from a direct payment where a council asks no panel."""

import pytest

from ownway.policy.direct_payments import PARTNERS, RELATIVES, route_for


@pytest.fixture
def without_a_panel(dudley):
    return dudley.with_settings({"panel_for_family_in_household": False})


@pytest.mark.parametrize("kin", sorted(PARTNERS | RELATIVES))
def test_without_a_panel_close_family_in_the_same_home_is_not_paid(kin, without_a_panel):
    assert route_for(kin, same_home=True, pack=without_a_panel).name == "refused"


@pytest.mark.parametrize("kin", sorted(RELATIVES))
def test_a_relative_in_a_home_of_their_own_may_be_paid(kin, without_a_panel):
    assert route_for(kin, same_home=False, pack=without_a_panel).may_pay

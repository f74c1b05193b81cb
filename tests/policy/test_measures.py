"""Shares counted exactly: of nobody, at the very target, and of what is not known."""

import pytest

from ownway.policy.measures import Share, still_at_home


def test_a_share_of_nobody_is_not_known_and_reaches_nothing():
    share = Share(0, 0)

    assert (share.ratio, share.shown, share.reaches(0)) == (None, "not known", False)


@pytest.mark.parametrize(("some", "shown"), [(1, "33.3%"), (2, "66.7%"), (3, "100.0%")])
def test_a_share_is_rounded_to_one_decimal_half_up(some, shown):
    assert Share(some, 3).shown == shown


def test_a_target_is_reached_by_the_exact_share_not_the_rounded_one():
    just_under = Share(2_999, 10_000)

    assert just_under.shown == "30.0%"
    assert not just_under.reaches(3_000)
    assert just_under.gap(3_000) == 1


def test_an_outcome_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="not an outcome: moved"):
        still_at_home({"home": 3, "moved": 1})

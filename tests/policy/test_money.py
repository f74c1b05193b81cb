"""Whole pence, and how numbers are written for people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.policy import money, units

TOP, BOTTOM = st.integers(-(10**9), 10**9), st.integers(1, 10**6)


@given(top=TOP, bottom=BOTTOM)
def test_half_up_is_the_nearest_whole_and_a_half_goes_up(top, bottom):
    gap = money.half_up(top, bottom) - Fraction(top, bottom)

    assert Fraction(-1, 2) < gap <= Fraction(1, 2)


@given(top=TOP, bottom=BOTTOM)
def test_down_drops_the_rest_and_up_counts_it(top, bottom):
    exact = Fraction(top, bottom)

    assert money.down(top, bottom) <= exact < money.down(top, bottom) + 1
    assert money.up(top, bottom) - 1 < exact <= money.up(top, bottom)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1_200, "pence a point a week", "£12.00"),
        (123_456_789, "pence", "£1,234,567.89"),
        (-3_500, "pence a week", "−£35.00"),
        (40, "points", "40 points"),
        (1, "points", "1 point"),
        (9_500, "ratio", "0.95"),
        (10_000, "ratio", "1.00"),
        (1_255, "ratio", "0.1255"),
        (3, "band", "substantial"),
        (1, "flag", "Yes"),
        (6, "weeks", "6 weeks"),
    ],
)
def test_a_number_is_written_as_people_read_it(value, unit, shown):
    assert units.shown(value, unit) == shown


@pytest.mark.parametrize(
    ("ratio", "words"), [(9_500, "95p"), (9_050, "90.50p"), (10_500, "£1.05"), (0, "0p")]
)
def test_a_share_is_said_as_pence_in_the_pound(ratio, words):
    assert money.per_pound(ratio) == words

"""Pence read as pounds, and pounds as pence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.design.money import TooMuch, pounds, to_pence


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(17100, "£171.00"), (0, "£0.00"), (-50, "−£0.50"), (123456789, "£1,234,567.89"), (None, "–")],
)
def test_pence_read_as_pounds(pence: int | None, shown: str) -> None:
    assert pounds(pence) == shown


@pytest.mark.parametrize("typed", ["", "£", ".", "12.345", "1e9", "abc", "-5", "١٢", "\x00"])
def test_what_is_not_an_amount_is_refused_with_a_sample(typed: str) -> None:
    with pytest.raises(ValueError, match=r"like 12\.50"):
        to_pence(typed)


def test_what_is_too_much_is_told_the_most() -> None:
    with pytest.raises(TooMuch, match="at most £999,999,999"):
        to_pence("1" * 20)


@given(st.integers(min_value=0, max_value=10**9))
def test_every_amount_is_read_back_as_it_was_shown(pence: int) -> None:
    assert to_pence(pounds(pence)) == pence

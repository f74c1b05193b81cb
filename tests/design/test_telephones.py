"""One rule for every box that asks for a telephone number."""

import pytest

from ownway.design.telephones import NotATelephone, checked_phone


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        ("01632 960001", "01632 960001"),
        ("  01632   960 001 ", "01632 960 001"),
        ("(01632) 960-001", "(01632) 960-001"),
        ("07700\u2013900\u2013123", "07700-900-123"),
        ("+44 1632 960001", "+44 1632 960001"),
        ("+354 555 1234", "+354 555 1234"),
        ("01632 960001 ext 12", "01632 960001 ext 12"),
        ("01632 960001x4", "01632 960001x4"),
    ],
)
def test_a_number_that_can_be_rung_stays_as_it_was_typed(typed: str, read: str) -> None:
    assert checked_phone(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "abc🦊",
        "12",
        "960001",
        "016329600",
        "01632 960001 01632 960002",
        "01632 960001 ext",
        "ring my son",
        "٠١٦٣٢٩٦٠٠٠١",
        "+1",
        "(-)",
    ],
)
def test_what_nobody_can_ring_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(NotATelephone, match="with its area code, like 01632 960001"):
        checked_phone(typed)

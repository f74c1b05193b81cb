"""Numbers are typed in their own unit, and shown as they would be typed."""

from datetime import date

import pytest

from ownway.policy import packs
from ownway.policy.numbers import Number, whole
from ownway.stewardship.programme.queries import typed

PACK = packs.load("alderbrook", on=date(2026, 7, 1))


def _number(name: str) -> Number:
    return PACK.number(name)


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("point_price_pence", "£12.50", 1250),
        ("point_price_pence", "12.5", 1250),
        ("point_price_pence", " 1,204 ", 120400),
        ("factor", "95%", 0.95),
        ("factor", "92.73 %", 0.9273),
        ("factor", "93", 0.93),
        ("cap_week_pence", "none", "none"),
        ("contact_hours", "48", 48),
        ("level_points", "0, 2, 4, 6, 9", [0, 2, 4, 6, 9]),
        ("help_shares", "0%, 25%, 50%, 100%", [0, 0.25, 0.5, 1]),
        ("points_table", "0 = £0\n20 = £4,000.50", [[0, 0], [20, 400050]]),
        ("ras_method", "table", "table"),
    ],
)
def test_a_number_is_read_in_its_unit(name: str, text: str, written: object) -> None:
    assert typed.read(text, _number(name)) == written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("point_price_pence", "a lot"),
        ("point_price_pence", "-4"),
        ("point_price_pence", "1.234"),
        ("factor", "half"),
        ("factor", "NaN"),
        ("contact_hours", "1.5"),
        ("level_points", "0, two"),
        ("points_table", "20 4000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_type_it(name: str, text: str) -> None:
    with pytest.raises(ValueError, match="Enter it "):
        typed.read(text, _number(name))


def test_a_share_that_could_mean_two_things_is_asked_about() -> None:
    with pytest.raises(ValueError, match=r"Is that 95\.00% or 0\.95%"):
        typed.read("0.95", _number("factor"))

    assert typed.read("0.95%", _number("factor")) == 0.0095


KNOWN = [number for number in PACK.numbers.values() if number.value is not None]


@pytest.mark.parametrize("number", KNOWN, ids=[number.name for number in KNOWN])
def test_every_number_reads_back_as_it_is_shown_to_be_typed(number: Number) -> None:
    assert whole(typed.read(typed.as_typed(number), number), number.unit) == number.value


def test_a_choice_is_shown_in_words() -> None:
    assert typed.shown("protected_income", "choice") == "One amount that everybody keeps"
    assert typed.shown("hospital_discharge", "choice") == "Hospital discharge"


def test_shares_are_shown_as_per_cent() -> None:
    assert typed.shown(9273, "ratio") == "92.73%"
    assert typed.shown((0, 2500, 10_000), "ratio by level") == "0%, 25%, 100%"
    assert typed.shown(1250, "pence a week") == "£12.50"

"""Boxes for money, how often it comes, and one yes or no."""

from typing import Any

from django import forms

from ownway.design.fields import MoneyField

MOST_SAVINGS_PENCE = 100_000_000_00
"""A hundred million pounds: what somebody has is much more than what comes in each week."""

OFTEN = [
    ("week", "Every week"),
    ("two_weeks", "Every two weeks"),
    ("four_weeks", "Every four weeks"),
    ("month", "Every month"),
    ("year", "Every year"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]


def money(*, label: str, empty: str, **options: Any) -> MoneyField:
    """An amount in pounds, in a box wide enough for savings."""
    look = {"inputmode": "decimal", "class": "govuk-input--width-10"}
    return MoneyField(
        label=label,
        error_messages={"required": empty},
        widget=forms.TextInput(attrs=look),
        **options,
    )


def choice(*, label: str, choices: Any, empty: str, **options: Any) -> forms.ChoiceField:
    """One of a few, as radios."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": empty, "invalid_choice": empty},
        **options,
    )


def several(*, label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    """Any of a few, as boxes to tick; none is an answer too."""
    made = forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
        **options,
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def as_typed(pence: int | None) -> str:
    """Pence as somebody would type them: 1234.50."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}".removesuffix(".00")

"""One thing of one person: handed over, tried, taken back; and its code in a shop."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ownway.design.fields import DateField, MoneyField
from ownway.journey.prevention.models import Retailer, Trial

WORDS = {"max_length": "Use 300 letters or fewer"}


def optional(made: forms.Field) -> Any:
    """A field that may stay empty, and need not say so."""
    made.required = False
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


class HandOver(forms.Form):
    """Its number, and when a loan is due back."""

    serial = optional(forms.CharField(max_length=60, label="Serial number"))
    due_back_on = optional(DateField(label="Due back, if it is lent for a while", like="6 4 2026"))


class Tried(forms.Form):
    """How a thing turned out."""

    trial = forms.ChoiceField(
        choices=Trial.choices,
        label="Does it help?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it helps"},
    )
    words = optional(forms.CharField(max_length=300, label="In their words", error_messages=WORDS))


class GiveBack(forms.Form):
    """What became of what came back."""

    state = forms.ChoiceField(
        choices=[("cleaned", "Cleaned, for the next person"), ("scrapped", "Scrapped")],
        label="What became of it",
        widget=forms.RadioSelect,
        error_messages={"required": "Say if it was cleaned or scrapped"},
    )
    words = optional(
        forms.CharField(max_length=300, label="Why it came back", error_messages=WORDS)
    )


class Cancel(forms.Form):
    """Why an order is not wanted."""

    because = forms.CharField(
        max_length=300,
        label="Why it is not wanted",
        error_messages={"required": "Say why it is not wanted", **WORDS},
    )


def _added() -> MoneyField:
    made: MoneyField = optional(
        MoneyField(label="Money they added for a better one, £", most_pence=100_000)
    )
    return made


class UsedAt(forms.Form):
    """In which shop a code was used, as the shop told us."""

    shop = forms.ChoiceField(
        label="Shop", error_messages={"required": "Choose the shop", "invalid_choice": "Choose it"}
    )
    added = _added()

    def __init__(self, data: Any = None, *, shops: Sequence[Retailer]) -> None:
        super().__init__(data)
        choice = self.fields["shop"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Choose a shop"), *((str(one.pk), one.name) for one in shops)]


class Redeem(forms.Form):
    """A code as a shop types it."""

    code = forms.CharField(
        max_length=30,
        label="Code",
        error_messages={
            "required": "Type the code on the letter, like CDFG-3467",
            "max_length": "A code has eight letters and figures, like CDFG-3467",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-10 ow-code"}
        ),
    )
    added = _added()

"""What comes into the store, what is counted, and what is recalled."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from ownway.journey.prevention.forms.things import optional
from ownway.journey.prevention.queries import Item

NUMBER = {
    "required": "Enter a number",
    "invalid": "Enter a whole number, like 12",
}


def number(label: str, *, least: int = 0, most: int = 10_000) -> forms.IntegerField:
    """A number of things."""
    return forms.IntegerField(
        label=label,
        error_messages=NUMBER,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        validators=[
            MinValueValidator(least, f"Enter {least} or more"),
            MaxValueValidator(most, f"Enter {most:,} or fewer"),
        ],
    )


class Receive(forms.Form):
    """How many came in."""

    number = number("How many came in", least=1)
    words = optional(forms.CharField(max_length=200, label="From whom, or the order number"))


class Count(forms.Form):
    """How many were counted."""

    number = number("How many there are")
    words = optional(forms.CharField(max_length=200, label="Why it differs, if it does"))


class NewLine(forms.Form):
    """A thing that is kept in store from now on."""

    key = forms.SlugField(
        max_length=40,
        label="Short name, as the catalogue writes it",
        help_text="Small letters, figures and _ only, like walking_frame",
        error_messages={
            "required": "Enter a short name",
            "invalid": "Use small letters, figures and _ only, like walking_frame",
        },
    )
    name = forms.CharField(
        max_length=120, label="Name", error_messages={"required": "Enter a name"}
    )
    least = number("Order more when this few are left")
    place = optional(forms.CharField(max_length=120, label="Where it is kept"))


class StartRecall(forms.Form):
    """What is recalled, why, and what people do until it is fetched."""

    key = forms.ChoiceField(
        label="What is recalled",
        error_messages={"required": "Choose what is recalled", "invalid_choice": "Choose it"},
    )
    serial_starts = optional(
        forms.CharField(
            max_length=60,
            label="Only serial numbers that start with",
            help_text="Leave blank to recall all of them",
        )
    )
    because = forms.CharField(
        max_length=300,
        label="Why",
        help_text="People read this",
        error_messages={
            "required": "Say why it is recalled",
            "max_length": "Use 300 letters or fewer",
        },
    )
    what_to_do = forms.CharField(
        max_length=300,
        label="What people do until we come",
        help_text="People read this. Like: Do not use it. Unplug it.",
        error_messages={
            "required": "Say what people do until it is fetched",
            "max_length": "Use 300 letters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, items: Sequence[Item]) -> None:
        super().__init__(data)
        choice = self.fields["key"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Choose"), *((item.key, item.name) for item in items)]

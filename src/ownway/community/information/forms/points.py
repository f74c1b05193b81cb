"""Contact points: where and when they are open, trainings, and help that was given."""

import re
from datetime import date
from typing import Any

from django import forms

from ownway.community.directory.queries import Spot, UnknownPostcode, spot
from ownway.community.information.forms.writing import OwnerField
from ownway.community.information.models import ContactPoint, Help
from ownway.community.information.queries.points import DAYS
from ownway.design.fields import DateField, PhoneField
from ownway.foundation.council.queries import staff_members

_TIMES = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?$")
_SHORT = {"class": "govuk-input--width-10", "autocomplete": "off"}


class RegisterPoint(forms.Form):
    """One contact point. It lies where its postcode lies."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        error_messages={"required": "Enter the name", "max_length": "Use at most 80 letters"},
    )
    kind = forms.ChoiceField(label="Kind of building", choices=ContactPoint.Kind.choices)
    address = forms.CharField(
        label="Address",
        max_length=160,
        error_messages={"required": "Enter the address", "max_length": "Use at most 160 letters"},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        widget=forms.TextInput(attrs=_SHORT),
        error_messages={"required": "Enter the postcode", "max_length": "Enter a full postcode"},
    )
    phone = PhoneField(label="Telephone", required=False)
    busy = forms.CharField(
        label="When it is busy",
        help_text="Like: Thursday mornings are busy. Tuesdays are quiet.",
        required=False,
        max_length=160,
        error_messages={"max_length": "Use at most 160 letters"},
    )
    access = forms.CharField(
        label="Getting in",
        help_text="Steps, ramps, toilets, hearing loop, parking.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use at most 200 letters"},
    )
    is_independent = forms.BooleanField(
        label="Advice here is independent of the council", required=False
    )
    owner = OwnerField(help_text="Who is told when a training runs out.")

    def __init__(self, *args: Any, point: ContactPoint | None = None, **options: Any) -> None:
        options["initial"] = options.get("initial", {}) | _as_typed(point)
        super().__init__(*args, **options)
        self.point, self.spot = point, Spot(0, 0)
        self.fields["owner"].queryset = staff_members()  # type: ignore[attr-defined]
        for number, day in enumerate(DAYS):
            self.fields[f"day{number}"] = forms.CharField(
                label=day, required=False, max_length=20, widget=forms.TextInput(attrs=_SHORT)
            )
            self.fields[f"day{number}"].quietly_optional = True  # type: ignore[attr-defined]

    @property
    def days(self) -> list[Any]:
        """The seven boxes of opening times."""
        return [self[f"day{number}"] for number in range(7)]

    def clean_name(self) -> str:
        """No two contact points have one name."""
        name: str = self.cleaned_data["name"]
        others = ContactPoint.objects.filter(name__iexact=name)
        if others.exclude(pk=self.point.pk if self.point else 0).exists():
            raise forms.ValidationError("A contact point of this name is there already")
        return name

    def clean_postcode(self) -> str:
        """Find it on the grid."""
        try:
            self.spot = spot(self.cleaned_data["postcode"])
        except UnknownPostcode as wrong:
            raise forms.ValidationError(str(wrong).split(", or leave")[0]) from wrong
        return self.spot.postcode

    def clean(self) -> dict[str, Any]:
        """Read the opening times of each day; an empty box is a closed day."""
        cleaned = super().clean() or {}
        opening: dict[str, list[str]] = {}
        for number in range(7):
            typed = cleaned.get(f"day{number}", "").strip()
            if not typed:
                continue
            try:
                opening[str(number)] = times_of(typed)
            except ValueError as wrong:
                self.add_error(f"day{number}", str(wrong))
        return cleaned | {"opening": opening}


def times_of(typed: str) -> list[str]:
    """Opening and closing time of "9:30 to 17:00".

    Raises:
        ValueError: they cannot be read; the message says how to type them.
    """
    found = _TIMES.match(typed.lower())
    if not found:
        raise ValueError("Enter times like 9:30 to 17:00, or leave it empty when closed")
    hours = [(int(found[1]), int(found[2] or 0)), (int(found[3]), int(found[4] or 0))]
    if any(hour > 23 or minute > 59 for hour, minute in hours):
        raise ValueError("Enter real times, like 9:30 to 17:00")
    opens, closes = (f"{hour:02d}:{minute:02d}" for hour, minute in hours)
    if closes <= opens:
        raise ValueError("It must close after it opens. Use the 24-hour clock, like 9:30 to 17:00")
    return [opens, closes]


def _as_typed(point: ContactPoint | None) -> dict[str, Any]:
    if point is None:
        return {}
    names = ("name", "kind", "address", "postcode", "phone", "busy", "access", "is_independent")
    days = {f"day{day}": f"{times[0]} to {times[1]}" for day, times in point.opening.items()}
    return {name: getattr(point, name) for name in names} | days | {"owner": point.owner_id}


class RecordTraining(forms.Form):
    """A training that the helpers had."""

    topic = forms.ChoiceField(
        label="Training",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the training",
            "invalid_choice": "Choose one of the trainings",
        },
    )
    held_on = DateField(
        label="When it was held", error_messages={"required": "Enter the date, like 5 1 2026"}
    )
    people = forms.IntegerField(
        label="How many helpers took part",
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a whole number from 1 to 999"
        ),
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str, int]], on: date, **o: Any) -> None:
        super().__init__(*args, **o)
        self.on = on
        self.fields["topic"].choices = [(key, name) for key, name, _ in topics]  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        """It has been held."""
        held_on: date = self.cleaned_data["held_on"]
        if held_on > self.on:
            raise forms.ValidationError("This day is still to come. Record the training after it")
        return held_on


class RecordHelp(forms.Form):
    """Help that was given at a contact point; no name is asked."""

    did = forms.MultipleChoiceField(
        label="What did you do together?",
        choices=Help.Did.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose what you did together",
            "invalid_choice": "Choose from the list",
        },
    )
    minutes = forms.IntegerField(
        label="How many minutes it took",
        required=False,
        min_value=1,
        max_value=480,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter whole minutes from 1 to 480"
        ),
    )
    settled = forms.ChoiceField(
        label="Did they get what they came for?",
        choices=[("yes", "Yes"), ("no", "No, they need more")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose yes or no"),
    )

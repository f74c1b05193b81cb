"""What is typed when a rule changes."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.design.money import to_pence
from ownway.policy import money, units
from ownway.policy.numbers import Number, as_written


class ChangeNumber(forms.Form):
    """A new value for one number, from a day, with the reason."""

    value = forms.CharField(label="New value", max_length=40)
    starts_on = DateField(
        label="From",
        help_text="The day the new rules start. Decisions made before stay as they are.",
        error_messages={"required": "Enter the day the new rules start"},
    )
    because = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the rule changes"},
    )

    def __init__(self, *args: Any, number: Number, on: date, draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number, self.on = number, on
        field = self._value_field()
        field.error_messages["required"] = "Enter the new value"
        self.fields["value"] = field
        if draft:
            del self.fields["starts_on"], self.fields["because"]

    def _value_field(self) -> forms.Field:
        choices = self._choices()
        if choices:
            return forms.ChoiceField(label="New value", choices=[(c, c) for c in choices])
        return forms.CharField(label="New value", max_length=40, help_text=self._hint())

    def _choices(self) -> list[str]:
        if self.number.unit == "choice":
            return [str(one) for one in self.number.limits.get("allowed", ())]
        if self.number.unit == "band":
            return list(units.BANDS)
        return ["yes", "no"] if self.number.unit == "flag" else []

    def _hint(self) -> str:
        if self.number.unit in units.PENCE:
            return "In pounds, like 12.40"
        return (
            "Like 0.95" if self.number.unit == "ratio" else f"A whole number of {self.number.unit}"
        )

    def clean_value(self) -> object:
        """The value as a rule pack writes it."""
        typed = str(self.cleaned_data["value"]).strip()
        try:
            return _read(typed, self.number.unit)
        except (ValueError, InvalidOperation) as wrong:
            raise forms.ValidationError(f"Enter the value in its unit. {self._hint()}") from wrong

    def clean_starts_on(self) -> date:
        """Today or later: what was decided stays on its rules."""
        starts: date = self.cleaned_data["starts_on"]
        if starts < self.on:
            raise forms.ValidationError("Choose today or a later day")
        return starts


def _read(typed: str, unit: str) -> object:
    if unit in units.PENCE:
        return "none" if typed == "none" else to_pence(typed)
    if unit == "ratio":
        return float(Decimal(typed))
    if unit == "flag":
        return typed == "yes"
    return typed if unit in ("choice", "band") else int(typed)


def start_value(number: Number) -> str:
    """What the field shows at first: the value in force, as it would be typed."""
    written = as_written(number.value, number.unit)
    if number.unit in units.PENCE and isinstance(number.value, int) and written != "none":
        return money.pounds(number.value).removeprefix("£").replace(",", "")
    if number.unit == "flag":
        return "yes" if written else "no"
    return "" if written is None else str(written)


class Publish(forms.Form):
    """The equality assessment a version needs before it can be published."""

    equality_assessment = forms.CharField(
        label="Equality assessment",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Who gains and who loses, by age, sex, disability, ethnic group and carers; "
        "and what will be done about it.",
    )

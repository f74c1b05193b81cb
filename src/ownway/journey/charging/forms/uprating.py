"""Choosing the day new rates start, and by how much incomes rise with them."""

from decimal import Decimal
from typing import Any

from django import forms

from ownway.design.fields import DateField


def _percent(label: str, hint: str) -> forms.DecimalField:
    made = forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=50,
        decimal_places=2,
        max_digits=4,
        help_text=hint,
        error_messages={
            "invalid": "Enter a percentage, like 4.8",
            "min_value": "Enter 0 or more",
            "max_value": "Enter 50 or less",
            "max_decimal_places": "Use up to two decimal places, like 4.85",
            "max_digits": "Enter a percentage, like 4.8",
            "max_whole_digits": "Enter 50 or less",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


class PreviewUprating(forms.Form):
    """From which day, and by how much pensions and benefits rise."""

    on = DateField(
        label="New rates start on", error_messages={"required": "Enter the day new rates start"}
    )
    pension = _percent("State Pension rises by, %", "Empty or 0 leaves pensions as they were given")
    benefit = _percent(
        "Other benefits rise by, %",
        "Empty or 0 leaves them. Attendance Allowance goes by the rates in the rules",
    )

    @property
    def rises(self) -> dict[str, int]:
        """The percentages in hundredths: 4.8 is 480."""
        said = self.cleaned_data
        return {
            "pension_rise": _hundredths(said.get("pension")),
            "benefit_rise": _hundredths(said.get("benefit")),
        }


def _hundredths(percent: Any) -> int:
    return int((percent or Decimal(0)) * 100)


class Sure(forms.Form):
    """One tick before everybody's charge changes."""

    sure = forms.BooleanField(
        label="I looked at the preview, and it is right",
        error_messages={"required": "Tick the box once you have looked at the preview"},
    )

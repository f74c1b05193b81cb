"""A council's own history to find a formula from, and the day a draft of it would start."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.policy.refusals import Problem

MOST_BYTES = 40_000_000
ENDINGS = (".csv", ".parquet")
_FILE = "Choose a CSV or Parquet file"
SHOWN = 20


class History(forms.Form):
    """The file, what it is called, and which part of plans the curve is to cover."""

    name = forms.CharField(
        label="What to call it",
        max_length=120,
        help_text="Such as: panels of 2024 and 2025.",
        error_messages={"required": "Enter what to call it"},
    )
    file = forms.FileField(
        label="The history",
        help_text="CSV or Parquet, a row for each person: answers, support, and what was paid. "
        "It is read and not kept.",
        allow_empty_file=True,
        error_messages={"required": _FILE, "missing": _FILE, "invalid": _FILE},
    )
    percentile = forms.IntegerField(
        label="Plans in 100 that a budget should cover",
        required=False,
        min_value=5,
        max_value=99,
        help_text="Leave it empty for the mean.",
        error_messages={
            "invalid": "Enter a whole number from 5 to 99",
            "min_value": "Enter a whole number from 5 to 99",
            "max_value": "Enter a whole number from 5 to 99",
        },
    )
    compare = forms.BooleanField(
        label="Compare with a black box too. It takes a minute or more",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("percentile", "compare"):
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]  # ours

    def clean_file(self) -> Any:
        """A file that can be read at once."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_FILE)
        if not file.size:
            raise forms.ValidationError("The file is empty. Choose another")
        if file.size > MOST_BYTES:
            said = f"The file is over {MOST_BYTES // 1_000_000} MB. Use ownway policy calibrate"
            raise forms.ValidationError(said)
        return file

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Put what is wrong with a history beside its field, the first of it."""
        for problem in problems[:SHOWN]:
            self.add_error("file", str(problem))
        more = len(problems) - SHOWN
        if more > 0:
            self.add_error("file", f"There are {more:,} more like these")


class BeginDraft(forms.Form):
    """The first day of a draft version with the numbers that were found."""

    starts_on = DateField(
        label="From",
        help_text="The day the new rules would start.",
        error_messages={"required": "Enter the day the new rules would start"},
    )

    def refuse(self, words: str) -> None:
        """Put a refusal of the rules beside the day."""
        self.add_error("starts_on", words)


def usual_start(on: date) -> date:
    """The next first of April."""
    april = date(on.year, 4, 1)
    return april if april > on else april.replace(year=on.year + 1)

"""Days: of birth, of moving in, and of a stay before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from ownway.design.dates import age_on, plain_date
from ownway.design.fields import DateField
from ownway.foundation.people.actions import NotABirthDate, checked_birth_date
from ownway.journey.charging.forms.fields import YES_NO, choice
from ownway.journey.charging.forms.questions.base import Answer, QuestionForm

ADULT = 18


class BirthDate(QuestionForm):
    """A date of birth the record does not hold."""

    born = DateField(label="Date", error_messages={"required": "Enter the date of birth"})

    def clean_born(self) -> date | None:
        """Nobody is born later than today, and this is for adults."""
        try:
            born = checked_birth_date(self.cleaned_data["born"], on=self.on)
        except NotABirthDate as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if born is not None and (age_on(born, self.on) or 0) < ADULT:
            raise forms.ValidationError("This is for adults. Check the year")
        return born

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """An ISO day as a date."""
        return {"born": date.fromisoformat(kept["born"])}

    @property
    def said(self) -> Answer:
        """The day as ISO text."""
        return {"born": self.cleaned_data["born"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """14 May 1951."""
        return plain_date(date.fromisoformat(kept["born"]))


class PastDay(QuestionForm):
    """A day that has come."""

    day = DateField(label="Date", error_messages={"required": "Enter the date"})

    def clean_day(self) -> date | None:
        """What is to come has not happened."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > self.on:
            raise forms.ValidationError("Enter a date that is not in the future")
        return day

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """An ISO day as a date."""
        return {"day": date.fromisoformat(kept["day"])}

    @property
    def said(self) -> Answer:
        """The day as ISO text."""
        return {"day": self.cleaned_data["day"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """1 October 2025."""
        return plain_date(date.fromisoformat(kept["day"]))


class Before(QuestionForm):
    """An earlier stay in a care home, and for how long the home was left out."""

    before = choice(label="Choose one", choices=YES_NO, empty="Choose yes or no")
    weeks = forms.IntegerField(
        label="For how many weeks?",
        required=False,
        min_value=1,
        max_value=52,
        help_text="Only if you chose yes.",
        error_messages={
            "invalid": "Enter a whole number of weeks, like 6",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 52 or fewer",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    ended = DateField(label="When did you leave it?", required=False)

    def ask(self) -> None:
        """The rest is for those who did."""
        for name in ("weeks", "ended"):
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who lived in one says for how long, and until when."""
        cleaned = super().clean() or {}
        if cleaned.get("before") == "yes":
            if cleaned.get("weeks") is None and "weeks" not in self.errors:
                self.add_error("weeks", "Enter how many weeks it was")
            ended = cleaned.get("ended")
            if ended is None and "ended" not in self.errors:
                self.add_error("ended", "Enter the day it ended")
            elif ended is not None and ended > self.on:
                self.add_error("ended", "Enter a date that is not in the future")
        return cleaned

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """True as yes."""
        if not kept["before"]:
            return {"before": "no"}
        ended = date.fromisoformat(kept["ended"])
        return {"before": "yes", "weeks": kept["weeks"], "ended": ended}

    @property
    def said(self) -> Answer:
        """No earlier stay is no weeks."""
        if self.cleaned_data["before"] == "no":
            return {"before": False, "weeks": 0, "ended": None}
        said = self.cleaned_data
        return {"before": True, "weeks": said["weeks"], "ended": said["ended"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """6 weeks, until 1 May 2025."""
        if not kept["before"]:
            return "No"
        return f"{kept['weeks']} weeks, until {plain_date(date.fromisoformat(kept['ended']))}"

"""What somebody without an account types: what is wrong, where a list goes, which days to see."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms

from ownway.community.directory import queries
from ownway.community.directory.forms.search import FAR, PARTS
from ownway.community.directory.models import Mistake
from ownway.design.fields import DateField

MOST_LETTERS: Final = 1000
FURTHEST: Final = timedelta(days=370)


class TellMistake(forms.Form):
    """What is wrong with an entry."""

    about = forms.ChoiceField(
        label="What is wrong?",
        choices=Mistake.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong"},
    )
    words = forms.CharField(
        label="What should it say?",
        help_text="You can leave this empty. Do not give your name or anything about yourself.",
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something else has to be told in words."""
        found = self.cleaned_data
        if found.get("about") == Mistake.About.OTHER and not found.get("words"):
            self.add_error("words", "Tell us what is wrong")
        return found


class SendShortlist(forms.Form):
    """Where a list goes."""

    email = forms.EmailField(
        label="E-mail address to send it to",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address, like name@example.com",
        },
    )


class FindEvents(forms.Form):
    """From which day, for how long, where and what."""

    what = forms.CharField(label="What are you looking for?", required=False, max_length=200)
    where = forms.CharField(
        label="Your postcode",
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    within = forms.ChoiceField(label="How far", required=False, choices=FAR)
    part = forms.ChoiceField(label="Time of day", required=False, choices=PARTS)
    long = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("7", "One week"), ("1", "One day"), ("14", "Two weeks"), ("28", "Four weeks")],
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.near: queries.Spot | None = None
        self.fields["from"] = DateField(label="From", required=False)
        for field in self.fields.values():
            field.quietly_optional = True  # type: ignore[attr-defined]

    def clean_where(self) -> str:
        """Find the postcode."""
        typed = str(self.cleaned_data["where"]).strip()
        if typed:
            try:
                self.near = queries.spot(typed)
            except queries.UnknownPostcode as problem:
                raise forms.ValidationError(str(problem)) from problem
        return typed

    def clean(self) -> dict[str, Any]:
        """Nothing is known of days far off or gone."""
        day = self.cleaned_data.get("from")
        if day and not self.on <= day <= self.on + FURTHEST:
            self.add_error("from", "Enter a day from today on, within a year")
        return self.cleaned_data

    @property
    def first(self) -> date:
        """The first day shown."""
        return self.cleaned_data.get("from") or self.on

    @property
    def days(self) -> int:
        """How many days are shown."""
        return int(self.cleaned_data.get("long") or 7)

    @property
    def words(self) -> str:
        """What is looked for."""
        return str(self.cleaned_data.get("what", ""))

    @property
    def choices(self) -> queries.Choices:
        """The choices that narrow what is shown."""
        found = self.cleaned_data
        miles = int(found.get("within") or 0) or None
        return queries.Choices(miles=miles, part=found.get("part", ""))

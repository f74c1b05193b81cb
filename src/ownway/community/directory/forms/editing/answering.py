"""Smaller forms: a check by a volunteer, sending a change back, stopping a round, a sheet."""

from datetime import date
from typing import Any, Final

from django import forms

from ownway.community.directory.forms.cleaning import clean
from ownway.community.directory.forms.editing.templates import KINDS
from ownway.community.directory.models import Check, Kind
from ownway.design.fields import DateField

MOST_BYTES: Final = 5_000_000


class _Typed(forms.CharField):
    """Words in a box of some lines."""

    def __init__(self, *, most: int = 2000, rows: int = 4, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=most, **options)
        self.error_messages["max_length"] = f"Write at most {most:,} letters"

    def clean(self, value: Any) -> str:
        """Plain text."""
        return clean(super().clean(value))


class AnswerCheck(forms.Form):
    """Is this entry still right?"""

    answer = forms.ChoiceField(
        label="Is all of it still right?",
        choices=Check.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is still right"},
    )
    words = _Typed(
        label="What has changed?",
        help_text="Only if something has changed. Like “They now meet on Fridays, 10 to 12”",
        required=False,
    )
    way = forms.ChoiceField(
        label="How did you find out?",
        choices=Check.Way.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A change is told in words, and an answer has a way in which it was found."""
        found = super().clean() or {}
        says = found.get("answer")
        if says == Check.Answer.CHANGED and not found.get("words"):
            self.add_error("words", "Say what has changed")
        if says in (Check.Answer.RIGHT, Check.Answer.CHANGED) and not found.get("way"):
            self.add_error("way", "Say how you found out")
        return found


class SendBack(forms.Form):
    """Why a change is not published."""

    because = _Typed(
        label="Why it is sent back, and what its owner should do",
        help_text="The owner reads this as you write it",
        error_messages={"required": "Say why, so that the owner knows what to do"},
    )


class StopRound(forms.Form):
    """Why an entry is not asked about for a while."""

    because = _Typed(
        label="Why",
        most=300,
        rows=2,
        error_messages={"required": "Say why the round is stopped"},
    )
    until = DateField(
        label="Not again before",
        like="30 6 2026",
        help_text="Like 30 6 2026",
        error_messages={"required": "Say until when"},
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_until(self) -> date:
        """A day to come, and not for ever."""
        until: date = self.cleaned_data["until"]
        if until <= self.on:
            raise forms.ValidationError("This day is not in the future")
        if (until - self.on).days > 3 * 366:
            raise forms.ValidationError("Stop it for at most three years")
        return until


class NewEntry(forms.Form):
    """Which template a new entry is made from."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.value, kind.label) for kind in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choice_hints = KINDS  # type: ignore[attr-defined]


class SendSheet(forms.Form):
    """A sheet of entries."""

    sheet = forms.FileField(
        label="Your sheet",
        help_text="A CSV file, at most 5 MB",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )

    def clean_sheet(self) -> Any:
        """Not more than can be looked at."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB. Send it in parts")
        if not sheet.size:
            raise forms.ValidationError("The file is empty")
        return sheet

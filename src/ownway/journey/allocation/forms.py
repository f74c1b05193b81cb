"""What is typed on the pages of a budget."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from ownway.journey.allocation.models import LookAgain
from ownway.policy import domains


class WorkOut(forms.Form):
    """A reason to work a budget out before all is done."""

    because = forms.CharField(
        label="Reason to go on without",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the sum. Leave empty when nothing is missing.",
    )


class SendLetter(forms.Form):
    """To whom a budget letter is written."""

    to = forms.ChoiceField(label="To", widget=forms.RadioSelect)

    def __init__(self, *args: Any, readers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in readers]
        field.error_messages["required"] = "Choose who the letter is for"


class NoteCall(forms.Form):
    """How a promised call went."""

    words = forms.CharField(
        label="How did the call go?",
        max_length=300,
        error_messages={"required": "Write how the call went"},
    )


class Answer(forms.Form):
    """What was found when a budget was looked at again."""

    answer = forms.CharField(
        label="What you found",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The person gets these words in a letter.",
        error_messages={"required": "Write what you found, in words the person can read"},
    )


class LookAgainForm(forms.Form):
    """What somebody thinks is wrong, and who should look."""

    words = forms.CharField(
        label="What do you think is wrong?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="A few words are enough. You can call us if that is easier.",
        error_messages={"required": "Tell us what you think is wrong"},
    )
    who = forms.ChoiceField(
        label="Who should look at it?",
        choices=LookAgain.Who.choices,
        initial=LookAgain.Who.SAME,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who should look at it"},
    )


class Part:
    """One part of life on a trial form: its name and its one or two choices."""

    def __init__(self, name: str, level: BoundField, help_field: BoundField | None) -> None:
        self.name = name
        self.level = level
        self.help = help_field


class Answers(forms.Form):
    """The nine answers, to try. Nothing of it is kept."""

    def __init__(
        self, *args: Any, who: str, start: Mapping[str, Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        self._parts = domains.CARER_NINE if who == "carer" else domains.NINE
        levels = domains.CARER_LEVELS if who == "carer" else domains.LEVELS
        for part in self._parts:
            known = start.get(part.key, {})
            self.fields[part.key] = _choice("Help needed", enumerate(levels), known.get("level", 0))
            if who == "person":
                self.fields[f"{part.key}_help"] = _choice(
                    "Help from family or friends", domains.HELP.items(), known.get("help", "none")
                )

    def parts(self) -> Iterator[Part]:
        """The nine parts in order."""
        for part in self._parts:
            helped = self[f"{part.key}_help"] if self.who == "person" else None
            yield Part(part.name, self[part.key], helped)

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers as the rules read them."""
        return {part.key: self._answer(part.key) for part in self._parts}

    def _answer(self, key: str) -> dict[str, Any]:
        answer: dict[str, Any] = {"level": int(self.cleaned_data[key])}
        if self.who == "person":
            answer["help"] = self.cleaned_data[f"{key}_help"]
        return answer


def _choice(label: str, choices: Any, initial: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(value), words) for value, words in choices],
        initial=str(initial),
        error_messages={
            "required": f"{label}: choose one of the answers",
            "invalid_choice": f"{label}: choose one of the answers",
        },
    )

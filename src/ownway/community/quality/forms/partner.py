"""What a provider types: an answer to people, an application with evidence, what is done."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ownway.community.quality.forms.base import ForEverybody, Refusable, long_text, one_of
from ownway.community.quality.models import Evidence, Level, Sort


class Answer(ForEverybody):
    """An answer that stands beside what was said."""

    words = long_text(
        "Your answer",
        rows=6,
        required="Write your answer",
        hint="Everybody can read it beside what was said. Name no person.",
    )


class AnswerNotice(Refusable):
    """An answer to the council alone."""

    words = long_text(
        "Your answer to the council",
        most=5000,
        rows=8,
        required="Write your answer",
        hint="Say what you have changed, and what we have got wrong.",
    )


class AskForMark(Refusable):
    """Which mark, and as what sort of provider."""

    level = forms.TypedChoiceField(
        label="Which mark do you ask for?",
        choices=Level.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a mark", "invalid_choice": "Choose a mark"},
    )
    sort = one_of("What do you offer?", Sort.choices, required="Choose what you offer")


class ShowEvidence(Refusable):
    """One box for each criterion. Nothing must be filled in before it is sent."""

    def __init__(self, *args: Any, evidence: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_field = {f"line_{line.pk}": line for line in evidence}
        for name, line in self.by_field.items():
            self.fields[name] = long_text(line.criterion.words, hint=line.criterion.evidence)
            self.initial[name] = line.words

    def words(self) -> dict[int, str]:
        """What was written, by the number of the line."""
        return {line.pk: self.cleaned_data.get(name, "") for name, line in self.by_field.items()}

    def ask_for_the_rest(self) -> bool:
        """Point at each criterion with nothing to show; say whether there is one."""
        empty = [name for name in self.by_field if not self.cleaned_data.get(name)]
        for name in empty:
            self.add_error(name, f"Say how you meet: {self.by_field[name].criterion.words}")
        return bool(empty)


class SayDone(ForEverybody):
    """What was done about something a visit asked for."""

    words = long_text("What have you done?", most=300, rows=2, required="Say what you have done")

"""The officer's dense page: every question the rules may ask, and what is for them to judge."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.foundation.people.models import Person
from ownway.journey.allocation.queries import words_for
from ownway.journey.charging.forms.fields import MOST_SAVINGS_PENCE, OFTEN, as_typed, money
from ownway.journey.charging.forms.questions import QuestionForm, form_for
from ownway.journey.charging.forms.words import asked
from ownway.journey.charging.queries import Path
from ownway.policy.packs import Pack

FURTHEST_BACK = timedelta(days=3 * 366)
FURTHEST_ON = timedelta(days=400)


class Decide(forms.Form):
    """From when, what an officer judges, and what to say in the letter."""

    starts_on = DateField(
        label="Paid from", error_messages={"required": "Enter the day it is paid from"}
    )
    light_touch = forms.ChoiceField(
        label="No full look at their money",
        required=False,
        choices=[
            ("", "No: the figures are there"),
            ("refuses_details", "They do not want to tell: the full cost"),
            ("small_charge", "The charge is small, and they can clearly pay"),
            ("passported", "They get a benefit that says they have little"),
        ],
    )
    notional_capital_pence = money(
        label="Money given away that still counts",
        empty="Enter an amount",
        required=False,
        most_pence=MOST_SAVINGS_PENCE,
    )
    home_not_counted = forms.BooleanField(
        label="Leave the home out, though the rules count it", required=False
    )
    nursing_care = forms.BooleanField(
        label="The NHS pays its part for a nurse in the care home", required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label="Say in the letter",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why this changed, or what you judged. Needed when what is paid changes.",
    )

    JUDGED = ("light_touch", "notional_capital_pence", "home_not_counted", "nursing_care")

    def __init__(
        self,
        data: Any = None,
        *,
        known: frozenset[str],
        on: date,
        judged: Mapping[str, Any],
        must_say_why: bool,
    ) -> None:
        self.on, self.must_say_why = on, must_say_why
        start = {**judged, "starts_on": on}
        start["notional_capital_pence"] = as_typed(judged.get("notional_capital_pence"))
        super().__init__(data, initial=start)
        for name in self.JUDGED:
            if name not in known:
                del self.fields[name]
            else:
                self.fields[name].quietly_optional = True  # type: ignore[attr-defined]
        self.fields["note"].quietly_optional = True  # type: ignore[attr-defined]

    def clean_starts_on(self) -> date | None:
        """Within what can be worked out and paid."""
        day: date | None = self.cleaned_data["starts_on"]
        if day is None:
            return None
        if not self.on - FURTHEST_BACK <= day <= self.on + FURTHEST_ON:
            raise forms.ValidationError("Enter a day in the last three years or the next year")
        return day

    def clean(self) -> dict[str, Any]:
        """A correction says why, for the person reads it."""
        cleaned = super().clean() or {}
        if self.must_say_why and not cleaned.get("note"):
            self.add_error("note", "Say why this is decided anew. The person reads it")
        return cleaned

    @property
    def judged(self) -> dict[str, Any]:
        """What was judged, by the names the rules have for it; what was not is left out."""
        said = {name: self.cleaned_data.get(name) for name in self.JUDGED}
        return {name: value for name, value in said.items() if value}


def question_forms(
    path: Path, person: Person, *, pack: Pack, on: date, data: Any = None
) -> list[QuestionForm]:
    """A form for each question of a path, all on one page."""
    subject = words_for(person, is_reader=False)
    found = [
        form_for(
            question,
            data,
            asked=asked(question, subject),
            pack=pack,
            on=on,
            kept=path.answers.get(question.key),
            prefix=question.key,
        )
        for question in path.questions
    ]
    for form in found:
        _make_dense(form)
    return found


def _make_dense(form: QuestionForm) -> None:
    """Among many questions a list takes less room than radios, and a mistake says what it is of."""
    if "often" in form.fields:
        form.fields["often"].widget = forms.Select(choices=OFTEN)
    for field in form.fields.values():
        words = str(field.error_messages.get("required", ""))
        field.error_messages["required"] = f"{form.asked.short}: {words[:1].lower()}{words[1:]}"


class AnswerAgain(forms.Form):
    """What was found when what is paid was looked at again."""

    answer = forms.CharField(
        label="What you found, in words the person can read",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write what you found, in words the person can read",
            "max_length": "Use 3,000 letters or fewer",
        },
    )

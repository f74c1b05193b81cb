"""One question as a form. Clean answers are plain data, ready to be carried in the page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from ownway.community.money_check.queries import EVERY, Question
from ownway.community.money_check.queries.catalogue import NOBODY
from ownway.design.fields import DateField, MoneyField

MOST_SAVINGS_PENCE = 100_000_000_00
_WIDE = {"inputmode": "decimal", "class": "govuk-input--width-10"}
_SHORT = {"inputmode": "numeric", "class": "govuk-input--width-3"}


class Asked(forms.Form):
    """One question."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, question: Question, before: Any = None
    ) -> None:
        super().__init__(data, initial=_shown_again(question, before))
        self.question = question
        self.fields.update(_BUILD[question.kind](question))

    @property
    def answer(self) -> Any:
        """What was said, as plain data."""
        if self.question.kind == "weekly":
            return {"pence": self.cleaned_data["said"], "every": self.cleaned_data["every"]}
        if self.question.kind == "date":
            return self.cleaned_data["said"].isoformat()
        return self.cleaned_data["said"]

    def clean_said(self) -> Any:
        """None of these goes with nothing else, and no support has a price of nothing."""
        said = self.cleaned_data["said"]
        if self.question.kind == "many" and NOBODY in said and len(said) > 1:
            raise forms.ValidationError("Choose “None of these” on its own, or take it away")
        if self.question.counts == "price" and said == 0:
            raise forms.ValidationError(
                "Enter what it costs, or leave the box empty if you do not know"
            )
        return said


def _shown_again(question: Question, before: Any) -> dict[str, Any]:
    if before is None:
        return {"every": "week"}
    if question.kind == "weekly":
        pence = before["pence"]
        return {"said": _typed(pence), "every": before["every"]}
    if question.kind == "date":
        return {"said": date.fromisoformat(before)}
    return {"said": _typed(before) if question.kind == "money" else before}


def _typed(pence: int | None) -> str:
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"


def _choice(question: Question) -> dict[str, forms.Field]:
    field = forms.ChoiceField(
        label=question.title,
        help_text=question.hint,
        choices=[(key, words) for key, words, _ in question.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the answers",
            "invalid_choice": "Choose one of the answers",
        },
    )
    field.choice_hints = {k: hint for k, _, hint in question.choices if hint}  # type: ignore[attr-defined]
    return {"said": field}


def _many(question: Question) -> dict[str, forms.Field]:
    return {
        "said": forms.MultipleChoiceField(
            label=question.title,
            help_text=question.hint,
            choices=[(key, words) for key, words, _ in question.choices],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose all that fit, or “None of these”",
                "invalid_choice": "Choose from the answers here",
            },
        )
    }


def _money(question: Question) -> dict[str, forms.Field]:
    return {
        "said": MoneyField(
            label=question.title,
            help_text=question.hint,
            most_pence=MOST_SAVINGS_PENCE,
            widget=forms.TextInput(attrs=_WIDE),
            error_messages={"required": "Enter an amount in pounds, or 0"},
        )
    }


def _weekly(question: Question) -> dict[str, forms.Field]:
    amount = MoneyField(
        label="Amount in pounds",
        required=not question.may_be_unknown,
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={"required": "Enter an amount in pounds, or 0"},
    )
    amount.quietly_optional = True  # type: ignore[attr-defined]
    every = forms.ChoiceField(
        label="How often",
        choices=[(key, words[:1].upper() + words[1:]) for key, (words, _, _) in EVERY.items()],
        error_messages={"required": "Choose how often", "invalid_choice": "Choose how often"},
    )
    return {"said": amount, "every": every}


def _number(question: Question) -> dict[str, forms.Field]:
    range_words = f"Enter a whole number from {question.least} to {question.most}"
    return {
        "said": forms.IntegerField(
            label=question.title,
            help_text=question.hint,
            min_value=question.least,
            max_value=question.most,
            widget=forms.TextInput(attrs=_SHORT),
            error_messages={
                "required": range_words,
                "invalid": range_words,
                "min_value": range_words,
                "max_value": range_words,
            },
        )
    }


def _date(question: Question) -> dict[str, forms.Field]:
    return {
        "said": DateField(
            label=question.title,
            help_text=question.hint,
            error_messages={"required": "Enter the date, like 14 5 1951"},
        )
    }


_BUILD = {
    "choice": _choice,
    "yes_no": _choice,
    "many": _many,
    "money": _money,
    "weekly": _weekly,
    "number": _number,
    "date": _date,
}

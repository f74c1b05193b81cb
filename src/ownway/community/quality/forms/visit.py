"""The form of a lay reviewer: each standard in words, a summary, and what is asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from ownway.community.quality.actions.standards import Report
from ownway.community.quality.forms.base import ForEverybody, long_text, one_of, rows_of
from ownway.community.quality.models import Finding, Standard
from ownway.design.fields import DateField

MOST_ASKED = 3


class FillIn(ForEverybody):
    """What a visit found. All of it is published, so none of it names anybody."""

    visited_on = DateField(
        label="When did you visit?", error_messages={"required": "Enter the day of your visit"}
    )
    spoke_with = forms.IntegerField(
        label="How many people did you talk with?",
        required=False,
        min_value=0,
        max_value=1000,
        error_messages={
            "invalid": "Enter a whole number, like 6",
            "min_value": "Enter a whole number, like 6",
            "max_value": "Enter a number up to 1,000",
        },
    )
    summary = long_text(
        "What was it like, all in all?", rows=5, required="Say what it was like, all in all"
    )

    def __init__(self, *args: Any, standards: Iterable[Standard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standards = list(standards)
        for one in self.standards:
            self.fields[f"met_{one.pk}"] = one_of(
                "How far is it met?",
                Finding.Met.choices,
                required=f"Choose how far it is met: {one.statement}",
            )
            self.fields[f"words_{one.pk}"] = long_text(
                "What did you see and hear?",
                most=1000,
                rows=3,
                required=f"Say what you saw: {one.statement}",
            )
        self.asked = rows_of(self, self._row, MOST_ASKED)

    @staticmethod
    def _row(number: int) -> dict[str, forms.Field]:
        by_when = DateField(label="By when?", required=False)
        by_when.quietly_optional = True  # type: ignore[attr-defined]
        words = long_text(f"Something they should do ({number + 1})", most=300, rows=2)
        return {"do": words, "by": by_when}

    def _public(self) -> Iterable[str]:
        asked = [names[0] for names in self.asked]
        return ["summary", *(f"words_{one.pk}" for one in self.standards), *asked]

    def clean(self) -> dict[str, Any] | None:
        """What is asked has a day by which."""
        clean = super().clean()
        for do, by in self.asked:
            if (
                self.cleaned_data.get(do)
                and not self.cleaned_data.get(by)
                and by not in self.errors
            ):
                self.add_error(by, "Say by when they should do it")
            if (
                self.cleaned_data.get(by)
                and not self.cleaned_data.get(do)
                and do not in self.errors
            ):
                self.add_error(do, "Say what they should do by then")
        return clean

    def report(self) -> Report:
        """What was found, as the action takes it."""
        said = self.cleaned_data
        asked: list[tuple[str, date]] = [
            (said[do], said[by]) for do, by in self.asked if said.get(do)
        ]
        return Report(
            visited_on=said["visited_on"],
            findings={
                one.pk: (said[f"met_{one.pk}"], said[f"words_{one.pk}"]) for one in self.standards
            },
            summary=said["summary"],
            spoke_with=said.get("spoke_with"),
            to_do=asked,
        )

"""What whoever keeps quality types. Every decision has its reason."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from ownway.community.quality.forms.base import Refusable, long_text, one_of, rows_of
from ownway.community.quality.models import (
    Criteria,
    Evidence,
    LayReviewer,
    Level,
    Refusal,
    Sort,
    Standards,
)
from ownway.design.fields import DateField

SPARE = 2


class CheckRating(Refusable):
    """Show a rating, ask the provider, refuse it, or pass it on; `seen` is the version read."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    because = long_text(
        "Your reason",
        most=1000,
        rows=3,
        hint="Kept with the rating. Who wrote it reads it if it is not shown.",
    )
    why = forms.ChoiceField(
        label="Why it is not shown, if you refuse it",
        choices=[("", "Choose"), *Refusal.choices],
        required=False,
    )
    why.quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Each press asks for what it needs."""
        clean = super().clean()
        do = self.data.get("do")
        if do in ("publish", "refuse", "concern") and not self.cleaned_data.get("because"):
            self.add_error("because", "Give your reason")
        if do == "refuse" and not self.cleaned_data.get("why"):
            self.add_error("why", "Choose why it is not shown")
        return clean


class Because(Refusable):
    """A reason, and no more."""

    because = long_text("Your reason", most=1000, rows=3, required="Give your reason")


class RaiseAudit(Refusable):
    """Why to look, without waiting for ratings."""

    because = forms.CharField(
        label="Why an audit is needed",
        max_length=200,
        error_messages={
            "required": "Say why an audit is needed",
            "max_length": "Use 200 letters or fewer",
        },
    )


class SettleAudit(Refusable):
    """What an audit found."""

    found = long_text("What you found", most=5000, rows=6, required="Say what you found")
    result = one_of(
        "Did it pass?", [("passed", "It passed"), ("failed", "It failed")], required="Choose one"
    )


class DecideDelisting(Refusable):
    """Whether an entry leaves the directory, and how soon."""

    how = one_of(
        "What do you decide?",
        [
            ("now", "Off the directory now; the provider may answer afterwards"),
            ("notice", "Off the directory after notice; the provider may answer before"),
            ("keep", "It stays in the directory"),
        ],
        required="Choose what you decide",
    )
    reasons = long_text(
        "Your reasons", rows=5, required="Give your reasons", hint="The provider reads them."
    )


class WeighAnswer(Refusable):
    """What follows from a provider's answer."""

    how = one_of(
        "What do you decide now?",
        [("return", "It is in the directory"), ("stay", "It stays as decided")],
        required="Choose what you decide",
    )
    because = long_text(
        "Your reasons", rows=4, required="Give your reasons", hint="The provider reads them."
    )


def _level(typed: str) -> Level:
    return Level(int(typed))


class Judge(Refusable):
    """How each line of evidence is judged, what people achieved, and the award."""

    outcomes_met = forms.IntegerField(
        label="Outcomes achieved", required=False, min_value=0, max_value=100_000
    )
    outcomes_of = forms.IntegerField(
        label="of all outcomes looked at", required=False, min_value=1, max_value=100_000
    )
    outcomes_from = forms.CharField(
        label="Where the outcomes come from", required=False, max_length=200
    )
    level = forms.TypedChoiceField(
        label="Level to award", choices=Level.choices, coerce=_level, widget=forms.RadioSelect
    )
    because = long_text(
        "Your reasons", rows=3, hint="Needed to refuse, and to award although something is not met."
    )

    def __init__(self, *args: Any, evidence: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(evidence)
        for line in self.lines:
            judged = one_of(line.criterion.words, Evidence.Judged.choices)
            self.fields[f"judged_{line.pk}"] = judged
            self.initial[f"judged_{line.pk}"] = line.judged
            note = forms.CharField(label="Note", required=False, max_length=300)
            self.fields[f"note_{line.pk}"] = note
            self.initial[f"note_{line.pk}"] = line.note
        for one in self.fields.values():
            one.quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Both numbers or neither; and no more are achieved than there are."""
        clean = super().clean()
        met, of = self.outcomes
        if met is not None and of is None and "outcomes_of" not in self.errors:
            self.add_error("outcomes_of", "Enter of how many outcomes")
        if of is not None and met is None and "outcomes_met" not in self.errors:
            self.add_error("outcomes_met", "Enter how many outcomes were achieved")
        if met is not None and of is not None and met > of:
            self.add_error("outcomes_met", "More were achieved than there are. Check the numbers")
        return clean

    @property
    def outcomes(self) -> tuple[int | None, int | None]:
        """How many were achieved, of how many."""
        return self.cleaned_data.get("outcomes_met"), self.cleaned_data.get("outcomes_of")

    def judged(self) -> dict[int, tuple[str, str]]:
        """How each line is judged, with its note."""
        said = self.cleaned_data
        return {
            line.pk: (said.get(f"judged_{line.pk}", ""), said.get(f"note_{line.pk}", ""))
            for line in self.lines
        }


class PlanVisit(Refusable):
    """When, and who goes."""

    on = DateField(label="Day of the visit", error_messages={"required": "Enter the day"})
    reviewer = forms.TypedChoiceField(
        label="Lay reviewer",
        coerce=int,
        error_messages={"required": "Choose who goes", "invalid_choice": "Choose who goes"},
    )

    def __init__(self, *args: Any, reviewers: Iterable[LayReviewer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["reviewer"]
        assert isinstance(who, forms.TypedChoiceField)
        names = [(one.pk, f"{one}, {one.get_group_display().lower()}") for one in reviewers]
        who.choices = [("", "Choose"), *names]


class SignContract(Refusable):
    """Which contract holds the Standards."""

    contract = forms.CharField(
        label="Contract that holds the Standards",
        max_length=160,
        error_messages={
            "required": "Name the contract",
            "max_length": "Use 160 letters or fewer",
        },
    )


class _Version(Refusable):
    """A new version, from a day, with a reason; its rows begin from the version before."""

    starts_on = DateField(label="It starts on", error_messages={"required": "Enter the day"})
    because = long_text("Why it changes", most=1000, rows=2, required="Say why it changes")
    rows: list[list[str]]

    def _fill(self, names: Sequence[str], before: Sequence[Sequence[Any]]) -> None:
        for number, values in enumerate(before):
            for name, value in zip(names, values, strict=True):
                self.initial.setdefault(f"{name}_{number}", value)

    def _full_rows(self, names: Sequence[str]) -> list[list[Any]]:
        """Rows with something in the first box."""
        found = [
            [self.cleaned_data.get(f"{name}_{n}") for name in names] for n in range(len(self.rows))
        ]
        return [row for row in found if row[0]]


class NewStandards(_Version):
    """Statements with what to expect and what a provider does; an emptied one is left out."""

    NAMES = ("statement", "expect", "does")
    written_by = long_text(
        "Who wrote and agreed them", most=1000, rows=2, required="Say who wrote and agreed them"
    )

    def __init__(self, *args: Any, before: Standards | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = (
            [(s.statement, s.expect, s.provider_does) for s in before.each.all()] if before else []
        )
        self.rows = rows_of(self, self._row, len(old) + SPARE)
        self._fill(self.NAMES, old)
        if before:
            self.initial.setdefault("written_by", before.written_by)

    @staticmethod
    def _row(number: int) -> dict[str, forms.Field]:
        return {
            "statement": long_text(f"Standard {number + 1}", most=200, rows=1),
            "expect": long_text("What people can expect", most=1000, rows=2),
            "does": long_text("What a provider does", most=1000, rows=2),
        }

    def clean(self) -> dict[str, Any] | None:
        """A statement has both its descriptions."""
        clean = super().clean()
        for number in range(len(self.rows)):
            if self.cleaned_data.get(f"statement_{number}"):
                for name, words in (
                    ("expect", "what people can expect"),
                    ("does", "what a provider does"),
                ):
                    if (
                        not self.cleaned_data.get(f"{name}_{number}")
                        and f"{name}_{number}" not in self.errors
                    ):
                        self.add_error(f"{name}_{number}", f"Say {words} of standard {number + 1}")
        if not self.each() and not self.errors:
            self.add_error("statement_0", "Write at least one standard")
        return clean

    def each(self) -> list[tuple[str, str, str]]:
        """The standards, in order."""
        return [(a, b or "", c or "") for a, b, c in self._full_rows(self.NAMES)]


class NewCriteria(_Version):
    """Criteria, each for a level and some sorts of provider; an emptied one is left out."""

    NAMES = ("words", "evidence", "level", "sorts")

    def __init__(self, *args: Any, before: Criteria | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = [(c.words, c.evidence, c.level, c.sorts) for c in before.each.all()] if before else []
        self.rows = rows_of(self, self._row, len(old) + SPARE)
        self._fill(self.NAMES, old)

    @staticmethod
    def _row(number: int) -> dict[str, forms.Field]:
        sorts = forms.MultipleChoiceField(
            label="Only for",
            choices=Sort.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        sorts.quietly_optional = True  # type: ignore[attr-defined]
        level = forms.TypedChoiceField(
            label="Asked for",
            choices=[(1, "Silver and Gold"), (2, "Gold only")],
            coerce=int,
            required=False,
        )
        level.quietly_optional = True  # type: ignore[attr-defined]
        return {
            "words": long_text(f"Criterion {number + 1}", most=200, rows=1),
            "evidence": long_text("What to show", most=300, rows=2),
            "level": level,
            "sorts": sorts,
        }

    def clean(self) -> dict[str, Any] | None:
        """There is at least one."""
        clean = super().clean()
        if not self.each() and not self.errors:
            self.add_error("words_0", "Write at least one criterion")
        return clean

    def each(self) -> list[tuple[int, str, str, list[str]]]:
        """The criteria, in order."""
        return [
            (int(level or 1), words, evidence or "", list(sorts or []))
            for words, evidence, level, sorts in self._full_rows(self.NAMES)
        ]


def first_day(on: date) -> dict[str, date]:
    """A new version starts today unless another day is typed."""
    return {"starts_on": on}

"""The equipment questions, what to order, and the five points, as they are typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ownway.design.money import to_pence
from ownway.foundation.people.models import Person
from ownway.journey.prevention.models import Mark, Trial
from ownway.journey.prevention.queries import Item, PointState, Question, as_seen

NONE = ("none_of_these", "None of these")


def _asked(question: Question, words: str) -> forms.ChoiceField:
    missing = {"required": f"Answer the question about {question.short.lower()}"}
    if question.many:
        return forms.MultipleChoiceField(
            label=words,
            choices=[*question.choices, NONE],
            widget=forms.CheckboxSelectMultiple,
            error_messages=missing,
        )
    return forms.ChoiceField(
        label=words, choices=question.choices, widget=forms.RadioSelect, error_messages=missing
    )


class Questions(forms.Form):
    """Some or all of the equipment questions, for oneself or about somebody by name."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        name: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for question in questions:
            words = question.of_them.format(name=name) if name else question.asked
            self.fields[question.key] = _asked(question, words)

    def clean(self) -> dict[str, Any]:
        """None of these stands alone."""
        typed: dict[str, Any] = super().clean() or {}
        for name, said in list(typed.items()):
            if isinstance(said, list) and NONE[0] in said and len(said) > 1:
                self.add_error(name, "Choose what happens, or “None of these”")
        return typed

    def answers(self) -> dict[str, list[str]]:
        """What was answered, question by question, as the catalogue reads it."""
        lists = {
            name: said if isinstance(said, list) else [said]
            for name, said in self.cleaned_data.items()
        }
        return {name: [one for one in said if one != NONE[0]] for name, said in lists.items()}


class Order(forms.Form):
    """What of the suggested is ordered, and who is told."""

    items = forms.MultipleChoiceField(
        label="Order",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what to order"},
    )
    tell = forms.ChoiceField(label="Tell", widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, items: Sequence[Item], tellable: Sequence[Person]
    ) -> None:
        first = {"items": [item.key for item in items], "tell": str(tellable[-1].pk)}
        super().__init__(data, initial=first)
        choice, tell = self.fields["items"], self.fields["tell"]
        assert isinstance(choice, forms.MultipleChoiceField)
        assert isinstance(tell, forms.ChoiceField)
        choice.choices = [(item.key, item.name) for item in items]
        choice.choice_hints = {item.key: item.does for item in items}  # type: ignore[attr-defined]
        tell.choices = [(str(one.pk), one.formal_name) for one in tellable]


class Tried(forms.Form):
    """How a thing turned out."""

    trial = forms.ChoiceField(
        choices=Trial.choices,
        label="Does it help?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it helps"},
    )
    words = forms.CharField(max_length=300, required=False, label="In their words")
    words.quietly_optional = True  # type: ignore[attr-defined]


class Points(forms.Form):
    """The five points; those left as they were are not written again."""

    def __init__(self, data: Any = None, *, points: Sequence[PointState]) -> None:
        super().__init__(data)
        self.points = points
        for point in points:
            mark = forms.ChoiceField(
                choices=[("", "Still open"), *Mark.choices],
                required=False,
                label=point.name.capitalize(),
                initial=point.mark,
            )
            evidence = forms.CharField(
                max_length=300, required=False, label="Evidence", initial=point.evidence
            )
            mark.quietly_optional = True  # type: ignore[attr-defined]
            evidence.quietly_optional = True  # type: ignore[attr-defined]
            self.fields[f"{point.key}-mark"] = mark
            self.fields[f"{point.key}-evidence"] = evidence

    def clean(self) -> dict[str, Any]:
        """What somebody else settled meanwhile is shown before it is written over."""
        typed: dict[str, Any] = super().clean() or {}
        for point in self.points:
            mark, evidence = typed.get(f"{point.key}-mark"), typed.get(f"{point.key}-evidence")
            is_stale = self._seen(point) != point.as_seen
            if is_stale and as_seen(mark or "", evidence or "") not in (
                self._seen(point),
                point.as_seen,
            ):
                now = " ".join(filter(None, [f"{point.words}.", point.evidence]))
                self.add_error(
                    f"{point.key}-mark",
                    f"Somebody changed “{point.name}” meanwhile. It says now: {now} "
                    "Keep again to replace it",
                )
        return typed

    def _seen(self, point: PointState) -> str:
        return str(self.data.get(f"{point.key}-seen", point.as_seen))

    def changed(self) -> list[tuple[str, str, str]]:
        """Points that were changed from what was seen: key, how it stands, evidence."""
        typed = self.cleaned_data
        said = [
            (point, typed[f"{point.key}-mark"], typed[f"{point.key}-evidence"].strip())
            for point in self.points
        ]
        return [
            (point.key, mark, evidence)
            for point, mark, evidence in said
            if as_seen(mark, evidence) not in (self._seen(point), point.as_seen)
        ]


class Benefits(forms.Form):
    """What a benefit check found."""

    gain = forms.CharField(
        max_length=12,
        label="Money gained, £ a week",
        help_text="0 if no more is due",
        error_messages={"required": "Enter how much was gained a week, or 0"},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )
    found = forms.CharField(max_length=200, required=False, label="Which benefit")
    found.quietly_optional = True  # type: ignore[attr-defined]

    def clean_gain(self) -> int:
        """Whole pence."""
        try:
            pence = to_pence(self.cleaned_data["gain"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if pence > 200_000:
            raise forms.ValidationError("Enter a weekly amount below £2,000.00")
        return pence

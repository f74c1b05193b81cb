"""The equipment questions, what is ordered of what they suggest, and asking for it online."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ownway.foundation.people.models import Person
from ownway.journey.contact.forms.public import Reach as HowToReach
from ownway.journey.prevention.queries import NONE, Item, Question


class AnyOrNone(forms.MultipleChoiceField):
    """Any number of answers, or none of them: that one stands alone."""

    def __init__(self, *, short: str, **options: Any) -> None:
        self.short = short
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def validate(self, value: list[str]) -> None:
        """None of these, and one of these, cannot both be so."""
        super().validate(value)
        if NONE in value and len(value) > 1:
            raise forms.ValidationError(
                f"{self.short}: choose “None of these” alone, or take its tick away"
            )


def _asked(question: Question, *, name: str) -> forms.ChoiceField:
    words = question.of_them.format(name=name) if name else question.asked
    missing = {"required": f"Answer the question about {question.short.lower()}"}
    known: dict[str, Any] = {
        "label": words,
        "help_text": question.hint,
        "choices": [(one.value, one.said(name)) for one in question.choices],
        "required": not question.only_if,
        "error_messages": missing,
    }
    if not question.many:
        made = forms.ChoiceField(widget=forms.RadioSelect, **known)
        made.quietly_optional = True  # type: ignore[attr-defined]
        return made
    known["choices"] += [(NONE, "None of these")]
    return AnyOrNone(short=question.short, **known)


class Questions(forms.Form):
    """Some or all of the equipment questions, for oneself or about somebody by name."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        name: str = "",
        before: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.questions = questions
        super().__init__(data, initial=self._shown_again(before or {}))
        for question in questions:
            self.fields[question.key] = _asked(question, name=name)

    def _shown_again(self, before: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """What was answered before, as the boxes show it."""
        shown: dict[str, Any] = {}
        for one in self.questions:
            if one.key in before:
                said = list(before[one.key])
                shown[one.key] = (said or [NONE]) if one.many else (said or [""])[0]
        return shown

    def clean(self) -> dict[str, Any]:
        """A question that matters only with some answers is asked for with those."""
        typed: dict[str, Any] = super().clean() or {}
        said = self._lists(typed)
        for one in self.questions:
            if one.only_if and len(self.questions) > 1 and not one.is_asked(said):
                typed[one.key] = ""
            elif one.only_if and not typed.get(one.key) and one.key not in self.errors:
                self.add_error(one.key, str(self.fields[one.key].error_messages["required"]))
        return typed

    def answers(self) -> dict[str, list[str]]:
        """What was answered, question by question, as the catalogue reads it."""
        said = self._lists(self.cleaned_data)
        return {name: [one for one in found if one != NONE] for name, found in said.items()}

    def _lists(self, typed: Mapping[str, Any]) -> dict[str, list[str]]:
        return {
            name: said if isinstance(said, list) else [said] for name, said in typed.items() if said
        }


class Order(forms.Form):
    """What of the suggested is ordered, who is told, and whether it is handed over now."""

    items = forms.MultipleChoiceField(
        label="Order",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what to order"},
    )
    tell = forms.ChoiceField(label="Tell", widget=forms.RadioSelect)
    handed_now = forms.BooleanField(required=False, label="I have it here and hand it over now")

    def __init__(
        self,
        data: Any = None,
        *,
        items: Sequence[Item],
        tellable: Sequence[Person],
        hints: Mapping[str, str],
        wanted: Sequence[str] = (),
    ) -> None:
        chosen = [item.key for item in items if not wanted or item.key in wanted]
        super().__init__(data, initial={"items": chosen, "tell": str(tellable[-1].pk)})
        choice, tell = self.fields["items"], self.fields["tell"]
        assert isinstance(choice, forms.MultipleChoiceField)
        assert isinstance(tell, forms.ChoiceField)
        choice.choices = [(item.key, item.name) for item in items]
        choice.choice_hints = hints  # type: ignore[attr-defined]
        tell.choices = [(str(one.pk), one.formal_name) for one in tellable]


class AskVisit(forms.Form):
    """What a visit is for."""

    because = forms.CharField(
        max_length=150,
        label="What the visit is for",
        error_messages={
            "required": "Say what the visit is for",
            "max_length": "Use 150 letters or fewer",
        },
    )


class Wanted(forms.Form):
    """Which of the suggested things somebody would like."""

    wanted = forms.MultipleChoiceField(
        label="What would you like?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, items: Sequence[Item], before: Sequence[str] | None = None
    ) -> None:
        keys = [item.key for item in items]
        chosen = keys if before is None else [key for key in before if key in keys]
        super().__init__(data, initial={"wanted": chosen})
        choice = self.fields["wanted"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(item.key, item.name) for item in items]
        choice.quietly_optional = True  # type: ignore[attr-defined]


class Reach(HowToReach):
    """How to reach who asks; and, for somebody else, whom it is for."""

    for_whom = forms.CharField(
        label="Who is it for?",
        max_length=160,
        required=False,
        error_messages={"max_length": "Use 160 letters or fewer"},
    )
    field_order = ("for_whom", "name", "phone", "email", "postcode")

    def __init__(self, data: Any = None, *, for_self: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if for_self:
            del self.fields["for_whom"]
        else:
            whom = self.fields["for_whom"]
            whom.required = True
            whom.error_messages["required"] = "Enter the name of who it is for"

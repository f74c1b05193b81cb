"""One of a few, any of a few, yes or no, and how many."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from ownway.journey.charging.forms.fields import YES_NO, choice, several
from ownway.journey.charging.forms.questions.base import Answer, QuestionForm


class OneOf(QuestionForm):
    """One choice of a few."""

    choices: ClassVar[list[tuple[str, str]]] = []
    empty = "Choose one of the answers"

    def ask(self) -> None:
        """The choices of the question."""
        self.fields[self.name] = choice(label="Choose one", choices=self.choices, empty=self.empty)

    @property
    def name(self) -> str:
        """The fact this is."""
        return next(iter(self.question.gives))

    def shown(self, kept: Mapping[str, Any]) -> str:
        """The words of the choice."""
        return dict(self.choices).get(kept[self.name], "")


class Setting(OneOf):
    """Where the care is given."""

    choices: ClassVar = [("home", "At home"), ("care_home", "In a care home")]


class Household(OneOf):
    """Alone, or one of a couple."""

    choices: ClassVar = [
        ("single", "Alone, or with others"),
        ("couple", "With a husband, wife or partner"),
    ]


class YesNo(QuestionForm):
    """Yes or no."""

    yes = choice(label="Choose one", choices=YES_NO, empty="Choose yes or no")

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """True as yes."""
        return {"yes": "yes" if kept["yes"] else "no"}

    @property
    def said(self) -> Answer:
        """Yes as true."""
        return {"yes": self.cleaned_data["yes"] == "yes"}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """Yes, or no."""
        return "Yes" if kept["yes"] else "No"


class Several(QuestionForm):
    """Any of a few; none is an answer."""

    def ask(self) -> None:
        """The choices of the question."""
        self.fields[self.name] = several(label="Choose all that apply", choices=self.choices)

    @property
    def name(self) -> str:
        """The fact this is."""
        return next(iter(self.question.gives))

    @property
    @abstractmethod
    def choices(self) -> list[tuple[str, str]]:
        """What there is to choose from."""

    def shown(self, kept: Mapping[str, Any]) -> str:
        """The words of the choices."""
        known = dict(self.choices)
        return ", ".join(known[key] for key in kept[self.name] if key in known) or "None"


class Premiums(Several):
    """Parts of a benefit that let somebody keep more."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """As the benefit letters name them."""
        return [
            ("disability", "Disability premium"),
            ("enhanced_disability", "Enhanced disability premium"),
            ("carer", "Carer premium"),
        ]


class Living(Several):
    """Who lives in the home."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """As the rules name them."""
        return [(item["key"], item["name"]) for item in self.pack.lists["who_lives_at_home"]]


class Number(QuestionForm):
    """A small whole number."""

    number = forms.IntegerField(
        label="How many?",
        min_value=0,
        max_value=30,
        error_messages={
            "required": "Enter a number, or 0",
            "invalid": "Enter a whole number, like 2",
            "min_value": "Enter 0 or more",
            "max_value": "Enter 30 or fewer",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The number as it is."""
        return {"number": kept["children"]}

    @property
    def said(self) -> Answer:
        """By the name the rules have for it."""
        return {"children": self.cleaned_data["number"]}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """2."""
        return str(kept["children"] or "None")

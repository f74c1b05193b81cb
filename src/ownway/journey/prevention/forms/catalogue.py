"""The catalogue as a council changes it: a thing or a red flag, from a day on; and shops."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from ownway.design.fields import DateField, MoneyField
from ownway.foundation.council.models import Organisation
from ownway.journey.prevention.forms.things import optional
from ownway.journey.prevention.models import ItemKind, PartnerKind, StockLine, Way
from ownway.journey.prevention.queries import Catalogue, Condition, Flag, Item

EXCLUSIONS = 4
ANSWER = ":"


def answer_choices(shelf: Catalogue) -> list[tuple[str, str]]:
    """Every answer that can be given, as one list: "Falls: Yes, once, and not badly hurt"."""
    return [
        (f"{question.key}{ANSWER}{one.value}", f"{question.short}: {one.words}")
        for question in shelf.questions
        for one in question.choices
    ]


def _chosen(condition: Condition) -> list[str]:
    return [f"{condition.question}{ANSWER}{value}" for value in condition.any]


def _conditions(chosen: Sequence[str]) -> tuple[Condition, ...]:
    """Answers that were chosen, brought together by their question."""
    found: dict[str, list[str]] = {}
    for one in chosen:
        question, _, value = one.partition(ANSWER)
        found.setdefault(question, []).append(value)
    return tuple(Condition(question, tuple(values)) for question, values in found.items())


class FromADay(forms.Form):
    """From when a change holds, and why it is made."""

    starts_on = DateField(
        label="From when", like="1 2 2026", error_messages={"required": "Enter the day it starts"}
    )
    because = forms.CharField(
        max_length=200,
        label="Why it changes",
        error_messages={
            "required": "Say why it changes",
            "max_length": "Use 200 letters or fewer",
        },
    )


def _text(label: str, most: int, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        max_length=most,
        label=label,
        help_text=hint,
        error_messages={"required": missing, "max_length": f"Use {most} letters or fewer"},
    )


class ChangeItem(FromADay):
    """One thing: what it is, what it costs, how it is got, its limits and exclusions."""

    name = _text("Name", 120, "Enter a name")
    does = _text("What it does", 200, "Say what it does", "People read this")
    wish = _text("What it is for, on a plan", 120, "Say what it is for")
    kind = forms.ChoiceField(label="Kind", choices=ItemKind.choices, widget=forms.RadioSelect)
    price = MoneyField(label="Price to us, £", error_messages={"required": "Enter a price, or 0"})
    way = forms.ChoiceField(
        label="How people get it", choices=Way.choices, widget=forms.RadioSelect
    )
    loan = forms.BooleanField(required=False, label="It is on loan, and comes back")
    children = forms.BooleanField(required=False, label="Safe for people under 18 too")
    stock = optional(forms.ChoiceField(label="Line of the store"))
    most_kg = optional(
        forms.IntegerField(
            label="Made for people up to, kg",
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
            error_messages={"invalid": "Enter whole kilograms, like 160"},
            validators=[
                MinValueValidator(20, "Enter 20 or more"),
                MaxValueValidator(500, "Enter 500 or less"),
            ],
        )
    )
    when = forms.MultipleChoiceField(
        label="Suggested by any of these answers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one answer that it is suggested by"},
    )

    field_order = (
        "name", "does", "wish", "kind", "price", "way", "loan", "children", "stock", "most_kg",
        "when",
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        item: Item,
        shelf: Catalogue,
        lines: Sequence[StockLine],
        on: date,
    ) -> None:
        self.item = item
        super().__init__(data, initial=_first(item, on))
        answers = answer_choices(shelf)
        for name, choices in (
            ("when", answers),
            ("stock", [("", "Not kept in store"), *((one.key, one.name) for one in lines)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self._add_exclusions(answers)

    def _add_exclusions(self, answers: list[tuple[str, str]]) -> None:
        rows = [(one, each.because) for each in self.item.unless for one in _chosen(each)]
        rows += [("", "")] * max(1, EXCLUSIONS - len(rows))
        self.exclusions = []
        for place, (answer, because) in enumerate(rows):
            pair = f"not-{place}", f"because-{place}"
            self.fields[pair[0]] = optional(
                forms.ChoiceField(
                    choices=[("", "No rule"), *answers],
                    label="Left out when",
                    initial=answer,
                )
            )
            self.fields[pair[1]] = optional(
                forms.CharField(max_length=150, label="What people are told", initial=because)
            )
            self.exclusions.append(pair)

    def clean(self) -> dict[str, Any]:
        """An exclusion tells people why."""
        typed: dict[str, Any] = super().clean() or {}
        for answer, because in self.exclusions:
            if typed.get(answer) and not (typed.get(because) or "").strip():
                self.add_error(because, "Say what people are told when it is left out")
        return typed

    def changed(self) -> Item:
        """The thing as it was typed."""
        typed = self.cleaned_data
        unless = tuple(
            replace(_conditions([typed[answer]])[0], because=typed[because].strip())
            for answer, because in self.exclusions
            if typed[answer]
        )
        return Item(
            key=self.item.key,
            name=typed["name"],
            does=typed["does"],
            wish=typed["wish"],
            kind=typed["kind"],
            price_pence=typed["price"],
            from_shop=typed["way"] == Way.SHOP,
            visit=typed["way"] == Way.VISIT,
            loan=typed["loan"],
            children=typed["children"],
            stock=typed["stock"],
            most_kg=typed["most_kg"],
            when=_conditions(typed["when"]),
            unless=unless,
        )


def _first(item: Item, on: date) -> dict[str, Any]:
    """A thing as it reads now, in the boxes."""
    pounds = f"{item.price_pence // 100}.{item.price_pence % 100:02d}"
    same = ("name", "does", "wish", "kind", "loan", "children", "stock", "most_kg")
    return {name: getattr(item, name) for name in same} | {
        "price": pounds,
        "way": item.way,
        "when": [one for each in item.when for one in _chosen(each)],
        "starts_on": on,
    }


class ChangeFlag(FromADay):
    """One red flag: what raises it, what people are told, and what staff do."""

    name = _text("Name", 60, "Enter a name")
    words = _text("What people are told", 300, "Say what people are told", "People read this")
    task = _text("What staff do", 150, "Say what staff do")
    is_now = forms.BooleanField(
        required=False, label="It cannot wait: stop the questions and say so at once"
    )
    partner = optional(
        forms.ChoiceField(
            label="Partner to send them to", choices=[("", "None"), *PartnerKind.choices]
        )
    )
    when = forms.MultipleChoiceField(
        label="Raised by any of these answers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the answers that raise it"},
    )
    field_order = ("name", "words", "task", "is_now", "partner", "when")

    def __init__(self, data: Any = None, *, flag: Flag, shelf: Catalogue, on: date) -> None:
        self.flag = flag
        first = {
            "name": flag.name, "words": flag.words, "task": flag.task, "is_now": flag.is_now,
            "partner": flag.partner, "when": _chosen(flag.condition), "starts_on": on,
        }  # fmt: skip
        super().__init__(data, initial=first)
        field = self.fields["when"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (value, words)
            for value, words in answer_choices(shelf)
            if value.startswith(f"{flag.condition.question}{ANSWER}")
        ]

    def changed(self) -> Flag:
        """The red flag as it was typed."""
        typed = self.cleaned_data
        return Flag(
            key=self.flag.key,
            name=typed["name"],
            words=typed["words"],
            task=typed["task"],
            condition=_conditions(typed["when"])[0],
            is_now=typed["is_now"],
            partner=typed["partner"],
        )


class AddShop(forms.Form):
    """A shop of the directory that takes codes."""

    entry = forms.CharField(
        max_length=160,
        label="Name in the directory",
        error_messages={"required": "Enter the name of a shop in the directory"},
    )
    organisation = optional(
        forms.ModelChoiceField(
            Organisation.objects.order_by("name"),
            label="Who signs in for it",
            empty_label="Nobody: staff keep its codes",
        )
    )

"""What was typed or picked about money, into clean values; never saves."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ownway.design.money import pounds
from ownway.foundation.council.models import Organisation
from ownway.foundation.plan.models import PlanLine
from ownway.journey.budgets.models import ShareLine, Way
from ownway.journey.budgets.queries.agreements import Holder

HINTS = {
    Way.OWN: "Money goes to a bank account just for your support. You keep the bills.",
    Way.SIMPLE: "A helper keeps the account and pays when you say so. "
    "We give you {fee} a week on top for their fee.",
    Way.MANAGED: "A helper keeps the account, pays the bills and keeps the papers. "
    "We give you {fee} a week on top for their fee.",
    Way.COUNCIL: "We arrange your support and pay for it. You still say what you want.",
    Way.MIXED: "We pay for some things. You get money for the rest.",
}


class ChooseWay(forms.Form):
    """Which of the five ways."""

    way = forms.ChoiceField(
        label="Pick one",
        choices=[(way.value, way.label) for way in Way],
        widget=forms.RadioSelect,
        error_messages={"required": "Pick how you want to take your money"},
    )

    def __init__(self, *args: Any, fee_pence: int, **options: Any) -> None:
        super().__init__(*args, **options)
        fee = pounds(fee_pence)
        self.fields["way"].choice_hints = {  # type: ignore[attr-defined]
            way.value: hint.format(fee=fee) for way, hint in HINTS.items()
        }


class ChooseLines(forms.Form):
    """Which things the council pays for."""

    lines = forms.MultipleChoiceField(
        label="Tick the things we should pay for",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing that we should pay for"},
    )

    def __init__(self, *args: Any, lines: Iterable[PlanLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lines"].choices = [  # type: ignore[attr-defined]
            (line.pk, f"{line.support or line.wish}, {pounds(line.cost_pence)}") for line in lines
        ]

    def clean_lines(self) -> list[int]:
        """The lines' keys."""
        return [int(key) for key in self.cleaned_data["lines"]]


class ChooseHolder(forms.Form):
    """Who looks after the money."""

    holder = forms.TypedChoiceField(
        label="Pick one",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pick who will look after the money"},
    )

    def __init__(self, *args: Any, holders: Iterable[Holder], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["holder"]
        field.choices = [(holder.person.pk, holder.label) for holder in holders]


class ChooseHelper(forms.Form):
    """Who keeps the account."""

    helper = forms.TypedChoiceField(
        label="Pick one",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pick who will keep the account"},
    )

    def __init__(self, *args: Any, helpers: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["helper"]
        field.choices = [(helper.pk, helper.name) for helper in helpers]


class ChooseBank(forms.Form):
    """The bank account that the money goes to. Clean values are figures only."""

    name = forms.CharField(
        label="Name on the account",
        max_length=70,
        error_messages={"required": "Type the name on the account"},
    )
    sort_code = forms.CharField(
        label="Sort code",
        help_text="Six figures, like 30 90 00",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}
        ),
        error_messages={"required": "Type the sort code"},
    )
    number = forms.CharField(
        label="Account number",
        help_text="Eight figures. If yours is shorter, put 0 in front",
        max_length=14,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={"required": "Type the account number"},
    )

    def clean_sort_code(self) -> str:
        """Six figures."""
        return _figures(self.cleaned_data["sort_code"], 6, "A sort code has six figures")

    def clean_number(self) -> str:
        """Eight figures."""
        return _figures(self.cleaned_data["number"], 8, "An account number has eight figures")


def _figures(typed: str, number: int, problem: str) -> str:
    figures = typed.translate(dict.fromkeys(map(ord, " -–.")))
    if not (figures.isascii() and figures.isdecimal() and len(figures) == number):
        raise forms.ValidationError(problem)
    if not figures.strip("0"):
        raise forms.ValidationError("Check this: it is all noughts")
    return figures


class AgreeMoney(forms.Form):
    """Saying yes to the whole."""

    yes = forms.BooleanField(
        label="I have read this, and I want to take the money this way",
        error_messages={"required": "Tick the box to say yes"},
    )


class PickPayments(forms.Form):
    """Which payments, and what to do with them."""

    payments = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": "Tick at least one payment"},
    )

    def __init__(self, *args: Any, known: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["payments"]
        field.choices = [(key, key) for key in known]


class TakeBack(forms.Form):
    """Why a payment is taken back."""

    because = forms.CharField(
        label="Why is it taken back?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is taken back"},
    )


class NamePayees(forms.Form):
    """Whom the council pays for each line; a line not known yet is left for later."""

    def __init__(
        self, *args: Any, lines: Iterable[ShareLine], payees: Iterable[Organisation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lines = {f"line-{line.pk}": line for line in lines}
        self.payees = {str(payee.pk): payee for payee in payees}
        named = [(key, payee.name) for key, payee in self.payees.items()]
        for name, line in self.lines.items():
            cost = pounds(line.week_pence or line.once_pence)
            often = "a week" if line.week_pence else "once"
            self.fields[name] = forms.ChoiceField(
                label=f"{line.words}, {cost} {often}",
                choices=[("", "Not known yet"), *named],
                required=False,
            )
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one is named."""
        typed: dict[str, Any] = super().clean() or {}
        if self.lines and not self.errors and not any(typed.get(name) for name in self.lines):
            self.add_error(next(iter(self.lines)), "Choose whom we pay for at least one")
        return typed

    @property
    def named(self) -> list[tuple[ShareLine, Organisation]]:
        """The lines that got a payee."""
        said = self.cleaned_data
        return [(line, self.payees[said[n]]) for n, line in self.lines.items() if said[n]]

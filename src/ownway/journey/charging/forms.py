"""Money as people type it, in pounds; and services to try."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.design.fields import MoneyField
from ownway.policy.packs import Pack

MOST_SAVINGS_PENCE = 100_000_000_00
"""A hundred million pounds: what somebody has is much more than what comes in each week."""


def _money(*, label: str, empty: str, **options: Any) -> MoneyField:
    """An amount in pounds, in a box wide enough for savings."""
    look = {"inputmode": "decimal", "class": "govuk-input--width-10"}
    return MoneyField(
        label=label,
        error_messages={"required": empty},
        widget=forms.TextInput(attrs=look),
        **options,
    )


HOUSEHOLDS = [("single", "Alone"), ("couple", "With a husband, wife or partner")]
PREMIUMS = [
    ("disability", "Disability premium"),
    ("enhanced_disability", "Enhanced disability premium"),
    ("carer", "Carer premium"),
]

ONLY_FOR_A_MEANS_TEST = (
    "disability_benefit_pence",
    "household",
    "joint_capital_pence",
    "housing_costs_pence",
    "disability_expenses_pence",
    "premiums",
)


class FinancesForm(forms.Form):
    """One short page. What the rules in force do not use is not asked."""

    income_pence = _money(
        label="Money coming in each week", empty="Enter the money coming in each week"
    )
    capital_pence = _money(
        label="Savings", empty="Enter the savings, or 0", most_pence=MOST_SAVINGS_PENCE
    )
    disability_benefit_pence = _money(
        label="Attendance Allowance, DLA care or PIP daily living, each week",
        empty="Enter an amount, or 0",
    )
    household = forms.ChoiceField(
        label="Home life",
        choices=HOUSEHOLDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose alone, or with a partner"},
    )
    joint_capital_pence = _money(
        label="Savings shared with a partner",
        empty="Enter the shared savings, or 0",
        most_pence=MOST_SAVINGS_PENCE,
    )
    housing_costs_pence = _money(
        label="Rent, mortgage and council tax each week, after any help",
        empty="Enter the cost, or 0",
    )
    disability_expenses_pence = _money(
        label="Extra costs each week because of illness or disability",
        empty="Enter the cost, or 0",
    )
    premiums = forms.MultipleChoiceField(
        label="Extra parts of a benefit",
        choices=PREMIUMS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, pack: Pack, whose: str, pension_age: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        simple = pack.word("charging_method") == "protected_income"
        self.fields["income_pence"].help_text = (
            f"All of {whose} pensions and benefits, for one week. "
            f"Just {whose} own, not a partner’s."
        )
        saved = "Money in the bank and other savings. Not the home."
        if simple:
            saved += " Savings do not change what is paid. We ask to look for benefits."
        self.fields["capital_pence"].help_text = saved
        self.fields["joint_capital_pence"].required = False
        unused = ONLY_FOR_A_MEANS_TEST if simple else ()
        for name in [*unused, *([] if simple or not pension_age else ["premiums"])]:
            del self.fields[name]

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, in the words of the charging rules."""
        said = {name: value for name, value in self.cleaned_data.items() if value is not None}
        if said.get("household") == "couple":
            said.setdefault("joint_capital_pence", 0)
        return said

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Show what the rules refused, beside its field where there is one."""
        for name, words in problems.items():
            self.add_error(name if name in self.fields else None, words)


class Services(forms.Form):
    """Four services and what each costs, to try."""

    ROWS = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, self.ROWS + 1):
            self.fields[f"words_{place}"] = forms.CharField(
                label=f"Service {place}", max_length=120, required=False
            )
            self.fields[f"cost_{place}_pence"] = _money(
                label="Cost each week", empty="Enter the cost", required=False
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each service with its cost."""
        places = range(1, self.ROWS + 1)
        return [(self[f"words_{place}"], self[f"cost_{place}_pence"]) for place in places]

    def clean(self) -> dict[str, Any]:
        """A name needs a cost, and a cost a name."""
        cleaned = super().clean() or {}
        for place in range(1, self.ROWS + 1):
            words, cost = cleaned.get(f"words_{place}"), cleaned.get(f"cost_{place}_pence")
            if words and cost is None and f"cost_{place}_pence" not in self.errors:
                self.add_error(f"cost_{place}_pence", f"Enter what {words} costs each week")
            if cost is not None and not words:
                self.add_error(f"words_{place}", "Name the service this cost is for")
        return cleaned

    @property
    def services(self) -> list[tuple[str, int]]:
        """What was typed."""
        found = []
        for place in range(1, self.ROWS + 1):
            words = self.cleaned_data.get(f"words_{place}")
            cost = self.cleaned_data.get(f"cost_{place}_pence")
            if words and cost is not None:
                found.append((words, cost))
        return found

"""The lines and risks of a plan: the wish, who helps, what it costs and who pays."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from ownway.design.fields import MoneyField
from ownway.foundation.plan.models import Often, PaidFrom, PlanLine
from ownway.journey.planning.forms.remembering import Remembering

FREE = (PaidFrom.FAMILY, PaidFrom.COMMUNITY, PaidFrom.TIME_BANK, PaidFrom.EQUIPMENT)


class Wish(Remembering):
    """What is wanted, in the person's own words: it comes before any service."""

    wish = forms.CharField(
        label="What do you want?",
        help_text="In your own words, for example: I see my friends each week.",
        max_length=200,
        error_messages={
            "required": "Write what you want",
            "max_length": "Keep it under 200 letters. You can say more on the next pages",
        },
    )


class Support(Remembering):
    """Who or what could help, in the person's own words."""

    support = forms.CharField(
        label="Who or what could help?",
        help_text="For example: my sister on Sundays, or a swim and coffee with friends.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Keep it under 200 letters"},
    )
    domain = forms.ChoiceField(label="Which part of life is this for?", required=False)

    def __init__(self, *args: Any, line: PlanLine, parts: Sequence[tuple[str, str]], **o: Any):
        kept = {"support": line.support, "domain": line.domain}
        super().__init__(*args, version=line.version, initial=kept, **o)
        self.parts = dict(parts)
        domain = self.fields["domain"]
        assert isinstance(domain, forms.ChoiceField)
        domain.choices = [("", "Choose one"), *parts]
        self.fields["support"].quietly_optional = True  # type: ignore[attr-defined]


class Cost(Remembering):
    """Who pays, how much and how often; hours times a price, or one amount."""

    paid_from = forms.ChoiceField(
        label="Who pays for it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who pays for it"},
    )
    often = forms.ChoiceField(
        label="How often?",
        choices=Often.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    hours = forms.DecimalField(
        label="Hours a week",
        required=False,
        min_value=Decimal("0.25"),
        max_value=168,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={
            "invalid": "Enter the hours as a number, like 4 or 2.5",
            "min_value": "Enter at least a quarter of an hour: 0.25",
            "max_value": "A week has 168 hours",
            "max_decimal_places": "Enter the hours to two places at most, like 2.25",
        },
    )
    price_pence = MoneyField(label="Price an hour", required=False)
    cost_pence = MoneyField(label="Or what it costs in all", required=False)

    def __init__(
        self,
        *args: Any,
        line: PlanLine,
        whose: str,
        price: int | None = None,
        is_by_hour: bool = False,
        **options: Any,
    ) -> None:
        kept = _cost_now(line) | _listed(line, price, is_by_hour=is_by_hour)
        super().__init__(*args, version=line.version, initial=kept, **options)
        budget = "Your budget" if whose == "you" else f"{whose}’s budget"
        own = "Your own money" if whose == "you" else f"{whose}’s own money"
        paid_from = self.fields["paid_from"]
        assert isinstance(paid_from, forms.ChoiceField)
        paid_from.choices = [
            (PaidFrom.BUDGET, budget),
            (PaidFrom.OWN_MONEY, own),
            (PaidFrom.FAMILY, "Family or friends help, for nothing"),
            (PaidFrom.COMMUNITY, "Local help, for nothing"),
            (PaidFrom.TIME_BANK, "The time bank: an hour for an hour"),
            (PaidFrom.EQUIPMENT, "Equipment, for nothing"),
        ]
        for name in ("often", "hours", "price_pence", "cost_pence"):
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Money only where somebody pays, and then one sum: hours times price, or an amount."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        typed["often"] = typed.get("often") or Often.WEEKLY
        if typed["paid_from"] in FREE:
            self._require_no_price(typed)
        else:
            self._require_one_price(typed)
        return typed

    def _require_no_price(self, typed: dict[str, Any]) -> None:
        for name in ("cost_pence", "price_pence"):
            if typed.get(name):
                self.add_error(name, "You gave a price. Choose who pays it, or leave this empty")
        typed.update(cost_pence=0, price_pence=None)

    def _require_one_price(self, typed: dict[str, Any]) -> None:
        by_hour, whole = (typed.get("hours"), typed.get("price_pence")), typed.get("cost_pence")
        if all(part is not None for part in by_hour):
            typed.pop("cost_pence")
            if typed["often"] == Often.ONCE:
                self.add_error("often", "Hours are for each week. Give one amount for once")
        elif by_hour[1] is not None:
            self.add_error("hours", "Enter the hours a week, or one amount in all")
        elif whole is None:
            self.add_error("cost_pence", "Enter what it costs: hours and a price, or one amount")


def _cost_now(line: PlanLine) -> dict[str, Any]:
    by_hour = line.hours is not None and line.price_pence is not None
    return {
        "paid_from": line.paid_from,
        "often": line.often,
        "hours": f"{line.hours.normalize():f}" if line.hours is not None else "",
        "price_pence": _typed(line.price_pence),
        "cost_pence": "" if by_hour or not line.cost_pence else _typed(line.cost_pence),
    }


def _listed(line: PlanLine, price: int | None, *, is_by_hour: bool) -> dict[str, Any]:
    """The price of the directory, where nothing was written yet."""
    if not line.not_found or price is None:
        return {}
    if price == 0:
        return {"paid_from": PaidFrom.COMMUNITY}
    return {"price_pence" if is_by_hour else "cost_pence": _typed(price)}


def _typed(pence: int | None) -> str:
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"


class PutBy(Remembering):
    """How much is kept for a bad week."""

    cost_pence = MoneyField(
        label="How much a week?",
        error_messages={"required": "Enter how much to put by, like 10.00"},
    )
    support = forms.CharField(
        label="What is it for?",
        help_text="For example: more help in a bad week.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Keep it under 200 letters"},
    )

    def __init__(self, *args: Any, line: PlanLine | None, left_pence: int, **options: Any) -> None:
        kept = {"cost_pence": _typed(left_pence) if left_pence > 0 else ""}
        if line:
            kept = {"cost_pence": _typed(line.cost_pence), "support": line.support}
        super().__init__(*args, version=line.version if line else 0, initial=kept, **options)


class RiskForm(Remembering):
    """A risk, with what is good about it, what worries, and what if."""

    what = forms.CharField(
        label="What is the risk?",
        help_text="For example: Harold is alone in the garden while I rest.",
        max_length=200,
        error_messages={
            "required": "Write what the risk is",
            "max_length": "Keep it under 200 letters. Say more in the boxes below",
        },
    )
    good = forms.CharField(label="What is good about it?")
    worry = forms.CharField(label="What worries you?")
    fallback = forms.CharField(label="What will you do if it goes wrong?")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("good", "worry", "fallback"):
            box = self.fields[name]
            box.widget = forms.Textarea(attrs={"rows": 4})
            box.error_messages["required"] = f"Answer: {box.label}"

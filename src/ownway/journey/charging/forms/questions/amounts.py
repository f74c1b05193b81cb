"""Sums of money: what comes and goes, savings, a home, and extra costs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from ownway.design.money import pounds
from ownway.journey.charging.forms.fields import (
    MOST_SAVINGS_PENCE,
    OFTEN,
    YES_NO,
    as_typed,
    choice,
    money,
)
from ownway.journey.charging.forms.questions.base import Answer, QuestionForm


class Amount(QuestionForm):
    """Money that comes or goes, and how often."""

    pence = money(label="How much?", empty="Enter an amount, or 0 if there is none")
    often = choice(
        label="How often?", choices=OFTEN, empty="Choose how often", initial="week", required=False
    )

    def ask(self) -> None:
        """How often does not matter when there is none."""
        self.fields["often"].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A sum needs to say how often it comes."""
        cleaned = super().clean() or {}
        if cleaned.get("pence") and not cleaned.get("often") and "often" not in self.errors:
            self.add_error("often", "Choose how often this is")
        return cleaned

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Pence as pounds."""
        return {"pence": as_typed(kept["pence"]), "often": kept["often"]}

    @property
    def said(self) -> Answer:
        """Nothing is nothing each week."""
        return {"pence": self.cleaned_data["pence"], "often": self.cleaned_data["often"] or "week"}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """£245.00, every week."""
        if not kept["pence"]:
            return "None"
        return f"{pounds(kept['pence'])}, {dict(OFTEN)[kept['often']].lower()}"


class Savings(QuestionForm):
    """A sum that somebody has."""

    pence = money(label="How much?", empty="Enter the savings, or 0", most_pence=MOST_SAVINGS_PENCE)

    @property
    def name(self) -> str:
        """The fact this is."""
        return next(iter(self.question.gives))

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Pence as pounds."""
        return {"pence": as_typed(kept[self.name])}

    @property
    def said(self) -> Answer:
        """The savings, by the name the rules have for them."""
        return {self.name: self.cleaned_data["pence"]}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """£3,000.00."""
        return pounds(kept[self.name]) if kept[self.name] else "None"


class Home(QuestionForm):
    """Whether somebody owns a home, what their part of it would sell for, and what is owed."""

    owns = choice(label="Choose one", choices=YES_NO, empty="Choose yes or no")
    value_pence = money(
        label="What would it sell for?",
        empty="Enter what it would sell for",
        required=False,
        most_pence=MOST_SAVINGS_PENCE,
        help_text="Only if you chose yes. If part of it belongs to somebody else, leave that out. "
        "A guess will do.",
    )
    owed_pence = money(
        label="What is still owed on it?",
        empty="Enter what is owed, or 0",
        required=False,
        most_pence=MOST_SAVINGS_PENCE,
        help_text="Such as a mortgage. Enter 0 if nothing is owed.",
    )

    def ask(self) -> None:
        """The two amounts are for owners only."""
        for name in ("value_pence", "owed_pence"):
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An owner says what it would sell for."""
        cleaned = super().clean() or {}
        if cleaned.get("owns") == "yes":
            if cleaned.get("value_pence") is None and "value_pence" not in self.errors:
                self.add_error("value_pence", "Enter what it would sell for")
            if cleaned.get("owed_pence") is None and "owed_pence" not in self.errors:
                self.add_error("owed_pence", "Enter what is owed, or 0")
        return cleaned

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Pence as pounds."""
        if not kept["owns"]:
            return {"owns": "no"}
        return {
            "owns": "yes",
            "value_pence": as_typed(kept["value_pence"]),
            "owed_pence": as_typed(kept["owed_pence"]),
        }

    @property
    def said(self) -> Answer:
        """Nothing owned is worth nothing."""
        if self.cleaned_data["owns"] == "no":
            return {"owns": False, "value_pence": 0, "owed_pence": 0}
        return {**self.cleaned_data, "owns": True}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """£180,000.00, with £20,000.00 owed on it."""
        if not kept["owns"]:
            return "No home of their own"
        return f"{pounds(kept['value_pence'])}, with {pounds(kept['owed_pence'])} owed on it"


class Costs(QuestionForm):
    """Extra costs because of a disability: each by itself, as each is looked at by itself."""

    ROWS = 6

    def ask(self) -> None:
        """Six lines to fill, or to leave."""
        for place in range(1, self.ROWS + 1):
            self.fields[f"what_{place}"] = forms.CharField(
                label="What for", max_length=120, required=False
            )
            self.fields[f"cost_{place}"] = money(
                label="How much", empty="Enter the cost", required=False
            )
            self.fields[f"often_{place}"] = forms.ChoiceField(
                label="How often", choices=OFTEN, required=False, initial="week"
            )
            for name in ("what", "cost", "often"):
                self.fields[f"{name}_{place}"].quietly_optional = True  # type: ignore[attr-defined]

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """What for, how much and how often, line by line."""
        for place in range(1, self.ROWS + 1):
            yield self[f"what_{place}"], self[f"cost_{place}"], self[f"often_{place}"]

    def clean(self) -> dict[str, Any]:
        """A cost needs a name, and a name a cost."""
        cleaned = super().clean() or {}
        for place in range(1, self.ROWS + 1):
            what, cost = cleaned.get(f"what_{place}"), cleaned.get(f"cost_{place}")
            if what and cost is None and f"cost_{place}" not in self.errors:
                self.add_error(f"cost_{place}", f"Enter what {what} costs")
            if cost and not what and f"what_{place}" not in self.errors:
                self.add_error(f"what_{place}", "Say what this cost is for")
        return cleaned

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Each line as it was."""
        shown: dict[str, Any] = {}
        for place, row in enumerate(kept["rows"][: self.ROWS], start=1):
            shown |= {
                f"what_{place}": row["what"],
                f"cost_{place}": as_typed(row["pence"]),
                f"often_{place}": row["often"],
            }
        return shown

    @property
    def said(self) -> Answer:
        """The lines that were filled."""
        said, rows = self.cleaned_data, []
        for place in range(1, self.ROWS + 1):
            if said.get(f"what_{place}") and said.get(f"cost_{place}") is not None:
                rows.append(
                    {
                        "what": said[f"what_{place}"],
                        "pence": said[f"cost_{place}"],
                        "often": said.get(f"often_{place}") or "week",
                    }
                )
        return {"rows": rows}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """Heating £8.00 every week; Special food £20.00 every month."""
        often = dict(OFTEN)
        lines = (
            f"{row['what']}: {pounds(row['pence'])}, {often[row['often']].lower()}"
            for row in kept["rows"]
        )
        return "; ".join(lines) or "None"

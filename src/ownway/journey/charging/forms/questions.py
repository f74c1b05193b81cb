"""A form for each kind of question about money: what was typed into an answer to keep."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from ownway.design.dates import age_on, plain_date
from ownway.design.fields import DateField
from ownway.design.money import pounds
from ownway.foundation.people.actions import NotABirthDate, checked_birth_date
from ownway.journey.charging.forms.fields import (
    MOST_SAVINGS_PENCE,
    OFTEN,
    YES_NO,
    as_typed,
    choice,
    money,
    several,
)
from ownway.journey.charging.forms.words import Asked
from ownway.journey.charging.queries import Question
from ownway.policy.packs import Pack

Answer = dict[str, Any]
ADULT = 18


class QuestionForm(forms.Form):
    """One question. `said` is the answer to keep; `typed` shows a kept one again."""

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question,
        asked: Asked,
        pack: Pack,
        on: date,
        kept: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        self.question, self.asked, self.pack, self.on = question, asked, pack, on
        super().__init__(data, initial=self.typed(kept) if kept else None, prefix=prefix)
        self.ask()

    def ask(self) -> None:
        """Put the question's own words on the fields."""

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """A kept answer as it would be typed."""
        return dict(kept)

    @property
    def said(self) -> Answer:
        """The answer to keep."""
        return dict(self.cleaned_data)

    def shown(self, kept: Mapping[str, Any]) -> str:
        """A kept answer in words, for a check page."""
        raise NotImplementedError

    def first(self) -> forms.BoundField:
        """The field that stands for the question."""
        return next(iter(self))


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


class BirthDate(QuestionForm):
    """A date of birth the record does not hold."""

    born = DateField(label="Date", error_messages={"required": "Enter the date of birth"})

    def clean_born(self) -> date | None:
        """Nobody is born later than today, and this is for adults."""
        try:
            born = checked_birth_date(self.cleaned_data["born"], on=self.on)
        except NotABirthDate as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if born is not None and (age_on(born, self.on) or 0) < ADULT:
            raise forms.ValidationError("This is for adults. Check the year")
        return born

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """An ISO day as a date."""
        return {"born": date.fromisoformat(kept["born"])}

    @property
    def said(self) -> Answer:
        """The day as ISO text."""
        return {"born": self.cleaned_data["born"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """14 May 1951."""
        return plain_date(date.fromisoformat(kept["born"]))


class PastDay(QuestionForm):
    """A day that has come."""

    day = DateField(label="Date", error_messages={"required": "Enter the date"})

    def clean_day(self) -> date | None:
        """What is to come has not happened."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > self.on:
            raise forms.ValidationError("Enter a date that is not in the future")
        return day

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """An ISO day as a date."""
        return {"day": date.fromisoformat(kept["day"])}

    @property
    def said(self) -> Answer:
        """The day as ISO text."""
        return {"day": self.cleaned_data["day"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """1 October 2025."""
        return plain_date(date.fromisoformat(kept["day"]))


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
    def choices(self) -> list[tuple[str, str]]:
        """What there is to choose from."""
        raise NotImplementedError

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


class Before(QuestionForm):
    """An earlier stay in a care home, and for how long the home was left out."""

    before = choice(label="Choose one", choices=YES_NO, empty="Choose yes or no")
    weeks = forms.IntegerField(
        label="For how many weeks?",
        required=False,
        min_value=1,
        max_value=52,
        help_text="Only if you chose yes.",
        error_messages={
            "invalid": "Enter a whole number of weeks, like 6",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 52 or fewer",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    ended = DateField(label="When did you leave it?", required=False)

    def ask(self) -> None:
        """The rest is for those who did."""
        for name in ("weeks", "ended"):
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who lived in one says for how long, and until when."""
        cleaned = super().clean() or {}
        if cleaned.get("before") == "yes":
            if cleaned.get("weeks") is None and "weeks" not in self.errors:
                self.add_error("weeks", "Enter how many weeks it was")
            ended = cleaned.get("ended")
            if ended is None and "ended" not in self.errors:
                self.add_error("ended", "Enter the day it ended")
            elif ended is not None and ended > self.on:
                self.add_error("ended", "Enter a date that is not in the future")
        return cleaned

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """True as yes."""
        if not kept["before"]:
            return {"before": "no"}
        ended = date.fromisoformat(kept["ended"])
        return {"before": "yes", "weeks": kept["weeks"], "ended": ended}

    @property
    def said(self) -> Answer:
        """No earlier stay is no weeks."""
        if self.cleaned_data["before"] == "no":
            return {"before": False, "weeks": 0, "ended": None}
        said = self.cleaned_data
        return {"before": True, "weeks": said["weeks"], "ended": said["ended"].isoformat()}

    def shown(self, kept: Mapping[str, Any]) -> str:
        """6 weeks, until 1 May 2025."""
        if not kept["before"]:
            return "No"
        return f"{kept['weeks']} weeks, until {plain_date(date.fromisoformat(kept['ended']))}"


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


KINDS: dict[str, type[QuestionForm]] = {
    "amount": Amount,
    "birth": BirthDate,
    "setting": Setting,
    "household": Household,
    "savings": Savings,
    "home": Home,
    "living": Living,
    "yes_no": YesNo,
    "day": PastDay,
    "before": Before,
    "premiums": Premiums,
    "number": Number,
    "costs": Costs,
}


def form_for(question: Question, data: Any = None, **options: Any) -> QuestionForm:
    """The form of a question."""
    return KINDS[question.kind](data, question=question, **options)

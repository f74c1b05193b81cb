"""A test of capacity for one decision, as the Act asks for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.foundation.people.models import Person
from ownway.journey.assessment.actions import Test

MATTERS = [
    ("budget", "Looking after a personal budget"),
    ("assessment", "Having this assessment"),
    ("plan", "Agreeing a support plan"),
    ("home", "Where to live"),
    ("other", "Another decision"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]
LONG = 4000


def _yes_no(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )


def _words(label: str, hint: str = "", *, ask: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(ask),
        max_length=LONG,
        error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class TestCapacity(forms.Form):
    """The decision, the help given, the four abilities, the link, and what is best."""

    __test__ = False

    matter = forms.ChoiceField(label="What the decision is about", choices=MATTERS)
    decision = forms.CharField(
        label="The decision, in a sentence",
        max_length=200,
        error_messages={"required": "Say which decision this is about"},
    )
    support_tried = _words(
        "What was done to help them decide",
        "Time of day, quiet place, pictures, someone they trust, asked again",
        ask="Say what was done to help them decide for themselves",
    )
    understands = _yes_no("They understand what it is about")
    retains = _yes_no("They hold it in mind long enough")
    weighs = _yes_no("They can use it and weigh it up")
    communicates = _yes_no("They can tell us, in any way")
    evidence = _words(
        "What they said or did that shows this", ask="Say what they said or did that shows this"
    )
    impairment = forms.CharField(
        label="Illness or impairment of mind or brain",
        max_length=200,
        required=False,
    )
    link = _words("How it causes this", rows=2)
    has_capacity = forms.ChoiceField(
        label="So, at this time, they",
        choices=[("yes", "can make this decision"), ("no", "cannot make this decision")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you conclude"},
    )
    wishes = _words("What they want, as far as it can be known", rows=2)
    consulted = _words("Who was asked", rows=2)
    best_interests = _words("What is best for them, and why")
    suitable_person = forms.ChoiceField(
        label="Suitable person to look after the budget", required=False
    )
    suitable_because = _words("Why they are suitable, and that they agree", rows=2)
    look_again_on = DateField(label="Look at this again on", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        choices = [("", "Nobody"), *((pk, one.name) for pk, one in self.people.items())]
        self.fields["suitable_person"].choices = choices  # type: ignore[attr-defined]
        for name in ("impairment", "link", "wishes", "consulted", "best_interests",
                     "suitable_person", "suitable_because", "look_again_on"):  # fmt: skip
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]

    @property
    def test(self) -> Test:
        """What was found."""
        clean = self.cleaned_data
        yes = {n: clean[n] == "yes" for n in ("understands", "retains", "weighs", "communicates")}
        texts = ("decision", "support_tried", "evidence", "impairment", "link", "wishes",
                 "consulted", "best_interests", "suitable_because")  # fmt: skip
        return Test(
            matter=clean["matter"],
            has_capacity=clean["has_capacity"] == "yes",
            suitable_person=self.people.get(clean["suitable_person"]),
            look_again_on=clean["look_again_on"],
            **yes,
            **{name: clean[name] for name in texts},
        )

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put each fault beside its field."""
        for name, words in faults.items():
            self.add_error(name if name in self.fields else None, words)

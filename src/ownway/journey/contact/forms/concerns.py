"""What is typed by whoever decides on a worry for safety, and by whoever acts on it."""

from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.journey.contact.actions import Decided
from ownway.journey.contact.forms.desk import Quiet
from ownway.journey.contact.models import ConcernDecision
from ownway.journey.contact.queries import takers


def _words(label: str, *, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required, "max_length": "Use 300 letters or fewer"},
    )


class DecideConcern(Quiet):
    """What is decided, why, what the person wants, and who does what by when.

    The decision itself says what is missing, so that all of it is said at once.
    """

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=ConcernDecision.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    because = _words("Your reasons")
    wishes = _words("What does the person want to happen?")
    next_step = _words("What is done next?")
    owner = forms.ModelChoiceField(
        takers(), label="Who does it?", required=False, empty_label="Choose"
    )
    by_day = DateField(label="By when?", required=False, like="16 1 2026")

    def decided(self) -> Decided:
        """What was typed."""
        return Decided(**self.cleaned_data)


class ConcernDone(Quiet):
    """What was done about a worry, and what the person says of it."""

    done = _words("What was done?", required="Write what was done")
    they_say = _words(
        "Are they safer, in their own words?",
        required="Write what they say of it, or why they were not asked",
    )

    def words(self) -> dict[str, Any]:
        """What was typed."""
        return dict(self.cleaned_data)

"""The parts of an equality assessment."""

from datetime import date
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.foundation.council.models import EqualityAssessment

_PARTS = {
    "change": ("What changes", "In words a resident would use."),
    "data": ("The data looked at", "What was measured, on whom, and what is not known."),
    "groups": ("The groups looked at", "Age, sex, ethnic group, disability, carers, and others."),
    "finding": ("What was found", "Who gains, who loses, and what could not be seen."),
    "mitigation": ("What will be done about it", "Or why nothing is."),
    "decision": ("The decision", "Go on, go on with changes, or stop; and who was asked."),
}


UNMEASURED = "Who is affected by what was not measured"


class AssessEquality(forms.Form):
    """Every part may be left for later; it is kept as it stands.

    `not_measured` says which changes no figure is about, where there are any.
    """

    def __init__(
        self, *args: Any, starts_on: date, today: date, not_measured: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on, self.today = starts_on, today
        parts = dict(_PARTS)
        if not_measured:
            hint = f"{not_measured} Say who pays or gets more or less by them, and by how much."
            parts["unmeasured"] = (UNMEASURED, hint)
        for name, (label, hint) in parts.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]  # ours
        self.fields["review_on"] = DateField(
            label="Look at it again on", required=False, help_text="Within a year or so."
        )
        self.fields["review_on"].quietly_optional = True  # type: ignore[attr-defined]  # ours

    def clean_review_on(self) -> date | None:
        """Once the rules have run for a while: after they start, and after today."""
        again: date | None = self.cleaned_data["review_on"]
        if again is not None and again <= max(self.starts_on, self.today):
            after = f"{max(self.starts_on, self.today):%-d %B %Y}"
            what = "the day the rules start" if self.starts_on >= self.today else "today"
            raise forms.ValidationError(f"Look at it again after {after}, {what}")
        return again


def part_names(names: tuple[str, ...]) -> list[str]:
    """Parts in words, as a person reads them."""
    return [_PARTS[name][0].lower() if name in _PARTS else "the review day" for name in names]


def said_in(assessment: EqualityAssessment) -> dict[str, Any]:
    """What an assessment says, to start the form from."""
    return {name: getattr(assessment, name) for name in (*_PARTS, "unmeasured", "review_on")}


def parts_of(assessment: EqualityAssessment) -> list[tuple[str, str]]:
    """Each part with its heading, to be read."""
    parts = [(label, getattr(assessment, name)) for name, (label, _) in _PARTS.items()]
    by_hand = [(UNMEASURED, assessment.unmeasured)] if assessment.unmeasured else []
    return [*parts, *by_hand]

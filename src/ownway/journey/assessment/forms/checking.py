"""What staff found about the nine parts, beside what was said."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.journey.assessment.actions import Found
from ownway.journey.assessment.queries import Part
from ownway.policy import domains

LONGEST = 1000


class CheckParts(forms.Form):
    """A level for each part; how much a carer will do; why it differs from what was said."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parts: list[Part], is_carer: bool
    ) -> None:
        super().__init__(data)
        self.parts, self.is_carer = parts, is_carer
        for part in parts:
            self._add(part)

    def _add(self, part: Part) -> None:
        key, row = part.domain.key, part.row
        level = row.counts_level if row else None
        name = part.domain.name
        levels = [("", "Choose"), *((str(n), words) for n, words in enumerate(part.levels))]
        self.fields[f"{key}-level"] = forms.ChoiceField(
            label=f"{name}: what you found",
            choices=levels,
            initial="" if level is None else str(level),
            error_messages={
                "required": f"Choose a level for “{name}”",
                "invalid_choice": f"Choose a level for “{name}” from the list",
            },
        )
        self.fields[f"{key}-because"] = forms.CharField(
            label=f"{name}: why it differs",
            required=False,
            max_length=LONGEST,
            initial=row.because if row else "",
            widget=forms.TextInput(),
        )
        if not self.is_carer:
            self._add_help(part)

    def _add_help(self, part: Part) -> None:
        key, row, name = part.domain.key, part.row, part.domain.name
        self.fields[f"{key}-help"] = forms.ChoiceField(
            label=f"{name}: what a carer will do",
            choices=[("", "No carer"), *domains.HELP.items()],
            required=False,
            initial=row.counts_help if row else "",
        )
        self.fields[f"{key}-two"] = forms.BooleanField(
            label=f"{name}: takes two people",
            required=False,
            initial=bool(row and row.two_people),
        )

    @property
    def found(self) -> dict[str, Found]:
        """The findings, by part."""
        clean = self.cleaned_data
        return {
            part.domain.key: Found(
                level=int(clean[f"{part.domain.key}-level"]),
                help=clean.get(f"{part.domain.key}-help", ""),
                two_people=clean.get(f"{part.domain.key}-two", False),
                because=clean[f"{part.domain.key}-because"],
            )
            for part in self.parts
        }

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put a refusal beside the part it is about."""
        for key, words in faults.items():
            self.add_error(f"{key}-because" if key else None, words)

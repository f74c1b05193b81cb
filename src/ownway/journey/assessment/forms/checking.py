"""What staff found about the nine parts, beside what was said."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.journey.assessment.actions import Found
from ownway.journey.assessment.queries import Part
from ownway.policy import domains

LONGEST = 1000


class Decline(forms.Form):
    """What somebody said who does not want an assessment."""

    because = forms.CharField(
        label="What they said",
        max_length=LONGEST,
        error_messages={
            "required": "Say what the person said",
            "max_length": f"Keep it under {LONGEST:,} letters",
        },
    )


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

    def clean(self) -> dict[str, Any]:
        """What somebody else found meanwhile is shown before it is written over."""
        typed: dict[str, Any] = super().clean() or {}
        for part in self.parts:
            if self._is_stale(part) and self._is_typed(part, typed):
                self.add_error(
                    f"{part.domain.key}-because",
                    f"Somebody changed “{part.domain.name}” meanwhile. It is now: "
                    f"{self._now(part)}. Keep again to replace it",
                )
        return typed

    def seen_now(self, part: Part) -> str:
        """How a part stands, as one string, so that the page remembers what it showed."""
        key = part.domain.key
        names = [name for name in self.fields if name.startswith(f"{key}-")]
        return "|".join(str(self.fields[name].initial) for name in names)

    def _seen(self, part: Part) -> str:
        return str(self.data.get(f"{part.domain.key}-seen", self.seen_now(part)))

    def _is_stale(self, part: Part) -> bool:
        return self._seen(part) != self.seen_now(part)

    def _is_typed(self, part: Part, typed: Mapping[str, Any]) -> bool:
        """Whether somebody typed over what they saw, and not what it says now anyway."""
        names = [name for name in self.fields if name.startswith(f"{part.domain.key}-")]
        said = "|".join(str(typed.get(name, "")) for name in names)
        return said not in (self._seen(part), self.seen_now(part))

    def _now(self, part: Part) -> str:
        row = part.row
        level = row.counts_level if row else None
        words = [] if level is None else [part.levels[level]]
        if row and row.counts_help:
            words.append(f"a carer will do: {domains.HELP[row.counts_help].lower()}")
        return ", ".join(words) or "empty"

    @property
    def found(self) -> dict[str, Found]:
        """The findings, by part; a part left alone that somebody else changed stays as it is."""
        clean = self.cleaned_data
        return {
            part.domain.key: Found(
                level=int(clean[f"{part.domain.key}-level"]),
                help=clean.get(f"{part.domain.key}-help", ""),
                two_people=clean.get(f"{part.domain.key}-two", False),
                because=clean[f"{part.domain.key}-because"],
            )
            for part in self.parts
            if not self._is_stale(part) or self._is_typed(part, clean)
        }

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put a refusal beside the part it is about."""
        for key, words in faults.items():
            self.add_error(f"{key}-because" if key else None, words)

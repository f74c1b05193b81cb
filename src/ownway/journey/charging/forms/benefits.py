"""A benefit check, by the person in plain words or by an officer with amounts and days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.journey.charging.actions import Said
from ownway.journey.charging.forms.fields import money
from ownway.journey.charging.queries import Look

OWN = [
    ("has", "I get it"),
    ("made", "I have asked for it"),
    ("suggested", "I would like help with it"),
    ("not_due", "It is not for me"),
]
OFFICERS = [
    ("", "Not looked at"),
    ("has", "Gets it already"),
    ("not_due", "Not due"),
    ("suggested", "Could claim"),
    ("made", "Has claimed"),
    ("awarded", "Awarded"),
    ("refused", "Turned down"),
    ("ended", "Ended"),
]


class OwnCheck(forms.Form):
    """What a person says of each benefit; what they leave blank was not looked at."""

    def __init__(self, *args: Any, looks: Iterable[Look], subject_is_you: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.looks = {look.benefit.key: look for look in looks}
        for key, look in self.looks.items():
            made = forms.ChoiceField(
                label=look.benefit.name,
                help_text=look.benefit.plain,
                choices=OWN if subject_is_you else _about_somebody(OWN),
                widget=forms.RadioSelect,
                required=False,
            )
            made.quietly_optional = True  # type: ignore[attr-defined]
            self.fields[key] = made

    def clean(self) -> dict[str, Any]:
        """At least one is said."""
        typed = super().clean() or {}
        if self.looks and not any(typed.values()):
            self.add_error(next(iter(self.looks)), "Choose an answer for at least one")
        return typed

    @property
    def said(self) -> dict[str, Said]:
        """What was said, by benefit, where it is new."""
        return {
            key: Said(state)
            for key, state in self.cleaned_data.items()
            if state and _is_new(self.looks[key], state)
        }


def _about_somebody(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    words = {
        "has": "They get it",
        "made": "It was asked for",
        "suggested": "Help with it would be good",
        "not_due": "It is not for them",
    }
    return [(key, words[key]) for key, _ in choices]


def _is_new(look: Look, state: str) -> bool:
    return look.claim is None or look.claim.state != state


@dataclass(frozen=True)
class Row:
    """One benefit on the officer's page, with its boxes."""

    look: Look
    state: forms.BoundField
    weekly: forms.BoundField
    backdated: forms.BoundField
    on: forms.BoundField
    note: forms.BoundField


class OfficersCheck(forms.Form):
    """Every benefit on one page: how it stands; for an award how much more, from when."""

    note = forms.CharField(
        label="What was looked at, and with whom", max_length=300, required=False
    )

    def __init__(self, *args: Any, looks: Iterable[Look], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.looks = {look.benefit.key: look for look in looks}
        for key, look in self.looks.items():
            self._ask(key, look)
        self.fields["note"].quietly_optional = True  # type: ignore[attr-defined]

    def _ask(self, key: str, look: Look) -> None:
        claim = look.claim
        self.fields[f"{key}-state"] = forms.ChoiceField(
            label="How it stands",
            choices=OFFICERS,
            required=False,
            initial=claim.state if claim else "",
        )
        self.fields[f"{key}-weekly"] = money(
            label="More a week", empty="Enter how much more a week", required=False
        )
        self.fields[f"{key}-backdated"] = money(
            label="Paid for the past", empty="Enter an amount", required=False
        )
        self.fields[f"{key}-on"] = DateField(label="From, or on", required=False)
        self.fields[f"{key}-note"] = forms.CharField(label="Note", max_length=300, required=False)
        for name in ("state", "weekly", "backdated", "on", "note"):
            self.fields[f"{key}-{name}"].quietly_optional = True  # type: ignore[attr-defined]

    def rows(self) -> Iterator[Row]:
        """Each benefit with its boxes."""
        for key, look in self.looks.items():
            boxes = (self[f"{key}-{n}"] for n in ("state", "weekly", "backdated", "on", "note"))
            yield Row(look, *boxes)

    def clean(self) -> dict[str, Any]:
        """An award says how much and from when."""
        typed = super().clean() or {}
        for key, look in self.looks.items():
            if typed.get(f"{key}-state") == "awarded" and _is_new(look, "awarded"):
                self._need_award(key, typed)
        return typed

    def _need_award(self, key: str, typed: Mapping[str, Any]) -> None:
        if not typed.get(f"{key}-weekly") and f"{key}-weekly" not in self.errors:
            self.add_error(f"{key}-weekly", "Enter how much more a week it brings")
        if not typed.get(f"{key}-on") and f"{key}-on" not in self.errors:
            self.add_error(f"{key}-on", "Enter the day it is paid from")

    @property
    def said(self) -> dict[str, Said]:
        """What is new of each benefit."""
        typed, found = self.cleaned_data, {}
        for key, look in self.looks.items():
            state = typed.get(f"{key}-state")
            if state and _is_new(look, state):
                found[key] = Said(
                    state,
                    typed.get(f"{key}-weekly") or 0,
                    typed.get(f"{key}-backdated") or 0,
                    typed.get(f"{key}-on"),
                    typed.get(f"{key}-note") or "",
                )
        return found


class AskFor(forms.Form):
    """Asking for what is offered to somebody who pays for their own care."""

    words = forms.CharField(
        label="Anything we should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use 1,000 letters or fewer"},
    )

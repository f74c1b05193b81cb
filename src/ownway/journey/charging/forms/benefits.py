"""A benefit check, by the person in plain words or by an officer with amounts and days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from ownway.design.fields import DateField
from ownway.journey.charging.actions import Said
from ownway.journey.charging.forms.fields import as_typed, money
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
            if state and _held(self.looks[key]).state != state
        }


def _about_somebody(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    words = {
        "has": "They get it",
        "made": "It was asked for",
        "suggested": "Help with it would be good",
        "not_due": "It is not for them",
    }
    return [(key, words[key]) for key, _ in choices]


def _held(look: Look) -> Said:
    """What is kept of a benefit, as it would be said again; nothing where it was not looked at."""
    claim = look.claim
    if claim is None:
        return Said("")
    # The day of a claim is not put in the box: typed over the state alone, it would be the award's.
    if claim.state != "awarded":
        return Said(claim.state, note=claim.note)
    return Said(claim.state, claim.weekly_pence, claim.backdated_pence, claim.starts_on, claim.note)


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
        held = _held(look)
        self.fields[f"{key}-state"] = forms.ChoiceField(
            label="How it stands",
            choices=OFFICERS,
            required=False,
            initial=held.state,
        )
        self.fields[f"{key}-weekly"] = money(
            label="More a week",
            empty="Enter how much more a week",
            required=False,
            initial=as_typed(held.weekly_pence or None),
        )
        self.fields[f"{key}-backdated"] = money(
            label="Paid for the past",
            empty="Enter an amount",
            required=False,
            initial=as_typed(held.backdated_pence or None),
        )
        self.fields[f"{key}-on"] = DateField(label="From, or on", required=False, initial=held.on)
        self.fields[f"{key}-note"] = forms.CharField(
            label="Note", max_length=300, required=False, initial=held.note
        )
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
        for key in self.looks:
            if typed.get(f"{key}-state") == "awarded":
                self._need_award(key, typed)
        return typed

    def _need_award(self, key: str, typed: Mapping[str, Any]) -> None:
        if not typed.get(f"{key}-weekly") and f"{key}-weekly" not in self.errors:
            self.add_error(f"{key}-weekly", "Enter how much more a week it brings")
        if not typed.get(f"{key}-on") and f"{key}-on" not in self.errors:
            self.add_error(f"{key}-on", "Enter the day it is paid from")

    @property
    def said(self) -> dict[str, Said]:
        """What is new of each benefit, or put right."""
        found = {key: self._typed(key, look) for key, look in self.looks.items()}
        return {
            key: one for key, one in found.items() if one.state and one != _held(self.looks[key])
        }

    def _typed(self, key: str, look: Look) -> Said:
        """What the boxes of one benefit say. Only an award has amounts."""
        typed = self.cleaned_data
        state, note = typed.get(f"{key}-state") or "", typed.get(f"{key}-note") or ""
        day = typed.get(f"{key}-on")
        if state != "awarded":
            # The day that stands in the box is the award's until another is typed.
            known = (_held(look).on, look.claim.made_on) if look.claim else ()
            is_new = state in ("made", "ended") and day not in known
            return Said(state, on=day if is_new else None, note=note)
        week, past = typed.get(f"{key}-weekly") or 0, typed.get(f"{key}-backdated") or 0
        return Said(state, week, past, day, note)


class AskFor(forms.Form):
    """Asking for what is offered to somebody who pays for their own care."""

    words = forms.CharField(
        label="Anything we should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use 1,000 letters or fewer"},
    )

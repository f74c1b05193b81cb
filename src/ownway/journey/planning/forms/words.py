"""The words of a plan: a question or two a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from ownway.foundation.plan.models import Plan
from ownway.journey.planning.forms.remembering import LONG, TOO_LONG, Remembering


@dataclass(frozen=True)
class Ask:
    """One box of a page: the field of the plan, what is asked, and a hint."""

    field: str
    label: str
    hint: str = ""
    rows: int = 6


@dataclass(frozen=True)
class Topic:
    """One page of a plan: its question, and the boxes on it."""

    title: str
    lead: str
    asks: tuple[Ask, ...]


TOPICS: Mapping[str, Topic] = {
    "strengths": Topic(
        "What is strong in your life?",
        "We start with what is good: what you can do, what you enjoy, and who is there for you.",
        (Ask("strengths", "What is strong", "Write each thing on a new line."),),
    ),
    "matters": Topic(
        "What matters to you?",
        "What should stay as it is? What would make a good week?",
        (Ask("matters", "What matters", "Write each thing on a new line."),),
    ),
    "network": Topic(
        "How will support grow your network?",
        "Your network is the people around you: family, friends, neighbours, people you meet. "
        "Good support helps you know more of them.",
        (
            Ask(
                "network",
                "How will it help you meet people, or keep in touch?",
                "You could start with the people next door.",
                rows=4,
            ),
        ),
    ),
    "goals": Topic(
        "What do you want to happen?",
        "One thing soon, and one thing for later. Small is fine.",
        (
            Ask("short_goals", "In the next few weeks", rows=3),
            Ask("long_goals", "In a year or more", rows=3),
        ),
    ),
    "views": Topic(
        "What do you think of this plan?",
        "Say it as you would to a friend. If you don’t agree with part of it, write that too.",
        (Ask("views", "What you think", rows=5),),
    ),
    "film": Topic(
        "Do you have a film or a recording?",
        "You can say things in a film or a recording too. Put it where people can see it, "
        "and give the address here. Please write the main points in the plan as well.",
        (Ask("media_link", "Web address", "For example https://films.example/our-week", rows=1),),
    ),
}


class Words(Remembering):
    """The boxes of one page of a plan."""

    def __init__(
        self, *args: Any, topic: Topic, plan: Plan, others: Sequence[Plan] = (), **options: Any
    ) -> None:
        kept = {ask.field: getattr(plan, ask.field) for ask in topic.asks}
        super().__init__(*args, version=plan.version, initial=kept, **options)
        for ask in topic.asks:
            self.fields[ask.field] = _address(ask) if ask.field == "media_link" else _text(ask)
        if others:
            self.fields["also"] = _also(others, kept)
        self.others_seen = {
            other.pk: self.data.get(f"also_seen_{other.pk}", other.version) for other in others
        }

    @property
    def also(self) -> list[int]:
        """The plans of others that are to say the same."""
        return [int(pk) for pk in self.cleaned_data.get("also", [])]

    def seen_of(self, other: Plan) -> int:
        """The version of another's plan that this was typed over; none when that was lost."""
        said = str(self.others_seen[other.pk])
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0

    def show_clash_with(self, other: Plan, clashes: Mapping[str, str]) -> None:
        """Show what another's plan says now; saving again with the tick replaces it."""
        self.others_seen[other.pk] = other.version
        says = " ".join(f"“{theirs}”" for theirs in clashes.values() if theirs) or "nothing now"
        name = other.person.first_name
        self.add_error(
            "also",
            f"Somebody changed {name}’s plan while you were writing. It says: {says}. "
            f"Save again to replace it, or untick {name}’s plan",
        )


def _text(ask: Ask) -> forms.CharField:
    made = forms.CharField(
        label=ask.label,
        help_text=ask.hint,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": ask.rows}),
        error_messages={"max_length": TOO_LONG},
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def _address(ask: Ask) -> forms.URLField:
    made = forms.URLField(
        label=ask.label,
        help_text=ask.hint,
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, like https://films.example/our-week"},
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def _also(others: Sequence[Plan], kept: Mapping[str, str]) -> forms.MultipleChoiceField:
    """Whose plan says the same: ticked where nothing else is written there yet."""
    same = [
        str(other.pk)
        for other in others
        if all(getattr(other, name) in ("", said) for name, said in kept.items())
    ]
    made = forms.MultipleChoiceField(
        label="Is this the same for both of you?",
        help_text="What that plan says now is replaced.",
        required=False,
        initial=same,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (str(other.pk), f"Write it in {other.person.first_name}’s plan too") for other in others
        ],
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made

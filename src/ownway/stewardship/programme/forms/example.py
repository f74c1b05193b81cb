"""Facts about nobody in particular, typed to see the sum under a draft."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.policy.allocation import LIVING, NIGHT, REASONS
from ownway.policy.domains import REASONS as REASON_WORDS

_NIGHT_WORDS = dict(zip(NIGHT, ("None", "Someone who sleeps in", "Someone awake"), strict=True))
_LIVING_WORDS = dict(zip(LIVING, ("With others", "Alone"), strict=True))


class TypedFacts(forms.Form):
    """Points in all, and what else may count. No name is asked for and nothing is kept."""

    who = forms.ChoiceField(
        label="Whose budget", choices=[("person", "A person"), ("carer", "A carer")]
    )
    need_points = forms.IntegerField(
        label="Points of need",
        min_value=0,
        max_value=10_000,
        error_messages={"required": "Enter the points of need"},
    )
    help_points = forms.IntegerField(
        label="Points a willing carer meets", min_value=0, max_value=10_000, initial=0
    )
    two_person_points = forms.IntegerField(
        label="Points left that take two people", min_value=0, max_value=10_000, initial=0
    )
    night = forms.ChoiceField(label="Help at night", choices=list(_NIGHT_WORDS.items()))
    living = forms.ChoiceField(label="Lives", choices=list(_LIVING_WORDS.items()))
    reason = forms.ChoiceField(
        label="What the help is mainly for", choices=[(one, REASON_WORDS[one]) for one in REASONS]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("help_points", "two_person_points", "night", "living", "reason"):
            self.fields[name].required = False
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]  # ours

    @property
    def facts(self) -> Mapping[str, Any]:
        """As the rules read them."""
        said = self.cleaned_data
        if said["who"] == "carer":
            return {"who": "carer", "called": "the carer", "need_points": said["need_points"]}
        return {
            "who": "person",
            "called": "the person",
            "need_points": said["need_points"],
            "help_points": said["help_points"] or 0,
            "two_person_points": said["two_person_points"] or 0,
            "night": said["night"] or NIGHT[0],
            "living": said["living"] or LIVING[0],
            "reason": said["reason"] or REASONS[0],
        }

    def refuse(self, place: str, words: str) -> None:
        """Put a refusal of the rules beside its field."""
        self.add_error(place if place in self.fields else None, words)

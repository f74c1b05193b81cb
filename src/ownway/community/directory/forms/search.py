"""What somebody looks for in the directory."""

from typing import Any

from django import forms

from ownway.community.directory import queries
from ownway.community.directory.models.details import DAYS
from ownway.design.fields import MoneyField
from ownway.design.money import pounds
from ownway.policy import domains

FAR = (
    ("", "Any distance"),
    ("1", "1 mile"),
    ("3", "3 miles"),
    ("5", "5 miles"),
    ("10", "10 miles"),
)
WIDER = {
    "within": "look at any distance",
    "helps": "look for any kind of help",
    "kind": "look at people, groups and places alike",
    "day": "look on any day",
    "part": "look at any time of the day",
    "free": "look at paid help too",
    "upto": "look at any price",
    "way_in": "look without a wish for the way in",
    "marked": "look at help without our mark too",
    "home": "look at places to go to as well",
}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


PARTS = (
    ("", "Any time"),
    ("morning", "Morning"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
    ("night", "Night"),
)
KINDS = (
    ("", "Anything"),
    ("help", "Help or care"),
    ("group", "Groups and clubs"),
    ("place", "Places to go"),
    ("person", "Personal assistants"),
    ("event", "Events"),
)
WAYS = (("", "Any"), *((key, words) for key, (words, _) in queries.WAYS_IN.items()))


class SearchDirectory(forms.Form):
    """Words, a place, and a few choices; all of them may be left empty."""

    what = forms.CharField(label="What are you looking for?", required=False, max_length=200)
    where = forms.CharField(
        label="Your postcode",
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    helps = forms.ChoiceField(
        label="Helps with",
        required=False,
        choices=[("", "Anything"), *((domain.key, domain.name) for domain in domains.NINE)],
    )
    within = forms.ChoiceField(label="How far", required=False, choices=FAR)
    day = forms.ChoiceField(
        label="Open on",
        required=False,
        choices=[("", "Any day"), *zip(DAYS, DAY_NAMES, strict=True)],
    )
    part = forms.ChoiceField(label="Time of day", required=False, choices=PARTS)
    kind = forms.ChoiceField(label="Kind", required=False, choices=KINDS)
    way_in = forms.ChoiceField(label="Getting in", required=False, choices=WAYS)
    upto = MoneyField(label="Price up to", required=False)
    free = forms.BooleanField(label="Free", required=False)
    marked = forms.BooleanField(label="Has our quality mark", required=False)
    home = forms.BooleanField(label="Comes to your home", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near: queries.Spot | None = None
        for field in self.fields.values():
            field.quietly_optional = True  # type: ignore[attr-defined]

    def clean_where(self) -> str:
        """Find the postcode; one that is typed among the words counts too."""
        typed = str(self.cleaned_data["where"]).strip()
        if not typed:
            inside = queries.postcode_in(self.cleaned_data.get("what", ""))
            self.near = queries.near_of(inside)
            return inside if self.near else ""
        try:
            self.near = queries.spot(typed)
        except queries.UnknownPostcode as problem:
            raise forms.ValidationError(str(problem)) from problem
        return typed

    @property
    def words(self) -> str:
        """What was typed, less a postcode that was found in it."""
        words = str(self.cleaned_data.get("what", ""))
        return queries.without_postcode(words) if self.near else words

    @property
    def helps_with(self) -> str:
        """The part of daily life that was chosen, by its name."""
        chosen = self.cleaned_data.get("helps")
        return next((domain.name for domain in domains.NINE if domain.key == chosen), "")

    def narrowing(self) -> list[tuple[str, str]]:
        """The choices that narrow this search, and what it is called to drop each."""
        return [(name, label) for name, label in WIDER.items() if self._is_chosen(name)]

    def _is_chosen(self, name: str) -> bool:
        value = self.cleaned_data.get(name)
        return value not in {"", None} and value is not False

    def chosen(self) -> list[tuple[str, str]]:
        """Each choice that narrows this search, as it reads."""
        found = self.cleaned_data
        return [(name, self._reads(name, found[name])) for name in WIDER if self._is_chosen(name)]

    def further(self) -> list[tuple[str, str, str]]:
        """Choices not made yet: the field, the choice, and how it reads."""
        open_ones = [
            (name, str(choice))
            for name in ("helps", "within", "kind", "way_in")
            for choice, _ in getattr(self.fields[name], "choices", [])
            if choice and not self.cleaned_data.get(name)
        ]
        ticks = [(n, "on") for n in ("free", "home", "marked") if not self.cleaned_data.get(n)]
        return [(name, choice, self._reads(name, choice)) for name, choice in ticks + open_ones]

    def _reads(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if name == "upto":
            return f"Up to {pounds(value)}"
        if name == "within":
            return f"Within {dict(FAR)[value]}"
        return str(dict(getattr(field, "choices", [])).get(value, field.label))

    @property
    def choices(self) -> queries.Choices:
        """The choices that narrow the search."""
        found = self.cleaned_data
        return queries.Choices(
            miles=int(found.get("within") or 0) or None,
            domain=found.get("helps", ""),
            day=found.get("day", ""),
            part=found.get("part", ""),
            kind=found.get("kind", ""),
            way_in=found.get("way_in", ""),
            most_pence=found.get("upto"),
            is_free=found.get("free", False),
            is_marked=found.get("marked", False),
            comes_to_you=found.get("home", False),
        )

"""What carers and staff type, into clean values."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.design.fields import PhoneField
from ownway.policy import domains

AMOUNTS = [
    ("all", "All that I do now"),
    ("half", "About half"),
    ("little", "A little"),
    ("none", "None"),
]


def _lines(text: str) -> str:
    """The same text, whichever way its lines end."""
    return "\n".join(text.strip().splitlines())


class EmergencyPlanForm(forms.Form):
    """Whom to call when a carer cannot be there, and what they need to know."""

    call_name = forms.CharField(
        label="Who should we call first?",
        max_length=120,
        error_messages={"required": "Say who we should call"},
    )
    call_phone = PhoneField(
        label="Their phone number",
        help_text="Day and night, if you can",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    call_relation = forms.CharField(
        label="Who are they to you?", help_text="Like a neighbour", max_length=60, required=False
    )
    next_name = forms.CharField(label="Who next?", max_length=120, required=False)
    next_phone = PhoneField(
        label="Their number",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    to_know = forms.CharField(
        label="What do they need to know?",
        help_text="Pills, keys, what calms, what to avoid",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str] | None
    ) -> None:
        super().__init__(data, initial=dict(kept or {}))
        self.kept = {name: kept[name] if kept else "" for name in self.fields}

    def _seen(self, name: str) -> str:
        return _lines(str(self.data.get(f"seen-{name}", self.kept[name])))

    def clean(self) -> dict[str, Any]:
        """What somebody else wrote meanwhile is shown before it is written over."""
        typed: dict[str, Any] = super().clean() or {}
        for name, kept in self.kept.items():
            said, seen = typed.get(name), self._seen(name)
            is_typed = said is not None and _lines(said) not in (seen, _lines(kept))
            if is_typed and seen != _lines(kept):
                says = f"It now says: “{kept}”" if kept else "It is now empty"
                self.add_error(
                    name,
                    f"Somebody changed this while you were writing. {says}. Save to replace it",
                )
        return typed

    @property
    def changed(self) -> dict[str, str]:
        """What was typed over what was seen; whatever was left as it was is not in here."""
        said = self.cleaned_data
        return {name: said[name] for name in self.kept if _lines(said[name]) != self._seen(name)}


class StatementForm(forms.Form):
    """How much of each part of life a carer wants to go on doing."""

    words = forms.CharField(
        label="Say it in your own words",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        helps: Mapping[str, str],
        words: str = "",
        in_own_words: bool = False,
    ) -> None:
        super().__init__(data)
        if in_own_words:
            told = self.fields["words"]
            told.label, told.required = "What the carer said", True
            told.help_text = "In the carer’s own words, and when and how you asked"
            told.error_messages["required"] = "Write down what the carer said"
        for domain in domains.NINE:
            self.fields[domain.key] = forms.ChoiceField(
                label=domain.name,
                choices=[("", "Not a thing I do"), *AMOUNTS],
                initial=helps.get(domain.key, ""),
                required=False,
            )
            self.fields[domain.key].quietly_optional = True  # type: ignore[attr-defined]
        self.fields["words"].initial = words
        self.order_fields([*domains.KEYS, "words"])

    @property
    def helps(self) -> dict[str, str]:
        """The amount for each part that was named."""
        return {key: self.cleaned_data[key] for key in domains.KEYS if self.cleaned_data[key]}


class Words(forms.Form):
    """One sentence, kept."""

    words = forms.CharField(label="What happened", max_length=2000)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, label: str, ask: str, prefix: str
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = ask

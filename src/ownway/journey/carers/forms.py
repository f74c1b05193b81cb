"""What carers and staff type, into clean values."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.policy import domains

AMOUNTS = [
    ("all", "All that I do now"),
    ("half", "About half"),
    ("little", "A little"),
    ("none", "None"),
]


class EmergencyPlanForm(forms.Form):
    """Whom to call when a carer cannot be there, and what they need to know."""

    call_name = forms.CharField(
        label="Who should we call first?",
        max_length=120,
        error_messages={"required": "Say who we should call"},
    )
    call_phone = forms.CharField(
        label="Their phone number",
        help_text="Day and night, if you can",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    call_relation = forms.CharField(
        label="Who are they to you?", help_text="Like a neighbour", max_length=60, required=False
    )
    next_name = forms.CharField(label="Who next?", max_length=120, required=False)
    next_phone = forms.CharField(
        label="Their number",
        max_length=30,
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


class StatementForm(forms.Form):
    """How much of each part of life a carer wants to go on doing."""

    words = forms.CharField(
        label="Say it in your own words",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, helps: Mapping[str, str], words: str = ""
    ) -> None:
        super().__init__(data)
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

"""Why reablement is not for somebody, a referral, and how it ended, as they are typed."""

from typing import Any

from django import forms

from ownway.foundation.council.models import Staff
from ownway.journey.reablement.models import Kind, Outcome, Source


class Except(forms.Form):
    """The reason, and with whom it was considered."""

    kind = forms.ChoiceField(
        choices=Kind.choices,
        label="Why is reablement not for them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why reablement is not for them"},
    )
    because = forms.CharField(
        max_length=500,
        label="What this means for this person",
        help_text="A diagnosis alone is not a reason. Say what they could not do, even with help.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what it means for this person, in a sentence"},
    )
    decided_with = forms.ModelChoiceField(
        Staff.objects.none(), required=False, label="Considered with", empty_label="Nobody else"
    )
    decided_with.quietly_optional = True  # type: ignore[attr-defined]

    def __init__(self, data: Any = None, *, colleagues: Any) -> None:
        super().__init__(data)
        choice = self.fields["decided_with"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = colleagues


class Refer(forms.Form):
    """Ask reablement to help."""

    source = forms.ChoiceField(
        choices=Source.choices,
        label="Where do they come from?",
        widget=forms.RadioSelect,
        initial=Source.COMMUNITY,
        error_messages={"required": "Choose where they come from"},
    )
    because = forms.CharField(
        max_length=300,
        label="What could they do again?",
        error_messages={"required": "Say what they could do again"},
    )


class End(forms.Form):
    """How reablement ended."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        label="How did it go?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went"},
    )

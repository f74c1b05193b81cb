"""What readers type: whether a page was of use, and what the panel says."""

from typing import Any

from django import forms

YES_NO = [("yes", "Yes"), ("no", "No")]


class WasItUseful(forms.Form):
    """Was this page useful? Words may be added; nobody is asked who they are."""

    useful = forms.ChoiceField(
        label="Was this page useful?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
    words = forms.CharField(
        label="What could be better?",
        help_text="Do not give your name or tell us about your health.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use at most 500 letters"},
    )

    @property
    def is_useful(self) -> bool:
        """Whether it was."""
        return bool(self.cleaned_data["useful"] == "yes")


class SayOfDraft(forms.Form):
    """A reader of the panel says yes or no to a page."""

    says = forms.ChoiceField(
        label="Is this page ready for everybody?",
        choices=[("yes", "Yes, I understand it all"), ("no", "No, something should change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
    words = forms.CharField(
        label="What should change, or what was good?",
        help_text="Which words are hard? What is missing? You need not fill this in for a yes.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Use at most 1,000 letters"},
    )

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        cleaned = super().clean() or {}
        if cleaned.get("says") == "no" and not cleaned.get("words", "").strip():
            self.add_error("words", "Say what should change")
        return cleaned


class ReplyToReader(forms.Form):
    """What was done about a reader's no."""

    words = forms.CharField(
        label="What did you do about it?",
        help_text="The reader sees this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write what you did about it",
            "max_length": "Use at most 1,000 letters",
        },
    )


class AddReader(forms.Form):
    """A volunteer to read with the panel."""

    email = forms.EmailField(
        label="E-mail address they sign in with",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, like name@example.com",
        },
    )

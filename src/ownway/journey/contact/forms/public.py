"""Asking for help online, one question at a time, and reporting a concern."""

from dataclasses import dataclass
from typing import Any

from django import forms

from ownway.design.fields import PhoneField
from ownway.foundation.people.actions import NotAPostcode, checked_postcode
from ownway.journey.contact.models import Reason, Urgency


class Who(forms.Form):
    """Who the help is for."""

    who = forms.ChoiceField(
        label="Who needs help?",
        choices=[
            ("me", "Me"),
            ("cared_for", "Someone I care for"),
            ("other", "Someone else I know"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who needs help"},
    )


class What(forms.Form):
    """What it is about."""

    reason = forms.ChoiceField(
        label="What is it about?",
        choices=[
            (Reason.DAILY, "Washing, dressing or meals"),
            (Reason.FALL, "Help after a fall"),
            (Reason.HOSPITAL, "Coming home from hospital"),
            (Reason.CARING, "Caring for someone"),
            (Reason.DEMENTIA, "Caring for someone with dementia"),
            (Reason.ALONE, "Feeling lonely or low"),
            (Reason.EQUIPMENT, "Things that make home easier"),
            (Reason.MONEY, "Money and benefits"),
            (Reason.HOUSING, "Where you live"),
            (Reason.OTHER, "Something else"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about"},
    )


class Said(forms.Form):
    """What is hard, in their words."""

    said = forms.CharField(
        label="What is hard right now?",
        help_text="Say it the way you would tell a friend. A few lines are enough.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": "Tell us what is hard",
            "max_length": "Use 5,000 letters or fewer",
        },
    )


class Hope(forms.Form):
    """What they hope for."""

    hope = forms.CharField(
        label="What would make a good day?",
        help_text="What do you hope for? You can leave this blank.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use 300 letters or fewer"},
    )
    hope.quietly_optional = True  # type: ignore[attr-defined]


class Soon(forms.Form):
    """How soon."""

    urgency = forms.ChoiceField(
        label="How soon do you need an answer?",
        choices=[
            (Urgency.TODAY, "Today"),
            (Urgency.THIS_WEEK, "This week"),
            (Urgency.CAN_WAIT, "It can wait"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how soon"},
    )


class Reach(forms.Form):
    """How to reach them: a telephone or an e-mail address."""

    name = forms.CharField(
        label="Your name",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    phone = PhoneField(
        label="Phone",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address like name@example.com"},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "class": "govuk-input--width-10"}
        ),
    )

    def clean_postcode(self) -> str:
        """A postcode, or the half of it that they know."""
        try:
            return checked_postcode(self.cleaned_data["postcode"])
        except NotAPostcode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """One way to reach them is needed; which one is theirs to choose."""
        typed: dict[str, Any] = super().clean() or {}
        is_none = not typed.get("phone") and not typed.get("email")
        if is_none and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "Enter a phone number or an e-mail address")
        return typed


@dataclass(frozen=True)
class Step:
    """One page of the way: its address, what heads it, and its form."""

    key: str
    short: str
    form: type[forms.Form]


STEPS = (
    Step("who", "Who needs help", Who),
    Step("what", "What it is about", What),
    Step("hard", "What is hard", Said),
    Step("hope", "What you hope for", Hope),
    Step("soon", "How soon", Soon),
    Step("you", "How to reach you", Reach),
)


class Concern(forms.Form):
    """A worry for somebody's safety. Only what is needed to act is asked."""

    who = forms.CharField(
        label="Who are you worried about?",
        help_text="A name and where they live, as far as you know. It can be you.",
        max_length=200,
        error_messages={"required": "Say who you are worried about"},
    )
    said = forms.CharField(
        label="What has happened, or may happen?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what has happened"},
    )
    name = forms.CharField(
        label="Your name",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label="Your phone number",
        help_text="We can do more if we can ring you. You do not have to say who you are.",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

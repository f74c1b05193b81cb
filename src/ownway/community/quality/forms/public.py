"""What is typed to rate, with a way in and without."""

from typing import Any

from django import forms

from ownway.community.quality.forms.base import ForEverybody, long_text, one_of
from ownway.community.quality.models import As

STARS = [
    (5, "5 stars, excellent"),
    (4, "4 stars"),
    (3, "3 stars"),
    (2, "2 stars"),
    (1, "1 star, poor"),
]


class Rate(ForEverybody):
    """Stars with words: neither goes without the other."""

    stars = forms.TypedChoiceField(
        label="How many stars?",
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose 1 to 5 stars", "invalid_choice": "Choose 1 to 5 stars"},
    )
    words = long_text(
        "What was it like?",
        rows=6,
        required="Say what it was like, in a few words",
        hint="What went well? What could be better? Leave out names: everybody can read this.",
    )
    part = one_of("How do you know it?", As.choices, required="Choose how you know it")


class RateFromOutside(Rate):
    """With an address to prove: it is not shown, and no account is made of it."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We send you a link to press, and tell you what becomes of it. It is not shown.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.com",
            "max_length": "Enter an e-mail address like name@example.com",
        },
    )

    def clean_email(self) -> str:
        """One address, however it is typed."""
        typed: Any = self.cleaned_data["email"]
        return str(typed).strip().lower()

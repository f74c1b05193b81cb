"""What is typed when something comes by another door, and what is decided about it."""

from datetime import date
from typing import Any

from django import forms

from ownway.community.information.queries import HELPED_BY
from ownway.design.fields import DateField, PhoneField
from ownway.foundation.council.models import Team
from ownway.foundation.people.actions import (
    NotABirthDate,
    NotAnNhsNumber,
    NotAPostcode,
    checked_birth_date,
    checked_nhs_number,
    checked_postcode,
)
from ownway.journey.contact.models import Answer, ApplicationStatus, Reason, Urgency

REASONS = [("", "Choose"), *Reason.choices]


class BringMail(forms.Form):
    """An e-mail saved as a file, or its words."""

    file = forms.FileField(
        label="An e-mail saved as .eml",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}),
    )
    from_email = forms.EmailField(
        label="Or: who wrote",
        max_length=254,
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.com"},
    )
    subject = forms.CharField(label="Subject", max_length=200, required=False)
    body = forms.CharField(
        label="What they wrote",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """A file, or an address with words."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("file") or self.errors:
            return typed
        if not typed.get("from_email"):
            self.add_error("from_email", "Choose a file, or enter who wrote")
        elif not (typed.get("body") or "").strip():
            self.add_error("body", "Paste what they wrote")
        return typed


class ReferSomebody(forms.Form):
    """Whom a partner sends to us."""

    name = forms.CharField(
        label="Their name", max_length=160, error_messages={"required": "Enter their name"}
    )
    date_of_birth = DateField(required=False, label="Date of birth")
    nhs_number = forms.CharField(max_length=14, required=False, label="NHS number")
    phone = PhoneField(required=False, label="Phone")
    postcode = forms.CharField(max_length=10, required=False, label="Postcode")
    reason = forms.ChoiceField(
        label="What is it about?",
        choices=REASONS,
        error_messages={"required": "Choose what it is about"},
    )
    said = forms.CharField(
        label="What do they need, and what have you done already?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what they need"},
    )
    urgency = forms.ChoiceField(
        label="How soon?",
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how soon"},
    )
    agreed = forms.ChoiceField(
        label="Do they agree that you tell us?",
        choices=[("yes", "Yes"), ("cannot", "They cannot say, and it is best for them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they agree. Without that, ask them first"},
    )

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        self.on = on

    def clean_date_of_birth(self) -> date | None:
        """Not after today."""
        try:
            return checked_birth_date(self.cleaned_data["date_of_birth"], on=self.on)
        except NotABirthDate as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_nhs_number(self) -> str:
        """Ten digits whose last one checks the others."""
        try:
            return checked_nhs_number(self.cleaned_data["nhs_number"]) or ""
        except NotAnNhsNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_postcode(self) -> str:
        """A postcode, or the half of it that they know."""
        try:
            return checked_postcode(self.cleaned_data["postcode"])
        except NotAPostcode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """We must be able to find them."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(typed.get(n) for n in ("phone", "postcode", "nhs_number")):
            self.add_error("phone", "Enter a phone number, a postcode or an NHS number")
        return typed


class SaveVisit(forms.Form):
    """Help given at a contact point."""

    place = forms.CharField(
        label="Contact point",
        max_length=120,
        error_messages={"required": "Say at which contact point"},
    )
    reason = forms.ChoiceField(
        label="What was it about?",
        choices=REASONS,
        error_messages={"required": "Choose what it was about"},
    )
    done = forms.CharField(
        label="What did you find together?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you found together"},
    )
    minutes = forms.IntegerField(
        label="How many minutes did it take?",
        min_value=1,
        max_value=480,
        error_messages={
            "required": "Enter how many minutes it took",
            "invalid": "Enter minutes as a whole number, like 20",
            "min_value": "Enter 1 minute or more",
            "max_value": "Enter 480 minutes or fewer",
        },
    )
    did = forms.MultipleChoiceField(
        label="What did you use together?",
        choices=HELPED_BY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    name = forms.CharField(label="Their first name", max_length=80, required=False)


class AddRoute(forms.Form):
    """A line of the routing table."""

    what = forms.CharField(
        label="What goes", max_length=80, error_messages={"required": "Say what goes"}
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        label="To which team",
        empty_label="Choose",
        error_messages={"required": "Choose a team"},
    )
    reason = forms.ChoiceField(
        label="Counted as", choices=REASONS, error_messages={"required": "Choose a reason"}
    )
    accept_minutes = forms.IntegerField(
        label="Taken over within, in minutes",
        min_value=1,
        max_value=1440,
        error_messages={
            "required": "Enter minutes",
            "invalid": "Enter minutes as a whole number, like 15",
            "min_value": "Enter 1 minute or more",
            "max_value": "Enter 1,440 minutes or fewer",
        },
    )


class ProviderAnswer(forms.Form):
    """Whether a provider can help."""

    says = forms.ChoiceField(
        label="Can you help?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    words = forms.CharField(
        label="Anything we should tell them?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use 300 letters or fewer"},
    )


class DecideApplication(forms.Form):
    """Granted or refused."""

    status = forms.ChoiceField(
        label="Decision",
        choices=[
            (ApplicationStatus.GRANTED, "Granted"),
            (ApplicationStatus.REFUSED, "Refused"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is granted or refused"},
    )
    because = forms.CharField(
        label="Why, as they will read it",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use 300 letters or fewer"},
    )

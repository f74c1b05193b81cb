"""Sending somebody to a partner, the answer, what came of it; and what partners offer."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from ownway.design.fields import DateField
from ownway.foundation.people.models import Person
from ownway.journey.prevention.forms.things import optional
from ownway.journey.prevention.models import Answer, Offer, PartnerKind


class ReferTo(forms.Form):
    """What they need, and who agreed that it is shared."""

    because = forms.CharField(
        max_length=500,
        label="What they need",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what they need, in a sentence",
            "max_length": "Use 500 letters or fewer",
        },
    )
    consent_by = forms.CharField(
        max_length=120,
        label="Who agreed that we ask them",
        error_messages={
            "required": "Say who agreed that we share this",
            "max_length": "Use 120 letters or fewer",
        },
    )
    agreed = forms.BooleanField(
        label="They know what is shared, and with whom",
        error_messages={"required": "Nobody is sent to a partner without their agreement"},
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, initial={"consent_by": person.formal_name})


class AnswerIt(forms.Form):
    """What a partner said."""

    answer = forms.ChoiceField(
        choices=Answer.choices,
        label="What they said",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    words = optional(
        forms.CharField(
            max_length=300,
            label="In their words",
            error_messages={"max_length": "Use 300 letters or fewer"},
        )
    )
    starts_on = optional(DateField(label="When it starts, if they said", like="2 2 2026"))


class PartnerAnswers(AnswerIt):
    """The same, asked of the partner itself."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["answer"].label = "Can you help?"
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (Answer.YES, "Yes, we help"),
            (Answer.WAITS, "Yes, but they must wait"),
            (Answer.NO, "No"),
        ]
        self.fields["answer"].error_messages["required"] = "Choose an answer"
        self.fields["words"].label = "Anything we should know?"
        self.fields["starts_on"].label = "When it starts, if you know"


class EndIt(forms.Form):
    """What came of it."""

    outcome = forms.CharField(
        max_length=300,
        label="What came of it",
        error_messages={
            "required": "Say what came of it",
            "max_length": "Use 300 letters or fewer",
        },
    )


class KeepOffer(forms.Form):
    """What a partner offers; homes say how many there are and how many are free."""

    name = forms.CharField(
        max_length=160, label="Name", error_messages={"required": "Enter a name"}
    )
    kind = forms.ChoiceField(label="Kind", choices=PartnerKind.choices)
    does = forms.CharField(
        max_length=300,
        label="What they do",
        help_text="People read this",
        error_messages={
            "required": "Say what they do",
            "max_length": "Use 300 letters or fewer",
        },
    )
    email = optional(
        forms.EmailField(
            label="E-mail",
            error_messages={"invalid": "Enter an e-mail address like name@example.com"},
        )
    )
    phone = optional(forms.CharField(max_length=40, label="Phone"))
    homes = optional(forms.IntegerField(label="Homes there are"))
    vacant = optional(forms.IntegerField(label="Free today"))
    answer_days = optional(forms.IntegerField(label="Working days they take to answer"))
    is_offered = forms.BooleanField(required=False, label="Offered now")

    def __init__(self, data: Any = None, *, offer: Offer | None = None) -> None:
        names = ("name", "kind", "does", "email", "phone", "homes", "vacant", "answer_days",
                 "is_offered")  # fmt: skip
        first = {name: getattr(offer, name) for name in names} if offer else {"is_offered": True}
        super().__init__(data, initial=first)
        for name in ("homes", "vacant", "answer_days"):
            field = self.fields[name]
            field.error_messages["invalid"] = "Enter a whole number, like 12"
            field.widget = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
            field.validators = [
                MaxValueValidator(1_000, "Enter 1,000 or fewer"),
                _not_below_nothing,
            ]


def _not_below_nothing(value: int) -> None:
    if value < 0:
        raise forms.ValidationError("Enter 0 or more")

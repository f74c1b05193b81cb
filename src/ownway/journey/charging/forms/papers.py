"""A paper to show us; what is in it is checked where it is kept."""

from django import forms

from ownway.journey.charging.forms.fields import choice

KINDS = [
    ("income", "Money coming in, such as a pension letter"),
    ("savings", "Savings, such as a bank statement"),
    ("home", "Rent, mortgage or Council Tax"),
    ("disability", "Extra costs because of an illness or disability"),
    ("other", "Something else"),
]


class Paper(forms.Form):
    """What it shows, and the file."""

    kind = choice(label="What does it show?", choices=KINDS, empty="Choose what the paper shows")
    file = forms.FileField(
        label="The photo or PDF",
        help_text="If this page comes back to you, choose the file again.",
        allow_empty_file=True,
        error_messages={
            "required": "Choose a photo or a PDF",
            "missing": "Choose a photo or a PDF",
            "invalid": "Choose a photo or a PDF",
        },
    )


class Declare(forms.Form):
    """The person says that it is true."""

    true = forms.BooleanField(
        label="What I said is true, as far as I know. If it changes, I will tell you",
        error_messages={"required": "Tick the box to say that it is true"},
    )


class Refuse(forms.Form):
    """The person does not want to tell, and knows what that means."""

    sure = forms.BooleanField(
        label="I do not want to say what money there is. I know that the full cost is then paid",
        error_messages={"required": "Tick the box if you are sure"},
    )


class LookAgainForm(forms.Form):
    """What seems wrong about what is paid."""

    words = forms.CharField(
        label="What seems wrong?",
        max_length=3000,
        widget=forms.Textarea,
        error_messages={
            "required": "Tell us what seems wrong",
            "max_length": "Use 3,000 letters or fewer",
        },
    )

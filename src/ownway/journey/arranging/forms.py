"""What providers and brokers write into a plan."""

from django import forms

LONG = 2000


class SayHow(forms.Form):
    """How a provider will support what the person wants."""

    words = forms.CharField(
        label="How will you support this?",
        help_text="Write to the person, in plain words: who comes, when, and how you will do it.",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write how you will support this",
            "max_length": f"Keep it under {LONG:,} letters",
        },
    )


class Suggest(forms.Form):
    """Support that a broker suggests, with the wish it would meet."""

    wish = forms.CharField(
        label="What the person wants",
        help_text="In the person’s own words.",
        max_length=200,
        error_messages={
            "required": "Write what the person wants",
            "max_length": "Keep it under 200 letters",
        },
    )
    support = forms.CharField(
        label="Who or what could help",
        max_length=200,
        error_messages={
            "required": "Write who or what could help",
            "max_length": "Keep it under 200 letters",
        },
    )

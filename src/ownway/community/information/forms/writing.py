"""Writing a page: where it stands, and its words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from ownway.community.information.models import LANGUAGES, Audience, Group, Text
from ownway.community.information.queries.markup import VALUES, bits, parse
from ownway.community.information.queries.showing import PLACES, value_names
from ownway.foundation.council.models import Staff
from ownway.foundation.council.queries import staff_members


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """Somebody who works here."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Owner")
        options.setdefault("error_messages", {"required": "Choose who owns it"})
        super().__init__(queryset=Staff.objects.none(), empty_label=None, **options)

    def label_from_instance(self, obj: Any) -> str:
        """Name and role."""
        return f"{obj.name}, {obj.get_role_display().lower()}"


class NewPage(forms.Form):
    """A page to begin."""

    title = forms.CharField(
        label="Title",
        max_length=90,
        error_messages={
            "required": "Give the page a title",
            "max_length": "Use at most 90 letters",
        },
    )
    group = forms.ChoiceField(label="Where it stands in the guide", choices=Group.choices)
    audiences = forms.MultipleChoiceField(
        label="Whom it is for",
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom the page is for"},
    )
    owner = OwnerField(help_text="Who checks it each year and answers for it.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = staff_members()  # type: ignore[attr-defined]


class SettlePage(NewPage):
    """Where a page stands, whom it is for, and who owns it."""

    title = None  # type: ignore[assignment]
    place = forms.IntegerField(
        label="Place in the guide",
        help_text="Lower numbers come first.",
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "required": "Enter a whole number from 0 to 9999",
            "invalid": "Enter a whole number from 0 to 9999",
            "min_value": "Enter a whole number from 0 to 9999",
            "max_value": "Enter a whole number from 0 to 9999",
        },
    )


class WriteText(forms.Form):
    """The words of a page in one language and form."""

    title = forms.CharField(
        label="Title",
        max_length=90,
        error_messages={
            "required": "Give the page a title",
            "max_length": "Use at most 90 letters",
        },
    )
    summary = forms.CharField(
        label="The answer in one or two sentences",
        help_text="It stands at the top of the page, and where the page is listed.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say the answer in one or two sentences",
            "max_length": "Use at most 250 letters",
        },
    )
    body = forms.CharField(
        label="The page",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={
            "required": "Write the page",
            "max_length": "This is too long for one page. Use at most 20,000 letters",
        },
    )

    def __init__(self, *args: Any, on: date, pages: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.on, self.pages = on, frozenset(pages)

    def clean_body(self) -> str:
        """Every number is one of the rules, and every link leads somewhere."""
        body: str = self.cleaned_data["body"]
        wrong = [*_unknown_values(body, self.on), *_unknown_places(body, self.pages)]
        if wrong:
            raise forms.ValidationError(wrong[:5])
        return body


def _unknown_values(body: str, on: date) -> Iterable[str]:
    known = value_names(on)
    for name in dict.fromkeys(bit.of for bit in bits(parse(body), *VALUES)):
        if name not in known:
            yield f"There is no number called “{name}”. Use one from the list below"


def _unknown_places(body: str, pages: frozenset[str]) -> Iterable[str]:
    for place in dict.fromkeys(bit.of for bit in bits(parse(body), "link")):
        name = place.partition("?")[0]
        outside = place.startswith(("https://", "mailto:", "tel:"))
        if not (outside or name in PLACES or name in pages):
            yield f"The link to “{place}” leads nowhere. Use a page, a place below, or https"


class NewText(forms.Form):
    """Another language or form of a page."""

    language = forms.ChoiceField(
        label="Language", choices=[(one.code, one.english) for one in LANGUAGES]
    )
    form = forms.ChoiceField(label="Form", choices=Text.Form.choices)


class SendToPanel(forms.Form):
    """What happens when the panel says yes."""

    at_once = forms.BooleanField(label="Publish it as soon as the panel says yes", required=False)

"""A campaign of the communication plan, and what it reached."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from ownway.community.information.forms.writing import OwnerField
from ownway.community.information.models import Campaign, Channel
from ownway.community.information.queries.pages import live_texts
from ownway.community.information.queries.showing import PLACES, address
from ownway.design.fields import DateField
from ownway.foundation.council.queries import staff_members


class PlanCampaign(forms.Form):
    """What is told to whom, where and when."""

    name = forms.CharField(
        label="Name",
        max_length=70,
        error_messages={"required": "Give it a name", "max_length": "Use at most 70 letters"},
    )
    audience = forms.CharField(
        label="Audience",
        help_text="Whom it is for.",
        max_length=160,
        error_messages={
            "required": "Say whom it is for",
            "max_length": "Use at most 160 letters",
        },
    )
    message = forms.CharField(
        label="Message",
        help_text="One sentence. It stands in the banner on the public pages.",
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the message", "max_length": "Use at most 160 letters"},
    )
    leads_to = forms.ChoiceField(label="Where the banner leads")
    channels = forms.MultipleChoiceField(
        label="Channels",
        choices=Channel.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one channel"},
    )
    owner = OwnerField()
    starts_on = DateField(
        label="First day", error_messages={"required": "Enter the first day, like 5 1 2026"}
    )
    ends_on = DateField(
        label="Last day", error_messages={"required": "Enter the last day, like 31 3 2026"}
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **options: Any) -> None:
        options["initial"] = options.get("initial", {}) | _as_typed(campaign)
        super().__init__(*args, **options)
        self.campaign = campaign
        self.fields["owner"].queryset = staff_members()  # type: ignore[attr-defined]
        self.fields["leads_to"].choices = list(_places())  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """No two campaigns have one name."""
        name: str = self.cleaned_data["name"]
        others = Campaign.objects.filter(name__iexact=name)
        if others.exclude(pk=self.campaign.pk if self.campaign else 0).exists():
            raise forms.ValidationError("A campaign of this name is there already")
        return name

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned


def _places() -> Iterable[tuple[str, str]]:
    """Places of the site, and pages of the guide."""
    outside = ("my", "my-plan")
    for name, (_, title) in PLACES.items():
        if name not in outside:
            yield address(name, live=()), title
    for text in live_texts().filter(form="plain"):
        slug = text.version.page.slug
        yield address(slug, live=(slug,)), f"Guide: {text.title}"


def _as_typed(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {}
    names = ("name", "audience", "message", "leads_to", "starts_on", "ends_on")
    typed = {name: getattr(campaign, name) for name in names}
    kinds = [channel.kind for channel in campaign.channels.all()]
    return typed | {"owner": campaign.owner_id, "channels": kinds}


class CountReached(forms.Form):
    """How many people each channel reached."""

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        for channel in campaign.channels.all():
            self.fields[channel.kind] = forms.IntegerField(
                label=str(channel.get_kind_display()),
                required=False,
                min_value=0,
                max_value=10_000_000,
                initial=channel.reached,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}
                ),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), "Enter a whole number, or leave it empty"
                ),
            )
            self.fields[channel.kind].quietly_optional = True  # type: ignore[attr-defined]

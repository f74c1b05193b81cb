"""Planning campaigns, stopping them, and counting what came of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from ownway.community.information.models import Campaign, Channel
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Staff


@transaction.atomic
def plan_campaign(
    campaign: Campaign | None, *, said: Mapping[str, Any], channels: Sequence[str], by: Staff
) -> Campaign:
    """Put a campaign into the communication plan, or change it. Counts of its channels are kept."""
    council.require(by.sign_in, "campaigns.keep")
    campaign = campaign or Campaign(slug=_free_slug(said["name"]))
    for name in ("name", "audience", "message", "leads_to", "owner", "starts_on", "ends_on"):
        setattr(campaign, name, said[name])
    campaign.save()
    campaign.channels.exclude(kind__in=channels).delete()
    for kind in channels:
        Channel.objects.get_or_create(campaign=campaign, kind=kind)
    return campaign


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:60].strip("-") or "campaign"
    taken = {"new", *Campaign.objects.values_list("slug", flat=True)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


@transaction.atomic
def count_reached(campaign: Campaign, *, reached: Mapping[str, int | None], by: Staff) -> None:
    """Keep how many each channel reached."""
    council.require(by.sign_in, "campaigns.keep")
    for kind, many in reached.items():
        Channel.objects.filter(campaign=campaign, kind=kind).update(reached=many)


def stop_campaign(campaign: Campaign, *, by: Staff, at: datetime) -> Campaign:
    """Stop a campaign before its last day; its banner goes at once."""
    council.require(by.sign_in, "campaigns.keep")
    campaign.stopped_on = timezone.localtime(at).date()
    campaign.save(update_fields=["stopped_on"])
    return campaign


def count_opened(campaign: Campaign) -> None:
    """Count that somebody followed the banner."""
    Campaign.objects.filter(pk=campaign.pk).update(opened=F("opened") + 1)

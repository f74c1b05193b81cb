"""The communication plan: its campaigns, and the banner of the day."""

from datetime import date

from django.db.models import QuerySet, Sum

from ownway.community.information.models import Campaign, ReadDay


def campaigns() -> QuerySet[Campaign]:
    """Every campaign with its channels, by its first day."""
    return Campaign.objects.select_related("owner").prefetch_related("channels")


def banner(on: date) -> Campaign | None:
    """The campaign whose banner is on the public pages: of those that run, the newest."""
    running = Campaign.objects.filter(
        starts_on__lte=on, ends_on__gte=on, stopped_on=None, channels__kind="website"
    )
    return running.order_by("-starts_on", "-pk").first()


def campaign_of(slug: str) -> Campaign | None:
    """A campaign by its address."""
    return campaigns().filter(slug=slug).first()


def reads_during(campaign: Campaign) -> int | None:
    """How often the page it leads to was read while it ran; nothing when it leads elsewhere."""
    prefix = "/guide/"
    if not campaign.leads_to.startswith(prefix):
        return None
    slug = campaign.leads_to.removeprefix(prefix).strip("/")
    days = ReadDay.objects.filter(
        page__slug=slug, on__gte=campaign.starts_on, on__lte=campaign.ends_on
    )
    return int(days.aggregate(all=Sum("reads"))["all"] or 0)

"""Campaigns: what the council tells whom, where, when, and what came of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked


@tracked
class Campaign(models.Model):
    """One campaign of the communication plan, with its banner on the public pages."""

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(max_length=70, unique=True)
    audience = models.CharField(max_length=160)
    message = models.CharField(max_length=160)
    leads_to = models.CharField(max_length=200)
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    opened = models.PositiveIntegerField(default=0)
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_campaign_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, on: date) -> str:
        """Planned, running or over on a day."""
        if on < self.starts_on and self.stopped_on is None:
            return "planned"
        return "running" if on <= self.ends_on and self.stopped_on is None else "over"


class Channel(models.Model):
    """One way a campaign reaches its people, and how many it reached."""

    class Kind(models.TextChoices):
        """Where people meet it."""

        WEBSITE = "website", "This website"
        LEAFLETS = "leaflets", "Leaflets and posters"
        PRESS = "press", "Local press and radio"
        SOCIAL = "social", "Social media"
        EMAIL = "email", "E-mail"
        EVENTS = "events", "Events"
        POINTS = "points", "Contact points"
        PARTNERS = "partners", "Partners and their staff"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reached = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["campaign", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind"], name="a_channel_once_a_campaign"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

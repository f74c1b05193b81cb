"""The urgent lane: what goes to which team at once, and who took it over there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked
from ownway.journey.contact.models.contacts import Contact, Reason


@tracked
class Route(models.Model):
    """A line of the council's routing table: this goes to that team, from a day on."""

    what = models.CharField(max_length=80)
    team = models.ForeignKey("council.Team", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    accept_minutes = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["what", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["what"], condition=Q(until_on=None), name="one_route_a_thing"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_route_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} → {self.team.name}"


@tracked
class HandOver(models.Model):
    """A contact given to a team at once; it is theirs when somebody there takes it."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="hand_overs")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("council.Team", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(accepted_at=None, taken_back_at=None),
                name="handed_over_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | ~Q(accepted_by=""),
                name="somebody_takes_it_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} to {self.team.name}"

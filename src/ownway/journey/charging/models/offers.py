"""What somebody who pays for their own care was offered, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


class OfferKind(models.TextChoices):
    """What the council can do for somebody who pays for their own care."""

    ARRANGE = "arrange", "The council arranges the care"
    DEFER = "defer", "Pay later from the home"


@tracked
class Offer(models.Model):
    """Somebody asked for what they were offered; who sees to it, and how it ended.

    fee_pence is what arranging costs them a week, as it was when they asked.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=20, choices=OfferKind.choices)
    fee_pence = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(settled_at=None), name="asked_for_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

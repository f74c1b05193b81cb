"""Benefits looked at for somebody, and what came of each claim."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


@tracked
class BenefitLook(models.Model):
    """One benefit check: who looked, when, and whether the person was told what was found."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="benefit_looks"
    )
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Benefits of {self.person}"


class ClaimState(models.TextChoices):
    """What stands of one benefit."""

    HAS = "has", "Gets it already"
    NOT_DUE = "not_due", "Not due"
    SUGGESTED = "suggested", "Could claim"
    MADE = "made", "Has claimed"
    AWARDED = "awarded", "Awarded"
    REFUSED = "refused", "Turned down"
    ENDED = "ended", "Ended"


MOVES = [
    ("has", "ended"),
    ("not_due", "suggested"),
    ("not_due", "made"),
    ("suggested", "made"),
    ("suggested", "not_due"),
    ("suggested", "awarded"),
    ("suggested", "has"),
    ("made", "awarded"),
    ("made", "refused"),
    ("made", "suggested"),
    ("refused", "made"),
    ("refused", "awarded"),
    ("awarded", "ended"),
]


@tracked
class Claim(models.Model):
    """One benefit of one person: looked at, claimed, and what it brings a week from a day.

    `told_at` is when the person was told that an award may change what they pay; before that
    nothing is worked out anew. `counted_pence` is how much of it is in their figures already, so
    that an award put right later adds the difference alone.
    """

    look = models.ForeignKey(BenefitLook, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="claims")
    benefit = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=ClaimState.choices)
    weekly_pence = models.PositiveIntegerField(default=0)
    counted_pence = models.PositiveIntegerField(default=0)
    backdated_pence = models.PositiveIntegerField(default=0)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    made_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    charged_from_on = models.DateField(null=True, blank=True)
    reworked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=~Q(state="ended"),
                name="one_open_claim_a_benefit",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded") | Q(weekly_pence__gt=0, starts_on__isnull=False),
                name="awarded_so_much_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reworked_at=None) | Q(told_at__isnull=False),
                name="told_before_it_is_charged",
            ),
        ]
        triggers = [pgtrigger.FSM(name="claim_moves", field="state", transitions=MOVES)]

    def __str__(self) -> str:
        return f"{self.benefit} for {self.person}: {self.get_state_display().lower()}"

"""A referral to reablement, and the reason why it is not for somebody."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "Referral": {"because", "outcome"},
    "Waiver": {"kind", "because"},
}


class Source(models.TextChoices):
    """Where a referral comes from; the queue is ranked by it."""

    HOSPITAL = "hospital", "Home from hospital"
    COMMUNITY = "community", "New, at home"
    KNOWN = "known", "Known to us, needs more"


class Outcome(models.TextChoices):
    """How reablement ended."""

    INDEPENDENT = "independent", "Independent, with local help only"
    LESS_SUPPORT = "less_support", "Needs less support than before"
    SAME_SUPPORT = "same_support", "Needs as much support as before"
    MORE_SUPPORT = "more_support", "Needs more support than before"
    STOPPED = "stopped", "Stopped early"


@tracked
class Referral(models.Model):
    """Somebody asked reablement to help, and how that ended."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals")
    source = models.CharField(max_length=20, choices=Source.choices)
    because = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_referral_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="", ended_by=None)
                | (Q(ended_at__gte=F("asked_at"), ended_by__isnull=False) & ~Q(outcome="")),
                name="ended_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral of {self.person}"


class Kind(models.TextChoices):
    """Why reablement is not for somebody. A diagnosis alone is never a reason."""

    CANNOT_FOLLOW = "cannot_follow", "Cannot follow a plan, even with help"
    END_OF_LIFE = "end_of_life", "End-of-life care"
    ALREADY_HAD = "already_had", "Has had it for this, and no more can be gained"
    DECLINED = "declined", "They said no, knowing what it is"


@tracked
class Waiver(models.Model):
    """A recorded reason for going on without reablement, with who decided and when."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="reablement_exceptions"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    because = models.CharField(max_length=500)
    decided_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    decided_with = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="an_exception_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"No reablement for {self.person}"

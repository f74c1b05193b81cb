"""What a carer is willing and able to do, whom to call if they cannot, and support they had."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "Statement": {"helps", "words", "ended_because"},
    "EmergencyPlan": {
        "call_name",
        "call_phone",
        "call_relation",
        "next_name",
        "next_phone",
        "to_know",
    },
    "Activation": {"what_happened", "how_it_ended"},
    "Support": {"what"},
}


class Ended(models.TextChoices):
    """How a statement came to its end."""

    REPLACED = "replaced", "A newer one took its place"
    WITHDRAWN = "withdrawn", "Taken back"


@tracked
class Statement(models.Model):
    """What a carer is willing and able to go on doing for somebody, as they said on a day.

    It is theirs: never assumed, changed when they say so, and taken back at once. `helps` holds
    for each part of life how much of it.
    """

    carer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="statements")
    cares_for = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="statements_about"
    )
    helps = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "cares_for"],
                condition=Q(ended_at=None),
                name="one_statement_stands",
            ),
            models.CheckConstraint(
                condition=~Q(carer=F("cares_for")), name="nobody_cares_for_themselves_here"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="ended_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"What {self.carer} will do for {self.cares_for}"

    @property
    def stands(self) -> bool:
        """It has not been replaced or taken back."""
        return self.ended_at is None


@tracked
class EmergencyPlan(models.Model):
    """What to do when a carer cannot be there, under a number that anybody can quote."""

    carer = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, related_name="emergency_plan"
    )
    number = models.CharField(max_length=12, unique=True)
    call_name = models.CharField(max_length=120)
    call_phone = models.CharField(max_length=30, blank=True)
    call_relation = models.CharField(max_length=60, blank=True)
    next_name = models.CharField(max_length=120, blank=True)
    next_phone = models.CharField(max_length=30, blank=True)
    to_know = models.TextField(blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(call_name=""), name="somebody_to_call"),
        ]

    def __str__(self) -> str:
        return f"Emergency plan {self.number}"


@tracked
class Activation(models.Model):
    """A time the emergency plan was needed: who used it, what happened, how it ended."""

    plan = models.ForeignKey(EmergencyPlan, on_delete=models.PROTECT, related_name="activations")
    what_happened = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    how_it_ended = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(ended_at=None), name="one_activation_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} used {self.at:%Y-%m-%d}"


@tracked
class Support(models.Model):
    """Support a carer has or was offered, as evidence: a break, a course, a group, advice."""

    carer = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="carer_support"
    )
    cares_for = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="support_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

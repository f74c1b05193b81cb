"""What was judged of a plan, by whom, on what evidence."""

from typing import ClassVar

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ownway.foundation.record.models import append_only

PERSONAL_FIELDS = {
    "Judgement": {"because", "departure_because", "evidence", "planned_pence", "worked_out_pence"}
}


class Outcome(models.TextChoices):
    """What came of looking at a plan."""

    AGREED = "agreed", "Agreed"
    RETURNED = "returned", "Sent back"
    PANEL_ASKED = "panel_asked", "The risk panel was asked"
    PANEL_ANSWERED = "panel_answered", "The risk panel answered"


class Judgement(models.Model):
    """One look at one plan by somebody who may agree it. Added to, never changed.

    evidence: the checks as they stood, `[{"test", "said", "met"}, …]`.
    """

    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="judgements")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    legal = models.BooleanField(null=True)
    effective = models.BooleanField(null=True)
    affordable = models.BooleanField(null=True)
    evidence = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    because = models.TextField(blank=True)
    departure_because = models.TextField(blank=True)
    planned_pence = models.PositiveIntegerField(default=0)
    worked_out_pence = models.PositiveIntegerField(null=True)
    decision = models.ForeignKey(
        "record.Decision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    pack_hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["plan", "-at", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome="agreed") | Q(legal=True, effective=True, affordable=True),
                name="agreed_only_when_three_tests_are_met",
            ),
            models.CheckConstraint(
                condition=Q(outcome="agreed") | ~Q(because=""), name="any_other_outcome_says_why"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [append_only("judgements_stay")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.plan}"

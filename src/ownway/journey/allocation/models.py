"""A budget each time it was worked out or agreed; nothing is ever written over."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked
from ownway.foundation.record.models import append_only

PERSONAL_FIELDS = {
    "IndicativeBudget": {"weekly_pence", "because"},
    "LookAgain": {"words", "answer"},
    "ImpactAssessment": {"shortfall", "tried", "impact", "because", "asked_pence", "decided_pence"},
}


class State(models.TextChoices):
    """How firm a budget is. Only a plan that is agreed makes it more than a guide."""

    INDICATIVE = "indicative", "Indicative"
    STARTING = "starting", "Starting"
    AGREED = "agreed", "Agreed"


class Side(models.TextChoices):
    """On which side of the care somebody stands in this sum."""

    PERSON = "person", "Person"
    CARER = "carer", "Carer"


class IndicativeBudget(models.Model):
    """What somebody's budget was said to be at a moment, and the decision it came from.

    The newest row counts. An agreed row may be any amount its plan needs: no indicative figure
    caps it, and it says why it differs.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="indicative_budgets"
    )
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.PERSON)
    decision = models.ForeignKey("record.Decision", on_delete=models.PROTECT, related_name="+")
    weekly_pence = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.INDICATIVE)
    because = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "side", "-at", "-id"])]
        triggers = [append_only("budgets_stay")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} budget of {self.person}"


@tracked
class LookAgain(models.Model):
    """Somebody thinks a budget is wrong: what they said, who answers by when, and the answer."""

    class Who(models.TextChoices):
        """Who is to look."""

        SAME = "same", "The person who knows me"
        NEW = "new", "Someone new"

    budget = models.ForeignKey(
        IndicativeBudget, on_delete=models.PROTECT, related_name="asked_again"
    )
    words = models.TextField()
    who = models.CharField(max_length=10, choices=Who.choices, default=Who.SAME)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget"], condition=Q(answered_at=None), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="answered_in_words_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Look again at {self.budget}, by {self.due_on:%Y-%m-%d}"


@tracked
class ImpactAssessment(models.Model):
    """A draft plan shows that a budget is too small: the evidence, what it means, the decision.

    `asked_pence` is what the draft takes from the budget a week, `decided_pence` what was decided;
    neither is held to what was worked out.
    """

    class Outcome(models.TextChoices):
        """What a manager decided."""

        RAISED = "raised", "Raised to what is asked"
        PARTLY = "partly", "Raised in part"
        KEPT = "kept", "Kept as it is"

    budget = models.ForeignKey(
        IndicativeBudget, on_delete=models.PROTECT, related_name="impact_assessments"
    )
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    plan_version = models.PositiveIntegerField()
    asked_pence = models.PositiveIntegerField()
    shortfall = models.TextField()
    tried = models.TextField(blank=True)
    impact = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_pence = models.PositiveIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(decided_at=None),
                name="one_impact_assessment_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | (
                    ~Q(because="")
                    & ~Q(outcome="")
                    & Q(decided_by__isnull=False, decided_pence__isnull=False)
                ),
                name="impact_decided_with_reasons_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Impact assessment of {self.budget}"

"""Working out anew what everybody pays when rates change: the run, and each person in it."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


class Stage(models.TextChoices):
    """How far a run is. Nothing is decided before it is confirmed, nobody told before that."""

    PREVIEWING = "previewing", "Being worked out"
    READY = "ready", "Ready to look at"
    DECIDING = "deciding", "Being decided"
    DECIDED = "decided", "Decided, letters not yet written"
    TELLING = "telling", "Letters being written"
    DONE = "done", "Done"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"


MOVES = [
    ("previewing", "ready"),
    ("previewing", "undone"),
    ("ready", "previewing"),
    ("ready", "deciding"),
    ("ready", "undone"),
    ("deciding", "decided"),
    ("deciding", "undoing"),
    ("decided", "telling"),
    ("decided", "undoing"),
    ("telling", "done"),
    ("undoing", "undone"),
]


@tracked
class Uprating(models.Model):
    """One run: from which day, by which rules, and by how much incomes are raised meanwhile.

    The percentages are in hundredths of a percent: 4.8% is 480.
    """

    on = models.DateField()
    pack_hash = models.CharField(max_length=64)
    pension_rise = models.PositiveIntegerField(default=0)
    benefit_rise = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PREVIEWING)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    previewed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    letters_from = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["on"], condition=~Q(stage="undone"), name="one_uprating_a_day"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["previewing", "ready", "undone"])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_by_somebody",
            ),
        ]
        triggers = [pgtrigger.FSM(name="uprating_moves", field="stage", transitions=MOVES)]

    def __str__(self) -> str:
        return f"Uprating from {self.on:%Y-%m-%d}"


class ReworkState(models.TextChoices):
    """How far one person is in a run."""

    WAITING = "waiting", "Not worked out yet"
    WORKED = "worked", "Worked out"
    CANNOT = "cannot", "Cannot be worked out"
    LEFT = "left", "Decided for this day already"
    DECIDED = "decided", "Decided"
    TOLD = "told", "Told"
    ASKED = "asked", "Given to an officer"
    UNDONE = "undone", "Undone"


@tracked
class Rework(models.Model):
    """One person in a run: what they pay now, what they will, or what is missing.

    problems: names of facts, each with what to do. Who cannot be worked out is given to an officer
    when letters go. Whose charge was decided for that very day meanwhile is left as they are.
    """

    uprating = models.ForeignKey(Uprating, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reworks")
    before = models.ForeignKey("charging.Charge", on_delete=models.PROTECT, related_name="+")
    after = models.OneToOneField(
        "charging.Charge", on_delete=models.PROTECT, null=True, related_name="rework"
    )
    before_pence = models.PositiveIntegerField()
    after_pence = models.PositiveIntegerField(null=True)
    state = models.CharField(
        max_length=20, choices=ReworkState.choices, default=ReworkState.WAITING
    )
    problems = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["uprating", "person"], name="once_in_an_uprating"),
            models.CheckConstraint(
                condition=~Q(state__in=["worked", "decided", "told"])
                | Q(after_pence__isnull=False),
                name="worked_out_has_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["uprating", "state", "id"])]

    def __str__(self) -> str:
        return f"{self.person} in {self.uprating}"

"""The five points as staff settle them, and benefit checks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


class Mark(models.TextChoices):
    """How a point stands; each of these settles it."""

    DONE = "done", "Done"
    DECLINED = "declined", "They said no"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


@tracked
class PointMark(models.Model):
    """What staff wrote about one of the five points; the newest word stands.

    A no names who said it, and that they knew what it is they refuse. `shown_by` is what on the
    record bears it out, where something does.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="points")
    point = models.CharField(max_length=40)
    mark = models.CharField(max_length=20, choices=Mark.choices)
    evidence = models.CharField(max_length=300)
    said_by = models.CharField(max_length=120, blank=True)
    was_informed = models.BooleanField(default=False)
    shown_by = models.ForeignKey(
        "record.Event", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "point"], name="each_point_once"),
            models.CheckConstraint(condition=~Q(evidence=""), name="each_point_has_evidence"),
            models.CheckConstraint(
                condition=~Q(mark="declined") | (~Q(said_by="") & Q(was_informed=True)),
                name="a_no_is_somebodys_who_knew",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.mark}"


@tracked
class BenefitCheck(models.Model):
    """What a benefit check found for one person, in pence a week more than before."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="benefit_checks"
    )
    gain_pence_a_week = models.PositiveIntegerField()
    found = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Benefit check of {self.person}"

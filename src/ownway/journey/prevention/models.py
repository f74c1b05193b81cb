"""Questions answered, things ordered, and the five points done before a budget."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "EquipmentCheck": {"answers", "suggested", "flags"},
    "OrderedItem": {"name", "trial", "trial_words"},
    "PointMark": {"point", "evidence"},
    "BenefitCheck": {"found", "gain_pence_a_week"},
}


@tracked
class EquipmentCheck(models.Model):
    """The equipment questions, answered about one person on one day."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="equipment_checks"
    )
    answers = models.JSONField(default=dict)
    suggested = models.JSONField(default=list, blank=True)
    flags = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Equipment questions of {self.person}"


class ItemKind(models.TextChoices):
    """Things that sense and call for help, and things that make a home easier."""

    TELECARE = "telecare", "Telecare"
    EQUIPMENT = "equipment", "Equipment"


class ItemStatus(models.TextChoices):
    """How far an ordered thing is."""

    ORDERED = "ordered", "Ordered"
    ISSUED = "issued", "With the person"
    RETURNED = "returned", "Given back"


class Trial(models.TextChoices):
    """How a thing turned out once used."""

    HELPS = "helps", "It helps"
    DOES_NOT_HELP = "does_not_help", "It does not help"


@tracked
class OrderedItem(models.Model):
    """One thing ordered for one person; the price of that day is kept, and what they pay."""

    check_made = models.ForeignKey(EquipmentCheck, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="ordered_items"
    )
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    price_pence = models.PositiveIntegerField()
    charge_pence = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=12, null=True, blank=True, unique=True)
    status = models.CharField(max_length=20, choices=ItemStatus.choices, default=ItemStatus.ORDERED)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    trial = models.CharField(max_length=20, choices=Trial.choices, blank=True)
    trial_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                condition=~Q(status="returned"),
                name="one_of_a_thing_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["kind", "status"])]

    def __str__(self) -> str:
        return self.name


class Mark(models.TextChoices):
    """How a point stands; each of these settles it."""

    DONE = "done", "Done"
    DECLINED = "declined", "They said no"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


@tracked
class PointMark(models.Model):
    """What staff wrote about one of the five points; the newest word stands."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="points")
    point = models.CharField(max_length=40)
    mark = models.CharField(max_length=20, choices=Mark.choices)
    evidence = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "point"], name="each_point_once"),
            models.CheckConstraint(condition=~Q(evidence=""), name="each_point_has_evidence"),
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

"""What the council lends and gives: the catalogue as changed, stock, recalls, and shops."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked
from ownway.foundation.record.models import append_only


class Part(models.TextChoices):
    """What of the catalogue a change is about."""

    ITEM = "item", "A thing"
    FLAG = "flag", "A red flag"


@tracked
class CatalogueChange(models.Model):
    """One thing or red flag of the catalogue as it reads from a day on; the newest word stands."""

    part = models.CharField(max_length=10, choices=Part.choices)
    key = models.CharField(max_length=40)
    starts_on = models.DateField()
    says = models.JSONField()
    is_offered = models.BooleanField(default=True)
    because = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_change_has_a_reason"),
        ]
        indexes = [models.Index(fields=["part", "key", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.key} from {self.starts_on}"


@tracked
class StockLine(models.Model):
    """One thing that is kept in store: how many there are, and when more are needed."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    level = models.PositiveIntegerField(default=0)
    least = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_low(self) -> bool:
        """Whether more must be ordered: at the least that should be there, or under it."""
        return self.level <= self.least


class MovementKind(models.TextChoices):
    """Why a level changed."""

    RECEIVED = "received", "Came in"
    ISSUED = "issued", "Given out"
    RETURNED = "returned", "Came back"
    SCRAPPED = "scrapped", "Scrapped"
    COUNTED = "counted", "Counted"


class Movement(models.Model):
    """One change of a level, for good: nothing here is changed or taken away."""

    line = models.ForeignKey(StockLine, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=MovementKind.choices)
    change = models.IntegerField()
    level_after = models.PositiveIntegerField()
    item = models.ForeignKey(
        "prevention.OrderedItem", on_delete=models.PROTECT, null=True, related_name="movements"
    )
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="counted")
                | Q(kind__in=("received", "returned"), change__gt=0)
                | Q(kind__in=("issued", "scrapped"), change__lt=0),
                name="each_kind_goes_its_way",
            ),
        ]
        indexes = [models.Index(fields=["line", "-at"])]
        triggers = [append_only("movements_stay")]

    def __str__(self) -> str:
        return f"{self.line}: {self.change:+d}"


@tracked
class Recall(models.Model):
    """A thing that must come back from everybody who has it, or from those of some serials."""

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    serial_starts = models.CharField(max_length=60, blank=True)
    because = models.CharField(max_length=300)
    what_to_do = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reached = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Recall of {self.name}"


@tracked
class Retailer(models.Model):
    """A shop of the directory that hands things out for a code, from a day to a day."""

    entry_key = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    organisation = models.ForeignKey(
        "council.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shops",
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_key"], condition=Q(until_on=None), name="a_shop_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_shop_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

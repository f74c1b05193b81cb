"""Questions answered about somebody, and the things that came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked
from ownway.journey.prevention.models.shelf import Retailer, StockLine


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


@tracked
class AskedOnline(models.Model):
    """What somebody answered online before they asked for it: it is not asked again."""

    contact = models.OneToOneField(
        "contact.Contact", on_delete=models.CASCADE, related_name="equipment_asked"
    )
    answers = models.JSONField(default=dict)
    wanted = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Asked online: {self.contact}"


class ItemKind(models.TextChoices):
    """Things that sense and call for help, and things that make a home easier."""

    TELECARE = "telecare", "Telecare"
    EQUIPMENT = "equipment", "Equipment"


class Way(models.TextChoices):
    """How a thing reaches the person."""

    BRING = "bring", "We bring it and fit it"
    SHOP = "shop", "Collect from a shop with a code"
    VISIT = "visit", "A visit first, to measure"


class ItemStatus(models.TextChoices):
    """How far an ordered thing is."""

    ORDERED = "ordered", "Ordered"
    ISSUED = "issued", "With the person"
    RETURNED = "returned", "Given back"
    CANCELLED = "cancelled", "Not wanted"


GONE = ("returned", "cancelled")


class Trial(models.TextChoices):
    """How a thing turned out once used."""

    HELPS = "helps", "It helps"
    DOES_NOT_HELP = "does_not_help", "It does not help"
    OTHER = "other", "It helps a little, or something else"


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
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.BRING)
    price_pence = models.PositiveIntegerField()
    charge_pence = models.PositiveIntegerField(default=0)
    stock = models.ForeignKey(StockLine, on_delete=models.PROTECT, null=True, related_name="items")
    is_loan = models.BooleanField(default=False)
    serial = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, choices=ItemStatus.choices, default=ItemStatus.ORDERED)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    due_back_on = models.DateField(null=True, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    trial = models.CharField(max_length=20, choices=Trial.choices, blank=True)
    trial_words = models.CharField(max_length=300, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                condition=~Q(status__in=GONE),
                name="one_of_a_thing_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_at__isnull=False),
                name="what_is_with_somebody_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GONE, ended_at__isnull=False)
                | (~Q(status__in=GONE) & Q(ended_at=None)),
                name="what_is_gone_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "status"]),
            models.Index(fields=["key", "status"]),
            models.Index(fields=["due_back_on"], condition=Q(status="issued"), name="out_on_loan"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_here(self) -> bool:
        """Whether they have it, or are to get it."""
        return self.status not in GONE

    @property
    def code(self) -> str | None:
        """What they show in a shop, where it is got from one."""
        found: ShopCode | None = getattr(self, "shop_code", None)
        return found.code if found else None


@tracked
class ShopCode(models.Model):
    """A prescription: what a shop hands out for it, up to a value and a day, once."""

    item = models.OneToOneField(OrderedItem, on_delete=models.PROTECT, related_name="shop_code")
    code = models.CharField(max_length=12, unique=True)
    value_pence = models.PositiveIntegerField()
    until_on = models.DateField()
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    retailer = models.ForeignKey(
        Retailer, on_delete=models.PROTECT, null=True, related_name="codes"
    )
    shop = models.CharField(max_length=160, blank=True)
    added_pence = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(redeemed_at=None)
                | (Q(redeemed_by__isnull=False, withdrawn_at=None) & ~Q(shop="")),
                name="redeemed_once_by_a_shop",
            ),
            models.CheckConstraint(
                condition=Q(added_pence=0) | Q(redeemed_at__isnull=False),
                name="money_is_added_in_the_shop",
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.code

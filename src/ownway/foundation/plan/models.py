"""The one plan: begun at first contact, owned by the person, in their words, line by line."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "Plan": {
        "strengths",
        "matters",
        "network",
        "views",
        "short_goals",
        "long_goals",
        "restrictions",
        "helper",
        "media_link",
        "returned_because",
        "departure_because",
    },
    "PlanLine": {"wish", "support", "provider_words", "domain", "hours"},
    "Risk": {"what", "good", "worry", "fallback"},
}


class Status(models.TextChoices):
    """How far a plan is. Open since first contact; nothing is paid before it is agreed."""

    OPEN = "open", "Being written"
    OFFERED = "offered", "Waiting to be agreed"
    RETURNED = "returned", "Sent back with a reason"
    AGREED = "agreed", "Agreed"
    ENDED = "ended", "Ended"


BEING_WRITTEN = (Status.OPEN, Status.RETURNED)
MOVES = [
    ("open", "offered"),
    ("returned", "offered"),
    ("offered", "returned"),
    ("offered", "agreed"),
    ("agreed", "open"),
    ("open", "ended"),
    ("agreed", "ended"),
    ("returned", "ended"),
]


class How(models.TextChoices):
    """How a person chooses to plan."""

    MYSELF = "myself", "On my own"
    FAMILY = "family", "With family or a friend"
    PEER = "peer", "With someone who has done it"
    BROKER = "broker", "With a broker"
    COUNCIL = "council", "With the council"


@tracked
class Plan(models.Model):
    """One person's plan. A couple's two plans are tied by the household, and agreed together."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="plans")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    helper = models.CharField(max_length=120, blank=True)
    broker = models.ForeignKey(
        "council.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans_brokered",
    )
    money_help = models.BooleanField(default=False)
    strengths = models.TextField(blank=True)
    matters = models.TextField(blank=True)
    network = models.TextField(blank=True)
    views = models.TextField(blank=True)
    short_goals = models.TextField(blank=True)
    long_goals = models.TextField(blank=True)
    restrictions = models.TextField(blank=True)
    media_link = models.URLField(blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    returned_because = models.TextField(blank=True)
    departure_because = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_weekly_pence = models.PositiveIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    change_limit_percent = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(status="ended"), name="one_plan_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed") | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed")
                | Q(agreed_weekly_pence__isnull=False, review_on__isnull=False),
                name="agreed_with_a_budget_and_a_review",
            ),
        ]
        indexes = [models.Index(fields=["status", "offered_at"])]
        triggers = [pgtrigger.FSM(name="plan_moves", field="status", transitions=MOVES)]

    def __str__(self) -> str:
        return f"Plan of {self.person}"

    @property
    def is_being_written(self) -> bool:
        """Whether it is still on its way: what was sent or agreed is changed by its own steps."""
        return self.status in BEING_WRITTEN


class PaidFrom(models.TextChoices):
    """Where the cost of a line comes from; free help counts just as much."""

    BUDGET = "budget", "Budget"
    OWN_MONEY = "own_money", "Own money"
    FAMILY = "family", "Family"
    COMMUNITY = "community", "Local help"
    TIME_BANK = "time_bank", "Time bank"
    EQUIPMENT = "equipment", "Equipment"


class Often(models.TextChoices):
    """How often a line's cost falls due."""

    WEEKLY = "weekly", "Each week"
    ONCE = "once", "Once"


@tracked
class PlanLine(models.Model):
    """What is wanted, the support that meets it, what it costs in pence, and who pays.

    A wish is kept from the first: until somebody or something is found for it, it is `not_found`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField(default=0)
    wish = models.CharField(max_length=200)
    support = models.CharField(max_length=200, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    paid_from = models.CharField(max_length=20, choices=PaidFrom.choices, blank=True)
    often = models.CharField(max_length=10, choices=Often.choices, default=Often.WEEKLY)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    price_pence = models.PositiveIntegerField(null=True, blank=True)
    cost_pence = models.PositiveIntegerField(default=0)
    is_reserve = models.BooleanField(default=False)
    not_found = models.BooleanField(default=False)
    at_source = models.BooleanField(default=False)
    entry_key = models.CharField(max_length=64, blank=True)
    agreed_pence = models.PositiveIntegerField(null=True, blank=True)
    provider_words = models.TextField(blank=True)
    provider_words_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(
        "council.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_found=False) | Q(cost_pence=0), name="a_wish_not_met_costs_nothing"
            ),
            models.CheckConstraint(
                condition=Q(not_found=True) | ~Q(paid_from=""), name="a_line_says_who_pays"
            ),
        ]

    def __str__(self) -> str:
        return self.wish


@tracked
class Risk(models.Model):
    """A risk a person chooses to take: what is good about it, what worries, what if."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="risks")
    what = models.CharField(max_length=200)
    good = models.TextField(blank=True)
    worry = models.TextField(blank=True)
    fallback = models.TextField(blank=True)
    needs_panel = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.what

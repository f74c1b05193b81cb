"""How people take their budgets: by whom the money is kept, and what each line costs."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


class Way(models.TextChoices):
    """How much of the work with money people take on themselves."""

    OWN = "own", "Paid to an account of your own"
    SIMPLE = "simple", "A simple account, kept for you"
    MANAGED = "managed", "A managed account"
    COUNCIL = "council", "The council pays for everything"
    MIXED = "mixed", "Some of each"


class Status(models.TextChoices):
    """Nothing is owed before it is agreed."""

    CHOOSING = "choosing", "Being chosen"
    AGREED = "agreed", "Agreed"
    ENDED = "ended", "Ended"


MOVES = [("choosing", "agreed"), ("agreed", "ended")]


@tracked
class Agreement(models.Model):
    """How one budget, or those of a couple together, are taken and paid.

    While it is being chosen it holds the answers so far, so people can stop and come back.
    `holder` looks after the money; `helper` keeps the account, or it goes to the bank account that
    is named, figures only; `pack_hash` says by which rules; when it is gross, all of it is paid out
    and people are sent a bill for what they pay.
    """

    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CHOOSING)
    way = models.CharField(max_length=20, choices=Way.choices, blank=True)
    holder = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="holds_money_in"
    )
    helper = models.ForeignKey(
        "council.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    lines_for_council = models.JSONField(default=list, blank=True)
    bank_name = models.CharField(max_length=70, blank=True)
    bank_sort_code = models.CharField(max_length=6, blank=True)
    bank_number = models.CharField(max_length=8, blank=True)
    begun_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    add_on_week_pence = models.PositiveIntegerField(default=0)
    pack_hash = models.CharField(max_length=64, blank=True)
    is_gross = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="choosing")
                | (
                    Q(agreed_at__isnull=False, agreed_by__isnull=False, starts_on__isnull=False)
                    & ~Q(way="")
                ),
                name="agreed_by_somebody_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__iso_week_day=1),
                name="money_starts_on_a_monday",
            ),
        ]
        triggers = [pgtrigger.FSM(name="agreement_moves", field="status", transitions=MOVES)]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.get_status_display().lower()}"

    @property
    def bank_ends(self) -> str:
        """The last four figures, by which people know their account."""
        return self.bank_number[-4:]


class HeldAs(models.TextChoices):
    """On what footing the holder looks after somebody's money."""

    SELF = "self", "Their own"
    SUITABLE_PERSON = "suitable_person", "As the suitable person"
    ORGANISATION = "organisation", "By an organisation"


@tracked
class Share(models.Model):
    """One person's budget in an agreement, as it stood when it was agreed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="shares")
    is_over = models.BooleanField(default=False)
    held_as = models.CharField(max_length=20, choices=HeldAs.choices, blank=True)
    budget_week_pence = models.PositiveIntegerField(default=0)
    once_pence = models.PositiveIntegerField(default=0)
    contribution_week_pence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_over=False), name="one_way_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.agreement}"


class PaidBy(models.TextChoices):
    """Who pays for a line."""

    HOLDER = "holder", "From the money paid out"
    AT_SOURCE = "at_source", "The council, to its own service"
    COUNCIL = "council", "The council, to the provider"
    RESERVE = "reserve", "Put by, in the money paid out"
    KEPT = "kept", "Put by, kept by the council"


@tracked
class ShareLine(models.Model):
    """A line of the plan that the budget pays for, as it stood when the way was agreed."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="lines")
    plan_line = models.ForeignKey(
        "plan.PlanLine", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "council.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    paid_by = models.CharField(max_length=20, choices=PaidBy.choices)
    week_pence = models.PositiveIntegerField(default=0)
    once_pence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(paid_by="at_source") | Q(organisation__isnull=False),
                name="at_source_to_a_service",
            ),
        ]

    def __str__(self) -> str:
        return self.words

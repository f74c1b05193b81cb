"""What is to be paid, when, to whom; prepared by one person, released by another, sent once."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked


class PaymentStatus(models.TextChoices):
    """How far a payment is."""

    PLANNED = "planned", "Planned"
    PREPARED = "prepared", "Prepared"
    RELEASED = "released", "Released"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped"


PAYMENT_MOVES = [
    ("planned", "prepared"),
    ("prepared", "released"),
    ("released", "sent"),
    ("prepared", "planned"),
    ("released", "planned"),
    ("planned", "stopped"),
]
BY_TWO_PEOPLE = Q(
    prepared_by__isnull=False,
    prepared_at__isnull=False,
    released_by__isnull=False,
    released_at__isnull=False,
)


@tracked
class Payment(models.Model):
    """Money for four weeks in advance, to one account. The database keeps its promises: two
    people, a transaction for what is sent, and one payment an account a day.
    """

    agreement = models.ForeignKey(
        "budgets.Agreement", on_delete=models.PROTECT, related_name="payments"
    )
    to = models.ForeignKey("budgets.Account", on_delete=models.PROTECT, related_name="payments")
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    pence = models.PositiveIntegerField()
    status = models.CharField(
        max_length=20, choices=PaymentStatus.choices, default=PaymentStatus.PLANNED
    )
    prepared_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    transaction = models.OneToOneField(
        "budgets.Transaction", on_delete=models.PROTECT, null=True, related_name="payment"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "to", "starts_on"], name="four_weeks_are_paid_once"
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_payment_pays_something"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("prepared_by")),
                name="released_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["released", "sent"]) | BY_TWO_PEOPLE,
                name="two_people_let_money_go",
            ),
            models.CheckConstraint(
                condition=~Q(status="prepared")
                | Q(prepared_by__isnull=False, prepared_at__isnull=False),
                name="prepared_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False, transaction__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True, transaction__isnull=True)),
                name="sent_is_in_the_ledger",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on", "id"]),
        ]
        triggers = [pgtrigger.FSM(name="payment_moves", field="status", transitions=PAYMENT_MOVES)]

    def __str__(self) -> str:
        return f"{self.pence} pence on {self.due_on}"

"""What a person says of their money before it is decided: answers, papers, and how far it is."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked, tracked_without


class Status(models.TextChoices):
    """A draft is the person's own; what was sent waits for an officer."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Sent"
    DECIDED = "decided", "Decided"


MOVES = [("draft", "sent"), ("sent", "draft"), ("sent", "decided"), ("draft", "decided")]


@tracked
class Statement(models.Model):
    """A statement of money: one open at a time, kept question by question, so one may come back.

    answers: by question, then by field, as clean values (pence, words, ISO days). `refuses` says
    that the person does not want to tell. officer_facts: what an officer judged beside them.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="money_statements"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    answers = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    officer_facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    refuses = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)
    finances = models.OneToOneField(
        "charging.Finances", on_delete=models.PROTECT, null=True, related_name="statement"
    )

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(status="decided"), name="one_statement_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | Q(decided_at__isnull=False),
                name="decided_at_a_moment",
            ),
        ]
        triggers = [pgtrigger.FSM(name="statement_moves", field="status", transitions=MOVES)]

    def __str__(self) -> str:
        return f"{self.person}: money, {self.get_status_display().lower()}"


class EvidenceKind(models.TextChoices):
    """What a paper shows."""

    INCOME = "income", "Money coming in"
    SAVINGS = "savings", "Savings"
    HOME = "home", "Rent, mortgage or council tax"
    DISABILITY = "disability", "Costs because of a disability"
    OTHER = "other", "Something else"


@tracked_without("content")
class Evidence(models.Model):
    """A paper a person showed us, kept whole in the database and never at an address of its own."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "sha256"], name="a_paper_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name

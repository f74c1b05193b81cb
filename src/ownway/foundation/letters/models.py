"""A letter is one text in many formats; the outbox is how it leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSONAL_FIELDS = {
    "Letter": {"title", "body"},
    "Outbox": {"address", "subject", "text", "failed_because"},
}


class Letter(models.Model):
    """What somebody was told: blocks of text, rendered on demand in the format they need.

    body: a list of blocks, each {"kind": "heading" | "text" | "list" | "table", ...}; see
    `design.letters` for their keys.
    """

    kind = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="letters")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="letters_to")
    title = models.CharField(max_length=160)
    body = models.JSONField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    formats = models.JSONField(default=list)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["person", "-written_at"])]

    def __str__(self) -> str:
        return self.title


class Outbox(models.Model):
    """Something to be sent, written in the transaction of the change it tells of; sent once."""

    class Channel(models.TextChoices):
        """By which way it goes."""

        EMAIL = "email", "E-mail"
        POST = "post", "Post"
        TEXT = "text", "Text message"

    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="sendings")
    address = models.CharField(max_length=300)
    subject = models.CharField(max_length=160, blank=True)
    text = models.TextField(blank=True)
    key = models.CharField(max_length=120, unique=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["queued_at"], condition=Q(sent_at=None), name="still_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} to {self.address}"

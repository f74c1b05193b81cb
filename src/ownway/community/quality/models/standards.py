"""The Quality of Life Standards, who has signed them, and what lay reviewers found."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


@tracked
class Standards(models.Model):
    """A version of the Standards, with who wrote it. A visit keeps the one it was made by."""

    number = models.PositiveIntegerField(unique=True)
    starts_on = models.DateField()
    written_by = models.TextField()
    because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "standards"

    def __str__(self) -> str:
        return f"Standards, version {self.number}"


class Standard(models.Model):
    """One statement in people's words, what they can expect, and what a provider does for it."""

    standards = models.ForeignKey(Standards, on_delete=models.CASCADE, related_name="each")
    place = models.PositiveIntegerField()
    statement = models.CharField(max_length=200)
    expect = models.TextField()
    provider_does = models.TextField()

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.statement


@tracked
class Signing(models.Model):
    """A provider has signed the Standards, by itself or in a contract."""

    entry = models.ForeignKey("directory.Entry", on_delete=models.PROTECT, related_name="signings")
    standards = models.ForeignKey(Standards, on_delete=models.PROTECT, related_name="signings")
    contract = models.CharField(max_length=160, blank=True)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "standards"], name="signed_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.entry} signed {self.standards}"


@tracked
class LayReviewer(models.Model):
    """Somebody who visits as one who knows: a person, a carer or an elected member."""

    class Group(models.TextChoices):
        """From which of the three groups they come."""

        PERSON = "person", "Draws on care"
        CARER = "carer", "Cares for someone"
        MEMBER = "member", "Elected member"

    sign_in = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lay_reviewer"
    )
    group = models.CharField(max_length=10, choices=Group.choices)
    trained_on = models.DateField()
    checked_until_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sign_in__name", "pk"]

    def __str__(self) -> str:
        return str(self.sign_in)


@tracked
class Visit(models.Model):
    """A visit by lay reviewers: planned, made, sent in, published with the provider's reply."""

    class Status(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", "Planned"
        SENT = "sent", "Sent in"
        PUBLISHED = "published", "Published"
        DROPPED = "dropped", "Not made"

    entry = models.ForeignKey("directory.Entry", on_delete=models.PROTECT, related_name="visits")
    standards = models.ForeignKey(Standards, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(LayReviewer, on_delete=models.PROTECT, related_name="visits")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    planned_on = models.DateField()
    planned_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    visited_on = models.DateField(null=True, blank=True)
    spoke_with = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "dropped"])
                | Q(visited_on__isnull=False, sent_at__isnull=False),
                name="a_visit_is_sent_in_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"Visit to {self.entry}, {self.planned_on}"


@tracked
class Finding(models.Model):
    """What a visit found by one standard, in words."""

    class Met(models.TextChoices):
        """How far it is met."""

        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT = "not", "Not met"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="findings")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    met = models.CharField(max_length=10, choices=Met.choices)
    words = models.TextField()

    class Meta:
        ordering = ["standard__place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "standard"], name="found_once_a_standard")
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.get_met_display()}"


@tracked
class ToDo(models.Model):
    """Something a visit asks of the provider, by a day."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="to_do")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.words

"""When an entry is open, what it costs, whom to ask, how to get in, what it is listed under."""

from django.db import models
from django.db.models import F, Q

from ownway.community.directory.models.entries import Entry
from ownway.community.directory.models.places import Place
from ownway.foundation.council.models import tracked

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Times(models.Model):
    """When it is open (Open Referral: schedule): rules of days, or words when no rule fits."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="times")
    monthly = models.BooleanField(default=False)
    interval = models.PositiveSmallIntegerField(default=1)
    days = models.CharField(max_length=60, blank=True)
    month_days = models.CharField(max_length=60, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "times"

    def __str__(self) -> str:
        return self.words or self.days


@tracked
class Cost(models.Model):
    """What an entry costs (Open Referral: cost_option). Nothing to pay is 0, not known is null."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="costs")
    pence = models.PositiveIntegerField(null=True, blank=True)
    each = models.CharField(max_length=120, blank=True)
    whom = models.CharField(max_length=255, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="a_cost_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pence} pence {self.each}"


@tracked
class Contact(models.Model):
    """Whom to ask for."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.title


@tracked
class Phone(models.Model):
    """A number to ring."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    words = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class Accessibility(models.Model):
    """One thing about getting into a place and using it."""

    key = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="access")
    words = models.TextField()
    details = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "accessibility"

    def __str__(self) -> str:
        return self.words


class Taxonomy(models.Model):
    """A published list of terms, known by its address."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    uri = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """One word of a list, with the word above it."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    taxonomy = models.CharField(max_length=255, blank=True)
    uri = models.CharField(max_length=500, blank=True)
    above = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class EntryTerm(models.Model):
    """A term an entry is listed under (Open Referral: attribute)."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="listed_under")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="entries")
    link = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "term"], name="an_entry_is_once_under_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.entry} under {self.term}"

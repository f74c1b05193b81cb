"""Entries, who offers them, where they come from, and the words they are found by."""

from functools import reduce
from operator import add
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Expression, F, Func, Q, TextField, Value
from django.db.models.functions import Now

from ownway.community.directory.models.places import Place
from ownway.foundation.council.models import tracked, tracked_without
from ownway.policy import domains

OWN = "own"


class Source(models.Model):
    """Where entries come from: our own, or a feed that is brought in again and again."""

    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.title or self.name


@tracked
class Owner(models.Model):
    """Who offers an entry and answers for it (Open Referral: organization)."""

    key = models.UUIDField(unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="owners")
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(
        "council.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="in_directory",
    )
    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """The four states of Open Referral."""

    ACTIVE = "active", "Open"
    CLOSED_FOR_NOW = "temporarily closed", "Closed for now"
    INACTIVE = "inactive", "Not running"
    DEFUNCT = "defunct", "Ended"


SHOWN = [Status.ACTIVE, Status.CLOSED_FOR_NOW]


class HiddenFor(models.TextChoices):
    """Why an entry is kept out of sight while it stands."""

    RATINGS = "ratings", "Taken off after poor ratings"
    NOT_CHECKED = "not checked", "Not checked for too long"
    NOT_YET = "not yet", "Waits for its first day"
    OVER = "over", "Its last day is past"


class Kind(models.TextChoices):
    """What sort of thing an entry is."""

    HELP = "help", "Help or care"
    GROUP = "group", "Group or club"
    PLACE = "place", "Place to go"
    PERSON = "person", "Personal assistant"
    EVENT = "event", "Event"


class Mark(models.IntegerChoices):
    """The council's Quality Mark; the higher comes first among those that fit as well."""

    NONE = 0, "No mark"
    SILVER = 1, "Silver"
    GOLD = 2, "Gold"


def _folded(field: str) -> Func:
    """A field without accents, so that "cafe" finds a café."""
    return Func(
        field,
        function="regexp_replace",
        template=r"%(function)s(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')",
        output_field=TextField(),
    )


def _vector(config: str, **weights: str) -> Expression:
    """The words of some fields, each with its weight."""
    first, *rest = (
        SearchVector(_folded(field), weight=weight, config=config)
        for field, weight in weights.items()
    )
    return reduce(add, rest, first)


# The headline is small enough to lie in the row itself, where it is quick to rank by.
HEADLINE: Final = {"name": "A", "what": "B", "found_by": "B"}
FOUND_IN: Final = ("stems", "head_stems", "head_words", "narrowed_by")


@tracked_without(*FOUND_IN)
class Entry(models.Model):
    """Something on offer (Open Referral: service). `key` is what plans and signposts keep."""

    key = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=90, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="entries")
    source_key = models.CharField(max_length=255)
    owner = models.ForeignKey(
        Owner, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.HELP)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    name = models.CharField(max_length=255)
    what = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    alert = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    fees = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    area = models.TextField(blank=True)
    comes_to_you = models.BooleanField(default=False)
    domains = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    mark = models.PositiveSmallIntegerField(choices=Mark.choices, default=Mark.NONE)
    mark_until = models.DateField(null=True, blank=True)
    stars = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    rated_by = models.PositiveIntegerField(default=0)
    # Why it is not shown: each reason is lifted only by those who gave it.
    hidden_for = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=254, blank=True)
    # Since when everybody is told that it was not checked; empty while its checks are in time.
    flagged_on = models.DateField(null=True, blank=True)
    shown_from = models.DateField(null=True, blank=True)
    shown_until = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    found_by = models.TextField(blank=True)
    # The first place, on the grid: nearly every entry has one place, and search sorts by it.
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    has_more_places = models.BooleanField(default=False)
    # What its times, prices and places say, as an index can narrow by it; see actions/finding.py.
    narrowed_by = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    places = models.ManyToManyField(Place, through="EntryPlace", related_name="entries")
    kept = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    gone_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    stems = models.GeneratedField(
        expression=_vector("english", **HEADLINE, description="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    head_stems = models.GeneratedField(
        expression=_vector("english", **HEADLINE), output_field=SearchVectorField(), db_persist=True
    )
    head_words = models.GeneratedField(
        expression=_vector("simple", **HEADLINE), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="once_from_a_source"),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(1, 5)), name="one_to_five_stars"
            ),
            models.CheckConstraint(
                condition=Q(
                    domains__contained_by=Value(
                        list(domains.KEYS), output_field=ArrayField(models.CharField(max_length=20))
                    )
                ),
                name="only_the_nine",
            ),
            models.CheckConstraint(
                condition=Q(shown_from__isnull=True)
                | Q(shown_until__isnull=True)
                | Q(shown_from__lte=F("shown_until")),
                name="shown_from_before_until",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="an_event_ends_after_it_starts",
            ),
        ]
        indexes = [
            GinIndex(fields=["stems"], name="entry_stems"),
            GinIndex(fields=["head_stems"], name="entry_head_stems"),
            GinIndex(fields=["head_words"], name="entry_head_words"),
            *(
                GinIndex(fields=[field], name=f"entry_marked_{field}", condition=Q(mark__gt=0))
                for field in ("head_stems", "head_words", "narrowed_by")
            ),
            GinIndex(fields=["narrowed_by"], name="entry_narrowed_by"),
            GinIndex(fields=["domains"], name="entry_domains"),
            models.Index(fields=["status", "mark"], name="entry_shown"),
            models.Index(F("mark").desc(), "name", "id", name="entry_marked_first"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        from django.urls import reverse

        return reverse("directory-entry", args=[self.slug])


class EntryPlace(models.Model):
    """An entry at a place (Open Referral: service_at_location)."""

    key = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="at")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="at")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "place"], name="an_entry_is_once_at_a_place")
        ]
        indexes = [models.Index(fields=["key", "id"], name="entry_place_key")]

    def __str__(self) -> str:
        return f"{self.entry} at {self.place}"

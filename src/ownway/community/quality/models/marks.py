"""The Quality Mark: versions of its criteria, applications with evidence, and awards."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked


class Level(models.IntegerChoices):
    """The two levels. What Gold asks for beyond Silver, Silver does not."""

    SILVER = 1, "Silver"
    GOLD = 2, "Gold"


class Sort(models.TextChoices):
    """The sorts of provider that a mark is for, each with criteria of its own."""

    HOME_CARE = "home_care", "Home care"
    CARE_HOME = "care_home", "Care home"
    EXTRA_CARE = "extra_care", "Extra care housing"
    ASSISTANT = "assistant", "Personal assistant"
    MONEY = "money", "Direct-payment support"
    DAY = "day", "Day service"
    COMMUNITY = "community", "Other help at home or nearby"


@tracked
class Criteria(models.Model):
    """A version of the list of criteria. An application is judged by the one it was made under."""

    number = models.PositiveIntegerField(unique=True)
    starts_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return f"Criteria, version {self.number}"


class Criterion(models.Model):
    """One thing asked of whoever holds a mark; of no sorts in particular, it is asked of all."""

    criteria = models.ForeignKey(Criteria, on_delete=models.CASCADE, related_name="each")
    place = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.SILVER)
    words = models.CharField(max_length=200)
    evidence = models.CharField(max_length=300, blank=True)
    sorts = ArrayField(models.CharField(max_length=12, choices=Sort.choices), default=list)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name_plural = "criteria, one by one"

    def __str__(self) -> str:
        return self.words


@tracked
class Application(models.Model):
    """A provider asks for a mark, with evidence for each criterion."""

    class Status(models.TextChoices):
        """Written by the provider, sent, judged."""

        BEGUN = "begun", "Being written"
        SENT = "sent", "Waiting to be assessed"
        AWARDED = "awarded", "Awarded"
        REFUSED = "refused", "Not awarded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    entry = models.ForeignKey(
        "directory.Entry", on_delete=models.PROTECT, related_name="mark_applications"
    )
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    sort = models.CharField(max_length=12, choices=Sort.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BEGUN)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    outcomes_met = models.PositiveIntegerField(null=True, blank=True)
    outcomes_of = models.PositiveIntegerField(null=True, blank=True)
    outcomes_from = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status__in=["begun", "sent"]),
                name="one_application_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(outcomes_of__isnull=True, outcomes_met__isnull=True)
                | Q(outcomes_of__gte=F("outcomes_met"), outcomes_of__gt=0),
                name="no_more_outcomes_met_than_there_are",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} for {self.entry}"


@tracked
class Evidence(models.Model):
    """What a provider shows for one criterion, and how it was judged."""

    class Judged(models.TextChoices):
        """Not judged yet is empty."""

        MET = "met", "Met"
        NOT_MET = "not_met", "Not met"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    judged = models.CharField(max_length=10, choices=Judged.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__place", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"], name="evidence_once_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.judged or 'to judge'}"


@tracked
class Award(models.Model):
    """A mark that was given, from a day until a day. At most one of an entry stands."""

    class Status(models.TextChoices):
        """A suspended one is not shown, and may be restored until its end."""

        STANDS = "stands", "Stands"
        SUSPENDED = "suspended", "Suspended"
        ENDED = "ended", "Ended"
        REPLACED = "replaced", "Replaced by a newer one"

    entry = models.ForeignKey("directory.Entry", on_delete=models.PROTECT, related_name="awards")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.STANDS)
    from_on = models.DateField()
    until_on = models.DateField()
    awarded_at = models.DateTimeField()
    awarded_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-awarded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status__in=["stands", "suspended"]),
                name="one_mark_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="a_mark_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["until_on"],
                condition=Q(status__in=["stands", "suspended"]),
                name="awards_by_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} of {self.entry} until {self.until_on}"

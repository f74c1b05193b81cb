"""Ratings, what the council made of them, and what followed for the entry."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked, tracked_without


class As(models.TextChoices):
    """In which part somebody rates. It is shown; their name never is."""

    USED_IT = "used_it", "I used it"
    FAMILY = "family", "I am family, or I care for someone who used it"
    FRIEND = "friend", "I am a friend or a neighbour of someone who used it"


class RatingStatus(models.TextChoices):
    """How far a rating is. Only what is published is seen or counted."""

    UNPROVED = "unproved", "Waiting for them to press the link"
    HELD = "held", "Waiting for a check"
    PUBLISHED = "published", "Shown"
    REFUSED = "refused", "Not shown"
    PASSED = "passed", "Passed on as a concern"
    TAKEN_BACK = "taken_back", "Taken back"


class Refusal(models.TextChoices):
    """Why a rating is not shown, as the person who wrote it is told."""

    NOT_USED = "not_used", "It is not about this place, or not from someone who used it"
    NAMES = "names", "It names or points to a person"
    UNKIND = "unkind", "It has rude or hateful words"
    PATTERN = "pattern", "It is one of many that look like a campaign"
    LEGAL = "legal", "It accuses someone of a crime, which we cannot check here"
    OTHER = "other", "Another reason"


STANDING = [RatingStatus.UNPROVED, RatingStatus.HELD, RatingStatus.PUBLISHED]
AT_AN_END = [RatingStatus.REFUSED, RatingStatus.PASSED, RatingStatus.TAKEN_BACK]


@tracked_without("email")
class Rating(models.Model):
    """One to five stars with words, by somebody who used it. Of one person, one at a time stands.

    `by` is a resident who has signed in; others prove an `email`, which is kept only while the
    rating stands and is in no history: `source` is made of it and cannot be read back.
    `held_for` says in words why it waits. `version` rises with each change.
    """

    entry = models.ForeignKey("directory.Entry", on_delete=models.PROTECT, related_name="ratings")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    source = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=10, choices=As.choices)
    stars = models.PositiveSmallIntegerField()
    words = models.TextField()
    status = models.CharField(max_length=12, choices=RatingStatus.choices)
    held_for = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_for = models.CharField(max_length=10, choices=Refusal.choices, blank=True)
    because = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reply_by_on = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rated_one_to_five"),
            models.CheckConstraint(condition=~Q(words=""), name="rated_with_words"),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(refused_for=""), name="refused_with_a_reason"
            ),
            models.UniqueConstraint(
                fields=["entry", "by"],
                condition=Q(status__in=["unproved", "held", "published"], by__isnull=False),
                name="one_rating_a_sign_in",
            ),
            models.UniqueConstraint(
                fields=["entry", "source"],
                condition=Q(status__in=["held", "published"]) & ~Q(source=""),
                name="one_rating_an_email",
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "status", "given_at"]),
            models.Index(fields=["due_on"], condition=Q(status="held"), name="ratings_held"),
            models.Index(fields=["source"], condition=~Q(source=""), name="ratings_by_source"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="rating_moves",
                field="status",
                transitions=[
                    ("unproved", "held"),
                    ("unproved", "taken_back"),
                    ("held", "published"),
                    ("held", "refused"),
                    ("held", "passed"),
                    ("held", "taken_back"),
                    ("published", "held"),
                    ("published", "refused"),
                    ("published", "passed"),
                    ("published", "taken_back"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.stars} for {self.entry}"


@tracked
class Audit(models.Model):
    """A look at the quality of an entry, asked for by ratings or by staff."""

    class Status(models.TextChoices):
        """Open until somebody says what was found."""

        OPEN = "open", "To be made"
        PASSED = "passed", "Passed"
        FAILED = "failed", "Failed"

    entry = models.ForeignKey("directory.Entry", on_delete=models.PROTECT, related_name="audits")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    because = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField()
    found = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(status="open"), name="one_open_audit_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | (Q(settled_at__isnull=False) & ~Q(found="")),
                name="an_audit_is_settled_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Audit of {self.entry}"


@tracked
class Delisting(models.Model):
    """Whether an entry leaves the directory, and what its provider says to it."""

    class Status(models.TextChoices):
        """To decide; noticed, until a day; hidden; kept on the list; shown again."""

        OPEN = "open", "To be decided"
        NOTICED = "noticed", "Leaves the directory after notice"
        HIDDEN = "hidden", "Off the directory"
        KEPT = "kept", "Stays on the directory"
        RETURNED = "returned", "Back on the directory"

    entry = models.ForeignKey(
        "directory.Entry", on_delete=models.PROTECT, related_name="delistings"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    because = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.TextField(blank=True)
    answer_by_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weighed_at = models.DateTimeField(null=True, blank=True)
    weighed = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status__in=["open", "noticed", "hidden"]),
                name="one_delisting_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | (Q(decided_at__isnull=False) & ~Q(reasons="")),
                name="delisting_is_decided_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"Delisting of {self.entry}"

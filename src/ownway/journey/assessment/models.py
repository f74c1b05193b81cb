"""An assessment from first contact to its decision, its parts of life, and records of capacity."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked
from ownway.policy import domains

PERSONAL_FIELDS = {
    "Assessment": {"led_by", "declined_because", "night", "first_band"},
    "PartOfLife": {"said_level", "said_help", "words", "who", "level", "help", "because"},
    "Capacity": {
        "decision",
        "impairment",
        "understands",
        "retains",
        "weighs",
        "communicates",
        "evidence",
        "link",
        "support_tried",
        "has_capacity",
        "wishes",
        "consulted",
        "best_interests",
        "suitable_because",
    },
}

LEVELS = {str(number): name for number, name in enumerate(domains.LEVELS)}
CARER_LEVELS = {str(number): name for number, name in enumerate(domains.CARER_LEVELS)}


class Kind(models.TextChoices):
    """Whose needs: of somebody who may draw on care, or of a carer in their own right."""

    ADULT = "adult", "Care and support"
    CARER = "carer", "Carer’s own"


class Status(models.TextChoices):
    """How far an assessment is."""

    OPEN = "open", "Being answered"
    ANSWERED = "answered", "Answers in"
    VALIDATED = "validated", "Done"
    DECLINED = "declined", "Not wanted"


MOVES = [
    ("open", "answered"),
    ("open", "validated"),
    ("answered", "validated"),
    ("open", "declined"),
    ("answered", "declined"),
]


class LedBy(models.TextChoices):
    """Who holds the pen."""

    SELF = "self", "The person"
    SUPPORTED = "supported", "The person, with help"
    STAFF = "staff", "Staff"


@tracked
class Assessment(models.Model):
    """One look at somebody's whole life, told once; it counts from the first contact.

    `cares_for` is whom a carer cares for. The decision on eligibility is kept in the record.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="assessments"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cares_for = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    led_by = models.CharField(max_length=12, choices=LedBy.choices, default=LedBy.SELF)
    first_band = models.CharField(max_length=40, blank=True)
    counts_from = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.ForeignKey(
        "forms.Answers", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    night = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.ForeignKey(
        "record.Decision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    declined_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status__in=["open", "answered"]),
                name="one_assessment_of_a_kind_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="validated")
                | Q(
                    validated_at__isnull=False,
                    validated_by__isnull=False,
                    decision__isnull=False,
                ),
                name="validated_by_somebody_with_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(declined_because=""),
                name="declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__gte=F("counts_from")), name="counts_from_before_it_opened"
            ),
        ]
        indexes = [models.Index(fields=["person", "-opened_at"])]
        triggers = [pgtrigger.FSM(name="assessment_moves", field="status", transitions=MOVES)]

    def __str__(self) -> str:
        return f"Assessment of {self.person}"

    @property
    def is_about_a_carer(self) -> bool:
        """A carer's own."""
        return self.kind == Kind.CARER

    @property
    def is_open(self) -> bool:
        """It can still be answered."""
        return self.status == Status.OPEN

    @property
    def is_going_on(self) -> bool:
        """Nothing has been decided yet."""
        return self.status in (Status.OPEN, Status.ANSWERED)

    @property
    def subject(self) -> str:
        """How clocks, tasks and decisions name it."""
        return f"assessment:{self.pk}"


class Help(models.TextChoices):
    """How much of it a carer is willing and able to go on doing."""

    ALL = "all", "All"
    HALF = "half", "About half"
    LITTLE = "little", "A little"
    NONE = "none", "None"


@tracked
class PartOfLife(models.Model):
    """One of the nine parts: what was said, and what was found when staff checked it.

    `level` and `help` are what counts once checked; `because` is told to the person wherever
    they differ from what was said.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=20)
    said_level = models.PositiveSmallIntegerField(null=True, blank=True)
    said_help = models.CharField(max_length=10, choices=Help.choices, blank=True)
    words = models.TextField(blank=True)
    who = models.JSONField(default=list, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    help = models.CharField(max_length=10, choices=Help.choices, blank=True)
    two_people = models.BooleanField(null=True, blank=True)
    because = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["assessment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key"], name="each_part_once"),
            models.CheckConstraint(
                condition=(Q(said_level=None) | Q(said_level__lte=4))
                & (Q(level=None) | Q(level__lte=4)),
                name="levels_from_none_to_every_time",
            ),
            models.CheckConstraint(
                condition=Q(level=None)
                | Q(said_level=None)
                | Q(level=F("said_level"))
                | ~Q(because=""),
                name="a_changed_level_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def counts_level(self) -> int | None:
        """The level that counts: checked first, else as said."""
        return self.said_level if self.level is None else self.level

    @property
    def counts_help(self) -> str:
        """The help that counts."""
        return self.help or self.said_help

    @property
    def is_changed(self) -> bool:
        """Staff found something else than was said."""
        level = self.level not in (None, self.said_level) and self.said_level is not None
        return level or bool(self.help and self.said_help and self.help != self.said_help)


class Matter(models.TextChoices):
    """What a record of capacity is about: one decision, never a person as a whole."""

    BUDGET = "budget", "Looking after a personal budget"
    ASSESSMENT = "assessment", "Having this assessment"
    PLAN = "plan", "Agreeing a support plan"
    HOME = "home", "Where to live"
    OTHER = "other", "Another decision"


@tracked
class Capacity(models.Model):
    """Whether somebody could make one decision on one day, and if not, what was done for them.

    Source: Mental Capacity Act 2005, s.1 (principles), s.2 and s.3 (the test), s.4 (best
    interests). The newest record about a decision counts.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="capacity")
    matter = models.CharField(max_length=20, choices=Matter.choices)
    decision = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    impairment = models.CharField(max_length=200, blank=True)
    understands = models.BooleanField()
    retains = models.BooleanField()
    weighs = models.BooleanField()
    communicates = models.BooleanField()
    evidence = models.TextField()
    link = models.TextField(blank=True)
    support_tried = models.TextField()
    has_capacity = models.BooleanField()
    wishes = models.TextField(blank=True)
    consulted = models.TextField(blank=True)
    best_interests = models.TextField(blank=True)
    suitable_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suitable_because = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_capacity=True)
                | (
                    ~Q(impairment="")
                    & ~Q(link="")
                    & ~Q(best_interests="")
                    & ~Q(understands=True, retains=True, weighs=True, communicates=True)
                ),
                name="no_capacity_is_shown_in_full",
            ),
            models.CheckConstraint(
                condition=Q(suitable_person=None) | Q(has_capacity=False),
                name="a_suitable_person_only_without_capacity",
            ),
            models.CheckConstraint(
                condition=Q(suitable_person=None) | ~Q(suitable_person=F("person")),
                name="nobody_is_their_own_suitable_person",
            ),
        ]
        indexes = [models.Index(fields=["person", "matter", "-at", "-id"])]

    def __str__(self) -> str:
        return f"Capacity of {self.person}: {self.decision}"

    @property
    def cannot(self) -> list[str]:
        """What of the four the person could not do."""
        found = {
            "understand it": self.understands,
            "hold it in mind": self.retains,
            "weigh it up": self.weighs,
            "tell us": self.communicates,
        }
        return [words for words, can in found.items() if not can]

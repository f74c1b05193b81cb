"""How entries are kept true: changes that wait, versions, rounds, checks by volunteers, sheets."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ownway.community.directory.models.entries import Entry, Kind, Owner
from ownway.foundation.council.models import Staff, tracked


@tracked
class Change(models.Model):
    """What somebody outside the council says an entry should be, until a keeper answers.

    `seen` is the entry as it stood when the change was begun, `said` the fields that were typed.
    Without an entry it is a new one. `version` counts the saves: a page of an older one is refused.
    """

    class State(models.TextChoices):
        """A draft is its owner's own; what was sent waits for a keeper."""

        DRAFT = "draft", "Not sent yet"
        SENT = "sent", "Waiting for us"
        APPROVED = "approved", "Published"
        RETURNED = "returned", "Sent back"
        DROPPED = "dropped", "Thrown away"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="changes")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, null=True, related_name="changes")
    organisation = models.ForeignKey(
        "council.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    seen = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_words = models.CharField(max_length=254)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=["draft", "sent"]),
                name="one_open_change_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(because=""), name="sent_back_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="changes_to_answer")
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.name}"

    @property
    def name(self) -> str:
        """What the entry is called, or would be."""
        return str(self.said.get("name") or self.seen.get("name") or "New entry")


class Version(models.Model):
    """An entry as it was published: the newest is as it stands, unless a sheet or feed came."""

    class How(models.TextChoices):
        """How it came to be so."""

        BEFORE = "before", "As it stood before"
        OWNER = "owner", "From its owner"
        STAFF = "staff", "By the council"
        SHEET = "sheet", "From a sheet"
        BACK = "back", "Put back"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="an_entry_has_a_version_once")
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.entry}"


class Rung(models.IntegerChoices):
    """The rungs of the ladder, in the order they are climbed."""

    DUE = 0, "Due for a check"
    FIRST = 1, "Owner asked once"
    SECOND = 2, "Owner asked twice"
    THIRD = 3, "Owner asked three times"
    VOLUNTEER = 4, "Waiting for a volunteer"
    FLAGGED = 5, "Marked as not checked"
    NOTICE = 6, "Owner told that it will be hidden"
    HIDDEN = 7, "Hidden"


class Round(models.Model):
    """One time an entry fell due for a check, and how far it went; at most one is open."""

    class End(models.TextChoices):
        """Why a round is over."""

        CHECKED = "checked", "Checked"
        STOPPED = "stopped", "Stopped by a keeper"
        LEFT = "left", "No longer listed"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="rounds")
    due_on = models.DateField()
    rung = models.PositiveSmallIntegerField(choices=Rung.choices, default=Rung.DUE)
    rung_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=10, choices=End.choices, blank=True)
    # After a keeper stopped it, a new round opens on this day and not before.
    next_on = models.DateField(null=True)
    because = models.CharField(max_length=300, blank=True)
    stopped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(ended_at=None), name="one_open_round_an_entry"
            ),
            models.CheckConstraint(
                condition=~Q(ended_for="stopped") | ~Q(because=""), name="stopped_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["rung", "rung_at"], condition=Q(ended_at=None), name="open_rounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_rung_display()}"


class Step(models.Model):
    """Something done in a round, in words a keeper reads."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)
    at = models.DateTimeField()
    words = models.CharField(max_length=400)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words


@tracked
class Check(models.Model):
    """A volunteer, or somebody at a contact point, finds out whether an entry is still right."""

    class Answer(models.TextChoices):
        """What they found."""

        RIGHT = "right", "Yes, all of it is right"
        CHANGED = "changed", "No, something has changed"
        UNKNOWN = "unknown", "I could not find out"

    class Way(models.TextChoices):
        """How they found out."""

        CALLED = "called", "I called them"
        WENT = "went", "I went there"
        READ = "read", "I looked at their website"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="checks")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="directory_checks"
    )
    taken_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(answered_at=None, let_go_at=None),
                name="one_open_check_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(answer="changed") | ~Q(words=""), name="a_change_is_told_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"Check of {self.entry}"


class Upload(models.Model):
    """A sheet that was sent, to be looked at before it is taken."""

    name = models.CharField(max_length=120)
    raw = models.BinaryField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

"""Events, decisions, clocks, tasks, and the log of who looked."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

PERSONAL_FIELDS = {
    "Event": {"words", "detail", "facts"},
    "Decision": {"facts", "result", "worked", "because"},
    "AccessLog": {"seen_as", "what", "why"},
    "Task": {"words", "waiting_for"},
    "Clock": {"pauses"},
}


def append_only(name: str) -> pgtrigger.Protect:
    """A table to which rows are added and from which none is changed or taken."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Event(models.Model):
    """Something that happened, in the field's words (`contact.settled`); never changed.

    `words` is what the person reads in their timeline, written when it happened. What is
    confidential only staff read: those who act for the person may be the ones it is about.
    """

    kind = models.CharField(max_length=60)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_as = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    words = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    is_key = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at", "-id"]),
            models.Index(fields=["kind", "-at"]),
        ]
        triggers = [append_only("events_stay")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


class Answered(models.Model):
    """A later stage's answer to an event, given once: the row is the claim and the proof."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="answered")
    stage = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "stage"], name="an_event_is_answered_once"),
        ]
        triggers = [append_only("answers_stay")]

    def __str__(self) -> str:
        return f"{self.stage} answered {self.event_id}"


class Decision(models.Model):
    """What the rules answered for a person on a day: its facts, its rules, its reasons; kept whole.

    `worked` is `policy.decision.Decision.as_json()`: steps, formula, trace and the numbers used.
    A later decision of the same kind about the same person takes its place; none is changed.
    """

    class Kind(models.TextChoices):
        """Which rule was asked."""

        ELIGIBILITY = "eligibility", "Eligibility"
        ALLOCATION = "allocation", "Budget"
        CHARGING = "charging", "What the person pays"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="decisions")
    subject = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    worked = models.JSONField(encoder=DjangoJSONEncoder)
    pack = models.CharField(max_length=60)
    profile = models.CharField(max_length=60, blank=True)
    pack_version = models.CharField(max_length=40)
    pack_hash = models.CharField(max_length=64)
    settings_version = models.ForeignKey(
        "council.SettingsVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "kind", "-at", "-id"])]
        triggers = [append_only("decisions_stay")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.decided_on:%Y-%m-%d}"


class AccessLog(models.Model):
    """One look at one person's record. Partitioned by month, chained by hash, never changed.

    The table is made in SQL (migration 0002): partitions and the chain are beyond a model.
    """

    pk = models.CompositePrimaryKey("number", "at")
    number = models.BigIntegerField()
    at = models.DateTimeField()
    sign_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.DO_NOTHING, related_name="looks", db_constraint=False
    )
    seen_as = models.CharField(max_length=60)
    what = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    chain = models.BinaryField()

    class Meta:
        managed = False
        db_table = "record_accesslog"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.seen_as} looked at {self.what}"


class Clock(models.Model):
    """A named limit of the settings, running for a person: start, stop, pauses, and its limit."""

    name = models.CharField(max_length=60)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="clocks", null=True
    )
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="clocks"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gte=F("started_at")), name="due_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "name"]),
            models.Index(fields=["due_at"], condition=Q(stopped_at=None), name="running_clocks"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, due {self.due_at:%Y-%m-%d %H:%M}"


class Task(models.Model):
    """Something somebody is to do: one owner, one next date, one address where it is done.

    A confidential one is for staff to know of, never for the person's own pages.
    """

    kind = models.CharField(max_length=60)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    words = models.CharField(max_length=200)
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="tasks")
    due_at = models.DateTimeField()
    waiting_for = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    is_confidential = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_at"], condition=Q(done_at=None), name="open_tasks"),
            models.Index(fields=["person", "kind"]),
        ]

    def __str__(self) -> str:
        return self.words

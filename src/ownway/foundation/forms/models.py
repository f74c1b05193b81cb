"""Forms the council asks with, and what people answered."""

import json
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.design.questionnaire.answers import Spot, Values
from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.reading import parse_once
from ownway.design.questionnaire.responses import from_response
from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "Answers": {"data", "clashes"},
    "Save": {"before", "changed"},
}


class ExactEncoder(json.JSONEncoder):
    """Decimals as JSON numbers; forms take 15 digits at most, which a number keeps."""

    def default(self, value: Any) -> Any:
        """Turn a decimal into a number."""
        return float(value) if isinstance(value, Decimal) else super().default(value)


class ExactDecoder(json.JSONDecoder):
    """JSON numbers with a point as decimals, never as binary fractions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


@tracked
class Form(models.Model):
    """A version of a form: the FHIR Questionnaire word for word, and where it came from."""

    class Status(models.TextChoices):
        """One version of a form is live at a time; the live one is what stages ask with."""

        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    name = models.SlugField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    definition = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    questions = models.PositiveIntegerField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_form_a_version"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(status="live"), name="one_live_version_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def questionnaire(self) -> Questionnaire:
        """The form, ready to be asked."""
        return parse_once(self.definition)


class Answers(models.Model):
    """What somebody answered about a person. The person's and staff's stand side by side.

    `data` is a FHIR QuestionnaireResponse; `version` counts the saves; `clashes` holds answers
    that two people gave to one question at the same time, by field, until one is chosen.
    """

    class Role(models.TextChoices):
        """In whose voice the answers are."""

        PERSON = "person", "The person"
        CARER = "carer", "Their carer"
        STAFF = "staff", "Staff"

    class Status(models.TextChoices):
        """Finished answers are never changed."""

        IN_PROGRESS = "in_progress", "In progress"
        FINISHED = "finished", "Finished"

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="answers")
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="answers")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.IN_PROGRESS)
    data = models.JSONField(default=dict, encoder=ExactEncoder, decoder=ExactDecoder)
    clashes = models.JSONField(default=dict, encoder=ExactEncoder, decoder=ExactDecoder)
    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["about", "-started_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="finished") ^ Q(finished_at=None), name="finished_has_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="finished_after_started",
            ),
            models.UniqueConstraint(
                fields=["form", "about"],
                condition=Q(status="in_progress", role="staff"),
                name="staff_fill_a_form_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["form", "about", "role", "written_by"],
                condition=Q(status="in_progress") & ~Q(role="staff"),
                name="a_person_fills_a_form_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} about {self.about_id}, {self.get_role_display()}"

    @property
    def is_finished(self) -> bool:
        """Nothing can be changed any more."""
        return self.status == self.Status.FINISHED

    @cached_property
    def values(self) -> dict[Spot, Values]:
        """The answers by place."""
        return from_response(self.form.questionnaire, self.data) if self.data else {}


class Save(models.Model):
    """One save of answers: which fields it changed, what stood there before, and who did it."""

    answers = models.ForeignKey(Answers, on_delete=models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder)
    changed = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder)

    class Meta:
        ordering = ["answers", "version"]
        constraints = [
            models.UniqueConstraint(fields=["answers", "version"], name="one_save_a_version")
        ]

    def __str__(self) -> str:
        return f"save {self.version} of {self.answers_id}"

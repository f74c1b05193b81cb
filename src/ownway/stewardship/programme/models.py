"""What calibrating a history found; the history itself, which is about people, is never kept."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ownway.foundation.record.models import append_only


class Calibration(models.Model):
    """A formula found from a history: the report of it, and the draft pack it yields.

    report: as `policy.calibration.Report` gives it; numbers of people are rounded or left out in
    it. pack_text: the draft as a profile that a person can read.
    """

    name = models.CharField(max_length=120)
    report = models.JSONField(encoder=DjangoJSONEncoder)
    pack_text = models.TextField()
    starts_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        triggers = [append_only("calibrations_stay")]

    def __str__(self) -> str:
        return f"Calibrated from {self.name}"


PERSONAL_FIELDS: dict[str, set[str]] = {}

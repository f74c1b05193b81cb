"""Contact points in the community, what their helpers were trained in, and help that was given."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


@tracked
class ContactPoint(models.Model):
    """A place nearby where somebody helps to use the guide, the directory and the checks."""

    class Kind(models.TextChoices):
        """What sort of building."""

        LIBRARY = "library", "Library"
        CENTRE = "centre", "Community centre"
        COLLEGE = "college", "College"
        WORSHIP = "worship", "Place of worship"
        ADVICE = "advice", "Advice centre"
        SHOP = "shop", "Shop or café"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=160)
    postcode = models.CharField(max_length=10)
    easting = models.IntegerField()
    northing = models.IntegerField()
    phone = models.CharField(max_length=30, blank=True)
    opening = models.JSONField(default=dict)
    busy = models.CharField(max_length=160, blank=True)
    access = models.CharField(max_length=200, blank=True)
    is_independent = models.BooleanField(default=False)
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    is_listed = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def one_line(self) -> str:
        """Quay Street, Alderbrook, AL1 2AB."""
        return f"{self.address}, {self.postcode}"


@tracked
class Training(models.Model):
    """One training that the helpers of a contact point had."""

    point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="trainings")
    topic = models.SlugField(max_length=30)
    held_on = models.DateField()
    people = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["point", "topic", "-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.topic} on {self.held_on}"


class Help(models.Model):
    """Help that somebody was given to find things out for themselves. Nobody's name is kept.

    Without a contact point it was given at the access desk; without `by`, by a partner's helper.
    """

    class Did(models.TextChoices):
        """What was done together."""

        DIRECTORY = "directory", "Looked for help in the directory"
        GUIDE = "guide", "Read the guide"
        EQUIPMENT = "equipment", "Answered the equipment questions"
        MONEY = "money", "Did the money check"
        ASKED = "asked", "Asked us for help online"
        CONCERN = "concern", "Reported a concern"
        PRINTED = "printed", "Printed something to take home"

    point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, related_name="helps"
    )
    on = models.DateField()
    did = ArrayField(models.CharField(max_length=10, choices=Did.choices))
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_settled = models.BooleanField(default=True)
    by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=~Q(subject=""), name="help_counted_once"
            ),
        ]
        indexes = [models.Index(fields=["point", "-on"])]

    def __str__(self) -> str:
        return f"Help at {self.point or 'the access desk'} on {self.on}"

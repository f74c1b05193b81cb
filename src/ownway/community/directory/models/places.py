"""Places on the national grid, and where each postcode lies."""

from django.db import models
from django.db.models import Q

# Earth and Britain: a place elsewhere is kept in words, without a point on the map.
MOST_EASTING, MOST_NORTHING = 700_000, 1_300_000


class Place(models.Model):
    """A place where something is offered (Open Referral: location). Metres of the national grid."""

    class Kind(models.TextChoices):
        """What sort of place."""

        PHYSICAL = "physical", "A place to go to"
        POSTAL = "postal", "An address to write to"
        VIRTUAL = "virtual", "Online or by phone"

    key = models.UUIDField(unique=True)
    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PHYSICAL)
    name = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    attention = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=255, blank=True)
    town = models.CharField(max_length=120, blank=True)
    county = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, default="GB")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(
                    easting__range=(0, MOST_EASTING),
                    northing__range=(0, MOST_NORTHING),
                ),
                name="a_place_is_on_the_grid",
            )
        ]
        indexes = [models.Index(fields=["easting", "northing"], name="place_on_the_grid")]

    def __str__(self) -> str:
        return self.one_line

    @property
    def one_line(self) -> str:
        """Meadow Hall, 3 Mill Street, Alderbrook, AL1 2BD."""
        parts: list[str] = []
        for part in (self.name, self.address, self.town, self.postcode):
            if part and part.lower() not in ", ".join(parts).lower():
                parts.append(part)
        return ", ".join(parts)


class Postcode(models.Model):
    """Where a postcode lies. Loaded from the ONS Postcode Directory; the demo has its own."""

    squeezed = models.CharField(primary_key=True, max_length=7)
    easting = models.IntegerField()
    northing = models.IntegerField()
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(squeezed__regex=r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"),
                name="a_postcode_looks_like_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.squeezed[:-3]} {self.squeezed[-3:]}"

"""How far entries are from a place, as the crow flies."""

from django.db.models import Case, FloatField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Sqrt

from ownway.community.directory.models import Entry, Place
from ownway.community.directory.queries.places import Spot


def metres_to(near: Spot) -> Case:
    """Metres to the entry, or to the nearest of its places when it has several."""
    places = Place.objects.filter(at__entry=OuterRef("pk"), easting__isnull=False)
    nearest = places.annotate(far=_apart(near)).order_by("far").values("far")[:1]
    return Case(
        When(has_more_places=True, then=Subquery(nearest)),
        default=_apart(near),
        output_field=FloatField(),
    )


def distances(rows: list[int], *, near: Spot | None) -> dict[int, float | None]:
    """Metres to the nearest place of each entry, by row number."""
    if near is None or not rows:
        return {}
    found = Entry.objects.filter(pk__any_of=rows).annotate(metres=metres_to(near))
    return dict(found.order_by().values_list("pk", "metres"))


def _apart(near: Spot) -> Sqrt:
    # As floats, for the square of two far places is more than a whole number here can hold.
    east = Cast("easting", FloatField()) - Value(float(near.easting))
    north = Cast("northing", FloatField()) - Value(float(near.northing))
    return Sqrt(east * east + north * north, output_field=FloatField())

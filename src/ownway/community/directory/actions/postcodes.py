"""Loading where postcodes lie."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from ownway.community.directory.models import Postcode

BATCH = 10_000


@transaction.atomic
def load_postcodes(rows: Iterable[tuple[str, int, int, bool]], *, dry_run: bool = False) -> int:
    """Load (squeezed postcode, easting, northing, ended); all or none. Returns how many."""
    rest, loaded = iter(rows), 0
    while batch := list(islice(rest, BATCH)):
        made = {
            row[0]: Postcode(squeezed=row[0], easting=row[1], northing=row[2], ended=row[3])
            for row in batch
        }
        Postcode.objects.bulk_create(
            made.values(),
            update_conflicts=True,
            unique_fields=["squeezed"],
            update_fields=["easting", "northing", "ended"],
        )
        loaded += len(made)
    if dry_run:
        transaction.set_rollback(True)
    return loaded

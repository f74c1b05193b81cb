"""How many of what was found each further choice would leave."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ownway.community.directory.models import Entry
from ownway.community.directory.queries import openings
from ownway.community.directory.queries.distance import distances
from ownway.community.directory.queries.narrowing import FREE, WAYS_IN
from ownway.community.directory.queries.places import METRES_A_MILE, Spot


def counts(
    rows: Sequence[int], *, near: Spot | None, on: date, miles: Sequence[int] = (1, 3, 5)
) -> dict[tuple[str, str], int]:
    """By field and choice, how many of these entries it leaves. At most three database queries."""
    found: Counter[tuple[str, str]] = Counter()
    entries = Entry.objects.filter(pk__any_of=list(rows)).order_by()
    fields = entries.values_list("mark", "kind", "comes_to_you", "domains", "narrowed_by")
    for mark, kind, comes_to_you, domains, narrowed_by in fields:
        found["marked", "on"] += mark > 0
        found["home", "on"] += comes_to_you
        found["kind", kind] += 1
        found.update(("helps", domain) for domain in domains)
        found.update(("way_in", way) for way in WAYS_IN if f"way-{way}" in narrowed_by)
    found["free", "on"] = (
        entries.filter(
            openings.in_force_through("costs", on), narrowed_by__contains=[FREE], costs__pence=0
        )
        .distinct()
        .count()
    )
    far = [metres for metres in distances(list(rows), near=near).values() if metres is not None]
    for most in miles if near else ():
        found["within", str(most)] = sum(metres <= most * METRES_A_MILE for metres in far)
    return {choice: many for choice, many in found.items() if many}

"""Entries by the keys that plans, signposts, ratings and shortlists keep."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F

from ownway.community.directory.models import Cost, Entry
from ownway.community.directory.queries import wording
from ownway.community.directory.queries.distance import distances
from ownway.community.directory.queries.listings import Listing, listings, shown
from ownway.community.directory.queries.places import Spot

# The name of a shortlist in the session, and how many entries it holds.
SHORTLIST: Final = "shortlist"
MOST_SHORTLISTED: Final = 30


def entry(key: str, *, on: date, near: Spot | None = None) -> Listing | None:
    """The entry of a key that a plan or a signpost kept; nothing when it is shown no more."""
    found = _by_key(key)
    if found is None:
        return None
    return listings([found.pk], on=on, metres=distances([found.pk], near=near))[0]


def entries(keys: list[str], *, on: date, near: Spot | None = None) -> dict[str, Listing]:
    """Several entries by their keys; those that are shown no more are left out."""
    rows = list(
        shown().filter(key__in=[k for k in keys if _is_key(k)]).values_list("pk", flat=True)
    )
    return {found.key: found for found in listings(rows, on=on, metres=distances(rows, near=near))}


def shortlisted(kept: Mapping[str, Any], *, on: date) -> list[Listing]:
    """The entries somebody has put on a shortlist, as their session keeps it, in that order."""
    keys = [str(key) for key in kept.get(SHORTLIST, [])][:MOST_SHORTLISTED]
    found = entries(keys, on=on)
    return [found[key] for key in keys if key in found]


def prices(keys: Iterable[str], *, on: date) -> dict[str, str]:
    """What entries cost, in words, by their keys; nothing known of it, no word. One query."""
    costs = Cost.objects.filter(
        entry__key__in=[key for key in keys if _is_key(key)], entry__in=shown().values("pk")
    ).annotate(of=F("entry__key"))
    found: dict[str, list[Cost]] = {}
    for cost in costs.order_by("pk"):
        found.setdefault(str(cost.of), []).append(cost)
    words = {key: "; ".join(wording.all_prices(own, on)[:3]) for key, own in found.items()}
    return {key: said for key, said in words.items() if said}


def _by_key(key: str) -> Entry | None:
    return shown().filter(key=key).first() if _is_key(key) else None


def _is_key(key: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key))

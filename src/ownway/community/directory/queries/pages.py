"""One entry with everything about it, for its own page."""

from dataclasses import dataclass
from datetime import date

from ownway.community.directory.models import Entry, Place
from ownway.community.directory.queries import freshness, places, wording
from ownway.community.directory.queries.distance import distances
from ownway.community.directory.queries.homes import shown_place
from ownway.community.directory.queries.listings import Listing, listing, shown
from ownway.community.directory.queries.places import Spot
from ownway.policy import domains


@dataclass(frozen=True)
class EntryPage:
    """An entry, its listing, and each of its times, prices and places in words."""

    entry: Entry
    listing: Listing
    times: list[str]
    prices: list[str]
    places: list[Place]
    helps_with: list[str]
    ages: str
    kept_by: str
    next_check: date | None


def entry_page(slug: str, *, on: date, near: Spot | None = None) -> EntryPage | None:
    """Everything about an entry, or nothing when there is none of that address."""
    found = (
        shown()
        .filter(slug=slug)
        .select_related("owner", "source")
        .prefetch_related("times", "costs", "phones", "contacts", "at__place__access")
        .first()
    )
    if found is None:
        return None
    metres = distances([found.pk], near=near).get(found.pk)
    return EntryPage(
        entry=found,
        listing=listing(found, on=on, limit=freshness.checked_too_long_ago(on), metres=metres),
        times=wording.all_times(found.times.all(), on),
        prices=wording.all_prices(found.costs.all(), on),
        places=[shown_place(found, link.place) for link in found.at.all()],
        helps_with=[d.name for d in domains.NINE if d.key in found.domains],
        ages=_ages(found),
        kept_by=found.owner.name if found.owner else "",
        next_check=_still_to_come(freshness.next_due(found.checked_on, on=on), on),
    )


def _still_to_come(day: date | None, on: date) -> date | None:
    return day if day and day >= on else None


def _ages(entry: Entry) -> str:
    low, high = entry.minimum_age, entry.maximum_age
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"{low} and over"
    return f"Up to {high}" if high else ""


def near_of(typed: str) -> Spot | None:
    """Where somebody asks from, when it is a postcode we have."""
    return places.spot_or_none(typed) if typed.strip() else None

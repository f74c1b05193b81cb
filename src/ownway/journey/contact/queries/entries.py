"""What the desk needs of the directory, and the only place that asks it."""

from dataclasses import dataclass
from datetime import date

from ownway.community.directory import queries as directory
from ownway.community.directory.models import Entry as DirectoryEntry
from ownway.foundation.people.models import Household

MOST = 4


@dataclass(frozen=True)
class Entry:
    """One entry as the desk shows it."""

    key: str
    name: str
    what: str
    price: str
    when: str
    distance: str
    phone: str
    checked_on: date | None
    check_is_overdue: bool
    address: str


def suggest(words: str, *, near: Household | None, on: date) -> list[Entry]:
    """Entries that may help, nearest in meaning and then in place."""
    postcode = near.postcode if near else ""
    found = directory.suggest(words, postcode=postcode, on=on, limit=MOST)
    return [_as_entry(one) for one in found]


def did_you_mean(words: str, *, on: date) -> str:
    """What may have been meant by words under which nothing stands; else nothing."""
    return directory.search(words, on=on, limit=1).did_you_mean if words else ""


def entry(key: str, *, near: Household | None, on: date) -> Entry | None:
    """One entry by its key; nothing when it is shown no more."""
    spot = directory.near_of(near.postcode) if near else None
    found = directory.entry(key, on=on, near=spot)
    return _as_entry(found) if found else None


def email_of(key: str) -> str:
    """Where to ask whoever offers an entry; nothing when they gave no address."""
    found = DirectoryEntry.objects.filter(key=key).select_related("owner").first()
    if found is None:
        return ""
    return found.email or (found.owner.email if found.owner else "")


def _as_entry(listing: directory.Listing) -> Entry:
    return Entry(
        key=listing.key,
        name=listing.name,
        what=listing.what,
        price=listing.price,
        when=listing.times,
        distance=listing.distance,
        phone=listing.phone,
        checked_on=listing.checked_on,
        check_is_overdue=listing.is_overdue,
        address=f"/directory/{listing.slug}/",
    )

"""What can be asked of the directory. It is open to everybody, so no viewer is asked for."""

from ownway.community.directory.queries.by_key import entries, entry, prices
from ownway.community.directory.queries.listings import Listing
from ownway.community.directory.queries.narrowing import WAYS_IN, Choices
from ownway.community.directory.queries.pages import EntryPage, entry_page, near_of
from ownway.community.directory.queries.places import (
    Spot,
    UnknownPostcode,
    postcode_in,
    spot,
    without_postcode,
)
from ownway.community.directory.queries.publishing import services, to_publish
from ownway.community.directory.queries.searching import PAGE, Found, search, suggest

__all__ = [
    "PAGE",
    "WAYS_IN",
    "Choices",
    "EntryPage",
    "Found",
    "Listing",
    "Spot",
    "UnknownPostcode",
    "entries",
    "entry",
    "entry_page",
    "near_of",
    "postcode_in",
    "prices",
    "search",
    "services",
    "spot",
    "suggest",
    "to_publish",
    "without_postcode",
]

"""What can be asked of the directory. It is open to everybody, so no viewer is asked for."""

from ownway.community.directory.queries.by_key import (
    MOST_SHORTLISTED,
    SHORTLIST,
    entries,
    entry,
    prices,
    shortlisted,
)
from ownway.community.directory.queries.counting import counts
from ownway.community.directory.queries.evidence import (
    Unmet,
    has_evidence,
    mistakes,
    not_found,
)
from ownway.community.directory.queries.happening import Day, whats_on
from ownway.community.directory.queries.listings import Listing
from ownway.community.directory.queries.mapping import Drawing, drawn
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
    "MOST_SHORTLISTED",
    "PAGE",
    "SHORTLIST",
    "WAYS_IN",
    "Choices",
    "Day",
    "Drawing",
    "EntryPage",
    "Found",
    "Listing",
    "Spot",
    "UnknownPostcode",
    "Unmet",
    "counts",
    "drawn",
    "entries",
    "entry",
    "entry_page",
    "has_evidence",
    "mistakes",
    "near_of",
    "not_found",
    "postcode_in",
    "prices",
    "search",
    "services",
    "shortlisted",
    "spot",
    "suggest",
    "to_publish",
    "whats_on",
    "without_postcode",
]

"""What is in the directory, where it is, and when it is open. Names of Open Referral are beside."""

from ownway.community.directory.models.details import (
    Accessibility,
    Contact,
    Cost,
    EntryTerm,
    Phone,
    Taxonomy,
    Term,
    Times,
)
from ownway.community.directory.models.entries import (
    Entry,
    EntryPlace,
    Kind,
    Mark,
    Owner,
    Source,
    Status,
)
from ownway.community.directory.models.places import Place, Postcode

# An entry can be a person: a personal assistant, with a home for a place. So what an entry, its
# owner and its place say counts as about somebody, and so do the words and the hash made of it.
PERSONAL_FIELDS = {
    "Owner": {"name", "description", "email", "phone", "website", "kept"},
    "Entry": {
        "source_key",
        "name",
        "what",
        "description",
        "alert",
        "url",
        "email",
        "fees",
        "accreditations",
        "minimum_age",
        "maximum_age",
        "area",
        "domains",
        "stars",
        "checked_by",
        "found_by",
        "kept",
        "fingerprint",
        "stems",
        "spellings",
    },
    "Place": {
        "name",
        "description",
        "attention",
        "address",
        "town",
        "county",
        "postcode",
        "country",
        "latitude",
        "longitude",
        "easting",
        "northing",
        "kept",
    },
    "Contact": {"name", "title"},
    "Phone": {"number", "words"},
}

__all__ = [
    "PERSONAL_FIELDS",
    "Accessibility",
    "Contact",
    "Cost",
    "Entry",
    "EntryPlace",
    "EntryTerm",
    "Kind",
    "Mark",
    "Owner",
    "Phone",
    "Place",
    "Postcode",
    "Source",
    "Status",
    "Taxonomy",
    "Term",
    "Times",
]

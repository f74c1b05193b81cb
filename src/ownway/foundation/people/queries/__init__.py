"""Finding people, and what is known about them. Always for a viewer."""

from ownway.foundation.people.queries.duplicates import (
    possible_duplicates,
)
from ownway.foundation.people.queries.finding import (
    find,
)
from ownway.foundation.people.queries.known import (
    acted_for,
    alerts,
    cared_for_by,
    carers_of,
    consent_to,
    consents_of,
    format_needs,
    has_way_in,
    household_of,
    households_at,
    named_worker,
    needs_large_print,
    own_and_acted_for,
    own_person,
    people,
    relationships_of,
    representatives_of,
)
from ownway.foundation.people.queries.names import (
    sort_name,
    sounds_like,
    spaced_postcode,
    tell_apart,
)

__all__ = [
    "acted_for",
    "alerts",
    "cared_for_by",
    "carers_of",
    "consent_to",
    "consents_of",
    "find",
    "format_needs",
    "has_way_in",
    "household_of",
    "households_at",
    "named_worker",
    "needs_large_print",
    "own_and_acted_for",
    "own_person",
    "people",
    "possible_duplicates",
    "relationships_of",
    "representatives_of",
    "sort_name",
    "sounds_like",
    "spaced_postcode",
    "tell_apart",
]

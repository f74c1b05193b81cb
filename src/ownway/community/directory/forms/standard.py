"""What Open Referral UK 3.0 asks of each object, told in our own way and checked by it.

The publisher's own schemas are not ours to ship. This says the same: a test holds the two side by
side, object by object, when the publisher's are at hand.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
KINDS: Final[dict[str, Schema]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "yes_no": {"type": "boolean"},
    "key": {"type": "string", "format": "uuid"},
    "link": {"type": "string", "format": "uri"},
    "mail": {"type": "string", "format": "email"},
    "moment": {"type": "string", "format": "date-time"},
    "often": {"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
    "sort_of_place": {"type": "string", "enum": ["physical", "postal", "virtual"]},
    "state": {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
}
# A field is name:kind. With a ! it must be there; a kind that is none of these is another object,
# with [] a list of them.
OBJECTS: Final = {
    "service": """
        id!:key organization_id:key name!:text description:text url:link email:mail status!:state
        fees:text accreditations:text minimum_age:number maximum_age:number assured_date:text
        assurer_email:mail alert:text last_modified:moment schedules:schedule[]
        service_areas:service_area[] service_at_locations:service_at_location[] languages:language[]
        organization:organization funding:funding[] cost_options:cost_option[] contacts:contact[]
        attributes:attribute[]
    """,
    "organization": """
        id!:key name!:text description!:text email:mail website:link logo:text uri:link
        parent_organization_id:key organization_identifiers:organization_identifier[]
        attributes:attribute[]
    """,
    "organization_identifier": """
        id!:key organization_id:key identifier_scheme:text identifier_type!:text identifier!:text
        attributes:attribute[]
    """,
    "service_at_location": """
        id!:key service_id:key location_id:key location:location service:service
    """,
    "location": """
        id!:key location_type!:sort_of_place name:text description:text latitude:number
        longitude:number external_identifier:text external_identifier_type:text addresses:address[]
        accessibility:accessibility[] attributes:attribute[]
    """,
    "address": """
        id!:key location_id:key attention:text address_1!:text city!:text region:text
        state_province!:text postal_code!:text country!:text address_type!:sort_of_place
        attributes:attribute[]
    """,
    "accessibility": """
        id!:key location_id:key description:text details:text url:link accessibility:text
        attributes:attribute[]
    """,
    "schedule": """
        id!:key service_id:key service_at_location_id:key valid_from:text valid_to:text dtstart:text
        freq:often interval:number byday:text bymonthday:text description:text opens_at:text
        closes_at:text schedule_link:link attending_type:text notes:text
    """,
    "cost_option": """
        id!:key service_id:key valid_from:text valid_to:text option:text amount:number
        amount_description:text
    """,
    "contact": """
        id!:key service_id:key name:text title:text attributes:attribute[]
    """,
    "phone": """
        id!:key contact_id:key number!:text description:text languages:language[]
    """,
    "service_area": """
        id!:key service_id:key name:text extent:text extent_type:text uri:text service_area:text
    """,
    "language": """
        id!:key service_id:key phone_id:key
    """,
    "funding": """
        id!:key service_id:key source:text
    """,
    "attribute": """
        id!:key link_id:key taxonomy_term_id:key link_type:text taxonomy_term:taxonomy_term
    """,
    "taxonomy": """
        id!:key name!:text description!:text uri:link version:text taxonomy_terms:taxonomy_term[]
    """,
    "taxonomy_term": """
        id!:key name!:text description!:text parent_id:key taxonomy:text taxonomy_id:key
        term_uri:link term:text
    """,
    "about": """
        version:text profile:link openapi_url:link
    """,
    "page": """
        total_items!:whole total_pages!:whole page_number!:whole size!:whole first_page!:yes_no
        last_page!:yes_no empty!:yes_no
    """,
}


def shapes(at: str) -> dict[str, Schema]:
    """Every object as a JSON Schema; references point below `at`."""
    return {name: _shape(told, at=at) for name, told in OBJECTS.items()}


@cache
def schema(name: str) -> Schema:
    """One object as a JSON Schema that stands by itself."""
    return {"$schema": DIALECT, "$ref": f"#/$defs/{name}", "$defs": shapes("#/$defs/")}


def _shape(told: str, *, at: str) -> Schema:
    fields = list(_fields(told))
    shape: Schema = {
        "type": "object",
        "properties": {name: _field(kind, at) for name, _, kind in fields},
    }
    needed = [name for name, is_needed, _ in fields if is_needed]
    return shape | ({"required": needed} if needed else {})


def _fields(told: str) -> Iterator[tuple[str, bool, str]]:
    for field in told.split():
        name, _, kind = field.partition(":")
        yield name.removesuffix("!"), name.endswith("!"), kind


def _field(kind: str, at: str) -> Schema:
    if kind.endswith("[]"):
        return {"type": "array", "items": {"$ref": at + kind.removesuffix("[]")}}
    return KINDS.get(kind) or {"$ref": at + kind}

"""An Open Referral UK 3.0 service as the facts of an entry."""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from ownway.community.directory.actions.facts import (
    AccessFacts,
    ContactFacts,
    CostFacts,
    EntryFacts,
    OwnerFacts,
    PhoneFacts,
    PlaceFacts,
    TaxonomyFacts,
    TermFacts,
    TimesFacts,
)
from ownway.community.directory.forms.cleaning import headline
from ownway.community.directory.forms.reading import Part
from ownway.community.directory.models import Status
from ownway.community.directory.queries import grid
from ownway.community.directory.queries.publishing import domain_key
from ownway.policy import domains

LONG: Final = 20_000
MOST_PENCE: Final = 100_000_000
KEPT: Final = ("funding", "languages", "service_areas", "last_modified")
OWNER_KEPT: Final = ("logo", "uri", "parent_organization_id", "organization_identifiers")
DETAILS: Final = frozenset(
    {
        "schedules",
        "service_areas",
        "service_at_locations",
        "cost_options",
        "contacts",
        "attributes",
        "phones",
    }
)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def entry(part: Part, *, at: Iterable[Part], owner: Part | None) -> EntryFacts:
    """One service, with all the places it is at.

    Raises:
        Refused: it has no id, no name, or a status that is not one of the four.
    """
    written = part.needed("id")
    key = part.key("service")
    name = part.called()
    what, description = headline(part.text("description", most=LONG))
    terms = tuple(_terms(part))
    places = tuple(_places(at))
    return EntryFacts(
        key=key,
        source_key=written,
        name=name,
        what=what[:200],
        description=description,
        status=_status(part),
        alert=part.text("alert", most=LONG),
        url=part.link("url"),
        email=part.email("email"),
        fees=part.text("fees", most=LONG),
        accreditations=part.text("accreditations", most=LONG),
        minimum_age=part.whole("minimum_age", most=150),
        maximum_age=part.whole("maximum_age", most=150),
        area="\n".join(_area(inner) for inner in part.parts("service_areas")).strip(),
        domains=_domains(terms),
        checked_on=part.day("assured_date"),
        checked_by=part.email("assurer_email"),
        owner=_owner(owner),
        has_details=bool(DETAILS & part.value.keys()) or bool(places),
        places=places,
        times=tuple(_times(inner) for inner in part.parts("schedules")),
        costs=tuple(_cost(inner) for inner in part.parts("cost_options")),
        contacts=tuple(_contact(inner) for inner in part.parts("contacts")),
        phones=tuple(_phones(part)),
        terms=terms,
        kept=part.kept(KEPT),
    )


def _status(part: Part) -> str:
    status = part.needed("status").lower()
    if status not in Status.values:
        part.refuse("status", f"“{status[:40]}” is not one of {', '.join(Status.values)}")
    return status


def _area(part: Part) -> str:
    return part.text("name", most=500) or part.text("service_area", most=500)


def _domains(terms: Iterable[TermFacts]) -> tuple[str, ...]:
    keys = {domain_key(key): key for key in domains.KEYS}
    return tuple(keys[term.key] for term in terms if term.key in keys)


def _owner(part: Part | None) -> OwnerFacts | None:
    if part is None:
        return None
    name = part.text("name")
    if not name:
        part.note("name", "the organisation has no name; the entry has no owner")
        return None
    return OwnerFacts(
        key=part.key("organization"),
        name=name,
        description=part.text("description", most=LONG),
        email=part.email("email"),
        website=part.link("website"),
        kept=part.kept(OWNER_KEPT),
    )


def _places(at: Iterable[Part]) -> Iterator[PlaceFacts]:
    seen: set[UUID] = set()
    for link in at:
        location = link.part("location")
        if location is None:
            link.note("location", "is missing; the place is left out")
            continue
        place = _place(location, link=link.key("service_at_location"))
        if place.key not in seen:
            seen.add(place.key)
            yield place


def _place(part: Part, *, link: UUID) -> PlaceFacts:
    address = next(part.parts("addresses"), None)
    latitude, longitude, easting, northing = point(part)
    kind = part.text("location_type")
    return PlaceFacts(
        key=part.key("location"),
        link=link,
        kind=kind if kind in {"physical", "postal", "virtual"} else "physical",
        name=part.text("name"),
        description=part.text("description", most=LONG),
        attention=address.text("attention", most=120) if address else "",
        address=address.text("address_1") if address else "",
        town=address.text("city", most=120) if address else "",
        county=_county(address) if address else "",
        postcode=address.text("postal_code", most=20) if address else "",
        country=(address.text("country") or "GB")[:2].upper() if address else "GB",
        latitude=latitude,
        longitude=longitude,
        easting=easting,
        northing=northing,
        access=tuple(a for inner in part.parts("accessibility") for a in _access(inner)),
        kept=part.kept(("external_identifier", "external_identifier_type")),
    )


def _county(address: Part) -> str:
    return address.text("state_province", most=120) or address.text("region", most=120)


def point(part: Part) -> tuple[float | None, float | None, int | None, int | None]:
    """Latitude, longitude and the national grid; nothing of it when it is not in Britain."""
    latitude, longitude = part.number("latitude"), part.number("longitude")
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None, None, None
    if not (Decimal("49.8") <= latitude <= 61 and Decimal("-8.7") <= longitude <= Decimal("1.9")):
        part.note("latitude", f"{latitude}, {longitude} is not in Britain; kept without a point")
        return None, None, None, None
    return float(latitude), float(longitude), *grid.to_grid(float(latitude), float(longitude))


def _access(part: Part) -> Iterator[AccessFacts]:
    words = part.text("description", most=LONG) or part.text("accessibility", most=LONG)
    if words:
        yield AccessFacts(
            key=part.key("accessibility"),
            words=words,
            details=part.text("details", most=LONG),
            url=part.link("url"),
        )


def _times(part: Part) -> TimesFacts:
    return TimesFacts(
        key=part.key("schedule"),
        monthly=part.text("freq").upper() == "MONTHLY",
        interval=part.whole("interval", most=52) or 1,
        days=",".join(_days(part)),
        month_days=part.text("bymonthday", most=60),
        opens_at=part.clock("opens_at"),
        closes_at=part.clock("closes_at"),
        starts_on=part.day("dtstart"),
        valid_from=part.day("valid_from"),
        valid_to=part.day("valid_to"),
        words=part.text("description", most=LONG),
        notes=part.text("notes", most=LONG),
        kept=part.kept(("schedule_link", "attending_type", "byday_note")),
    )


def _days(part: Part) -> Iterator[str]:
    for day in part.text("byday", most=60).upper().replace(" ", "").split(","):
        if _DAY.fullmatch(day):
            yield day
        elif day:
            part.note("byday", f"“{day[:20]}” is not a day like MO or 1TU; left out")


def pence(part: Part, name: str) -> int | None:
    """An amount in pounds as whole pence."""
    amount = part.number(name)
    if amount is None:
        return None
    found = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not 0 <= found <= MOST_PENCE:
        part.note(name, f"“{amount}” is not an amount someone could pay; left out")
        return None
    return found


def _cost(part: Part) -> CostFacts:
    starts, ends = part.day("valid_from"), part.day("valid_to")
    if starts and ends and ends < starts:
        part.note("valid_to", "is before valid_from; left out")
        ends = None
    return CostFacts(
        key=part.key("cost_option"),
        pence=pence(part, "amount"),
        each=part.text("amount_description", most=120),
        whom=part.text("option"),
        valid_from=starts,
        valid_to=ends,
    )


def _contact(part: Part) -> ContactFacts:
    return ContactFacts(
        key=part.key("contact"),
        name=part.text("name", most=160),
        title=part.text("title", most=160),
    )


def _phones(part: Part) -> Iterator[PhoneFacts]:
    found = [*part.parts("phones")]
    found += [phone for contact in part.parts("contacts") for phone in contact.parts("phones")]
    for phone in found:
        if number := phone.text("number", most=40):
            yield PhoneFacts(key=phone.key("phone"), number=number, words=phone.text("description"))


def _terms(part: Part) -> Iterator[TermFacts]:
    seen: set[UUID] = set()
    for link in part.parts("attributes"):
        found = link.part("taxonomy_term")
        if found is None or not found.text("name"):
            link.note("taxonomy_term", "is missing or has no name; left out")
            continue
        term = _term(found, link=link.key("attribute"), how=link.text("link_type", most=120))
        if term.key not in seen:
            seen.add(term.key)
            yield term


def _term(part: Part, *, link: UUID, how: str) -> TermFacts:
    above = part.text("parent_id")
    key = part.key("taxonomy_term")
    if above and above == part.text("id"):
        part.note("parent_id", "a term cannot stand above itself; left out")
        above = ""
    return TermFacts(
        key=key,
        link=link,
        name=part.text("name"),
        description=part.text("description", most=LONG),
        taxonomy=part.text("taxonomy"),
        uri=part.link("term_uri"),
        above=_uuid(above),
        how=how,
    )


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def taxonomy(part: Part) -> TaxonomyFacts:
    """A published list of terms."""
    return TaxonomyFacts(
        key=part.key("taxonomy"),
        name=part.called(),
        description=part.text("description", most=LONG),
        uri=part.link("uri"),
        version=part.text("version", most=60),
    )

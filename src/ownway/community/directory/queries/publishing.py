"""Entries as Open Referral UK 3.0: what empty is left out, never null."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import QuerySet

from ownway.community.directory.models import (
    Cost,
    Entry,
    EntryPlace,
    EntryTerm,
    Mark,
    Owner,
    Place,
    Taxonomy,
    Term,
    Times,
)
from ownway.community.directory.queries import grid, parts
from ownway.community.directory.queries.homes import shown_place
from ownway.community.directory.queries.listings import shown
from ownway.policy import domains

# Our own identifiers are made from this one, so that they are the same in every council.
HOUSE: Final = UUID("7a1de6b1-6ef5-5ad4-9a6e-3a1f6d2f0d11")
DAILY_LIVING: Final = "Ownway parts of daily life"
QUALITY_MARK: Final = "Ownway quality mark"
Json = dict[str, Any]
AT_ONCE: Final = 300


@cache
def domain_key(key: str) -> UUID:
    """The identifier of one of the nine parts of daily life as a term."""
    return uuid5(HOUSE, f"{DAILY_LIVING}/{key}")


@cache
def mark_key(mark: int) -> UUID:
    """The identifier of a mark as a term."""
    return uuid5(HOUSE, f"{QUALITY_MARK}/{mark}")


def to_publish(source: str = "") -> QuerySet[Entry]:
    """Entries with their owners, in the order of their identifiers."""
    found = shown().select_related("owner")
    if source:
        found = found.filter(source__name=source)
    return found.order_by("key")


def services(source: str = "", *, found: QuerySet[Entry] | None = None) -> Iterator[Json]:
    """Every service, full. A few hundred are held at a time, whatever their number."""
    rest = to_publish(source) if found is None else found
    last: UUID | None = None
    while some := list((rest.filter(key__gt=last) if last else rest)[:AT_ONCE]):
        yield from map(service, parts.read_whole(some))
        last = some[-1].key


def listed_service(entry: Entry) -> Json:
    """One service as lists give it: what there is one of, and who offers it."""
    return _full(
        id=str(entry.key),
        name=entry.name,
        description=_description(entry),
        url=entry.url,
        email=entry.email,
        status=entry.status,
        fees=entry.fees,
        accreditations=entry.accreditations,
        minimum_age=entry.minimum_age,
        maximum_age=entry.maximum_age,
        assured_date=_iso(entry.checked_on),
        assurer_email=entry.checked_by,
        alert=entry.alert,
        last_modified=entry.changed_at.isoformat(),
        organization=organization(entry.owner) if entry.owner else None,
    )


def service(entry: Entry) -> Json:
    """One service, full."""
    places = [
        {"id": str(link.key), "location": location(shown_place(entry, link.place))}
        for link in entry.at.all()
    ]
    return listed_service(entry) | _parts(entry) | _full(service_at_locations=places)


def _parts(entry: Entry) -> Json:
    return _full(
        schedules=[_schedule(times) for times in entry.times.all()],
        service_areas=_areas(entry),
        languages=entry.kept.get("languages"),
        funding=entry.kept.get("funding"),
        cost_options=[_cost(cost) for cost in entry.costs.all()],
        contacts=_contacts(entry),
        attributes=_attributes(entry),
    )


def listed_at(link: EntryPlace) -> Json:
    """A service at a location as lists give it."""
    return {
        "id": str(link.key),
        "location": _place(shown_place(link.entry, link.place)),
        "service": listed_service(link.entry),
    }


def service_at(link: EntryPlace) -> Json:
    """A service at a location, full."""
    return {
        "id": str(link.key),
        "location": location(shown_place(link.entry, link.place)),
        "service": listed_service(link.entry) | _parts(link.entry),
    }


def _full(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def _description(entry: Entry) -> str:
    parts = [entry.what, entry.description]
    if entry.what and entry.description.startswith(entry.what.rstrip("…")):
        parts = [entry.description]
    return "\n\n".join(part for part in parts if part)


def organization(owner: Owner) -> Json:
    """Who offers it."""
    return _full(
        id=str(owner.key),
        name=owner.name,
        # The standard wants a description of every organization.
        description=owner.description or owner.name,
        email=owner.email,
        website=owner.website,
        **owner.kept,
    )


def _schedule(times: Times) -> Json:
    return _full(
        id=str(times.key),
        valid_from=_iso(times.valid_from),
        valid_to=_iso(times.valid_to),
        dtstart=_iso(times.starts_on),
        freq="MONTHLY" if times.monthly else "WEEKLY" if times.days else "",
        interval=times.interval if times.days else None,
        byday=times.days,
        bymonthday=times.month_days,
        description=times.words,
        opens_at=_iso(times.opens_at),
        closes_at=_iso(times.closes_at),
        notes=times.notes,
        **times.kept,
    )


def _areas(entry: Entry) -> list[Json]:
    kept: list[Json] = entry.kept.get("service_areas", [])
    if kept or not entry.area:
        return kept
    return [{"id": str(uuid5(entry.key, "area")), "name": entry.area}]


def _cost(cost: Cost) -> Json:
    return _full(
        id=str(cost.key),
        valid_from=_iso(cost.valid_from),
        valid_to=_iso(cost.valid_to),
        option=cost.whom,
        amount=cost.pence / 100 if cost.pence is not None else None,
        amount_description=cost.each,
    )


def _contacts(entry: Entry) -> list[Json]:
    contacts = [
        _full(id=str(one.key), name=one.name, title=one.title) for one in entry.contacts.all()
    ]
    phones = [
        _full(id=str(one.key), number=one.number, description=one.words)
        for one in entry.phones.all()
    ]
    if phones and not contacts:
        contacts = [{"id": str(uuid5(entry.key, "contact"))}]
    if phones:
        contacts[0]["phones"] = phones
    return contacts


def location(place: Place) -> Json:
    """Where it is, with its address and what is known of getting in."""
    return _place(place) | _full(
        addresses=_addresses(place),
        accessibility=[
            _full(id=str(one.key), description=one.words, details=one.details, url=one.url)
            for one in place.access.all()
        ],
    )


def _place(place: Place) -> Json:
    """Where it is; a point from the national grid when the feed gave none."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and place.easting is not None and place.northing is not None:
        latitude, longitude = grid.to_latitude_longitude(place.easting, place.northing)
    return _full(
        id=str(place.key),
        location_type=place.kind,
        name=place.name,
        description=place.description,
        latitude=latitude,
        longitude=longitude,
        **place.kept,
    )


def _addresses(place: Place) -> list[Json]:
    if not (place.address or place.postcode):
        return []
    # An address has all of these in the standard, though one of them may be empty.
    needed = {
        "id": str(uuid5(place.key, "address")),
        "address_1": place.address,
        "city": place.town,
        "state_province": place.county,
        "postal_code": place.postcode,
        "country": place.country,
        "address_type": "postal" if place.kind == "postal" else "physical",
    }
    return [needed | _full(attention=place.attention)]


def _attributes(entry: Entry) -> list[Json]:
    own = [term for term in own_terms() if _is_under(entry, UUID(term["id"]))]
    ours = {term["id"] for term in own}
    links = [link for link in entry.listed_under.all() if str(link.term.key) not in ours]
    return [_tag(entry, term) for term in own] + [_attribute(link) for link in links]


def _is_under(entry: Entry, key: UUID) -> bool:
    return any(key == domain_key(domain) for domain in entry.domains) or (
        bool(entry.mark) and key == mark_key(entry.mark)
    )


def _tag(entry: Entry, term: Json) -> Json:
    return {"id": str(uuid5(entry.key, term["id"])), "taxonomy_term": term}


def _attribute(link: EntryTerm) -> Json:
    return _full(id=str(link.key), link_type=link.link, taxonomy_term=term(link.term))


def term(one: Term, *, taxonomy_id: UUID | None = None) -> Json:
    """One word of a list."""
    return _full(
        id=str(one.key),
        name=one.name,
        description=one.description or one.name,
        parent_id=str(one.above) if one.above else None,
        taxonomy=one.taxonomy,
        taxonomy_id=str(taxonomy_id) if taxonomy_id else None,
        term_uri=one.uri,
    )


def taxonomy(one: Taxonomy) -> Json:
    """A list of terms, without its terms."""
    return _full(
        id=str(one.key),
        name=one.name,
        description=one.description or one.name,
        uri=one.uri,
        version=one.version,
    )


@cache
def own_taxonomies() -> tuple[Json, ...]:
    """Our own two lists: the parts of daily life, and the marks."""
    told = {
        DAILY_LIVING: "The parts of daily life that a service helps with.",
        QUALITY_MARK: "The quality mark the council has given to a service.",
    }
    return tuple(
        {"id": str(uuid5(HOUSE, name)), "name": name, "description": words}
        for name, words in told.items()
    )


@cache
def own_terms() -> tuple[Json, ...]:
    """The terms of our own two lists."""
    named = [(domain_key(d.key), d.name, DAILY_LIVING) for d in domains.NINE]
    named += [(mark_key(mark), mark.label, QUALITY_MARK) for mark in Mark if mark]
    lists = {one["name"]: one["id"] for one in own_taxonomies()}
    return tuple(
        {
            "id": str(key),
            "name": name,
            "description": name,
            "taxonomy": taxonomy,
            "taxonomy_id": lists[taxonomy],
        }
        for key, name, taxonomy in named
    )

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
    Times,
)
from ownway.community.directory.models.entries import FOUND_IN, SHOWN
from ownway.community.directory.queries import grid
from ownway.policy import domains

# Our own identifiers are made from this one, so that they are the same in every council.
HOUSE: Final = UUID("7a1de6b1-6ef5-5ad4-9a6e-3a1f6d2f0d11")
DAILY_LIVING: Final = "Ownway parts of daily life"
QUALITY_MARK: Final = "Ownway quality mark"
Json = dict[str, Any]


@cache
def domain_key(key: str) -> UUID:
    """The identifier of one of the nine parts of daily life as a term."""
    return uuid5(HOUSE, f"{DAILY_LIVING}/{key}")


def to_publish(source: str = "") -> QuerySet[Entry]:
    """Entries with all their parts, in the order of their identifiers: nine queries a page."""
    found = Entry.objects.filter(status__in=SHOWN).defer(*FOUND_IN)
    if source:
        found = found.filter(source__name=source)
    return (
        found.select_related("owner")
        .prefetch_related(
            "times", "costs", "contacts", "phones", "at__place__access", "listed_under__term"
        )
        .order_by("key")
    )


def services(source: str = "") -> Iterator[Json]:
    """Every service, full, a few hundred at a time whatever their number."""
    for entry in to_publish(source).iterator(chunk_size=300):
        yield service(entry)


def page(contents: list[Json], *, total: int) -> Json:
    """A list page of everything."""
    return {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def service(entry: Entry) -> Json:
    """One service, full."""
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
        schedules=[_schedule(times) for times in entry.times.all()],
        service_areas=_areas(entry),
        service_at_locations=[_at(link) for link in entry.at.all()],
        languages=entry.kept.get("languages"),
        organization=organization(entry.owner) if entry.owner else None,
        funding=entry.kept.get("funding"),
        cost_options=[_cost(cost) for cost in entry.costs.all()],
        contacts=_contacts(entry),
        attributes=_attributes(entry),
    )


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


def _at(link: EntryPlace) -> Json:
    return {"id": str(link.key), "location": location(link.place)}


def location(place: Place) -> Json:
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
        addresses=_addresses(place),
        accessibility=[
            _full(id=str(one.key), description=one.words, details=one.details, url=one.url)
            for one in place.access.all()
        ],
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
    own = [_tag(entry, domain_key(d.key), d.name, DAILY_LIVING) for d in _domains(entry)]
    if entry.mark:
        mark = Mark(entry.mark)
        own.append(_tag(entry, uuid5(HOUSE, f"{QUALITY_MARK}/{mark}"), mark.label, QUALITY_MARK))
    ours = {tag["taxonomy_term"]["id"] for tag in own}
    links = [link for link in entry.listed_under.all() if str(link.term.key) not in ours]
    return own + [_attribute(link) for link in links]


def _domains(entry: Entry) -> list[domains.Domain]:
    return [domain for domain in domains.NINE if domain.key in entry.domains]


def _tag(entry: Entry, key: UUID, name: str, taxonomy: str) -> Json:
    term = {"id": str(key), "name": name, "description": name, "taxonomy": taxonomy}
    return {"id": str(uuid5(entry.key, str(key))), "taxonomy_term": term}


def _attribute(link: EntryTerm) -> Json:
    term = link.term
    return _full(
        id=str(link.key),
        link_type=link.link,
        taxonomy_term=_full(
            id=str(term.key),
            name=term.name,
            description=term.description or term.name,
            parent_id=str(term.above) if term.above else None,
            taxonomy=term.taxonomy,
            term_uri=term.uri,
        ),
    )

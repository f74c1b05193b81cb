"""A service in the Outpost format, as several councils publish it, as the facts of an entry."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import uuid5

from ownway.community.directory.actions.facts import (
    AccessFacts,
    ContactFacts,
    CostFacts,
    EntryFacts,
    OwnerFacts,
    PhoneFacts,
    PlaceFacts,
    TermFacts,
    TimesFacts,
)
from ownway.community.directory.forms.cleaning import headline
from ownway.community.directory.forms.oruk import LONG, pence, point
from ownway.community.directory.forms.reading import Part
from ownway.community.directory.models.details import DAYS

DAY_NAMES: Final = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        DAYS,
        strict=True,
    )
)


def entry(part: Part) -> EntryFacts:
    """One service.

    Raises:
        Refused: it has no id or no name.
    """
    written = part.needed("id")
    what, description = headline(part.text("description", most=LONG))
    return EntryFacts(
        key=part.key("service"),
        source_key=written,
        name=part.called(),
        what=what[:200],
        description=description,
        url=part.link("url"),
        minimum_age=part.whole("min_age", most=150),
        maximum_age=part.whole("max_age", most=150),
        owner=_owner(part.part("organisation")),
        places=tuple(_place(inner) for inner in part.parts("locations")),
        times=tuple(_times(part)),
        costs=tuple(_costs(part)),
        contacts=tuple(_contact(inner) for inner in part.parts("contacts")),
        phones=tuple(_phones(part)),
        terms=tuple(_terms(part)),
        kept=part.kept(("links", "updated_at")),
    )


def _owner(part: Part | None) -> OwnerFacts | None:
    if part is None or not part.text("name"):
        return None
    return OwnerFacts(
        key=part.key("organisation"),
        name=part.text("name"),
        description=part.text("description", most=LONG),
        email=part.email("email"),
        website=part.link("url"),
    )


def _place(part: Part) -> PlaceFacts:
    latitude, longitude, easting, northing = point(_with_point(part))
    is_masked = part.value.get("mask_exact_address") is True
    key = part.key("location")
    place = PlaceFacts(
        key=key,
        link=uuid5(key, "at"),
        name=part.text("name"),
        address=part.text("address_1"),
        town=part.text("city", most=120),
        county=part.text("state_province", most=120),
        postcode=part.text("postal_code", most=20),
        latitude=latitude,
        longitude=longitude,
        easting=easting,
        northing=northing,
        access=tuple(
            AccessFacts(key=inner.key("accessibility"), words=inner.text("name"))
            for inner in part.parts("accessibilities")
            if inner.text("name")
        ),
    )
    return _masked(place) if is_masked else place


def _masked(place: PlaceFacts) -> PlaceFacts:
    """Somebody's home: the district only, and a point to the nearest kilometre."""
    return replace(
        place,
        name="",
        address="",
        postcode=place.postcode.split(" ")[0],
        latitude=None,
        longitude=None,
        easting=None if place.easting is None else round(place.easting, -3),
        northing=None if place.northing is None else round(place.northing, -3),
    )


def _with_point(part: Part) -> Part:
    """The place with its GeoJSON point, longitude first, as latitude and longitude."""
    shape = part.value.get("geometry")
    ends: Any = shape.get("coordinates") if isinstance(shape, dict) else None
    if not isinstance(ends, list) or len(ends) < 2:
        return part
    try:
        value = {"latitude": Decimal(str(ends[1])), "longitude": Decimal(str(ends[0]))}
    except InvalidOperation:
        part.note("geometry", "is not a point; left out")
        return part
    return replace(part, value=value)


def _times(part: Part) -> Iterator[TimesFacts]:
    for inner in part.parts("regular_schedules"):
        day = DAY_NAMES.get(inner.text("weekday").lower())
        if day is None:
            inner.note("weekday", "is not a day of the week; left out")
            continue
        yield TimesFacts(
            key=inner.key("schedule"),
            days=day,
            opens_at=inner.clock("opens_at"),
            closes_at=inner.clock("closes_at"),
        )


def _costs(part: Part) -> Iterator[CostFacts]:
    for inner in part.parts("cost_options"):
        yield CostFacts(
            key=inner.key("cost_option"),
            pence=pence(inner, "amount"),
            each=inner.text("cost_type", most=120),
            whom=inner.text("option"),
        )
    if part.value.get("free") is True:
        yield CostFacts(key=uuid5(part.key("service"), "free"), pence=0)


def _contact(part: Part) -> ContactFacts:
    return ContactFacts(
        key=part.key("contact"),
        name=part.text("name", most=160),
        title=part.text("title", most=160),
    )


def _phones(part: Part) -> Iterator[PhoneFacts]:
    for inner in part.parts("contacts"):
        if number := inner.text("phone", most=40):
            yield PhoneFacts(key=uuid5(inner.key("contact"), "phone"), number=number)


def _terms(part: Part) -> Iterator[TermFacts]:
    seen = set()
    for name, taxonomy in (("taxonomies", "Outpost"), ("send_needs", "Special needs")):
        for inner in part.parts(name):
            key = inner.key(name)
            if key in seen or not inner.text("name"):
                continue
            seen.add(key)
            yield TermFacts(
                key=key,
                link=uuid5(part.key("service"), str(key)),
                name=inner.text("name"),
                taxonomy=taxonomy,
            )

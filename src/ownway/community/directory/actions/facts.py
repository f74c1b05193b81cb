"""What is known of an entry before it is stored, the same whichever feed or form it came from."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID


def names_in(facts: type, *, without: Container[str]) -> tuple[str, ...]:
    """The names of what some facts hold, without those that a row has in another way."""
    return tuple(one.name for one in fields(facts) if one.name not in without)


@dataclass(frozen=True)
class OwnerFacts:
    """Who offers it."""

    key: UUID
    name: str
    description: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AccessFacts:
    """One thing about getting in."""

    key: UUID
    words: str
    details: str = ""
    url: str = ""


@dataclass(frozen=True)
class PlaceFacts:
    """Where it is. `link` is the key of the entry being at this place."""

    key: UUID
    link: UUID
    kind: str = "physical"
    name: str = ""
    description: str = ""
    attention: str = ""
    address: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    country: str = "GB"
    latitude: float | None = None
    longitude: float | None = None
    easting: int | None = None
    northing: int | None = None
    access: tuple[AccessFacts, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TimesFacts:
    """When it is open."""

    key: UUID
    monthly: bool = False
    interval: int = 1
    days: str = ""
    month_days: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    starts_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    words: str = ""
    notes: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CostFacts:
    """What it costs."""

    key: UUID
    pence: int | None = None
    each: str = ""
    whom: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class ContactFacts:
    """Whom to ask for."""

    key: UUID
    name: str = ""
    title: str = ""


@dataclass(frozen=True)
class PhoneFacts:
    """A number to ring."""

    key: UUID
    number: str
    words: str = ""


@dataclass(frozen=True)
class TermFacts:
    """A word it is listed under. `link` is the key of the entry being under it."""

    key: UUID
    link: UUID
    name: str
    description: str = ""
    taxonomy: str = ""
    uri: str = ""
    above: UUID | None = None
    how: str = ""


@dataclass(frozen=True)
class TaxonomyFacts:
    """A list of terms."""

    key: UUID
    name: str
    description: str = ""
    uri: str = ""
    version: str = ""


@dataclass(frozen=True)
class EntryFacts:
    """Everything known of one entry.

    `has_details` is false for the short form that lists give: then its times, costs, places,
    contacts and terms are not known, and those stored before stay.
    """

    key: UUID
    source_key: str
    name: str
    what: str = ""
    description: str = ""
    kind: str = "help"
    status: str = "active"
    alert: str = ""
    url: str = ""
    email: str = ""
    fees: str = ""
    accreditations: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    area: str = ""
    comes_to_you: bool = False
    domains: tuple[str, ...] = ()
    mark: int = 0
    stars: Decimal | None = None
    checked_on: date | None = None
    checked_by: str = ""
    owner: OwnerFacts | None = None
    has_details: bool = True
    places: tuple[PlaceFacts, ...] = ()
    times: tuple[TimesFacts, ...] = ()
    costs: tuple[CostFacts, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    phones: tuple[PhoneFacts, ...] = ()
    terms: tuple[TermFacts, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """The same facts have the same fingerprint, so bringing them in twice changes nothing."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

"""The open feed by the page: what narrows it, how far a page is down, and when it last changed.

A page is found from the row at which its hundred starts, so the last one costs what the first
does. Those starts, and how many rows there are, are worked out once after each change and kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual
from django.utils.timezone import localdate

from ownway.community.directory.models import (
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
from ownway.community.directory.queries import parts, publishing
from ownway.community.directory.queries.asked import Asked
from ownway.community.directory.queries.listings import shown
from ownway.community.directory.queries.places import Spot
from ownway.community.directory.queries.publishing import Json
from ownway.policy import domains

M = TypeVar("M", bound=Model)
STEP: Final = 100
MOST_KEPT: Final = 64
AT_A_PLACE: Final = ("times", "costs", "contacts", "phones", "listed_under")
# Tables whose rows leave a history: the newest of it says when the directory last changed.
HISTORIES: Final = ("entry", "owner", "cost", "contact", "phone")


@dataclass(frozen=True)
class Narrowed:
    """What narrows a list of services, in the words of the standard."""

    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: time | None = None
    end_time: time | None = None
    day: str = ""
    modified_after: datetime | None = None
    near: Spot | None = None
    metres: int = 0


class Page(NamedTuple):
    """Which page, and how many to a page."""

    number: int = 1
    size: int = STEP


class Rows(NamedTuple):
    """Where each hundred rows start, and how many there are."""

    total: int
    starts: tuple[tuple[UUID, int], ...]


Lists: TypeAlias = Callable[..., QuerySet[Any]]


class Stamp(NamedTuple):
    """The state of the directory: the newest row of each history, and when that was written."""

    newest: str
    at: datetime | None

    @property
    def timestamp(self) -> float:
        """The moment in seconds; 0 when nothing was ever written."""
        return self.at.timestamp() if self.at else 0.0


def stamp() -> Stamp:
    """When anything in the directory last changed. One query, whatever its size."""
    newest = " UNION ALL ".join(
        f"(SELECT pgh_id, pgh_created_at FROM directory_{name}event ORDER BY pgh_id DESC LIMIT 1)"  # noqa: S608 (our own names)
        for name in HISTORIES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(pgh_id::text, '-'), max(pgh_created_at) FROM ({newest})")  # noqa: S608
        row = cursor.fetchone()
    return Stamp(row[0] or "", row[1])


def services(narrowed: Narrowed, *, on: date) -> QuerySet[Entry]:
    """The services that are left, in the order of their identifiers."""
    found = shown().filter(_plain(narrowed), _listed(narrowed))
    if any((narrowed.start_time, narrowed.end_time, narrowed.day)):
        found = found.filter(pk__in=_open(narrowed, on).values("entry"))
    if narrowed.near:
        found = found.filter(pk__in=EntryPlace.objects.filter(_within(narrowed)).values("entry"))
    return found.order_by("key", "pk")


def services_at(narrowed: Narrowed, *, on: date) -> QuerySet[EntryPlace]:
    """The same, once for each place they are at."""
    found = EntryPlace.objects.filter(entry__in=services(narrowed, on=on).order_by().values("pk"))
    if narrowed.near:
        found = found.filter(_within(narrowed))
    return found.order_by("key", "pk")


def _plain(narrowed: Narrowed) -> Q:
    found = Q()
    if narrowed.search:
        asked = Asked.of(narrowed.search)
        found &= Q(stems=asked.stems) if asked.parts else Q(pk=None)
    if narrowed.organization_id:
        found &= Q(owner__key=narrowed.organization_id)
    if narrowed.minimum_age is not None:
        found &= Q(minimum_age__gte=narrowed.minimum_age)
    if narrowed.maximum_age is not None:
        found &= Q(maximum_age__lte=narrowed.maximum_age)
    if narrowed.modified_after:
        found &= Q(changed_at__gte=narrowed.modified_after)
    return found


def _listed(narrowed: Narrowed) -> Q:
    """Under a term, and under any term of a list."""
    found = Q()
    if narrowed.taxonomy_term_id:
        found &= _under([narrowed.taxonomy_term_id], Q(term__key=narrowed.taxonomy_term_id))
    if narrowed.taxonomy_id:
        own = [UUID(t["id"]) for t in _own_terms_of(narrowed.taxonomy_id)]
        named = Taxonomy.objects.filter(key=narrowed.taxonomy_id).values("name")
        found &= _under(own, Q(term__taxonomy__in=named))
    return found


def _under(own: Iterable[UUID], linked: Q) -> Q:
    """Entries linked to a term, or that have one of our own terms by what they are."""
    own = set(own)
    parts = [key for key in domains.KEYS if publishing.domain_key(key) in own]
    marks = [mark for mark in Mark if mark and publishing.mark_key(mark) in own]
    by_link = Q(pk__in=EntryTerm.objects.filter(linked).values("entry"))
    return by_link | Q(domains__overlap=parts) | Q(mark__in=marks)


def _open(narrowed: Narrowed, on: date) -> QuerySet[Times]:
    found = Times.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    if narrowed.start_time:
        found = found.filter(opens_at__gte=narrowed.start_time)
    if narrowed.end_time:
        found = found.filter(closes_at__lte=narrowed.end_time)
    return found.filter(days__contains=narrowed.day) if narrowed.day else found


def _within(narrowed: Narrowed) -> Q:
    """At a place within so many metres: in the square around, then in the circle."""
    near, far = narrowed.near, narrowed.metres
    assert near is not None
    square = Place.objects.filter(
        easting__range=(near.easting - far, near.easting + far),
        northing__range=(near.northing - far, near.northing + far),
    )
    # A square root is not needed, but numbers larger than a whole number here can hold are.
    apart = (F("easting") - near.easting) * 1.0 * (F("easting") - near.easting) + (
        F("northing") - near.northing
    ) * 1.0 * (F("northing") - near.northing)
    return Q(place__in=square.alias(apart=apart).filter(apart__lte=float(far) ** 2).values("pk"))


# -- Pages ---------------------------------------------------------------------------------------


def rows_of(narrowed: Narrowed, *, asked: Lists, at: datetime, stamp: Stamp) -> Rows:
    """Where each hundred of a list starts; kept until the directory changes, a minute at most."""
    return _rows(narrowed, asked, localdate(at), stamp, int(at.timestamp() // 60))


@lru_cache(maxsize=MOST_KEPT)
def _rows(narrowed: Narrowed, asked: Lists, on: date, stamp: Stamp, minute: int) -> Rows:
    narrow, values = asked(narrowed, on=on).values_list("key", "pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, id, total FROM (SELECT key, id, count(*) OVER () AS total, "  # noqa: S608 (our own query)
            f"row_number() OVER (ORDER BY key, id) AS number FROM ({narrow}) AS found (key, id)) "
            "AS numbered WHERE number %% %s = 1 ORDER BY number",
            [*values, STEP],
        )
        rows = cursor.fetchall()
    return Rows(rows[0][2] if rows else 0, tuple((key, pk) for key, pk, _ in rows))


def cut(found: QuerySet[M], rows: Rows, page: Page) -> list[M]:
    """The rows of one page."""
    first = (page.number - 1) * page.size
    if first >= rows.total:
        return []
    start = rows.starts[first // STEP]
    rest = found.filter(TupleGreaterThanOrEqual((F("key"), F("pk")), start))
    return list(rest[first % STEP : first % STEP + page.size])


def envelope(contents: list[Json], *, total: int, page: Page) -> Json:
    """A list page of the standard."""
    pages = max(1, -(-total // page.size))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page.number,
        "size": len(contents),
        "first_page": page.number == 1,
        "last_page": page.number >= pages,
        "empty": not contents,
        "contents": contents,
    }


# -- One by its identifier -----------------------------------------------------------------------


def service(key: UUID) -> Json | None:
    """One service, full."""
    found = parts.read_whole(list(shown().select_related("owner").filter(key=key)))
    return publishing.service(found[0]) if found else None


def service_at(key: UUID) -> Json | None:
    """One service at a location, full."""
    entries = shown().values("pk")
    found = EntryPlace.objects.filter(key=key, entry__in=entries).order_by("pk")[:1]
    links = whole_links(list(with_services(found)))
    return publishing.service_at(links[0]) if links else None


def with_services(found: QuerySet[EntryPlace]) -> QuerySet[EntryPlace]:
    """Services at locations with what lists tell of them."""
    return found.select_related("entry__owner", "place")


def whole_links(links: list[EntryPlace]) -> list[EntryPlace]:
    """The same services at locations with all that is known of them."""
    parts.read([link.entry for link in links], names=AT_A_PLACE)
    parts.read_access(links)
    return links


def organizations(narrowed: Narrowed, *, on: date) -> QuerySet[Owner]:
    """Those who offer something that is left."""
    offered = services(narrowed, on=on).order_by()
    return Owner.objects.filter(pk__in=offered.values("owner")).order_by("key", "pk")


def organization(key: UUID) -> Json | None:
    """One of them, with its services."""
    found = Owner.objects.filter(key=key).first()
    if found is None:
        return None
    offered = shown().filter(owner=found).select_related("owner").order_by("key")[:STEP]
    told = [publishing.service(entry) for entry in parts.read_whole(list(offered))]
    return publishing.organization(found) | {"services": told} if told else None


# -- Lists of terms: our own first, then those that feeds brought ----------------------------------


def taxonomies(page: Page) -> tuple[list[Json], int]:
    """A page of lists of terms, and how many there are."""
    brought = Taxonomy.objects.exclude(key__in=_keys(publishing.own_taxonomies())).order_by("key")
    return _own_then(publishing.own_taxonomies(), brought, publishing.taxonomy, page)


def terms(page: Page) -> tuple[list[Json], int]:
    """A page of terms, and how many there are."""
    brought = Term.objects.exclude(key__in=_keys(publishing.own_terms())).order_by("key")
    lists = _lists()
    return _own_then(
        publishing.own_terms(),
        brought,
        lambda one: publishing.term(one, taxonomy_id=lists.get(one.taxonomy)),
        page,
    )


def taxonomy(key: UUID) -> Json | None:
    """One list of terms, with its terms."""
    for own in publishing.own_taxonomies():
        if own["id"] == str(key):
            return own | {"taxonomy_terms": _own_terms_of(key)}
    found = Taxonomy.objects.filter(key=key).first()
    if found is None:
        return None
    under = Term.objects.filter(taxonomy=found.name).order_by("key")
    terms = [publishing.term(one, taxonomy_id=key) for one in under]
    return publishing.taxonomy(found) | ({"taxonomy_terms": terms} if terms else {})


def term(key: UUID) -> Json | None:
    """One term."""
    for own in publishing.own_terms():
        if own["id"] == str(key):
            return own
    found = Term.objects.filter(key=key).first()
    return publishing.term(found, taxonomy_id=_lists().get(found.taxonomy)) if found else None


def _own_terms_of(taxonomy: UUID) -> list[Json]:
    return [one for one in publishing.own_terms() if one["taxonomy_id"] == str(taxonomy)]


def _keys(own: tuple[Json, ...]) -> list[str]:
    return [one["id"] for one in own]


def _lists() -> dict[str, UUID]:
    return dict(Taxonomy.objects.values_list("name", "key"))


def _own_then(
    own: tuple[Json, ...], brought: QuerySet[Any], told: Callable[[Any], Json], page: Page
) -> tuple[list[Json], int]:
    first, total = (page.number - 1) * page.size, len(own) + brought.count()
    contents = list(own[first : first + page.size])
    down, wanted = max(0, first - len(own)), page.size - len(contents)
    if wanted and first < total:
        contents += [told(one) for one in brought[down : down + wanted]]
    return contents, total

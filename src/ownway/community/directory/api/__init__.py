"""The directory as Open Referral UK 3.0: nine addresses to read, and organizations besides."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router

from ownway.community.directory.api import answers
from ownway.community.directory.api.parameters import (
    Paged,
    Services,
    ServicesWhole,
    nothing_asked,
)
from ownway.community.directory.forms import standard
from ownway.community.directory.queries import feed, parts, publishing
from ownway.foundation.council.queries import now

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://docs.openreferraluk.org/en/latest/hsds_uk/"
AT: Final = "#/components/schemas/"
LISTED: Final = ("service", "service_at_location", "organization", "taxonomy", "taxonomy_term")
router = Router(tags=["Open Referral UK 3.0"])


def described() -> dict[str, Any]:
    """The objects of the feed as the description of the API has them."""
    objects = standard.shapes(AT)
    pages = {f"{name}_page": _page_of(name) for name in LISTED}
    problem = {"type": "object", "required": ["title", "status", "detail"], "properties": {
        "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    }}  # fmt: skip
    return objects | pages | {"problem": problem}


def _page_of(name: str) -> dict[str, Any]:
    contents = {"contents": {"type": "array", "items": {"$ref": AT + name}}}
    return {
        "allOf": [
            {"$ref": f"{AT}page"},
            {"type": "object", "required": ["contents"], "properties": contents},
        ]
    }


def _told(name: str, *, one: bool = False, **more: str) -> dict[str, Any]:
    """What an address answers, for the description."""
    kinds = {"application/json": name} | {kind.replace("_", "/"): of for kind, of in more.items()}
    bad = {"application/problem+json": "problem"}
    told = {200: ("What was asked for", kinds), 400: ("It cannot be answered as asked", bad)}
    if one:
        told[404] = ("There is none", bad)
    return {
        "responses": {
            status: {
                "description": words,
                "content": {kind: {"schema": {"$ref": AT + of}} for kind, of in content.items()},
            }
            for status, (words, content) in told.items()
        }
    }


@router.get("/", url_name="oruk", openapi_extra=_told("about"), summary="What this feed is")
def about(request: HttpRequest) -> HttpResponse:
    """The version of the standard, its profile, and where this API is described."""
    nothing_asked(request)
    where = request.build_absolute_uri("/api/openapi.json")
    return answers.answer(request, {"version": VERSION, "profile": PROFILE, "openapi_url": where})


@router.get(
    "/services", url_name="oruk-services", openapi_extra=_told("service_page"), summary="Services"
)
def services(request: HttpRequest, asked: Query[ServicesWhole]) -> HttpResponseBase:
    """Services by the page, with what there is one of; or all of them, full, one a line."""
    at, narrowed = now(), asked.narrowed()
    found = feed.services(narrowed, on=at.date())
    if asked.format == "ndjson":
        whole = found.select_related("owner").order_by("key")
        return answers.lines(publishing.services(found=whole))
    stamp = feed.stamp()
    rows = feed.rows_of(narrowed, asked=feed.services, at=at, stamp=stamp)
    entries = feed.cut(found.select_related("owner"), rows, asked.wanted)
    tell = publishing.service if asked.full else publishing.listed_service
    contents = [tell(entry) for entry in (parts.read_whole(entries) if asked.full else entries)]
    return answers.page(request, contents, total=rows.total, wanted=asked.wanted, stamp=stamp)


@router.get(
    "/services/{id}",
    url_name="oruk-service",
    openapi_extra=_told("service", one=True),
    summary="A service",
)
def service(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service with all that is known of it."""
    nothing_asked(request)
    return answers.found(request, feed.service(id), name="service")


@router.get(
    "/service_at_locations",
    url_name="oruk-services-at",
    openapi_extra=_told("service_at_location_page"),
    summary="Services at locations",
)
def services_at(request: HttpRequest, asked: Query[Services]) -> HttpResponse:
    """Services once for each place they are at, by the page."""
    at, narrowed, stamp = now(), asked.narrowed(), feed.stamp()
    rows = feed.rows_of(narrowed, asked=feed.services_at, at=at, stamp=stamp)
    found = feed.with_services(feed.services_at(narrowed, on=at.date()))
    links = feed.cut(found, rows, asked.wanted)
    tell = publishing.service_at if asked.full else publishing.listed_at
    contents = [tell(link) for link in (feed.whole_links(links) if asked.full else links)]
    return answers.page(request, contents, total=rows.total, wanted=asked.wanted, stamp=stamp)


@router.get(
    "/service_at_locations/{id}",
    url_name="oruk-service-at",
    openapi_extra=_told("service_at_location", one=True),
    summary="A service at a location",
)
def service_at(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service at one place, with all that is known of both."""
    nothing_asked(request)
    return answers.found(request, feed.service_at(id), name="service at a location")


@router.get(
    "/taxonomies",
    url_name="oruk-taxonomies",
    openapi_extra=_told("taxonomy_page"),
    summary="Taxonomies",
)
def taxonomies(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """Lists of terms by the page: our own two, and those that feeds brought."""
    contents, total = feed.taxonomies(asked.wanted)
    return answers.page(request, contents, total=total, wanted=asked.wanted)


@router.get(
    "/taxonomies/{id}",
    url_name="oruk-taxonomy",
    openapi_extra=_told("taxonomy", one=True),
    summary="A taxonomy",
)
def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    """One list with its terms."""
    nothing_asked(request)
    return answers.found(request, feed.taxonomy(id), name="taxonomy")


@router.get(
    "/taxonomy_terms",
    url_name="oruk-terms",
    openapi_extra=_told("taxonomy_term_page"),
    summary="Taxonomy terms",
)
def terms(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """Terms of all lists by the page."""
    contents, total = feed.terms(asked.wanted)
    return answers.page(request, contents, total=total, wanted=asked.wanted)


@router.get(
    "/taxonomy_terms/{id}",
    url_name="oruk-term",
    openapi_extra=_told("taxonomy_term", one=True),
    summary="A taxonomy term",
)
def term(request: HttpRequest, id: UUID) -> HttpResponse:
    """One term."""
    nothing_asked(request)
    return answers.found(request, feed.term(id), name="taxonomy term")


@router.get(
    "/organizations",
    url_name="oruk-organizations",
    openapi_extra=_told("organization_page"),
    summary="Organizations",
)
def organizations(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """Those who offer services, by the page. The parent standard has them; the UK's does not."""
    at, stamp, nothing = now(), feed.stamp(), feed.Narrowed()
    rows = feed.rows_of(nothing, asked=feed.organizations, at=at, stamp=stamp)
    found = feed.cut(feed.organizations(nothing, on=at.date()), rows, asked.wanted)
    contents = [publishing.organization(owner) for owner in found]
    return answers.page(request, contents, total=rows.total, wanted=asked.wanted, stamp=stamp)


@router.get(
    "/organizations/{id}",
    url_name="oruk-organization",
    openapi_extra=_told("organization", one=True),
    summary="An organization",
)
def organization(request: HttpRequest, id: UUID) -> HttpResponse:
    """One organization, with its services."""
    nothing_asked(request)
    return answers.found(request, feed.organization(id), name="organization")

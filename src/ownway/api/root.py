"""All that can be read by machine: one API, its feeds by version, and its description."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from ninja import NinjaAPI

from ownway.api.problems import answer_with_problems, problem
from ownway.community.directory import api as directory
from ownway.foundation.council.queries import identity

ROOT = "api/"
api = NinjaAPI(
    title="Ownway open data",
    version="1",
    description=(
        "What the council publishes for machines. No key is needed. Every list is in pages; every "
        "answer has an ETag; every error is a problem in JSON (RFC 9457) that says what to mend."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/oruk/v3", directory.router)
answer_with_problems(api)


@cache
def description() -> dict[str, Any]:
    """The whole API as OpenAPI 3.1."""
    described = dict(api.get_openapi_schema(path_prefix=ROOT))
    described["components"]["schemas"] |= directory.described()
    return described


def openapi(request: HttpRequest) -> HttpResponse:
    """The description, to be read by tools."""
    return JsonResponse(description())


def feeds(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    at = request.build_absolute_uri
    return JsonResponse(
        {
            "publisher": identity().name,
            "openapi_url": at(f"/{ROOT}openapi.json"),
            "feeds": [
                {
                    "name": "The community directory",
                    "standard": directory.VERSION,
                    "url": at(f"/{ROOT}oruk/v3/"),
                    "whole": at(f"/{ROOT}oruk/v3/services?format=ndjson"),
                }
            ],
        }
    )


def elsewhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address that is not there: led to the one without its last stroke, or told so in JSON."""
    for other in (f"/{ROOT}{rest.rstrip('/')}", f"/{ROOT}{rest}/"):
        if other != request.path and _is_here(other):
            asked = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(other + (f"?{asked}" if asked else ""))
    return problem(404, f"No such address; all there are stand in /{ROOT}openapi.json")


def _is_here(path: str) -> bool:
    try:
        return resolve(path).url_name != "api-elsewhere"
    except (Resolver404, Http404):
        return False

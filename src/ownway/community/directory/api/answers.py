"""How the feed answers: JSON with an ETag, when it last changed, and the pages beside this one."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from ownway.community.directory.queries import feed
from ownway.community.directory.queries.publishing import Json


def answer(request: HttpRequest, body: Json, *, stamp: feed.Stamp | None = None) -> HttpResponse:
    """A body, or word that it is still the one the asker has."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    changed = int((stamp or feed.stamp()).timestamp)
    response = HttpResponse(text, content_type="application/json")
    response["ETag"], response["Cache-Control"] = etag, "public, no-cache"
    if changed:
        response["Last-Modified"] = http_date(changed)
    told = get_conditional_response(request, etag, changed or None, response)
    return told if isinstance(told, HttpResponse) else response


def page(
    request: HttpRequest,
    contents: list[Json],
    *,
    total: int,
    wanted: feed.Page,
    stamp: feed.Stamp | None = None,
) -> HttpResponse:
    """A page of a list, with links to those beside it."""
    body = feed.envelope(contents, total=total, page=wanted)
    response = answer(request, body, stamp=stamp)
    links = _links(request, wanted.number, body["total_pages"])
    response["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links)
    return response


def _links(request: HttpRequest, number: int, pages: int) -> Iterator[tuple[str, str]]:
    wanted = {"first": 1, "prev": min(number - 1, pages), "next": number + 1, "last": pages}
    for rel, other in wanted.items():
        if 1 <= other <= pages:
            asked = request.GET.copy()
            asked["page"] = str(other)
            yield rel, request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def found(request: HttpRequest, body: Json | None, *, name: str) -> HttpResponse:
    """One thing.

    Raises:
        Http404: there is none.
    """
    if body is None:
        raise Http404(f"There is no {name} with this identifier")
    return answer(request, body)


def lines(bodies: Iterable[Json]) -> HttpResponseBase:
    """Each body on a line of its own, sent as it is read, so that memory stays flat."""
    told: Iterator[Any] = (json.dumps(body, ensure_ascii=False) + "\n" for body in bodies)
    return StreamingHttpResponse(told, content_type="application/x-ndjson")

"""The shape of every error: a problem in JSON, as RFC 9457 has it, in words for its reader."""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

TITLES: Final = {
    400: "This cannot be answered as it was asked",
    404: "There is nothing here",
    405: "This address can only be read",
}
# What the checker of parameters calls a fault, in our words.
WORDS: Final[dict[str, str]] = {
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_parsing": "must be true or false",
    "uuid_parsing": "must be an identifier (a UUID)",
    "time_parsing": "must be a time like 09:30",
    "datetime_parsing": "must be a moment like 2026-01-06T09:30:00Z",
    "datetime_from_date_parsing": "must be a moment like 2026-01-06T09:30:00Z",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_long": "must be {max_length} characters or fewer",
    "literal_error": "must be {expected}",
}


def problem(status: int, detail: str, *, errors: Iterable[dict[str, Any]] = ()) -> HttpResponse:
    """An error as an answer."""
    told: dict[str, Any] = {"title": TITLES.get(status, "This went wrong"), "status": status}
    told["detail"] = detail
    if listed := list(errors):
        told["errors"] = listed
    body = json.dumps(told, ensure_ascii=False)
    return HttpResponse(body, content_type="application/problem+json", status=status)


def answer_with_problems(api: NinjaAPI) -> None:
    """Let an API answer every error in this shape."""
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(Http404, _missing)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, str(error) or "No such address")


def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    found = [_told(one, request) for one in error.errors]
    detail = "; ".join(f"{one['parameter']} {one['detail']}" for one in found)
    return problem(400, detail, errors=found)


def _told(error: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    context = {name: _plain(value) for name, value in error.get("ctx", {}).items()}
    name = context.get("parameter") or str(error["loc"][-1])
    where = "path" if error["loc"][0] == "path" else "query"
    words = WORDS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    told = {"parameter": name, "in": where, "detail": words.format(**context)}
    given = request.GET.get(name)
    return told if given is None else told | {"given": given[:200]}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value

"""Searching: the list, the map and the list in large type."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownway.community.directory import actions, queries
from ownway.community.directory.forms import SearchDirectory
from ownway.community.directory.views.addresses import query_of
from ownway.community.directory.views.shortlist import listed
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import today
from ownway.policy import domains

MOST_PAGES = 50
MOST_PRINTED = 100


@public_page
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Search by words and place; before anything is asked, the nine parts of daily life."""
    form = SearchDirectory(request.GET)
    is_whole = form.is_valid()
    found, page = _found(request, form)
    has_asked = any(value for name, value in request.GET.items() if name != "page")
    if has_asked and is_whole and not found.total and not found.is_unread and page == 1:
        need = form.cleaned_data["helps"]
        actions.note_not_found(form.words, need=need, near=form.near, on=today())
    shown = {
        "has_asked": has_asked,
        "needs": domains.NINE,
        "narrower": _narrower(request, form, found) if has_asked else [],
    }
    context = _asked(request, form) | _paged(request, found, page) | shown
    return render(request, "directory/search.html", context)


@public_page
@require_safe
def on_a_map(request: HttpRequest) -> HttpResponse:
    """The same page of the same list, as numbered pins with the list beside them."""
    form = SearchDirectory(request.GET)
    form.is_valid()
    found, page = _found(request, form)
    first = (page - 1) * queries.PAGE + 1
    drawing = queries.drawn(found.listings, near=form.near, first=first)
    context = _asked(request, form) | _paged(request, found, page)
    return render(request, "directory/map.html", context | {"map": drawing, "first": first})


@public_page
@require_safe
def large_print(request: HttpRequest) -> HttpResponse:
    """The same search as one list in large type, or in the usual size, to print."""
    form = SearchDirectory(request.GET)
    form.is_valid()
    found = _search(form, start=0, limit=MOST_PRINTED)
    is_large = request.GET.get("size") != "usual"
    context = _asked(request, form) | {"found": found, "is_large": is_large}
    return render(request, "directory/large_print.html", context)


def _found(request: HttpRequest, form: SearchDirectory) -> tuple[queries.Found, int]:
    page = _page(request.GET.get("page", ""))
    return _search(form, start=(page - 1) * queries.PAGE, limit=queries.PAGE), page


def _paged(request: HttpRequest, found: queries.Found, page: int) -> dict[str, Any]:
    pages = -(-found.total // queries.PAGE)
    return {"found": found, "page": page, "pagination": _pagination(request, page, pages)}


def _narrower(
    request: HttpRequest, form: SearchDirectory, found: queries.Found
) -> list[tuple[str, int, str]]:
    """Further choices that would leave some of what was found, each with how many."""
    counts = queries.counts(found.rows, near=form.near, on=today()) if found.rows else {}
    return [
        (label, counts[name, choice], query_of(request.GET, **{name: choice}))
        for name, choice, label in form.further()
        if 0 < counts.get((name, choice), 0) < found.total
    ]


def _search(form: SearchDirectory, *, start: int, limit: int) -> queries.Found:
    return queries.search(
        form.words, on=today(), near=form.near, choices=form.choices, start=start, limit=limit
    )


def _page(typed: str) -> int:
    return min(max(int(typed), 1), MOST_PAGES) if typed.isascii() and typed.isdecimal() else 1


def _pagination(request: HttpRequest, page: int, pages: int) -> dict[str, Any]:
    """Options of the GOV.UK pagination; empty when there is one page or none such."""
    if not 1 < pages >= page:
        return {}

    def link(number: int) -> dict[str, Any]:
        return {"href": f"{request.path}?{query_of(request.GET, page=str(number))}"}

    shown = sorted({1, *range(max(page - 1, 1), min(page + 1, pages) + 1), pages})
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append(link(number) | {"number": str(number), "current": number == page})
    options: dict[str, Any] = {"items": items}
    if page > 1:
        options["previous"] = link(page - 1)
    if page < pages:
        options["next"] = link(page + 1)
    return options


def _asked(request: HttpRequest, form: SearchDirectory) -> dict[str, Any]:
    """What was asked, and the addresses of the same search with one thing taken away."""
    return {
        "form": form,
        "near": form.near,
        "words": form.words.strip(),
        "asked": query_of(request.GET),
        "chosen": [(label, query_of(request.GET, without=name)) for name, label in form.chosen()],
        "shortlist": listed(request),
        "here": request.get_full_path(),
        "wider": [(label, query_of(request.GET, without=name)) for name, label in form.narrowing()],
        "with_words": lambda words: query_of(request.GET, what=words),
    }

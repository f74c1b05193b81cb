"""The directory's pages: search, the list in large type, and one page an entry."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownway.community.directory import queries
from ownway.community.directory.forms import SearchDirectory
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import today
from ownway.policy import domains

MOST_PAGES = 500
MOST_PRINTED = 100


@public_page
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Search by words and place; before anything is asked, the nine parts of daily life."""
    form = SearchDirectory(request.GET)
    form.is_valid()
    page = _page(request.GET.get("page", ""))
    found = _search(form, start=(page - 1) * queries.PAGE, limit=queries.PAGE)
    return render(
        request,
        "directory/search.html",
        _asked(request, form)
        | {
            "found": found,
            "page": page,
            "pagination": _pagination(request, page, -(-found.total // queries.PAGE)),
            "has_asked": any(value for name, value in request.GET.items() if name != "page"),
            "needs": domains.NINE,
        },
    )


@public_page
@require_safe
def large_print(request: HttpRequest) -> HttpResponse:
    """The same search as one list in large type, to print."""
    form = SearchDirectory(request.GET)
    form.is_valid()
    found = _search(form, start=0, limit=MOST_PRINTED)
    return render(request, "directory/large_print.html", _asked(request, form) | {"found": found})


@public_page
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one entry."""
    near = queries.near_of(request.GET.get("where", ""))
    found = queries.entry_page(slug, on=today(), near=near)
    if found is None:
        raise Http404("There is no such entry")
    return render(
        request,
        "directory/entry.html",
        {"page": found, "one": found.listing, "near": near, "back": _query(request.GET)},
    )


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
        return {"href": f"{request.path}?{_query(request.GET, page=str(number))}"}

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
        "asked": _query(request.GET),
        "wider": [(label, _query(request.GET, without=name)) for name, label in form.narrowing()],
        "with_words": lambda words: _query(request.GET, what=words),
    }


def _query(asked: QueryDict, *, without: str = "", **changed: str) -> str:
    """The search as the end of an address; empty parts and the page are left out."""
    kept = asked.copy()
    for name in ("page", without):
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return kept.urlencode()

"""One page an entry, and a way to say that it is wrong."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.directory import actions, queries
from ownway.community.directory.forms import TellMistake
from ownway.community.directory.queries import EntryPage
from ownway.community.directory.views.addresses import query_of
from ownway.community.directory.views.shortlist import listed
from ownway.foundation.council.http import posted, public_page
from ownway.foundation.council.queries import now, rules, today


@public_page
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one entry."""
    near = queries.near_of(request.GET.get("where", ""))
    found = _page(slug, near)
    context = {
        "page": found,
        "one": found.listing,
        "near": near,
        "back": query_of(request.GET),
        "shortlist": listed(request),
        "here": request.get_full_path(),
    }
    return render(request, "directory/entry.html", context)


@public_page
@require_http_methods(["GET", "POST"])
def mistake(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong with an entry. Nobody is asked who they are."""
    found = _page(slug)
    form = TellMistake(posted(request))
    if form.is_valid():
        actions.tell_mistake(found.entry, **form.cleaned_data, at=now())
        return redirect("directory-mistake-told", slug)
    status = 422 if form.errors else 200
    context = {"form": form, "one": found.listing}
    return render(request, "directory/mistake.html", context, status=status)


@public_page
@require_safe
def mistake_told(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens with what was told."""
    days = rules(today()).value("mistake_days")
    context = {"one": _page(slug).listing, "days": days}
    return render(request, "directory/mistake_told.html", context)


def _page(slug: str, near: queries.Spot | None = None) -> EntryPage:
    found = queries.entry_page(slug, on=today(), near=near)
    if found is None:
        raise Http404("There is no such entry")
    return found

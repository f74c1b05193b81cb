"""A shortlist: kept with the browser while it is open, no account needed; to print, send or use."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ownway.community.directory import actions, queries
from ownway.community.directory.forms import SendShortlist
from ownway.community.directory.queries import Listing
from ownway.foundation.council.http import posted, public_page
from ownway.foundation.council.queries import now, today

SALT: Final = "ownway.directory.shortlist"


def listed(request: HttpRequest) -> list[str]:
    """The keys on the shortlist of this browser, in the order they were added."""
    return [str(key) for key in request.session.get(queries.SHORTLIST, [])]


@public_page
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Put an entry on the shortlist or take it off, and go back to where that was pressed."""
    keys, add, off = listed(request), request.POST.get("add", ""), request.POST.get("off", "")
    if add and add not in keys and queries.entry(add, on=today()):
        keys = [*keys, add][-queries.MOST_SHORTLISTED :]
    request.session[queries.SHORTLIST] = [key for key in keys if key != off]
    back, here = request.POST.get("back", ""), {request.get_host()}
    if url_has_allowed_host_and_scheme(back, here, require_https=request.is_secure()):
        return redirect(back)
    return redirect("directory-shortlist")


@public_page
@require_http_methods(["GET", "POST"])
def shortlist(request: HttpRequest) -> HttpResponse:
    """The shortlist, to print, to send to somebody, or to use in a plan."""
    found = queries.shortlisted(request.session, on=today())
    form = SendShortlist(posted(request))
    link = request.build_absolute_uri(_link(found))
    if form.is_valid() and found:
        try:
            actions.send_shortlist(found, to=form.cleaned_data["email"], link=link, at=now())
        except actions.TooManySent as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect("directory-shortlist-sent")
    context = {"found": found, "form": form, "link": link, "is_large": _is_large(request)}
    status = 422 if form.errors else 200
    return render(request, "directory/shortlist.html", context, status=status)


@public_page
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """That the list is on its way."""
    return render(request, "directory/shortlist_sent.html")


@public_page
@require_safe
def shared(request: HttpRequest, signed: str) -> HttpResponse:
    """A shortlist that somebody was sent: the same entries as they are today."""
    try:
        keys = signing.loads(signed, salt=SALT)
    except signing.BadSignature as problem:
        raise Http404("There is no such list") from problem
    context = {"found": _found(keys, on=today()), "is_large": _is_large(request)}
    return render(request, "directory/shared.html", context)


def _is_large(request: HttpRequest) -> bool:
    return request.GET.get("size") == "large"


def _found(keys: Sequence[str], *, on: date) -> list[Listing]:
    known = queries.entries(list(keys), on=on)
    return [known[key] for key in keys if key in known]


def _link(found: Sequence[Listing]) -> str:
    keys = [one.key for one in found]
    return reverse("directory-shared", args=[signing.dumps(keys, salt=SALT, compress=True)])

"""What is said when a page cannot be shown."""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ownway.foundation.council.http import SignedIn
from ownway.pages.http import KEPT, KEPT_SECONDS

SECRET = ("password", "code", "token")


def _from_our_page(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    return came_from == own or came_from.startswith(own + "/")


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but this is not yours to do."""
    return render(request, "problems/not_allowed.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not yours to see; the two look the same."""
    return render(request, "problems/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. No database is asked, for it may be what is broken."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("problems/broken.html"), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long to be sent; what was typed is shown again, to be sent anew.

    Only what came from a page of ours: another site must not get its own words sent by a press
    on our page. Passwords and codes are never shown.
    """
    if not _from_our_page(request):
        return render(request, "problems/not_allowed.html", status=403)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not any(word in name for word in SECRET)
    ]
    return render(
        request,
        "problems/form_too_old.html",
        {"typed": typed, "address": request.get_full_path()},
        status=403,
    )


def kept(request: SignedIn) -> HttpResponse:
    """What somebody had typed when their sign-in ran out, to be sent again; theirs alone."""
    found: dict[str, Any] = request.session.get(KEPT) or {"at": 0.0, "who": None}
    is_fresh = time.time() - found["at"] < KEPT_SECONDS
    if not is_fresh or found["who"] != request.user.pk:
        request.session.pop(KEPT, None)
        return redirect("start")
    context = {"typed": found["typed"], "address": found["address"]}
    return render(request, "problems/form_too_old.html", context)

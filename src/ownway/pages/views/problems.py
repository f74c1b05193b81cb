"""What is said when a page cannot be shown."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council.http import SignedIn
from ownway.foundation.council.queries import identity
from ownway.pages.keeping import KEPT, Kept, kept_for, let_go, to_read, typed_in


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
    """500: our fault. The page stands even when the database or the styles are what is broken."""
    from django.template.loader import render_to_string
    from django.templatetags.static import static

    shown = {"name": "Care and support", "phone": "", "stylesheet": ""}
    with suppress(Exception):
        council = identity()
        shown |= {"name": council.name, "phone": council.phone}
    with suppress(Exception):
        shown["stylesheet"] = static("ownway/resident.css")
    return HttpResponse(render_to_string("problems/broken.html", shown), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long to be sent; what was typed is shown again, to be sent anew.

    Only what came from a page of ours: another site must not get its own words sent by a press
    on our page. Passwords and codes are never shown.
    """
    if not _from_our_page(request):
        return render(request, "problems/not_allowed.html", status=403)
    sent: Kept = {
        "who": 0, "address": request.get_full_path(), "typed": typed_in(request), "at": 0.0,
    }  # fmt: skip
    return render(
        request, "problems/form_too_old.html", {"forms": [sent], "to_read": to_read}, status=403
    )


@require_http_methods(["GET", "POST"])
def kept(request: SignedIn) -> HttpResponse:
    """What somebody had typed when their sign-in ran out, to be sent again; theirs alone."""
    if request.method == "POST":
        let_go(request.session, address=request.POST.get("address", ""))
    forms = kept_for(request.session, who=request.user.pk)
    if not forms:
        request.session.pop(KEPT, None)
        return redirect("start")
    shown = {"forms": forms, "to_read": to_read, "can_let_go": True}
    return render(request, "problems/form_too_old.html", shown)

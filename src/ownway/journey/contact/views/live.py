"""What the screen asks while somebody types. All of it is posted: names stay out of addresses."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.journey.contact import actions, queries
from ownway.journey.contact.views.desk.screen import (
    ABOUT,
    SIDES,
    Screen,
    open_contact,
    picks,
)


@require_POST
@staff_page
def keep(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Keep what was typed as it is typed; say when, and what they would be told."""
    at = council.now()
    found = open_contact(request, contact_id, at=at)
    screen = Screen(request, found, at=at)
    try:
        actions.keep(found, by=request.staff, at=at, **screen.form.kept())
    except actions.AlreadySettled as done:
        return HttpResponse(str(done))
    screen.contact = open_contact(request, contact_id, at=at)
    shown = {"contact": screen.contact, "told": screen.told(), "form": screen.form, **screen.desk}
    if screen.contact.reason != found.reason:
        words = request.POST.get("looked_for", "")[:120].strip()
        shown |= {**picks(screen.contact, words), "swap_picks": True}
    return render(request, "contact/kept.html", shown)


@require_POST
@staff_page
def find(request: StaffRequest, contact_id: int, side: str) -> HttpResponse:
    """People found while a name is typed."""
    at = council.now()
    found = open_contact(request, contact_id, at=at)
    if side not in SIDES:
        raise Http404("No such side")
    words = request.POST.get(f"find_{side}", "")[:120]
    other = found.caller_id if side == ABOUT else found.about_id
    rows = queries.found_people(request.user, words, contact=found, at=at, besides=other)
    shown = {"rows": rows, "side": side, "words": words}
    return render(request, "contact/found.html", shown)


@require_POST
@staff_page
def entries(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Entries of the directory while words are typed."""
    at = council.now()
    found = open_contact(request, contact_id, at=at)
    shown = {
        **picks(found, request.POST.get("looked_for", "")[:120].strip()),
        "picked_keys": [one.entry_key for one in found.signposts.all() if one.sent_at is None],
        "sent_keys": [one.entry_key for one in found.signposts.all() if one.sent_at],
    }
    return render(request, "contact/picks.html", shown)

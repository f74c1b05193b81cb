"""One screen while on the telephone. Every press keeps all that was typed first."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.people import queries as people
from ownway.foundation.record import queries as record
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.views.desk.press import Press
from ownway.journey.contact.views.desk.screen import CALLER, open_contact


@require_http_methods(["GET", "POST"])
@staff_page
def new_contact(request: StaffRequest) -> HttpResponse:
    """How did they get in touch? The answer starts the clock."""
    council_access.require(request.user, access.TAKE)
    known = _known_person(request)
    if request.method == "POST" and request.POST.get("channel") in dict(CHANNELS):
        at = council.now()
        contact = actions.begin(by=request.staff, at=at, channel=request.POST["channel"])
        if known:
            actions.use_person(contact, known, side=CALLER, by=request.staff, at=at)
        return redirect("contact", contact.pk)
    return render(request, "contact/new.html", {"channels": CHANNELS, "known": known})


CHANNELS = [
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("in_person", "In person"),
    ("letter", "Letter"),
    ("contact_point", "Contact point"),
]


def _known_person(request: StaffRequest) -> Any:
    wanted = request.POST.get("person") or request.GET.get("person") or ""
    seen = people.people(request.user, at=council.now())
    return seen.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 12 else None


@require_http_methods(["GET", "POST"])
@staff_page
def contact(request: StaffRequest, contact_id: int) -> HttpResponse:
    """One contact: the screen while it is open, and what came of it once it is settled."""
    at = council.now()
    found = open_contact(request, contact_id, at=at)
    if request.method == "POST":
        if found.is_settled:
            messages.info(request, f"Contact {found.number} was settled already")
            return redirect("contact", found.pk)
        return Press(request, found, at=at).answer()
    for person in {found.caller, found.about} - {None}:
        actions.look(found, person, by=request.staff, at=at)
    if found.is_settled:
        return _settled_page(request, found, at=at)
    return Press(request, found, at=at).show()


def _settled_page(request: StaffRequest, found: Any, *, at: datetime) -> HttpResponse:
    shown = {
        "contact": found,
        "face": record.face(found.clock, at=at),
        "concern": queries.concern_of(found),
        "helped": queries.helped_with(found),
        **queries.desk_of(found),
    }
    return render(request, "contact/settled.html", shown)

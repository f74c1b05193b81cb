"""A worry for safety: the manager who has it decides, and whoever acts says what was done."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.journey.contact import actions, queries
from ownway.journey.contact.forms import ConcernDone, DecideConcern
from ownway.journey.contact.views.desk.screen import open_contact


@require_http_methods(["GET", "POST"])
@staff_page
def concern(request: StaffRequest, contact_id: int) -> HttpResponse:
    """What the worry is and how far it is, with the one thing the viewer may do about it now."""
    at = council.now()
    contact = open_contact(request, contact_id, at=at)
    found = queries.concern_of(contact)
    if found is None:
        raise Http404("No worry for safety was raised here")
    for person in {contact.caller, contact.about} - {None}:
        actions.look(contact, person, by=request.staff, at=at)
    form = _form(request, found)
    if form is not None and form.is_valid() and _kept(request, contact, form, at=at):
        return redirect("concern", contact.pk)
    shown = {"contact": contact, "concern": found, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "contact/concern_decide.html", shown, status=status)


def _form(request: StaffRequest, concern: queries.Concern) -> DecideConcern | ConcernDone | None:
    """What the viewer may do now: decide, say what was done, or only read."""
    if concern.decided is None and queries.may_decide(request.user, concern):
        return DecideConcern(posted(request), initial={"owner": request.staff})
    if queries.may_say_what_was_done(request.user, concern):
        return ConcernDone(posted(request))
    return None


def _kept(
    request: StaffRequest,
    contact: Any,
    form: DecideConcern | ConcernDone,
    *,
    at: datetime,
) -> bool:
    if isinstance(form, ConcernDone):
        actions.note_what_was_done(contact, **form.words(), by=request.staff, at=at)
        messages.success(request, "Written down. The worry is closed")
        return True
    try:
        said = actions.decide_concern(contact, form.decided(), by=request.staff, at=at)
    except actions.CannotDecideConcern as refusal:
        form.refuse(refusal.problems)
        return False
    messages.success(request, said)
    return True

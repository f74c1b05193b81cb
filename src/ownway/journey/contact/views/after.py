"""Pages for what follows: passing on, simple services, a way in, facts, and the call-back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ownway.community.information.forms import RecordHelp
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.forms import Apply, CallBack, Facts, FirstCall, Invite, PassOn
from ownway.journey.contact.views.desk.screen import open_contact


@require_http_methods(["GET", "POST"])
@staff_page
def pass_on(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Hand a contact to a colleague, with the reason."""
    at = council.now()
    contact = open_contact(request, contact_id, at=at)
    colleagues = queries.colleagues(request.staff)
    form = PassOn(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if form.is_valid():
        to, because = form.cleaned_data["to"], form.cleaned_data["because"]
        try:
            actions.pass_on(contact, to=to, because=because, by=request.staff, at=at)
        except (actions.CannotUse, actions.AlreadySettled) as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, f"Contact {contact.number} is with {to.name} now")
            return redirect("contacts")
    return render(request, "contact/pass_on.html", {"contact": contact, "form": form})


@require_http_methods(["GET", "POST"])
@staff_page
def apply(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Start an application for a badge, a card or a pass."""
    at = council.now()
    contact = open_contact(request, contact_id, at=at)
    persons = [one for one in (contact.about, contact.caller) if one is not None]
    form = Apply(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_valid():
        person = next(p for p in persons if str(p.pk) == form.cleaned_data["person"])
        kind = form.cleaned_data["kind"]
        try:
            made = actions.apply_for(kind, person=person, contact=contact, by=request.staff, at=at)
        except actions.AlreadyApplied as refusal:
            form.add_error("kind", str(refusal))
        else:
            words = f"{made.get_kind_display()} for {person.formal_name}: received"
            messages.success(request, f"{words}, number {made.number}")
            return redirect("contact", contact.pk)
    return render(
        request, "contact/apply.html", {"contact": contact, "form": form, "persons": persons}
    )


@require_http_methods(["GET", "POST"])
@staff_page
def way_in(request: StaffRequest, contact_id: int, person_id: int) -> HttpResponse:
    """Give somebody their own pages; an e-mail tells them how to enter."""
    at = council.now()
    contact, person, other = _one_of(request, contact_id, person_id, at=at)
    form = Invite(request.POST if request.method == "POST" else None, person=person, other=other)
    if form.is_valid():
        typed = form.cleaned_data
        invitation = actions.Invitation(
            person=person,
            email=typed["email"],
            act_for=other if typed.get("act_for") else None,
            authority=typed.get("authority", ""),
        )
        address = request.build_absolute_uri(reverse("account_request_login_code"))
        try:
            actions.invite(invitation, sign_in_at=address, by=request.staff, at=at)
        except actions.CannotGiveWayIn as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"An e-mail with the way in goes to {typed['email']}")
            return redirect("contact", contact.pk)
    shown = {"contact": contact, "person": person, "other": other, "form": form}
    return render(request, "contact/way_in.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page
def helped(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Count what was used together in a contact: the guide, the directory, a check."""
    at = council.now()
    council_access.require(request.user, "contact_points.help")
    contact = open_contact(request, contact_id, at=at)
    form = RecordHelp(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        actions.count_help(
            contact, did=said["did"], minutes=said["minutes"], is_settled=said["settled"] == "yes",
            by=request.staff, at=at,
        )  # fmt: skip
        messages.success(request, "Counted. No name is kept")
        return redirect("contact", contact.pk)
    return render(request, "contact/helped.html", {"contact": contact, "form": form})


@require_http_methods(["GET", "POST"])
@staff_page
def facts(request: StaffRequest, contact_id: int, person_id: int) -> HttpResponse:
    """What is still to ask of somebody, with what is known filled in."""
    at = council.now()
    contact, person, _ = _one_of(request, contact_id, person_id, at=at)
    needs = [need.format for need in people.format_needs(person)]
    data = request.POST if request.method == "POST" else None
    form = Facts(data, person=person, on=council.today(), formats=needs)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        formats = typed.pop("formats")
        actions.keep_facts(
            person, by=request.staff, at=at, on=council.today(), formats=formats, **typed
        )
        messages.success(request, f"Kept on {person.formal_name}’s record")
        return redirect("contact", contact.pk)
    shown = {"contact": contact, "person": person, "form": form}
    return render(request, "contact/facts.html", shown)


def _one_of(request: StaffRequest, contact_id: int, person_id: int, *, at: Any) -> Any:
    contact = open_contact(request, contact_id, at=at)
    both = [one for one in (contact.caller, contact.about) if one is not None]
    person = next((one for one in both if one.pk == person_id), None)
    if person is None:
        raise Http404("Not in this contact")
    actions.look(contact, person, by=request.staff, at=at)
    return contact, person, next((one for one in both if one.pk != person_id), None)


@require_http_methods(["GET", "POST"])
@staff_page
def call_back(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Ring back: does what we told them about suit, and if not, why?"""
    at = council.now()
    council_access.require(request.user, access.TAKE)
    contact = queries.call_back_contact(request.user, contact_id, at=at)
    if contact is None or not contact.signposts.all():
        raise Http404("Nothing to call back about")
    still = [one for one in contact.signposts.all() if not one.result]
    form = CallBack(request.POST if request.method == "POST" else None, sent=still)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_results(contact, form.results(), by=request.staff, at=at)
        except actions.CannotCallBack as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, "Call-back done and kept")
            return redirect("call-back", contact.pk)
    person = contact.caller or contact.about
    if person is not None and request.method == "GET":
        record.log_look(
            request.user, person, what="what we told you about", why="To call you back", at=at
        )
    shown = {"contact": contact, "form": form, "still": still, "person": person}
    return render(request, "contact/call_back.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page
def first_call(request: StaffRequest, contact_id: int) -> HttpResponse:
    """Ring as promised, and write down how it went."""
    at = council.now()
    contact = open_contact(request, contact_id, at=at)
    if not queries.owes_first_call(request.user, contact):
        raise Http404("No call is promised here")
    person = contact.caller or contact.about
    record.log_look(request.user, person, what="your contact with us", why="To ring you", at=at)
    form = FirstCall(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        actions.note_first_call(contact, words=words, by=request.staff, at=at)
        messages.success(request, "Call written down")
        return redirect("person", person.pk)
    return render(
        request, "contact/first_call.html", {"contact": contact, "form": form, "person": person}
    )

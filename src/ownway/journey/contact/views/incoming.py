"""What comes by other doors: e-mails brought in, and help at a contact point."""

import secrets
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import (
    PartnerRequest,
    StaffRequest,
    partner_page,
    posted,
    staff_page,
)
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.forms import BringMail, ReferSomebody, SaveVisit


@require_http_methods(["GET", "POST"])
@staff_page
def bring_mail(request: StaffRequest) -> HttpResponse:
    """Bring in an e-mail: it opens a contact, or goes on with the one it answers."""
    council_access.require(request.user, access.TAKE)
    form = BringMail(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            mail = queries.read_mail(_raw(form.cleaned_data))
        except queries.NotAMail as wrong:
            form.add_error("file", str(wrong))
        else:
            contact, how = actions.take_mail(mail, at=council.now())
            said = {
                actions.NEW: f"Contact {contact.number} is open",
                actions.WENT_ON: f"It goes on with contact {contact.number}",
                actions.KNOWN: f"We had this e-mail already, in contact {contact.number}",
            }
            messages.success(request, said[how])
            return redirect("contact", contact.pk)
    return render(request, "contact/bring_mail.html", {"form": form})


def _raw(typed: dict[str, Any]) -> bytes:
    """The file as it is; pasted words as the e-mail that they were."""
    if typed.get("file"):
        whole: bytes = typed["file"].read(queries.MOST_BYTES + 1)
        return whole
    mail = EmailMessage()
    mail["From"] = typed["from_email"]
    mail["Subject"] = " ".join(typed["subject"].split())
    mail.set_content(typed["body"])
    return mail.as_bytes()


@require_http_methods(["GET", "POST"])
@staff_page
def visit(request: StaffRequest) -> HttpResponse:
    """Save help given at a contact point, by staff."""
    council_access.require(request.user, access.TAKE)
    return _visit(request, request.staff, layout="layout/staff.html", done="contacts")


@require_http_methods(["GET", "POST"])
@partner_page
def partner_visit(request: PartnerRequest) -> HttpResponse:
    """Save help given at a contact point, by its helper."""
    return _visit(request, request.member, layout="layout/staff.html", done="partner")


def _visit(request: HttpRequest, by: Any, *, layout: str, done: str) -> HttpResponse:
    at = council.now()
    form = SaveVisit(posted(request))
    key = request.POST.get("key", "")[:40] or secrets.token_hex(16)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        began = at - timedelta(minutes=typed.pop("minutes"))
        made = actions.save_visit(actions.Visit(began_at=began, **typed), by=by, key=key, at=at)
        messages.success(request, f"Contact {made.number} saved: settled at {made.place}")
        return redirect(done)
    shown = {"form": form, "key": key, "layout": layout, "done": done, "places": queries.places()}
    return render(request, "contact/visit.html", shown)


@require_http_methods(["GET", "POST"])
@partner_page
def refer(request: PartnerRequest) -> HttpResponse:
    """Send somebody to us, and follow those sent before."""
    at: datetime = council.now()
    form = ReferSomebody(posted(request), on=council.today())
    key = request.POST.get("key", "")[:40] or secrets.token_hex(16)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        typed["has_agreed"] = typed.pop("agreed") == "yes"
        made = actions.refer_in(actions.Referred(**typed), key=key, by=request.member, at=at)
        messages.success(request, f"We have it: contact {made.number}")
        return redirect("partner-refer")
    sent = queries.referrals_of(request.member)
    hours = council.rules(council.today()).value("contact_hours")
    return render(
        request, "contact/refer.html", {"form": form, "key": key, "sent": sent, "hours": hours}
    )

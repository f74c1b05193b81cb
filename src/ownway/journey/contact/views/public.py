"""Asking for help online, one question a page, and reporting a concern. No sign-in is needed.

Answers are kept in the session until they are sent, so one may go back and change them.
"""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import public_page
from ownway.foundation.people import queries as people
from ownway.journey.contact import actions
from ownway.journey.contact.forms import STEPS, Concern

KEPT, SENT, CONCERN = "get_help", "get_help_sent", "concern_sent"
START = "get_help_start"
STARTS = {"carer": {"who": "me", "reason": "caring"}}
KEYS = [step.key for step in STEPS]


@require_safe
@public_page
def get_help(request: HttpRequest) -> HttpResponse:
    """What will be asked, and what happens then. A door for carers has two answers chosen."""
    if start := STARTS.get(request.GET.get("for", "")):
        request.session[START] = start
    kept = request.session.get(KEPT, {})
    hours = council.rules(council.today()).value("contact_hours")
    shown = {"first": KEYS[0], "has_begun": bool(kept), "hours": hours, "of": len(STEPS)}
    return render(request, "contact/get_help.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def step(request: HttpRequest, key: str) -> HttpResponse:
    """One question."""
    if key not in KEYS:
        raise Http404("No such question")
    place = KEYS.index(key)
    kept = request.session.get(KEPT, {})
    form = STEPS[place].form(
        request.POST if request.method == "POST" else None, initial=_start(request, kept)
    )
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = kept | form.cleaned_data
        return redirect(*_next(request, place))
    back = KEYS[place - 1] if place else ""
    shown = {"step": STEPS[place], "form": form, "place": place + 1, "of": len(STEPS), "back": back}
    return render(request, "contact/step.html", shown)


def _start(request: HttpRequest, kept: dict[str, Any]) -> dict[str, Any]:
    """What is known already: answers given before, and who has signed in."""
    start: dict[str, Any] = request.session.get(START, {}) | kept
    person = people.own_person(request.user)
    if person is None:
        return start
    home = person.household.postcode if person.household else ""
    known = {"name": person.name, "phone": person.phone, "email": person.email, "postcode": home}
    return known | start


def _next(request: HttpRequest, place: int) -> tuple[str, ...]:
    if request.GET.get("then") == "check" or place + 1 == len(STEPS):
        return ("get-help-check",)
    return ("get-help-step", KEYS[place + 1])


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page, to be changed or sent."""
    kept = request.session.get(KEPT, {})
    missing = _first_missing(kept)
    if missing:
        return redirect("get-help-step", missing) if kept else redirect("get-help")
    if request.method == "POST":
        return _send(request, kept)
    key = kept.get("key") or secrets.token_hex(16)
    request.session[KEPT] = kept | {"key": key}
    return render(request, "contact/check.html", {"rows": _rows(kept), "key": key})


def _first_missing(kept: dict[str, Any]) -> str:
    for one in STEPS:
        form = one.form({name: kept.get(name, "") for name in one.form.base_fields})
        if not form.is_valid():
            return one.key
    return ""


def _rows(kept: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    for one in STEPS:
        for name, asked in one.form.base_fields.items():
            said = dict(getattr(asked, "choices", [])).get(kept.get(name, ""), kept.get(name, ""))
            rows.append((str(asked.label), str(said), one.key))
    return rows


WHO = {"cared_for": "Asks for someone they care for.", "other": "Asks for someone they know."}


def _send(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    said = "\n\n".join(part for part in (WHO.get(kept["who"], ""), kept["said"]) if part)
    contact = actions.ask_for_help(
        key=kept.get("key") or secrets.token_hex(16),
        at=council.now(),
        said=said,
        hope=kept.get("hope", ""),
        reason=kept["reason"],
        urgency=kept["urgency"],
        name=kept["name"],
        phone=kept.get("phone", ""),
        email=kept.get("email", ""),
        postcode=kept.get("postcode", ""),
        caller=people.own_person(request.user),
    )
    request.session[SENT] = {
        "number": contact.number,
        "due": contact.clock.due_at.isoformat(),
        "name": kept["name"],
        "way": kept.get("phone") or kept.get("email", ""),
    }
    request.session.pop(KEPT, None)
    request.session.pop(START, None)
    return redirect("get-help-sent")


@require_safe
@public_page
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """It came: the number, and what happens next by when."""
    told = request.session.get(SENT)
    if not told:
        return redirect("get-help")
    return render(request, "contact/sent.html", _told(told))


def _told(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"due": datetime.fromisoformat(told["due"])}


@require_safe
@public_page
def concern_first(request: HttpRequest) -> HttpResponse:
    """Telephone numbers first; then the way to write to us."""
    return render(request, "contact/concern_first.html")


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def concern(request: HttpRequest) -> HttpResponse:
    """Tell us of a worry for somebody's safety."""
    form = Concern(request.POST if request.method == "POST" else None)
    key = request.POST.get("key", "")[:40] or secrets.token_hex(16)
    if form.is_valid():
        made = actions.report_concern(key=key, at=council.now(), **form.cleaned_data)
        request.session[CONCERN] = {
            "number": made.number,
            "due": made.clock.due_at.isoformat(),
            "phone": form.cleaned_data["phone"],
        }
        return redirect("concern-sent")
    return render(request, "contact/concern.html", {"form": form, "key": key})


@require_safe
@public_page
@never_cache
def concern_sent(request: HttpRequest) -> HttpResponse:
    """It came, and what we do now."""
    told = request.session.get(CONCERN)
    if not told:
        return redirect("report-a-concern")
    return render(request, "contact/concern_sent.html", _told(told))

"""Partners for one person: who could help, asking them, their answer, and what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import AnswerIt, EndIt, ReferTo
from ownway.journey.prevention.views.person import opened

WHAT, WHY = "partners who could help", "To see who else could help"


@require_safe
@staff_page
def partners(request: StaffRequest, person_id: int) -> HttpResponse:
    """Who could help; when a care home is asked for, homes with care that are free stand first."""
    person = opened(request, person_id, WHAT, WHY)
    on = council.today()
    days = council.rules(on).value("vacancy_count_days")
    is_instead = request.GET.get("instead") == "care-home"
    shown = {
        "person": person,
        "is_instead": is_instead,
        "groups": queries.offers_by_kind(housing_first=is_instead, on=on, days=days),
        "open": queries.open_to(person),
        "asked": queries.referrals_of(person),
        "vacant": queries.vacant_homes(),
    }
    return render(request, "prevention/partners.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page
def refer(request: StaffRequest, person_id: int, key: str) -> HttpResponse:
    """Ask one partner, with the person's agreement."""
    person = opened(request, person_id, WHAT, WHY)
    offer = queries.offer(key)
    if offer is None or not offer.is_offered:
        raise Http404("No such offer")
    form = ReferTo(posted(request), person=person)
    if form.is_bound and form.is_valid():
        because, agreed_by = form.cleaned_data["because"], form.cleaned_data["consent_by"]
        try:
            made = actions.refer(
                person,
                offer,
                because=because,
                consent_by=agreed_by,
                by=request.staff,
                at=council.now(),
                site=request.build_absolute_uri("/"),
            )
        except actions.CannotRefer as refusal:
            for name, words in refusal.problems:
                form.add_error(name, words)
        else:
            messages.success(request, f"{offer.name} was asked. {person.formal_name} was told")
            return redirect("partner-referral", person.pk, made.pk)
    shown = {"person": person, "offer": offer, "form": form}
    return render(request, "prevention/refer.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_page
def referral(request: StaffRequest, person_id: int, referral_id: int) -> HttpResponse:
    """One referral: the partner's answer, and what came of it."""
    person = opened(request, person_id, WHAT, WHY)
    found = queries.referral(person, referral_id)
    if found is None:
        raise Http404("No such referral")
    forms: dict[str, Any] = {
        "answered": AnswerIt(request.POST if "answered" in request.POST else None),
        "ended": EndIt(request.POST if "ended" in request.POST else None),
    }
    pressed = next((name for name in forms if name in request.POST), "")
    if pressed and forms[pressed].is_valid() and _done(request, pressed, found, forms[pressed]):
        messages.success(request, f"Kept: {found.offer.name}")
        return redirect("partner-referral", person.pk, found.pk)
    shown = {"person": person, "referral": found, "forms": forms, "pressed": pressed}
    refused = bool(pressed and forms[pressed].errors)
    return render(request, "prevention/referral.html", shown, status=422 if refused else 200)


def _done(request: StaffRequest, pressed: str, found: Any, form: Any) -> bool:
    does: dict[str, Callable[..., Any]] = {
        "answered": actions.answer_referral,
        "ended": actions.end_referral,
    }
    try:
        does[pressed](found, by=request.staff, at=council.now(), **form.cleaned_data)
    except actions.CannotRefer as refusal:
        for name, words in refusal.problems:
            form.add_error(name if name in form.fields else next(iter(form.fields)), words)
        return False
    return True

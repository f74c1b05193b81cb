"""Staff read the answers beside their own findings, and decide."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access, actions, queries
from ownway.journey.assessment.forms import CheckParts, Decline, judge_form
from ownway.journey.assessment.queries.telling import reasons_met, why_not
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, FactsRefused

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person


def _opened(request: StaffRequest, person_id: int, at: datetime) -> "Person":
    return record.open_person(
        request.user, person_id, what="your assessment", why="To assess what you need", at=at
    )


def _rules(at: datetime) -> Pack:
    return council.rules(timezone.localtime(at).date())


def _chosen(request: StaffRequest, found: list[Any]) -> Any:
    """The one the address names; else the newest that is going on, or the newest of all."""
    named = request.GET.get("show", "")
    for one in found:
        if named.isascii() and named.isdigit() and one.pk == int(named):
            return one
    going_on = (one for one in found if one.is_going_on)
    return next(going_on, found[0] if found else None)


def _of_person(person: "Person", assessment_id: int) -> Any:
    for one in queries.of_person(person):
        if one.pk == assessment_id:
            return one
    raise Http404("No such assessment")


@require_http_methods(["GET", "POST"])
@staff_page
def assessment(request: StaffRequest, person_id: int) -> HttpResponse:
    """What was said and what staff found, part by part; POST keeps what staff found."""
    at = council.now()
    person = _opened(request, person_id, at)
    found = queries.of_person(person)
    one = _chosen(request, found)
    if one is None:
        return render(request, "assessment/none.html", {"person": person, **_may_open(person)})
    parts = queries.parts_of(one)
    form = CheckParts(request.POST or None, parts=parts, is_carer=one.is_about_a_carer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_parts(one, form.found, by=request.user, at=at)
        except actions.CannotCheck as refusal:
            form.refuse(refusal.faults)
        else:
            messages.success(request, "Kept what you found")
            return HttpResponseRedirect(_address(one))
    declining = Decline(auto_id="decline-%s")
    context = _shown(person, found, one, parts, at) | {"form": form, "declining": declining}
    return render(
        request, "assessment/assessment.html", context, status=422 if form.errors else 200
    )


def _address(one: Any) -> str:
    return f"{reverse('assessment', args=[one.person_id])}?show={one.pk}"


def _may_open(person: "Person") -> dict[str, Any]:
    return {"may_open_carer": bool(people.cared_for_by(person))}


def _shown(
    person: "Person", found: list[Any], one: Any, parts: list[queries.Part], at: datetime
) -> dict[str, Any]:
    points = queries.points(one, _rules(at))
    carers = [tie.person.formal_name for tie in people.carers_of(person)]
    return {
        "person": person,
        "assessments": found,
        "one": one,
        "parts": parts,
        "points": points,
        "carers": " and ".join(carers),
        "face": queries.face(one, at=at),
        "hopes": queries.hopes(one) if not one.is_about_a_carer else None,
        "wishes": queries.carer_wishes(one) if one.is_about_a_carer else None,
        "breaks": queries.picked(one, "break.wish") if one.is_about_a_carer else (),
        "shares": queries.flag(one, "consent.share"),
        "why_not": why_not(one.decision) if one.decision else "",
        "reasons": reasons_met(one.decision) if one.decision else [],
        "result_words": queries.result_words(one.decision.result) if one.decision else "",
        "capacity": queries.capacity_of(person, "budget"),
        **_may_open(person),
    }


@require_POST
@staff_page
def open_assessment(request: StaffRequest, person_id: int) -> HttpResponse:
    """Open an assessment from the desk."""
    at = council.now()
    person = _opened(request, person_id, at)
    kind = "carer" if request.POST.get("kind") == "carer" else "adult"
    try:
        opened = actions.open_assessment(person, kind=kind, by=request.user, at=at)
    except actions.CannotOpen as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("assessment", args=[person.pk]))
    messages.success(request, "Assessment opened")
    return HttpResponseRedirect(_address(opened))


@require_http_methods(["GET", "POST"])
@staff_page
def decide(request: StaffRequest, person_id: int, assessment_id: int) -> HttpResponse:
    """The judgement on every criterion, begun from the answers; confirming tells the person."""
    at = council.now()
    person = _opened(request, person_id, at)
    if not access.may_assess(request.user):
        raise PermissionDenied("Your role does not allow this")
    one = _of_person(person, assessment_id)
    if not one.is_going_on:
        return HttpResponseRedirect(_address(one))
    pack = _rules(at)
    start = queries.suggested(one, pack)
    form = judge_form(request.POST or None, pack=pack, is_carer=one.is_about_a_carer, start=start)
    if request.method == "POST" and form.is_valid():
        try:
            because = form.cleaned_data["because"]
            done = actions.decide(one, form.judged, because=because, by=request.user, at=at)
        except actions.CannotDecide as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except (FactsMissing, FactsRefused) as refusal:
            form.refuse(tuple(refusal.problems))
        else:
            messages.success(request, _confirmed(done))
            return HttpResponseRedirect(_address(done))
    context = {
        "person": person,
        "one": one,
        "form": form,
        "pack": pack,
        "points": queries.points(one, pack),
        "face": queries.face(one, at=at),
        "parts": queries.parts_of(one),
    }
    return render(request, "assessment/decide.html", context, status=422 if form.errors else 200)


def _confirmed(done: Any) -> str:
    words = queries.result_words(done.decision.result)
    kind = "Band confirmed" if "band" in done.decision.result else "Decided"
    if reason := why_not(done.decision):
        words = f"{words}. {reason}"
    return f"{kind}: {words}. A letter is on its way to {done.person.formal_name}"


@require_POST
@staff_page
def decline(request: StaffRequest, person_id: int, assessment_id: int) -> HttpResponse:
    """Put an assessment aside because the person does not want it."""
    at = council.now()
    person = _opened(request, person_id, at)
    one = _of_person(person, assessment_id)
    declining = Decline(request.POST, auto_id="decline-%s")
    if declining.is_valid():
        try:
            because = declining.cleaned_data["because"]
            actions.decline(one, because=because, by=request.user, at=at)
        except actions.CannotOpen as refusal:
            declining.add_error("because", str(refusal))
        else:
            messages.success(request, "Written down. They can ask for an assessment at any time")
            return HttpResponseRedirect(_address(one))
    if not access.may_assess(request.user):
        raise PermissionDenied("Your role does not allow this")
    found, parts = queries.of_person(person), queries.parts_of(one)
    form = CheckParts(parts=parts, is_carer=one.is_about_a_carer)
    context = _shown(person, found, one, parts, at) | {"form": form, "declining": declining}
    return render(request, "assessment/assessment.html", context, status=422)

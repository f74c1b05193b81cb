"""A carer's own pages: the plan for emergencies, and what they will go on doing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.people import queries as people
from ownway.journey.carers import actions, queries
from ownway.journey.carers.forms import EmergencyPlanForm, StatementForm

PLAN_FIELDS = ("call_name", "call_phone", "call_relation", "next_name", "next_phone", "to_know")


def _carer(request: SignedIn, at: datetime) -> Any:
    carer = queries.own_carer(request.user, at=at)
    if carer is None:
        raise Http404("This page is for people who care for someone")
    return carer


@require_http_methods(["GET", "POST"])
@resident_page
def emergency_plan(request: SignedIn) -> HttpResponse:
    """The number to quote, whom we call, and a form to change it."""
    at = council.now()
    carer = _carer(request, at)
    plan = queries.emergency_plan_of(carer)
    start = {name: getattr(plan, name) for name in PLAN_FIELDS} if plan else None
    form = EmergencyPlanForm(request.POST or None, kept=start)
    if request.method == "POST" and form.is_valid():
        first = {"call_name": plan.call_name if plan else ""}
        said = first | form.changed
        actions.keep_emergency_plan(carer, by=request.user, at=at, **said)
        messages.success(request, "Your emergency plan is saved")
        return HttpResponseRedirect(reverse("my-emergency-plan"))
    context = {
        "carer": carer,
        "plan": plan,
        "form": form,
        "is_changing": plan is None or "change" in request.GET or bool(form.errors),
        "cared_for": [tie.other for tie in people.cared_for_by(carer)],
        "worker": people.named_worker(carer),
    }
    status = 422 if form.errors else 200
    return render(request, "carers/my_emergency_plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
@resident_page
def willing(request: SignedIn, person_id: int | None = None) -> HttpResponse:
    """What a carer says they will go on doing for somebody; change it, or take it back."""
    at = council.now()
    carer = _carer(request, at)
    person, others = _cared_for(carer, person_id)
    statement = queries.statement_of(carer, person)
    helps, words = (statement.helps, statement.words) if statement else ({}, "")
    form = StatementForm(request.POST or None, helps=helps, words=words)
    if request.method == "POST" and _said(request, carer, person, form, at=at):
        return HttpResponseRedirect(reverse("my-willing-for", args=[person.pk]))
    context = {
        "person": person,
        "others": others,
        "statement": statement,
        "rows": queries.helps_in_words(statement) if statement else [],
        "form": form,
        "is_changing": "change" in request.GET or bool(form.errors),
        "worker": people.named_worker(carer) or people.named_worker(person),
    }
    status = 422 if form.errors else 200
    return render(request, "carers/my_willing.html", context, status=status)


def _cared_for(carer: Any, person_id: int | None) -> tuple[Any, list[Any]]:
    """Whom the page is about, by default the first; and whom else the carer cares for."""
    everybody = [tie.other for tie in people.cared_for_by(carer)]
    meant = next((one for one in everybody if person_id in (None, one.pk)), None)
    if meant is None:
        raise Http404("The record does not say that you care for them")
    return meant, [one for one in everybody if one.pk != meant.pk]


def _said(request: SignedIn, carer: Any, person: Any, form: StatementForm, *, at: datetime) -> bool:
    """Keep what was said, or take back what was; False when it was refused."""
    statement = queries.statement_of(carer, person)
    if "take_back" in request.POST and statement:
        actions.withdraw_statement(statement, because="", by=request.user, at=at)
        messages.success(request, "Taken back. None of it counts now. We look at the plan with you")
        return True
    if not form.is_valid():
        return False
    words = form.cleaned_data["words"]
    actions.give_statement(
        carer, cares_for=person, helps=form.helps, words=words, by=request.user, at=at
    )
    messages.success(request, "Saved. This is what we count from now")
    return True

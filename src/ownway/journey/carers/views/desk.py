"""What staff see of a carer, and what they do for them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.carers import access, actions, queries
from ownway.journey.carers.forms import StatementForm, Words


@require_http_methods(["GET", "POST"])
@staff_page
def carer(request: StaffRequest, person_id: int) -> HttpResponse:
    """One carer: what they will do, their wishes, the emergency plan, the support they had."""
    at = council.now()
    person = record.open_person(
        request.user, person_id, what="your page as a carer", why="To support you as a carer", at=at
    )
    view = queries.carer_view(person)
    forms = _forms(request)
    if request.method == "POST":
        done = _act(request, view, forms)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("carer", args=[person.pk]))
    context = {
        "person": person,
        "view": view,
        "forms": forms,
        "rows": [(one, queries.helps_in_words(one)) for one in view.statements],
        "may_speak": access.may_speak_for(request.user, person, at=at),
        "wishes": [queries.WISHES[one] for one in view.wishes.breaks] if view.wishes else [],
        "errors": [
            {"text": words, "href": f"#{form['words'].auto_id}"}
            for form in forms.values()
            for words in form.errors.get("words", [])
        ],
    }
    status = 422 if context["errors"] else 200
    return render(request, "carers/carer.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def says(request: StaffRequest, person_id: int, carer_id: int) -> HttpResponse:
    """Write down what a carer says they are willing and able to do for one person."""
    at = council.now()
    what, why = "what your carers will do for you", "To write down what a carer says"
    person = record.open_person(request.user, person_id, what=what, why=why, at=at)
    if carer_id not in {tie.person_id for tie in people.carers_of(person)}:
        raise Http404("The record does not say that they care for them")
    carer = record.open_person(
        request.user, carer_id, what="your page as a carer", why="To support you as a carer", at=at
    )
    access.require_may_speak_for(request.user, carer, at=at)
    before = queries.statement_of(carer, person)
    typed = request.POST if request.method == "POST" else None
    form = StatementForm(typed, helps=before.helps if before else {}, in_own_words=True)
    if form.is_valid():
        words, by = form.cleaned_data["words"], request.user
        actions.give_statement(carer, cares_for=person, helps=form.helps, words=words, by=by, at=at)
        messages.success(request, f"Written down for {carer.formal_name}. The sum counts it now")
        return HttpResponseRedirect(reverse("carer", args=[carer.pk]))
    people.tell_apart([carer, person])
    context = {"carer": carer, "person": person, "form": form, "before": before}
    return render(request, "carers/says.html", context, status=422 if form.errors else 200)


def _forms(request: StaffRequest) -> dict[str, Words]:
    """One small form for each thing staff can do here; only the one that was sent is read."""
    asked = {
        "support": ("What support is there, or was offered?", "Say what support there is"),
        "withdraw": ("What the carer said", "Say what the carer said"),
        "activate": ("What happened", "Say what happened"),
        "end": ("How it ended", "Say how it ended"),
    }
    sent = request.POST.get("do", "")
    return {
        name: Words(request.POST if sent == name else None, label=label, ask=ask, prefix=name)
        for name, (label, ask) in asked.items()
    }


def _act(request: StaffRequest, view: queries.CarerView, forms: dict[str, Words]) -> str:
    """Do what was sent, and say what was done; empty when it was refused."""
    name = request.POST.get("do", "")
    form = forms.get(name)
    if form is None or not form.is_valid():
        return ""
    words, at = form.cleaned_data["words"], council.now()
    by: Any = request.user
    try:
        if name == "support" and view.cared_for:
            for person in view.cared_for:
                actions.record_support(view.carer, cares_for=person, what=words, by=by, at=at)
            return "Carer support is written down"
        if name == "withdraw" and (standing := [s for s in view.statements if s.stands]):
            for one in standing:
                actions.withdraw_statement(one, because=words, by=by, at=at)
            return "Taken back. The plan is to be looked at again"
        if name == "activate" and view.plan:
            used = actions.activate(view.plan, what_happened=words, by=by, at=at)
            return f"Emergency plan {used.plan.number} is in use. Call {used.plan.call_name}"
        if name == "end" and view.in_use:
            actions.end_activation(view.in_use, how=words, by=by, at=at)
            return "The emergency is over"
    except actions.CannotSay as refusal:
        form.add_error("words", str(refusal))
        return ""
    raise PermissionDenied("There is nothing here to do that with")

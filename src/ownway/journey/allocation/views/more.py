"""The desk's pages of asking for more than was worked out, and of deciding it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now
from ownway.foundation.record import actions as record
from ownway.journey.allocation import access, actions, queries
from ownway.journey.allocation.forms import AskForMore, DecideMore

WHY = "To see whether the budget is enough"


def _opened(request: StaffRequest, person_id: int) -> Any:
    return record.open_person(request.user, person_id, what="your budget", why=WHY, at=now())


@require_http_methods(["GET", "POST"])
@staff_page
def more(request: StaffRequest, person_id: int) -> HttpResponse:
    """Ask for more with somebody, once a draft plan shows what is short."""
    person, at = _opened(request, person_id), now()
    form = AskForMore(posted(request))
    if request.method == "POST":
        access.require_may_ask_for_more(request.user, person, at=at)
        if form.is_valid():
            try:
                asked = actions.ask_for_more(person, by=request.user, at=at, **form.cleaned_data)
            except actions.CannotAskForMore as refusal:
                form.refuse(refusal.reasons)
            else:
                messages.success(request, f"Sent. {asked.owner.name} decides")
                return redirect("budget", person_id=person.pk)
    context = {"person": person, "found": queries.more(person), "form": form}
    status = 422 if form.errors else 200
    return render(request, "allocation/more.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def decide(request: StaffRequest, person_id: int, more_id: int) -> HttpResponse:
    """The evidence beside the sum, and the decision of a manager."""
    person, at = _opened(request, person_id), now()
    asked = next((one for one in queries.more_asked(person) if one.pk == more_id), None)
    if asked is None:
        raise Http404("No such request")
    form = DecideMore(posted(request), initial={"weekly_pence": f"{asked.asked_pence / 100:.2f}"})
    if request.method == "POST" and form.is_valid():
        staff = council.require(request.user, "plan.agree")
        try:
            done = actions.decide_more(asked, by=staff, at=at, **form.cleaned_data)
        except actions.CannotDecideMore as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, f"{done.get_outcome_display()}. They get a letter")
            return redirect("budget", person_id=person.pk)
    context = {
        "person": person,
        "asked": asked,
        "found": queries.more(person),
        "stands_pence": queries.standing_pence(asked),
        "form": form,
        "may_decide": _may_decide(request, asked),
    }
    status = 422 if form.errors else 200
    return render(request, "allocation/decide_more.html", context, status=status)


def _may_decide(request: StaffRequest, asked: Any) -> bool:
    try:
        access.require_may_decide_more(request.staff, asked, at=now())
    except PermissionDenied:
        return False
    return asked.decided_at is None

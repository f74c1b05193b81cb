"""How every page of planning gets the plan it is about, and where it goes when it is done."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ownway.foundation.council.access import staff_of
from ownway.foundation.council.http import SignedIn
from ownway.foundation.people import queries as people
from ownway.foundation.plan import access
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.planning import queries

WHY = "To write in the plan"
# What a refused form answers with: nothing was changed, and the page says what to mend.
REFUSED = 422


def plan_to_write(request: SignedIn, plan_id: int, *, at: datetime) -> Any:
    """The plan somebody may write in; looking at it is logged.

    Raises:
        Http404: there is no such plan for them.
        PermissionDenied: they may read it and not write.
    """
    plan = queries.plan_for(request.user, plan_id, at=at)
    if plan is None:
        raise Http404("No such plan")
    record.open_person(request.user, plan.person_id, what="your plan", why=WHY, at=at)
    if not access.may_write(request.user, plan, at=at):
        raise PermissionDenied("You may read this plan, and not write in it")
    return plan


def line_to_write(request: SignedIn, line_id: int, *, at: datetime) -> Any:
    """The line somebody may write; looking at its plan is logged.

    Raises:
        Http404: there is no such line for them.
        PermissionDenied: they may read it and not write.
    """
    line = plans.line(request.user, line_id, at=at)
    if line is None:
        raise Http404("No such line")
    plan_to_write(request, line.plan_id, at=at)
    return line


def risk_to_write(request: SignedIn, risk_id: int, *, at: datetime) -> Any:
    """The risk somebody may write; looking at its plan is logged.

    Raises:
        Http404: there is no such risk for them.
        PermissionDenied: they may read it and not write.
    """
    risk = plans.risk(request.user, risk_id, at=at)
    if risk is None:
        raise Http404("No such risk")
    plan_to_write(request, risk.plan_id, at=at)
    return risk


def home_of(request: SignedIn, plan: Any) -> str:
    """Where somebody reads the plan they write in: their own page, or the desk."""
    if staff_of(request.user):
        return reverse("plan", args=[plan.pk])
    return reverse("my-plan")


def home(request: SignedIn, plan: Any) -> HttpResponse:
    """Go back to the plan."""
    return redirect(home_of(request, plan))


def page(
    request: SignedIn, template: str, plan: Any, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    """A page of writing: for a resident, or for staff who help, in the frame of each."""
    frame = {
        "layout": "layout/staff.html" if staff_of(request.user) else "layout/my.html",
        "plan": plan,
        "home_address": home_of(request, plan),
        "whose": whose(request, plan),
    }
    return render(request, template, frame | context, status=REFUSED if refused else 200)


def whose(request: SignedIn, plan: Any) -> str:
    """Whose plan it is to whoever writes: "your" or "Harold’s"."""
    reader = people.own_person(request.user)
    name = queries.called(plan, reader)
    return "your" if name == "you" else f"{name}’s"

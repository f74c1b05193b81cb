"""A resident's plan: starting one, sending it to be agreed. It is read on a page of the house."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import now, today
from ownway.foundation.people import queries as people
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.planning import actions, queries
from ownway.journey.planning.forms import Send
from ownway.journey.planning.views.opening import REFUSED


@require_POST
@resident_page
def start_plan(request: SignedIn) -> HttpResponse:
    """Open a plan for whoever wants one, whether or not the council pays."""
    person = people.own_person(request.user)
    if person is not None:
        actions.start(person, by=request.user, at=now())
    return redirect("my-plan")


@require_http_methods(["GET", "POST"])
@resident_page
def send_plan(request: SignedIn) -> HttpResponse:
    """What is still missing, who looks at it, and the button that sends it."""
    at = now()
    mine = plans.plans_of_a_resident(request.user, at=at)
    if not mine:
        return redirect("my-plan")
    for plan in mine:
        record.open_person(
            request.user, plan.person_id, what="your plan", why="To send the plan", at=at
        )
    weighed = queries.can_go([plan for plan in mine if plan.status in ("open", "returned")])
    own = people.own_person(request.user)
    form = Send(posted(request), weighed=weighed, own=own)
    if form.is_valid():
        try:
            sent = actions.send(mine, because=form.because, by=request.user, at=at)
        except actions.CannotSend as refusal:
            form.refuse(str(refusal), plan=refusal.plan)
        else:
            both = "Your plans were" if len(sent) > 1 else "The plan was"
            messages.success(request, f"{both} sent to be agreed")
            return redirect("my-plan")
    context = {
        "form": form,
        "sums": [queries.sum_weighed(one) for one in weighed],
        "missing": queries.still_to_write(weighed),
        "working_days": council.rules(today()).value("plan_approval_days"),
        "manager": queries.manager_for(mine[0].person),
        "plans": [one.plan for one in weighed],
    }
    status = REFUSED if form.errors else 200
    return render(request, "planning/send.html", context, status=status)

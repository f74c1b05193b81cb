"""Who may see what of somebody's plan, and stopping it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.council.queries import now
from ownway.foundation.people import queries as people
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.arranging import actions, queries

WHY = "To say who may see the plan"


@require_GET
@resident_page
def share_plan(request: SignedIn) -> HttpResponse:
    """Each organisation in the plan, what it would see, and whether it may."""
    at = now()
    mine = plans.plans_of_a_resident(request.user, at=at)
    for plan in mine:
        record.open_person(request.user, plan.person_id, what="your plan", why=WHY, at=at)
    context = {
        "plans": mine,
        "sharings": queries.sharings(mine, at=at),
        "reader": people.own_person(request.user),
        "worker": people.named_worker(mine[0].person) if mine else None,
    }
    return render(request, "arranging/sharing.html", context)


@require_POST
@resident_page
def change_sharing(request: SignedIn, plan_id: int, organisation_id: int) -> HttpResponse:
    """Share with one organisation, or stop."""
    at = now()
    plan = plans.plans(request.user, at=at).filter(pk=plan_id).first()
    organisation = council.organisations().filter(pk=organisation_id).first()
    if plan is None or organisation is None:
        raise Http404("No such plan or organisation")
    record.open_person(request.user, plan.person_id, what="your plan", why=WHY, at=at)
    if request.POST.get("do") == "stop":
        actions.stop_sharing(plan, organisation=organisation, by=request.user, at=at)
        messages.success(request, f"{organisation.name} can no longer see the plan")
        return redirect("share-plan")
    try:
        actions.share(plan, organisation=organisation, by=request.user, at=at)
    except actions.NotInThePlan as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{organisation.name} can see it now")
    return redirect("share-plan")

"""Pages for staff: the communication plan, one campaign, and what came of it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ownway.community.information import actions, queries
from ownway.community.information.forms import CountReached, PlanCampaign
from ownway.foundation.council import access as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, today


@require_GET
@staff_page
def campaigns(request: StaffRequest) -> HttpResponse:
    """The communication plan: running campaigns first, then those planned, then those over."""
    order = {"running": 0, "planned": 1, "over": 2}
    listed = [(one, one.state(today())) for one in queries.campaigns()]
    context = {
        "campaigns": sorted(listed, key=lambda one: order[one[1]]),
        "may_keep": council.may(request.user, "campaigns.keep"),
    }
    return render(request, "information/staff/campaigns.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def plan(request: StaffRequest, slug: str = "") -> HttpResponse:
    """Put a campaign into the plan, or change it."""
    council.require(request.user, "campaigns.keep")
    found = queries.campaign_of(slug) if slug else None
    if slug and found is None:
        raise Http404("There is no such campaign")
    typed = request.POST if request.method == "POST" else None
    start = {
        "owner": request.staff, "starts_on": today(), "ends_on": today() + timedelta(days=84),
        "channels": ["website"],
    }  # fmt: skip
    form = PlanCampaign(typed, campaign=found, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = actions.plan_campaign(found, said=said, channels=said["channels"], by=request.staff)
        messages.success(request, f"“{kept}” is in the communication plan")
        return redirect("information-campaign", kept.slug)
    status = 422 if form.errors else 200
    context = {"form": form, "campaign": found}
    return render(request, "information/staff/plan_campaign.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def campaign(request: StaffRequest, slug: str) -> HttpResponse:
    """One campaign: what it says, and how many it reached."""
    found = queries.campaign_of(slug)
    if found is None:
        raise Http404("There is no such campaign")
    form = CountReached(request.POST if "count" in request.POST else None, campaign=found)
    if request.method == "POST":
        council.require(request.user, "campaigns.keep")
        if "stop" in request.POST:
            actions.stop_campaign(found, by=request.staff, at=now())
            messages.success(request, "Stopped. The banner is gone")
            return redirect("information-campaign", slug)
        if form.is_valid():
            actions.count_reached(found, reached=form.cleaned_data, by=request.staff)
            messages.success(request, "Counts kept")
            return redirect("information-campaign", slug)
    context = {
        "campaign": found,
        "state": found.state(today()),
        "reads": queries.reads_during(found),
        "form": form,
        "may_keep": council.may(request.user, "campaigns.keep"),
    }
    status = 422 if form.errors else 200
    return render(request, "information/staff/campaign.html", context, status=status)

"""For managers and commissioners: the routing table, and what contacts tell about the market."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.forms import AddRoute, DecideApplication

YEAR = timedelta(days=365)


@require_http_methods(["GET", "POST"])
@staff_page
def routing(request: StaffRequest) -> HttpResponse:
    """What goes to which team at once; a manager adds and ends lines."""
    on = council.today()
    keeps = council_access.may(request.user, access.ROUTE)
    if not keeps:
        council_access.require(request.user, access.TAKE)
    if request.method == "POST" and request.POST.get("end"):
        return _end(request)
    form = AddRoute(posted(request))
    if form.is_valid():
        try:
            made = actions.add_route(**form.cleaned_data, by=request.staff, on=on)
        except actions.CannotRoute as refusal:
            form.add_error("what", str(refusal))
        else:
            messages.success(request, f"In the table from today: {made}")
            return redirect("routing")
    shown = {"rows": queries.routes(on=on), "form": form, "keeps": keeps}
    return render(request, "contact/routing.html", shown)


def _end(request: StaffRequest) -> HttpResponse:
    key = request.POST["end"]
    route = queries.route(key)
    if route is None:
        raise Http404("No such line")
    actions.end_route(route, by=request.staff, on=council.today())
    messages.success(request, f"Ended: {route.what}")
    return redirect("routing")


@staff_page
def evidence(request: StaffRequest) -> HttpResponse:
    """What people were told about and why it did not suit: counts, and nobody's name."""
    council_access.require(request.user, "figures.read")
    at, on = council.now(), council.today()
    days = int(council.rules(on).value("repeat_contact_days"))
    shown = {
        "since": on - YEAR,
        "themes": queries.gaps_by_theme(since=on - YEAR, until=on),
        "rows": queries.what_does_not_suit(since=on - YEAR, until=on),
        "answers": queries.provider_answers(since=on - YEAR, until=on),
        "again": queries.repeats(since=at - YEAR, until=at, within=timedelta(days=days)),
        "days": days,
    }
    return render(request, "contact/evidence.html", shown)


@staff_page
def applications(request: StaffRequest) -> HttpResponse:
    """Badges, cards and passes that wait for a decision, the longest wait first."""
    council_access.require(request.user, access.TAKE)
    rows = queries.open_applications(request.user, at=council.now())
    return render(request, "contact/applications.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@staff_page
def application(request: StaffRequest, application_id: int) -> HttpResponse:
    """Decide one application."""
    council_access.require(request.user, access.TAKE)
    at = council.now()
    found = queries.application(request.user, application_id, at=at)
    if found is None:
        raise Http404("No such application")
    what, why = "what you applied for", "To decide it"
    record.open_person(request.user, found.person_id, what=what, why=why, at=at)
    form = DecideApplication(posted(request))
    if form.is_valid():
        try:
            actions.decide_application(found, **form.cleaned_data, by=request.staff, at=at)
        except actions.CannotDecide as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"{found.number} is decided, and a letter is on its way")
            return redirect("applications")
    return render(request, "contact/application.html", {"application": found, "form": form})

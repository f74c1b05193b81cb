"""Pages for staff: the register of contact points, their trainings, and the help they give."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ownway.community.information import actions, queries
from ownway.community.information.forms import RecordHelp, RecordTraining, RegisterPoint
from ownway.community.information.queries import ContactPoint
from ownway.foundation.council import access as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, rules, today


@require_GET
@staff_page
def points(request: StaffRequest) -> HttpResponse:
    """Every contact point, those off the map first, with its trainings and the help it gave."""
    on = today()
    given = queries.help_given(since=on - timedelta(days=365), until=on)
    context = {
        "standings": queries.standings_of_points(pack=rules(on), on=on),
        "closed": list(queries.points().exclude(closed_on=None)),
        "given": given,
        "all_visits": sum(one.visits for one in given.values()),
        "may_keep": council.may(request.user, "contact_points.keep"),
        "may_help": council.may(request.user, "contact_points.help"),
    }
    return render(request, "information/staff/points.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def register(request: StaffRequest, slug: str = "") -> HttpResponse:
    """Register a contact point, or change what is known of one."""
    council.require(request.user, "contact_points.keep")
    found = _point(slug) if slug else None
    typed = request.POST if request.method == "POST" else None
    form = RegisterPoint(typed, point=found, initial={"owner": request.staff})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = actions.register_point(
            found, said=said, spot=form.spot, owner=said["owner"], by=request.staff
        )
        messages.success(request, f"{kept} is kept")
        return redirect("information-point", kept.slug)
    status = 422 if form.errors else 200
    context = {"form": form, "point": found}
    return render(request, "information/staff/register.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def point(request: StaffRequest, slug: str) -> HttpResponse:
    """One contact point: record a training, count help, close it."""
    found, on = _point(slug), today()
    training = RecordTraining(
        request.POST if "train" in request.POST else None, topics=queries.topics(rules(on)), on=on
    )
    helped = RecordHelp(request.POST if "help" in request.POST else None)
    if request.method == "POST" and (done := _keep(request, found, training, helped)):
        messages.success(request, done)
        return redirect("information-point", slug)
    context = {
        "point": found,
        "stands": queries.standing(found, pack=rules(on), on=on),
        "history": list(queries.training_history(found)[:30]),
        "topics": {key: name for key, name, _ in queries.topics(rules(on))},
        "given": queries.help_given(since=on - timedelta(days=365), until=on).get(found.pk),
        "training": training,
        "helped": helped,
        "may_keep": council.may(request.user, "contact_points.keep"),
        "may_help": council.may(request.user, "contact_points.help"),
    }
    status = 422 if training.errors or helped.errors else 200
    return render(request, "information/staff/point.html", context, status=status)


def _keep(
    request: StaffRequest, found: ContactPoint, training: RecordTraining, helped: RecordHelp
) -> str:
    """Do what was pressed, and say what was done; empty when something typed is wrong."""
    if "close" in request.POST:
        actions.close_point(found, by=request.staff, at=now())
        return f"{found} is closed"
    if "open" in request.POST:
        actions.open_again(found, by=request.staff, at=now())
        return f"{found} is open again"
    if "train" in request.POST:
        return _train(request, found, training)
    if "help" in request.POST:
        return _help(request, found, helped)
    return ""


def _train(request: StaffRequest, found: ContactPoint, form: RecordTraining) -> str:
    council.require(request.user, "contact_points.keep")
    if not form.is_valid():
        return ""
    stands = actions.record_training(found, **form.cleaned_data, by=request.staff, at=now())
    where = "is on the map" if stands.is_on_map else "is not on the map yet"
    return f"{stands.in_date} of {len(stands.trained)} trainings. {found} {where}"


def _help(request: StaffRequest, found: ContactPoint, form: RecordHelp) -> str:
    council.require(request.user, "contact_points.help")
    if not form.is_valid():
        return ""
    said = form.cleaned_data
    actions.record_help(
        found, did=said["did"], minutes=said["minutes"], is_settled=said["settled"] == "yes",
        by=request.staff, on=today(),
    )  # fmt: skip
    return "Counted. No name is kept"


def _point(slug: str) -> ContactPoint:
    found = queries.point_of(slug)
    if found is None:
        raise Http404("There is no such contact point")
    return found

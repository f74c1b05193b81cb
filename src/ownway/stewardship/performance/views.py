"""The figures, and the people and limits behind them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, rules, today
from ownway.foundation.record import queries as record
from ownway.stewardship.performance import queries


@staff_page
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """The first figures, each with its finding, its months and its table."""
    access.require(request.user, "figures.read")
    found = queries.stages(request.user, at=now())
    context = {
        "figures": queries.figures(rules(today()), at=now()),
        "stages": found,
        "stage_bars": queries.bars_of(found),
        "may_see_people": access.may(request.user, "people.find"),
    }
    return render(request, "performance/figures.html", context)


@staff_page
@require_safe
def late(request: StaffRequest, measure: str) -> HttpResponse:
    """Those not in time, as far as the viewer may see them."""
    access.require(request.user, "figures.read")
    access.require(request.user, "people.find")
    if measure not in queries.MEASURES:
        raise Http404("No such figure")
    found = queries.MEASURES[measure]
    clocks = queries.not_in_time(request.user, found, at=now())
    context = {
        "figure": queries.figure(found, pack=rules(today()), at=now()),
        "rows": list(zip(clocks, record.faces(clocks, at=now()), strict=True)),
    }
    return render(request, "performance/late.html", context)


@staff_page
@require_safe
def stage(request: StaffRequest, stage: str) -> HttpResponse:
    """The people at one stage whom the viewer may see."""
    access.require(request.user, "figures.read")
    access.require(request.user, "people.find")
    if stage not in queries.STAGES:
        raise Http404("No such stage")
    context = {
        "name": queries.STAGES[stage],
        "found": queries.people_at(request.user, stage, at=now()),
    }
    return render(request, "performance/stage.html", context)

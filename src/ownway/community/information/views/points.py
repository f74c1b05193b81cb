"""Contact points as the public finds them: on a map, and as a list to print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from ownway.community.directory import queries as directory
from ownway.community.directory.queries import places
from ownway.community.information import queries
from ownway.design.maps import Label, Patch, Pin, frame, pin_map
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import now, rules, today


@require_safe
@public_page
def contact_points(request: HttpRequest) -> HttpResponse:
    """The map and the list, nearest first where a postcode was given."""
    context = _points(request)
    points = context["points"]
    context["map"] = draw(points, near=context["near"]) if points else ""
    return render(request, "information/contact_points.html", context)


@require_safe
@public_page
def contact_points_list(request: HttpRequest) -> HttpResponse:
    """The same list in large type, to print."""
    return render(request, "information/contact_points_list.html", _points(request))


def _points(request: HttpRequest) -> dict[str, Any]:
    where = request.GET.get("where", "").strip()[:20]
    near, problem = None, ""
    if where:
        try:
            near = directory.spot(where)
        except directory.UnknownPostcode as wrong:
            problem = str(wrong)
    at = now()
    points = queries.on_the_map(pack=rules(today()), at=at, near=near)
    return {"points": points, "where": where, "near": near, "problem": problem}


def draw(points: list[Any], *, near: directory.Spot | None) -> Markup:
    """The map of these points on the ground of the town."""
    spots = [(float(one.point.easting), float(one.point.northing)) for one in points]
    here = (float(near.easting), float(near.northing)) if near else None
    shown = frame([*spots, here] if here else spots)
    ground = places.quarters(west=shown.west, south=shown.south, east=shown.east, north=shown.north)
    pins = [
        Pin(number, one.point.name, *spot, address=f"#point-{number}")
        for number, (one, spot) in enumerate(zip(points, spots, strict=True), start=1)
    ]
    return pin_map(
        "Contact points on a map",
        pins,
        shown=shown,
        here=here,
        land=[Patch(one.easting, one.northing, 1.7 * one.reach) for one in ground],
        labels=_districts(ground),
    )


def _districts(ground: list[places.Quarter]) -> list[Label]:
    """The first half of each postcode, in the middle of its quarters."""
    found: dict[str, list[places.Quarter]] = {}
    for one in ground:
        found.setdefault(one.name.split()[0], []).append(one)
    return [
        Label(
            name,
            sum(one.easting for one in parts) / len(parts),
            sum(one.northing for one in parts) / len(parts),
        )
        for name, parts in found.items()
    ]

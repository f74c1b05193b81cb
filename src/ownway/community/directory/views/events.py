"""What's on, day by day."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownway.community.directory import queries
from ownway.community.directory.forms import FindEvents
from ownway.community.directory.views.addresses import query_of
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import today


@public_page
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events, groups and clubs by date, from today or the day that is asked for."""
    on = today()
    form = FindEvents(request.GET, on=on)
    form.is_valid()
    first, days = form.first, form.days
    found = queries.whats_on(
        first, days=days, words=form.words, near=form.near, choices=form.choices
    )
    before = max(first - timedelta(days=days), on)
    context = {
        "form": form,
        "found": found,
        "near": form.near,
        "earlier": _from(request, before) if first > on else "",
        "later": _from(request, first + timedelta(days=days)),
        "is_empty": not any(day.happenings for day in found),
    }
    return render(request, "directory/events.html", context)


def _from(request: HttpRequest, day: date) -> str:
    return query_of(
        request.GET,
        from_day=str(day.day),
        from_month=str(day.month),
        from_year=str(day.year),
    )

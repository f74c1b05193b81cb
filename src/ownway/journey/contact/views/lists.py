"""The desk's list: what is still to be settled, by its clock, the urgent first."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import queries as record
from ownway.journey.contact import access, queries

SPAN = timedelta(days=28)
A_PAGE = 50


@staff_page
def contacts(request: StaffRequest) -> HttpResponse:
    """Open contacts, or those settled; with the share settled in time over four weeks."""
    council_access.require(request.user, access.TAKE)
    at = council.now()
    shows_settled = request.GET.get("show") == "settled"
    listed = queries.settled_contacts if shows_settled else queries.open_contacts
    page = _page(request, listed(request.user, at=at))
    rules = council.rules(council.today())
    target = rules.value("contact_target")
    share = queries.settled_in_time(since=at - SPAN, until=at, target=target)
    shown = {
        "rows": [(one, record.face(one.clock, at=at)) for one in page],
        "page": page,
        "urgent": queries.in_urgent_lane(request.user, at=at),
        "may_see_evidence": council_access.may(request.user, "figures.read"),
        "shows_settled": shows_settled,
        "share": share,
        "target_percent": target // 100,
        "hours": rules.value("contact_hours"),
    }
    return render(request, "contact/contacts.html", shown)


def _page(request: HttpRequest, listed):  # type: ignore[no-untyped-def]
    return Paginator(listed, A_PAGE).get_page(request.GET.get("page"))

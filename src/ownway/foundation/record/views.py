"""What a person sees of their record: all that happened, and everybody who looked."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.council.queries import now
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions, queries

LOOKS_A_PAGE = 30


@resident_page
def my_record(request: SignedIn, person_id: int | None = None) -> HttpResponse:
    """The whole timeline of a resident, or of somebody they act for, and who looked at it."""
    at = now()
    own = people.own_person(request.user)
    if person_id is None and own is None:
        raise Http404("Nobody's record")
    who = person_id if person_id is not None else own.pk if own else 0
    person = actions.open_person(request.user, who, what="your record", why="To read it", at=at)
    looks = Paginator(queries.looks_at(request.user, person, at=at), LOOKS_A_PAGE)
    context = {
        "person": person,
        "is_own": own is not None and own.pk == person.pk,
        "own": own,
        "others": people.acted_for(request.user, at=at),
        "events": queries.timeline(request.user, person, at=at)[:500],
        "looks": looks.get_page(request.GET.get("page")),
    }
    return render(request, "record/my_record.html", context)

"""A resident's own things that help at home, and what was tried before a budget."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.prevention import queries


@require_safe
@resident_page
def things(request: SignedIn) -> HttpResponse:
    """What they have, codes still to use, and the five things tried first; of each they act for."""
    at, on = council.now(), council.today()
    theirs = people.own_and_acted_for(request.user, at=at)
    if not theirs:
        raise Http404("Nobody's page")
    for person in theirs:
        record.open_person(
            request.user, person.pk, what="things that help at home", why="To read it", at=at
        )
    own = people.own_person(request.user)
    home = theirs[0].household
    shown = {
        "pages": [queries.things_of(person, is_own=person == own, on=on) for person in theirs],
        "shops": queries.shops(on, postcode=home.postcode if home else ""),
    }
    return render(request, "prevention/my_things.html", shown)

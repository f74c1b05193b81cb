"""A resident's first page: what happens next, the money, the plan, and who looked."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from ownway.community.information import queries as information
from ownway.foundation.council import access
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.council.queries import now
from ownway.foundation.letters import queries as letters
from ownway.foundation.people import queries as people
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as records
from ownway.journey.budgets import queries as budgets
from ownway.journey.contact.queries import applications_of
from ownway.journey.planning import queries as planning
from ownway.pages.next_step import next_step
from ownway.pages.signing_in import first_page


def home(request: SignedIn) -> HttpResponse:
    """Hello, Edith."""
    if access.staff_of(request.user) or access.member_of(request.user):
        return redirect(first_page(request.user))
    at = now()
    own = people.own_person(request.user)
    others = people.acted_for(request.user, at=at)
    if own is None and not others:
        raise Http404("Nobody's page")
    for person in others:
        record.log_look(
            request.user, person, what="your page", why="To see what happens next", at=at
        )
    person = own or others[0]
    mine = plans.plans_of_a_resident(request.user, at=at)
    money = budgets.money_of([person, *others], on=localtime(at).date(), reader=own)
    context = {
        "person": person,
        "others": others,
        "next": next_step(request.user, person, mine, money, at=at),
        "named": people.named_worker(person),
        "money": money,
        "plans": mine,
        "letters": letters.letters(request.user, at=at)[:3],
        "applications": [a for one in filter(None, (own, *others)) for a in applications_of(one)],
        "events": records.timeline(request.user, person, at=at)[:5],
        "to_read": information.waiting_for(request.user),
        "looks": records.newest_looks(request.user, person, at=at, most=5),
    }
    return render(request, "pages/my.html", context)


@require_GET
@resident_page
def plan(request: SignedIn) -> HttpResponse:
    """One plan each, a couple's together; what comes next is said as on the first page."""
    at = now()
    own = people.own_person(request.user)
    mine = plans.plans_of_a_resident(request.user, at=at)
    if not mine:
        return render(request, "planning/no_plan.html", {"person": own})
    for one in mine:
        record.open_person(
            request.user, one.person_id, what="your plan", why="To read the plan", at=at
        )
    on = localtime(at).date()
    others = people.acted_for(request.user, at=at)
    money = budgets.money_of([*([own] if own else []), *others], on=on, reader=own)
    context = {
        "shown": planning.shown(request.user, mine, on=on),
        "next": next_step(request.user, own or mine[0].person, mine, money, at=at),
    }
    return render(request, "planning/my_plan.html", context)

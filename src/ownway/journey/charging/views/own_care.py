"""You pay for your own care: the same guide, directory and plan, and what the council can do."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council import access as council_access
from ownway.foundation.council.http import SignedIn, StaffRequest, posted, resident_page, staff_page
from ownway.foundation.council.queries import now, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import AskFor

WHY = "To see what we can do"
KINDS = ("arrange", "defer")


@require_http_methods(["GET", "POST"])
@resident_page
def own_care(request: SignedIn, person_id: int) -> HttpResponse:
    """What somebody who pays for their own care can do next, and ask for."""
    at = now()
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=at)
    found = queries.own_care(person, on=today())
    if found is None:
        raise Http404("Not somebody who pays for their own care")
    form = AskFor(posted(request))
    kind = request.POST.get("kind", "")
    if form.is_valid() and kind in KINDS:
        try:
            words = form.cleaned_data["words"]
            actions.ask_for(person, kind=kind, words=words, by=request.user, at=at)
        except actions.NotOffered as refusal:
            form.add_error(None, str(refusal))
        else:
            days = budgets.answer_within(today())
            messages.success(
                request, f"We have it. You will hear from us within {days} working days"
            )
            return redirect("my-own-care", person_id=person_id)
    context = {
        "person": person,
        "found": found,
        "form": form,
        "kind": kind,
        "subject": budgets.words_for(person, is_reader=people.own_person(request.user) == person),
        "worker": people.named_worker(person),
    }
    return render(request, "charging/own_care.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def settle(request: StaffRequest, person_id: int, offer_id: int) -> HttpResponse:
    """What was asked for is seen to."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    offer = queries.offer_in(offer_id, person)
    if offer is None:
        raise Http404("No such offer")
    actions.settle_offer(offer, by=request.staff, at=now())
    messages.success(request, "Seen to. It is on the record")
    return redirect("charge", person_id=person_id)

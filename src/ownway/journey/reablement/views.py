"""One person's reablement: refer, end, or record why not."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.reablement import actions, queries
from ownway.journey.reablement.forms import End, Except, Refer


@require_http_methods(["GET", "POST"])
@staff_page
def reablement(request: StaffRequest, person_id: int) -> HttpResponse:
    """How the gate reads, and the ways to move it."""
    council_access.require(request.user, actions.DECIDE)
    why = "To see whether reablement could help"
    person = record.open_person(
        request.user, person_id, what="reablement", why=why, at=council.now()
    )
    referral = queries.referral_open(person)
    forms = {
        "except": Except(_data(request, "except"), colleagues=queries.colleagues(request.staff)),
        "refer": Refer(_data(request, "refer")),
        "end": End(_data(request, "end")),
    }
    pressed = next((name for name in forms if name in request.POST), "")
    if pressed and forms[pressed].is_valid() and _done(request, pressed, person, referral, forms):
        messages.success(request, queries.gate(person).words)
        return redirect("reablement", person.pk)
    shown = {
        "person": person,
        "gate": queries.gate(person),
        "referral": referral,
        "waivers": queries.waivers_of(person),
        "free_weeks": council.rules(council.today()).value("reablement_free_weeks"),
        "forms": forms,
        "pressed": pressed,
    }
    return render(request, "reablement/reablement.html", shown)


def _data(request: StaffRequest, name: str) -> Any:
    return request.POST if name in request.POST else None


def _done(
    request: StaffRequest, pressed: str, person: Any, referral: Any, forms: dict[str, Any]
) -> bool:
    typed, by, at = forms[pressed].cleaned_data, request.staff, council.now()
    try:
        if pressed == "except":
            actions.except_person(person, by=by, at=at, **typed)
        elif pressed == "refer":
            actions.refer(person, by=by.sign_in, at=at, **typed)
        elif referral is not None:
            actions.end(referral, by=by, at=at, **typed)
    except actions.CannotDecide as refusal:
        for name, words in refusal.problems:
            forms[pressed].add_error(name, words)
        return False
    return True

"""Who lives with somebody, who is what to them, and who cares for whom."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now
from ownway.foundation.people import actions as people_actions
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.pages.forms import AddToFamily
from ownway.pages.views.person import ties

WHAT, WHY = "your household and family", "To put them right"


@require_http_methods(["GET", "POST"])
@staff_page
def family(request: StaffRequest, person_id: int) -> HttpResponse:
    """Look at the family on the record, add to it, or end what is no longer so."""
    at = now()
    person = record.open_person(request.user, person_id, what=WHAT, why=WHY, at=at)
    access.require(request.user, "people.change")
    if "end" in request.POST:
        return _end(request, person)
    asked = (request.POST or request.GET).get("q", "")[:120].strip()
    found = (
        [one for one in people.find(request.user, asked) if one.pk != person.pk] if asked else []
    )
    form = AddToFamily(request.POST or None, person=person, found=found)
    if form.is_valid():
        form.carry_out(by=request.user, at=at)
        messages.success(request, "Added to the record")
        return redirect("family", person_id=person.pk)
    people.tell_apart([person, *found])
    context = {"person": person, "ties": ties(person), "asked": asked, "found": found, "form": form}
    return render(request, "pages/family.html", context, status=422 if form.errors else 200)


def _end(request: StaffRequest, person: Person) -> HttpResponse:
    known = {str(one.pk): one for one in people.relationships_of(person)}
    relationship = known.get(request.POST["end"])
    if relationship is None:
        raise Http404("No such tie")
    ends = {relationship.person_id, relationship.other_id}
    people_actions.untie(relationship, on=localtime(now()).date())
    record.write(
        "tie.ended",
        about=person,
        by=request.user,
        at=now(),
        words="We took somebody off your household and family",
        other=next(iter(ends - {person.pk})),
    )
    messages.success(request, "Taken off. The record keeps that it was so")
    return redirect("family", person_id=person.pk)

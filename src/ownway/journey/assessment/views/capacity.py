"""Records of capacity: one decision at a time, and who may then act."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access, actions, queries
from ownway.journey.assessment.forms import TestCapacity


@require_http_methods(["GET", "POST"])
@staff_page
def capacity(request: StaffRequest, person_id: int) -> HttpResponse:
    """What is on record about each decision, and a form for one more."""
    at = council.now()
    person = record.open_person(
        request.user, person_id, what="your record of capacity", why="To see what you decide", at=at
    )
    form = TestCapacity(request.POST or None, people=queries.may_be_suitable(person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_capacity(person, form.test, by=request.user, at=at)
        except actions.CannotRecord as refusal:
            form.refuse(refusal.faults)
        else:
            messages.success(request, "The record of capacity is kept")
            return HttpResponseRedirect(reverse("capacity", args=[person.pk]))
    context = {
        "person": person,
        "form": form,
        "records": queries.capacity_records(request.user, person, at=at),
        "suitable": queries.suitable_person(person),
        "may_assess": access.may_assess(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "assessment/capacity.html", context, status=status)

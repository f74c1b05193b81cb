"""A benefit check: by the person, or by an officer; and putting an award into the charge."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council.http import SignedIn, StaffRequest, posted, resident_page, staff_page
from ownway.foundation.council.queries import now, rules, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import OfficersCheck, OwnCheck

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person

WHY = "To see what may be claimed"
NOTHING_NEW = "This is what we have already. Nothing was changed"


@require_http_methods(["GET", "POST"])
@resident_page
def my_benefits(request: SignedIn, person_id: int) -> HttpResponse:
    """A person says which benefits they get, and which they would like help with."""
    at = now()
    person = record.open_person(request.user, person_id, what="your benefits", why=WHY, at=at)
    is_you = people.own_person(request.user) == person
    looks = queries.to_look_at(person, pack=rules(today()))
    start = {look.benefit.key: look.claim.state for look in looks if look.claim}
    form = OwnCheck(posted(request), looks=looks, subject_is_you=is_you, initial=start)
    if form.is_valid() and _kept(form, person, request=request):
        done = "Kept. If you asked for help, we will be in touch" if form.said else NOTHING_NEW
        messages.success(request, done)
        return redirect("my-benefits", person_id=person_id)
    context = {
        "person": person,
        "form": form,
        "subject": budgets.words_for(person, is_reader=is_you),
        "claims": [(look.benefit, look.claim) for look in looks if look.claim],
        "worker": people.named_worker(person),
    }
    status = 422 if form.errors else 200
    return render(request, "charging/my_benefits.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def benefits(request: StaffRequest, person_id: int) -> HttpResponse:
    """An officer's check of every benefit on one page, and what came of each claim."""
    council_access.require(request.user, access.POWER)
    at = now()
    person = record.open_person(request.user, person_id, what="your benefits", why=WHY, at=at)
    looks = queries.to_look_at(person, pack=rules(today()))
    form = OfficersCheck(posted(request), looks=looks)
    if form.is_valid() and _kept(form, person, request=request, note=form.cleaned_data["note"]):
        is_kept = form.said or form.cleaned_data["note"]
        messages.success(request, "Kept" if is_kept else NOTHING_NEW)
        return redirect("benefit-look", person_id=person_id)
    year = today().replace(month=1, day=1)
    to_rework = queries.awards_to_rework(person)
    context = {
        "person": person,
        "form": form,
        "looks": queries.looks_of(person),
        "gained": queries.gained(first=year, last=today(), person=person),
        "to_rework": to_rework,
        "in_doubt": queries.in_doubt(to_rework),
    }
    return render(request, "charging/benefits.html", context, status=422 if form.errors else 200)


def _kept(
    form: OwnCheck | OfficersCheck, person: "Person", *, request: SignedIn, note: str = ""
) -> bool:
    """Whether what was said is kept; if not, the form says why."""
    if not form.said and not note:
        return True
    try:
        actions.look(person, said=form.said, note=note, by=request.user, at=now())
    except actions.CannotClaim as refusal:
        name = refusal.field if refusal.field in form.fields else f"{refusal.field}-state"
        form.add_error(name if name in form.fields else None, str(refusal))
        return False
    return True


@staff_page
@require_POST
def rework(request: StaffRequest, person_id: int, claim_id: int) -> HttpResponse:
    """Work out anew what is paid with an award the person was told of."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    claim = queries.claim_in(claim_id, person)
    if claim is None:
        raise Http404("No such award")
    try:
        counted = {"yes": True, "no": False}.get(request.POST.get("counted", ""))
        charge = actions.rework(claim, by=request.staff, at=now(), is_in_figures=counted)
    except actions.CannotCharge as refusal:
        messages.error(request, str(refusal))
        return redirect("benefit-look", person_id=person_id)
    messages.success(
        request,
        f"{person.first_name} pays {pounds(charge.charge_pence)} a week from "
        f"{charge.starts_on:%d %B %Y}".replace(" 0", " "),
    )
    return redirect("charge", person_id=person_id)

"""Giving figures, seeing what is paid, and trying other services."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.design.dates import age_on
from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council.http import SignedIn, StaffRequest, resident_page, staff_page
from ownway.foundation.council.queries import now, rules, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import FinancesForm, Services

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person

WHY = "To work out what is paid"


@require_http_methods(["GET", "POST"])
@resident_page
def my_finances(request: SignedIn, person_id: int) -> HttpResponse:
    """A resident says what money comes in, once, and sees what is paid."""
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    access.require_may_give(request.user, person, at=now())
    form = _form(request, person)
    if _taken(request, person, form):
        return redirect("my-sum", person_id=person.pk)
    subject = budgets.words_for(person, is_reader=people.own_person(request.user) == person)
    context = {
        "person": person,
        "form": form,
        "subject": subject,
        "budget": budgets.budget_of(person),
        "worker": people.named_worker(person),
        "keeps_pence": _keeps(),
    }
    return render(request, "charging/my_finances.html", context, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def charge(request: StaffRequest, person_id: int) -> HttpResponse:
    """The desk page: figures given by telephone or on a visit, and the working."""
    council_access.require(request.user, "charge.work_out")
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    form = _form(request, person)
    if _taken(request, person, form):
        return redirect("charge", person_id=person.pk)
    now_paid = queries.contribution(person)
    context = {
        "person": person,
        "form": form,
        "budget": budgets.budget_of(person),
        "charge": now_paid,
        "earlier": queries.charges_before(now_paid) if now_paid else [],
        "finances": queries.finances_of(person),
        "found": budgets.together(person),
    }
    return render(request, "charging/charge.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@resident_page
def try_services(request: SignedIn, person_id: int) -> HttpResponse:
    """Swap services in a trial: their cost moves, what is paid does not. Nothing is kept."""
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    paid = queries.contribution(person)
    if paid is None:
        raise Http404("Nothing is charged yet")
    start = queries.services_in_plan(person)
    form = Services(request.POST or None, initial=_typed(start))
    pack = budgets.pack_of(paid.decision)
    tried = None
    if form.is_valid():
        tried = queries.swap(paid, [queries.Service(*one) for one in form.services], pack=pack)
    subject = budgets.words_for(person, is_reader=people.own_person(request.user) == person)
    context = {
        "person": person,
        "form": form,
        "charge": paid,
        "standing": queries.swap(paid, start, pack=pack),
        "tried": tried,
        "subject": subject,
    }
    return render(
        request, "charging/try_services.html", context, status=422 if form.errors else 200
    )


def _typed(services: list[queries.Service]) -> dict[str, str]:
    typed = {}
    for place, service in enumerate(services[: Services.ROWS], start=1):
        typed[f"words_{place}"] = service.words[:120]
        typed[f"cost_{place}_pence"] = pounds(service.weekly_pence).removeprefix("£")
    return typed


def _form(request: SignedIn, person: "Person") -> FinancesForm:
    on = today()
    pack = rules(on)
    given = queries.finances_of(person)
    age = age_on(person.date_of_birth, on)
    known = {
        name: pounds(value).removeprefix("£") if name.endswith("_pence") else value
        for name, value in (given.facts if given else {}).items()
    }
    return FinancesForm(
        request.POST or None,
        initial=known,
        pack=pack,
        whose=budgets.words_for(person, is_reader=people.own_person(request.user) == person).his,
        pension_age=not queries.simple(pack)
        and age is not None
        and age >= pack.value("pension_age_years"),
    )


def _taken(request: SignedIn, person: "Person", form: FinancesForm) -> bool:
    """Whether the figures were good and are now kept; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        charge = actions.give_finances(person, facts=form.facts, by=request.user, at=now())
    except actions.CannotCharge as refusal:
        form.refuse(refusal.problems or {"": str(refusal)})
        return False
    messages.success(
        request,
        f"Kept. {person.first_name} pays {pounds(charge.charge_pence)} a week, "
        f"and the council pays {pounds(charge.council_pays_pence)}",
    )
    return True


def _keeps() -> int | None:
    pack = rules(today())
    return pack.value("protected_income_pence") if queries.simple(pack) else None

"""The equipment questions and the five points, for one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import NONE, Benefits, Order, Points, Questions, Tried


def _opened(request: StaffRequest, person_id: int, what: str, why: str) -> Any:
    council_access.require(request.user, actions.DO)
    return record.open_person(request.user, person_id, what=what, why=why, at=council.now())


@require_http_methods(["GET", "POST"])
@staff_page
def equipment(request: StaffRequest, person_id: int) -> HttpResponse:
    """All six questions on one page; then what they suggest, to be ordered."""
    person = _opened(request, person_id, "things that help at home", "To see what may help")
    check = queries.last_check(person)
    questions = _questions(request, person, check)
    if request.method == "POST" and "ask" in request.POST and questions.is_valid():
        actions.answer_questions(person, questions.answers(), by=request.staff, at=council.now())
        return redirect("equipment", person.pk)
    ordering = _order(request, person, check)
    if check and ordering and ordering.is_bound and _ordered(request, check, ordering):
        return redirect("equipment", person.pk)
    shown = {
        "person": person,
        "check": check,
        "questions": questions,
        "found": queries.suggest(check.answers) if check else None,
        "order": ordering,
        "items": queries.items_of(person),
    }
    return render(request, "prevention/equipment.html", shown)


def _questions(request: StaffRequest, person: Any, check: Any) -> Questions:
    asked = queries.catalogue().questions
    before = check.answers if check else {}
    first = {q.key: (before[q.key] or [NONE[0]]) if q.many else (before[q.key] or [""])[0]
             for q in asked if q.key in before}  # fmt: skip
    data = request.POST if "ask" in request.POST else None
    return Questions(data, questions=asked, name=person.formal_name, initial=first)


def _order(request: StaffRequest, person: Any, check: Any) -> Order | None:
    if check is None:
        return None
    have = {one.key for one in queries.items_of(person) if one.status != "returned"}
    items = [one for one in queries.suggest(check.answers).items if one.key not in have]
    data = request.POST if "order" in request.POST else None
    return Order(data, items=items, tellable=queries.who_is_told(person))


def _ordered(request: StaffRequest, check: Any, form: Order) -> bool:
    if not form.is_valid():
        return False
    tell = next(
        one for one in queries.who_is_told(check.person) if str(one.pk) == form.cleaned_data["tell"]
    )
    keys = form.cleaned_data["items"]
    try:
        made = actions.order(check, keys, tell=tell, by=request.staff, at=council.now())
    except actions.CannotOrder as refusal:
        form.add_error("items", str(refusal))
        return False
    names = ", ".join(one.name for one in made)
    words = f"Ordered: {names}. Charge £0.00. {tell.formal_name} was told"
    messages.success(request, words)
    return True


@require_http_methods(["GET", "POST"])
@staff_page
def item(request: StaffRequest, person_id: int, item_id: int) -> HttpResponse:
    """One thing: handed over, and whether it helps."""
    person = _opened(request, person_id, "things that help at home", "To see how they work")
    found = queries.items_of(person).filter(pk=item_id).first()
    if found is None:
        raise Http404("No such thing")
    form = Tried(request.POST if "tried" in request.POST else None, initial={"trial": found.trial})
    if request.method == "POST":
        try:
            if "handed" in request.POST:
                actions.hand_over(found, by=request.staff, at=council.now())
                return redirect("equipment-item", person.pk, found.pk)
            if form.is_valid():
                actions.keep_trial(found, by=request.staff, at=council.now(), **form.cleaned_data)
                messages.success(request, f"Kept: {found.name}")
                return redirect("equipment", person.pk)
        except actions.CannotOrder as refusal:
            messages.warning(request, str(refusal))
            return redirect("equipment-item", person.pk, found.pk)
    return render(request, "prevention/item.html", {"person": person, "item": found, "form": form})


@require_http_methods(["GET", "POST"])
@staff_page
def checklist(request: StaffRequest, person_id: int) -> HttpResponse:
    """The five points before any budget."""
    person = _opened(request, person_id, "five points before a budget", "To check what was tried")
    state = queries.checklist_state(person)
    form = Points(request.POST if request.method == "POST" else None, points=state.points)
    if request.method == "POST" and form.is_valid() and _kept(request, person, form):
        messages.success(request, queries.checklist_state(person).words)
        return redirect("checklist", person.pk)
    shown = {"person": person, "state": state, "form": form}
    return render(request, "prevention/checklist.html", shown)


def _kept(request: StaffRequest, person: Any, form: Points) -> bool:
    try:
        actions.mark_points(person, form.changed(), by=request.staff, at=council.now())
    except actions.CannotMark as refusal:
        for name, words in refusal.problems:
            form.add_error(name, words)
        return False
    return True


@require_http_methods(["GET", "POST"])
@staff_page
def benefits(request: StaffRequest, person_id: int) -> HttpResponse:
    """What a benefit check found, with the money gained."""
    person = _opened(request, person_id, "your benefit check", "To see what you may claim")
    form = Benefits(request.POST if request.method == "POST" else None)
    if form.is_valid():
        gain, found = form.cleaned_data["gain"], form.cleaned_data["found"]
        try:
            actions.keep_benefit_check(
                person, gain_pence_a_week=gain, found=found, by=request.staff, at=council.now()
            )
        except actions.CannotMark as refusal:
            for name, words in refusal.problems:
                form.add_error(name, words)
        else:
            messages.success(request, "Benefit check kept")
            return redirect("checklist", person.pk)
    return render(request, "prevention/benefits.html", {"person": person, "form": form})

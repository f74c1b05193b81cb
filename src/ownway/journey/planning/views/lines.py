"""Writing a line of a plan: the wish, then who helps, then what it costs and who pays."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ownway.community.directory import queries as directory
from ownway.foundation.council.access import staff_of
from ownway.foundation.council.http import SignedIn, posted
from ownway.foundation.council.queries import now, today
from ownway.foundation.people import queries as people
from ownway.foundation.plan import queries as plans
from ownway.journey.planning import actions, queries
from ownway.journey.planning.forms import AskFirst, Cost, PutBy, Support, Wish
from ownway.journey.planning.views.opening import home, line_to_write, page, plan_to_write


@require_http_methods(["GET", "POST"])
def new_line(request: SignedIn, plan_id: int) -> HttpResponse:
    """What is wanted. It is kept at once, whether or not anybody is found for it."""
    at = now()
    plan = plan_to_write(request, plan_id, at=at)
    form = Wish(posted(request), version=0)
    if form.is_valid():
        line = actions.add_wish(plan, wish=form.cleaned_data["wish"], by=request.user, at=at)
        return redirect("line-support", line_id=line.pk)
    return page(
        request, "planning/wish.html", plan, {"form": form, "line": None}, refused=bool(form.errors)
    )


@require_GET
def line(request: SignedIn, line_id: int) -> HttpResponse:
    """All that a line says, each part with its own way to change it."""
    found = line_to_write(request, line_id, at=now())
    reader = None if staff_of(request.user) else people.own_person(request.user)
    context = {
        "line": found,
        "price": directory.prices([found.entry_key], on=today()).get(found.entry_key, ""),
        "words": queries.line_in_words(found),
        "paid_by": queries.paid_by(found, reader),
    }
    return page(request, "planning/line.html", found.plan, context)


@require_http_methods(["GET", "POST"])
def wish(request: SignedIn, line_id: int) -> HttpResponse:
    """Change the wish itself."""
    found = line_to_write(request, line_id, at=now())
    form = Wish(posted(request), version=found.version, initial={"wish": found.wish})
    if form.is_valid() and _saved(request, found, form, form.typed):
        return redirect("line", line_id=found.pk)
    context = {"form": form, "line": found}
    return page(request, "planning/wish.html", found.plan, context, refused=bool(form.errors))


@require_http_methods(["GET", "POST"])
def support(request: SignedIn, line_id: int) -> HttpResponse:
    """Who or what could help: from the directory, in own words, or nobody found yet."""
    found = line_to_write(request, line_id, at=now())
    parts = queries.parts_of_life(queries.worked_out(found.plan.person))
    form = Support(posted(request), line=found, parts=parts)
    typed = _support_typed(request, form) if form.is_valid() else None
    if typed is not None and _saved(request, found, form, typed):
        return home(request, found.plan) if typed.get("not_found") else _on_to_cost(found)
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "form": form,
        "line": found,
        "q": words,
        "found": _search(words, found) if words else None,
        "shortlist": directory.shortlisted(request.session, on=today()),
    }
    return page(request, "planning/support.html", found.plan, context, refused=bool(form.errors))


def _search(words: str, line: Any) -> Any:
    household = line.plan.person.household
    near = directory.near_of(household.postcode) if household and household.postcode else None
    return directory.search(words, on=today(), near=near, limit=8)


def _support_typed(request: SignedIn, form: Support) -> dict[str, Any] | None:
    """What the press of one of three buttons says; None when it says nothing that can be kept."""
    if request.POST.get("do") == "not-found":
        return {"not_found": True, "cost_pence": 0, "hours": None, "price_pence": None}
    if key := request.POST.get("entry", ""):
        return _of_entry(key, form)
    if form.cleaned_data["support"]:
        own_words = {"entry_key": "", "organisation_id": None, "at_source": False}
        same = form.cleaned_data["support"] == form.initial["support"]
        return form.typed if same else form.typed | own_words
    form.add_error("support", "Write who could help, pick one below, or keep it as a wish")
    return None


def _of_entry(key: str, form: Support) -> dict[str, Any] | None:
    entry = directory.entry(key, on=today())
    if entry is None:
        form.add_error("support", "This is no longer in the list. Pick another, or write your own")
        return None
    typed: dict[str, Any] = {
        "support": f"{entry.name}, {entry.what}"[:200] if entry.what else entry.name[:200],
        "entry_key": entry.key,
        "organisation_id": entry.organisation_id,
        "at_source": queries.is_in_house(entry.organisation_id),
    }
    fitting = [part for part in entry.domains if part in form.parts]
    chosen = form.cleaned_data["domain"] or (fitting[0] if fitting else "")
    return typed | ({"domain": chosen} if chosen else {})


def _on_to_cost(line: Any) -> HttpResponse:
    return redirect("line-cost", line_id=line.pk)


@require_http_methods(["GET", "POST"])
def cost(request: SignedIn, line_id: int) -> HttpResponse:
    """Who pays, how much, how often."""
    found = line_to_write(request, line_id, at=now())
    reader = people.own_person(request.user)
    whose = queries.called(found.plan, reader)
    entry = directory.entry(found.entry_key, on=today()) if found.entry_key else None
    form = Cost(
        posted(request),
        line=found,
        whose=whose,
        price=entry.price_pence if entry else None,
        is_by_hour="hour" in entry.price_each if entry else False,
    )
    if form.is_valid() and _saved(request, found, form, form.typed | {"not_found": False}):
        _tell_sum(request, found.plan)
        return home(request, found.plan)
    context = {
        "form": form,
        "line": found,
        "entry": entry,
        "sum": queries.sum_of(found.plan, plans.lines_of(found.plan)),
    }
    return page(request, "planning/cost.html", found.plan, context, refused=bool(form.errors))


def _saved(request: SignedIn, line: Any, form: Any, typed: dict[str, Any]) -> bool:
    """Save what was typed over a line; else show why not beside it."""
    try:
        saved = actions.change_line(line, typed, seen=form.version, by=request.user, at=now())
    except actions.NeedsAsking as refusal:
        place = next((f for f in ("cost_pence", "support", "wish") if f in form.fields), None)
        form.add_error(place, str(refusal))
        form.needs_asking = True
        return False
    if saved.clashes:
        form.show_clashes(saved.clashes, version=saved.row.version)
    return not saved.clashes


def _tell_sum(request: SignedIn, plan: Any) -> None:
    """The running sum after each change of money: never over or under unsaid."""
    summed = queries.sum_of(plan, plans.lines_of(plan))
    messages.success(request, f"Saved. {summed.in_words}")


@require_http_methods(["GET", "POST"])
def put_by(request: SignedIn, plan_id: int) -> HttpResponse:
    """Keep some of the budget for a bad week."""
    at = now()
    plan = plan_to_write(request, plan_id, at=at)
    lines = plans.lines_of(plan)
    kept = next((line for line in lines if line.is_reserve), None)
    summed = queries.sum_of(plan, lines)
    form = PutBy(posted(request), line=kept, left_pence=summed.left_pence)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            saved = actions.put_by(
                plan,
                pence=typed["cost_pence"],
                words=typed["support"],
                seen=form.version,
                by=request.user,
                at=at,
            )
        except actions.NeedsAsking as refusal:
            form.add_error("cost_pence", str(refusal))
        else:
            if not saved.clashes:
                _tell_sum(request, plan)
                return home(request, plan)
            form.show_clashes(saved.clashes, version=saved.row.version)
    context = {"form": form, "line": kept, "sum": summed}
    return page(request, "planning/put_by.html", plan, context, refused=bool(form.errors))


@require_POST
def remove(request: SignedIn, line_id: int) -> HttpResponse:
    """Take a line out of the plan."""
    found = line_to_write(request, line_id, at=now())
    try:
        actions.take_out(found, by=request.user, at=now())
    except actions.NeedsAsking as refusal:
        messages.warning(request, str(refusal))
        return redirect("line-ask", line_id=found.pk)
    messages.success(request, f"Taken out of the plan: {found.wish}")
    return home(request, found.plan)


@require_http_methods(["GET", "POST"])
def ask_first(request: SignedIn, line_id: int) -> HttpResponse:
    """Ask for a change that goes past what may be changed without asking."""
    at = now()
    found = line_to_write(request, line_id, at=at)
    worker = queries.responsible_for(found.plan.person)
    form = AskFirst(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        actions.ask_to_change(found, words=words, by=request.user, at=at)
        name = worker.first_name if worker else "someone"
        messages.success(request, f"We have asked {name}. Nothing is changed until you hear")
        return home(request, found.plan)
    context = {"form": form, "line": found, "worker": worker}
    return page(request, "planning/ask_first.html", found.plan, context, refused=bool(form.errors))

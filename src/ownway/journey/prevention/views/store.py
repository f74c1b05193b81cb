"""The store: what is there, what is out on loan, and what is recalled."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import Count, NewLine, Receive, StartRecall


@require_http_methods(["GET", "POST"])
@staff_page
def store(request: StaffRequest) -> HttpResponse:
    """Every line of the store, what is low first; and a new line."""
    council_access.require(request.user, actions.STOCK)
    form = NewLine(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_stock_line(by=request.staff, at=council.now(), **form.cleaned_data)
        except actions.CannotMove as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"{made.name} is kept in store now")
            return redirect("stock-line", made.key)
    shown = {
        "lines": queries.stock_lines(),
        "form": form,
        "late": queries.count_late(council.today()),
        "people": queries.issued_by_kind(),
        "trials": queries.trial_counts(),
    }
    return render(request, "prevention/store.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_page
def stock_line(request: StaffRequest, key: str) -> HttpResponse:
    """One line: its ledger, what came in, and what was counted."""
    council_access.require(request.user, actions.STOCK)
    line = queries.stock_line(key)
    if line is None:
        raise Http404("No such line")
    forms: dict[str, Any] = {
        "receive": Receive(request.POST if "receive" in request.POST else None),
        "count": Count(request.POST if "count" in request.POST else None),
    }
    pressed = next((name for name in forms if name in request.POST), "")
    if pressed and forms[pressed].is_valid():
        does = {"receive": actions.receive, "count": actions.count}[pressed]
        try:
            does(line, by=request.staff, at=council.now(), **forms[pressed].cleaned_data)
        except actions.CannotMove as refusal:
            forms[pressed].add_error(refusal.field, str(refusal))
        else:
            return redirect("stock-line", line.key)
    shown = {"line": line, "ledger": queries.ledger(line), "forms": forms, "pressed": pressed}
    refused = bool(pressed and forms[pressed].errors)
    return render(request, "prevention/stock_line.html", shown, status=422 if refused else 200)


@require_safe
@staff_page
def loans(request: StaffRequest) -> HttpResponse:
    """What is out on loan, to people the viewer may see; what is due back first."""
    council_access.require(request.user, actions.STOCK)
    at = council.now()
    pages = Paginator(queries.on_loan(request.user, at=at), queries.LOANS)
    page = pages.get_page(request.GET.get("page"))
    _log(request, list(page), what="things on loan", why="To see what is due back")
    shown = {"page": page, "today": council.today(), "late": queries.count_late(council.today())}
    return render(request, "prevention/loans.html", shown)


def _log(request: StaffRequest, items: list[Any], *, what: str, why: str) -> None:
    people = {one.person_id: one.person for one in items}
    record.log_looks(request.user, people.values(), what=what, why=why, at=council.now())


@require_http_methods(["GET", "POST"])
@staff_page
def recalls(request: StaffRequest) -> HttpResponse:
    """Every recall; and calling something back."""
    council_access.require(request.user, actions.STOCK)
    items = queries.catalogue(council.today()).items
    form = StartRecall(posted(request), items=items)
    if form.is_bound and form.is_valid():
        try:
            made = actions.start_recall(by=request.staff, at=council.now(), **form.cleaned_data)
        except actions.CannotOrder as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, f"{made.reached} people are told, each a task to fetch it")
            return redirect("recall", made.pk)
    shown = {"recalls": queries.recalls(), "form": form}
    return render(request, "prevention/recalls.html", shown, status=422 if form.errors else 200)


@require_safe
@staff_page
def recall(request: StaffRequest, number: int) -> HttpResponse:
    """One recall: who has it still, of those the viewer may see; the others as a number."""
    council_access.require(request.user, actions.STOCK)
    found = queries.recall(number)
    if found is None:
        raise Http404("No such recall")
    seen = queries.holders_for(request.user, found, at=council.now())
    _log(request, seen, what="a recall", why=f"To fetch what is recalled: {found.name}")
    still = queries.holders(found).count()
    shown = {"recall": found, "holders": seen, "others": still - len(seen), "still": still}
    return render(request, "prevention/recall.html", shown)

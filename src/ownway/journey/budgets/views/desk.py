"""The payments desk: what is due, who prepares, who releases, what was sent."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.budgets import actions, forms, queries

DO = {"prepare": (actions.prepare, "prepared"), "release": (actions.release, "released")}
PAGE = require_http_methods(["GET", "POST"])


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, though it be nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _require(request: StaffRequest) -> None:
    may = council_access.may
    if not (may(request.user, "pay.prepare") or may(request.user, "pay.release")):
        raise PermissionDenied("Your role does not allow this (payments)")


@PAGE
@staff_page
def payments(request: StaffRequest) -> HttpResponse:
    """What is due within two weeks, by what it waits for, and what went lately."""
    _require(request)
    on, at = council.today(), council.now()
    desk = queries.desk(request.user, on=on, at=at, pages=request.GET)
    known = [*desk.to_prepare.keys, *desk.to_release.keys]
    form = forms.PickPayments(_typed(request), known=known)
    if request.method == "POST" and form.is_valid() and _did(request, form, at=at):
        return redirect("payments")
    return render(request, "budgets/payments.html", _shown(desk, form, on=on))


def _did(request: StaffRequest, form: forms.PickPayments, *, at: datetime) -> bool:
    act, done = DO.get(request.POST.get("do", ""), DO["prepare"])
    try:
        moved = act(form.cleaned_data["payments"], by=request.staff, at=at)
    except actions.CannotPay as refusal:
        form.add_error("payments", str(refusal))
        return False
    count = "1 payment" if len(moved) == 1 else f"{len(moved)} payments"
    messages.success(request, f"{count}, {pounds(queries.total(moved))}, {done}")
    return True


def _shown(desk: queries.Desk, form: forms.PickPayments, *, on: date) -> dict[str, Any]:
    picked = {str(key) for key in form.data.getlist("payments")} if form.is_bound else set()  # type: ignore[attr-defined]
    return {
        "desk": desk,
        "form": form,
        "picked": picked,
        "on": on,
        "until": on + queries.AHEAD,
        "trading": list(queries.trading_accounts()),
        "names": queries.names,
    }


@PAGE
@staff_page
def payment(request: StaffRequest, payment_id: int) -> HttpResponse:
    """One payment: why this amount, who let it go, and its entries in the ledger."""
    _require(request)
    at = council.now()
    found = get_object_or_404(queries.payments(request.user, at=at), pk=payment_id)
    for share in found.agreement.shares.all():
        record.open_person(
            request.user, share.person_id, what="a payment", why="To pay your budget", at=at
        )
    form = forms.TakeBack(_typed(request))
    if form.is_valid():
        try:
            actions.take_back(found, because=form.cleaned_data["because"], by=request.staff, at=at)
        except actions.CannotPay as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, "Taken back. It can be prepared again")
            return redirect("payment", found.pk)
    total = queries.sum_agreed(found.agreement)
    rows = queries.rows(total)
    context = {
        "payment": found,
        "people": [share.person for share in total.shares],
        "rows": rows,
        "totals": queries.totals(rows),
        "entries": queries.entries_of(found.transaction) if found.transaction else [],
        "form": form,
        "names": queries.names(found.agreement),
    }
    return render(request, "budgets/payment.html", context)


@PAGE
@staff_page
def find_payee(request: StaffRequest, person_id: int) -> HttpResponse:
    """Whom the council pays for each line of a plan that names nobody."""
    council_access.require(request.user, "pay.prepare")
    at = council.now()
    person = record.open_person(
        request.user, person_id, what="your plan’s costs", why="To find whom we pay", at=at
    )
    lines = queries.without_payee(person)
    form = forms.NamePayees(_typed(request), lines=lines, payees=queries.payees())
    if form.is_valid():
        for line, organisation in form.named:
            actions.name_payee(line, organisation=organisation, by=request.staff, at=at)
        left = len(queries.without_payee(person))
        more = f" {left} more to find" if left else " Nobody is left to find"
        messages.success(request, f"Kept.{more} for {person.name}")
        return redirect("find-payee" if left else "payments", *([person.pk] if left else []))
    status = 422 if form.errors else 200
    context = {"person": person, "form": form, "lines": lines}
    return render(request, "budgets/find_payee.html", context, status=status)

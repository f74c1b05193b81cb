"""Volunteers, and helpers at contact points, find out whether entries are still right."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownway.community.directory.actions import checking
from ownway.community.directory.forms.editing import AnswerCheck
from ownway.community.directory.http import REFUSED, checker_page
from ownway.community.directory.queries import content, freshness, keeping
from ownway.foundation.council.http import SignedIn, posted, resident_page, staff_page
from ownway.foundation.council.queries import now, today

ROWS_A_PAGE = 20


@dataclass(frozen=True)
class Side:
    """Whose pages these are: a resident's own, or the desk's."""

    frame: str
    list_name: str
    check_name: str


MINE = Side("layout/my.html", "my-checks", "my-check")
DESK = Side("layout/staff.html", "desk-checks", "desk-check")


@require_http_methods(["GET", "POST"])
@resident_page
@checker_page
@never_cache
def my_checks(request: SignedIn) -> HttpResponse:
    """What a resident may check, and has taken."""
    return _checks(request, MINE)


@require_http_methods(["GET", "POST"])
@resident_page
@checker_page
@never_cache
def my_check(request: SignedIn, pk: int) -> HttpResponse:
    """One check of a resident."""
    return _check(request, pk, MINE)


@require_http_methods(["GET", "POST"])
@staff_page
@checker_page
@never_cache
def desk_checks(request: SignedIn) -> HttpResponse:
    """What staff may check, and have taken."""
    return _checks(request, DESK)


@require_http_methods(["GET", "POST"])
@staff_page
@checker_page
@never_cache
def desk_check(request: SignedIn, pk: int) -> HttpResponse:
    """One check of a member of staff."""
    return _check(request, pk, DESK)


def _checks(request: SignedIn, side: Side) -> HttpResponse:
    on = today()
    found = keeping.checks_to_take(on=on)
    if request.method == "POST":
        typed = request.POST.get("entry", "")
        row = int(typed) if typed.isascii() and typed[:9].isdecimal() and len(typed) < 10 else 0
        return _taken(request, row, side)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": side,
        "frame": side.frame,
        "page": page,
        "own": list(keeping.own_checks(request.user)),
        "done": keeping.answered_checks(request.user),
    }
    return render(request, "directory/keep/checks.html", context)


def _taken(request: SignedIn, row: int, side: Side) -> HttpResponse:
    entry = keeping.entries().filter(pk=row).first()
    if entry is None:
        raise Http404("There is no such entry")
    try:
        check = checking.take(entry, by=request.user, at=now())
    except checking.CannotCheck as refusal:
        messages.error(request, str(refusal))
        return redirect(side.list_name)
    return redirect(side.check_name, check.pk)


def _check(request: SignedIn, pk: int, side: Side) -> HttpResponse:
    check = keeping.own_check(request.user, pk)
    if check is None:
        raise Http404("You have no such check")
    if check.answered_at or check.let_go_at:
        messages.error(request, "You have answered this check, or it is over. Thank you")
        return redirect(side.list_name)
    if request.POST.get("do") == "let-go":
        checking.let_go(check, by=request.user, at=now())
        messages.success(request, f"{check.entry.name} is back on the list")
        return redirect(side.list_name)
    form = AnswerCheck(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            checking.answer(
                check, says=said["answer"], way=said["way"], words=said["words"],
                by=request.user, at=now(),
            )  # fmt: skip
        except checking.CannotCheck as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, THANKS[said["answer"]].format(name=check.entry.name))
        return redirect(side.list_name)
    entry = keeping.entries().get(pk=check.entry_id)
    whole = content.content_of(entry)
    context = {
        "pages": side,
        "frame": side.frame,
        "check": check,
        "entry": entry,
        "whole": whole,
        "labels": content.LABELS,
        "shown": content.shown,
        "due_on": freshness.next_due(entry.checked_on, on=today()),
        "form": form,
    }
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/check.html", context, status=status)


THANKS = {
    "right": "Thank you. {name} is marked as checked today",
    "changed": "Thank you. We have told {name} what you found, and we see to it",
    "unknown": "Thank you for trying. {name} is back on the list",
}

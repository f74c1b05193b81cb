"""Working everybody out anew: choose the day, look at what it does, confirm, or undo."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now
from ownway.foundation.record import actions as record
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import PreviewUprating, Sure

if TYPE_CHECKING:
    from ownway.journey.charging.models import Uprating

SHOW = ("outliers", "all", "cannot")
MOVING = ("previewing", "deciding", "telling", "undoing")
"""While a run goes on by itself only how far it is is shown, and nobody is looked at."""
A_PAGE = 50
WHY = "To check new rates before they are decided"
CONFIRMED = "Confirmed. It is being decided; nobody is told yet"


@staff_page
@require_http_methods(["GET", "POST"])
def upratings(request: StaffRequest) -> HttpResponse:
    """Every run, and beginning one."""
    access.require_may_uprate(request.user)
    form = PreviewUprating(posted(request))
    if form.is_valid():
        try:
            run = actions.preview_uprating(
                form.cleaned_data["on"], by=request.staff, at=now(), **form.rises
            )
        except actions.CannotUprate as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("uprating", uprating_id=run.pk)
    context = {"form": form, "runs": queries.upratings()[:20]}
    return render(request, "charging/upratings.html", context, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def uprating(request: StaffRequest, uprating_id: int) -> HttpResponse:
    """One run: how far it is, what it does to whom, and confirming it."""
    access.require_may_uprate(request.user)
    run = queries.uprating(uprating_id)
    if run is None:
        raise Http404("No such run")
    form = Sure(posted(request))
    if form.is_valid():
        try:
            confirmed = actions.confirm_uprating(run, by=request.staff, at=now())
        except actions.CannotUprate as refusal:
            form.add_error(None, str(refusal))
        else:
            is_first = run.confirmed_at is None
            messages.success(request, CONFIRMED if is_first else _already(confirmed))
            return redirect("uprating", uprating_id=run.pk)
    show = request.GET.get("show") if request.GET.get("show") in SHOW else SHOW[0]
    is_moving = run.stage in MOVING
    rows = queries.rows_of(run) if show == "all" else queries.outliers(run)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    cannot = queries.cannot_be(run) if show == "cannot" and not is_moving else []
    people = [one for group in cannot for one in group.people]
    shown = people if show == "cannot" else [row.person for row in page]
    if not is_moving:
        record.log_looks(request.user, shown, what="what you pay", why=WHY, at=now())
    context = {
        "is_moving": is_moving,
        "run": run,
        "form": form,
        "preview": queries.preview_of(run),
        "changes": queries.changes_on(run.on),
        "show": show,
        "page": page,
        "cannot": cannot,
    }
    return render(request, "charging/uprating.html", context, status=422 if form.errors else 200)


def _already(run: "Uprating") -> str:
    """What to say of a run that was confirmed before."""
    stage = run.get_stage_display()
    return f"It was confirmed before. It stands at: {stage[:1].lower()}{stage[1:]}"


@staff_page
@require_POST
def tell_now(request: StaffRequest, uprating_id: int) -> HttpResponse:
    """Let the letters go at once."""
    return _do(request, uprating_id, actions.tell_uprating_now, "The letters are being written")


@staff_page
@require_POST
def undo(request: StaffRequest, uprating_id: int) -> HttpResponse:
    """Undo a run before its letters go."""
    return _do(request, uprating_id, actions.undo_uprating, "Undone. Nobody’s charge changes")


def _do(request: StaffRequest, uprating_id: int, do: actions.Do, said: str) -> HttpResponse:
    access.require_may_uprate(request.user)
    run = queries.uprating(uprating_id)
    if run is None:
        raise Http404("No such run")
    try:
        do(run, by=request.staff, at=now())
    except actions.CannotUprate as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("uprating", uprating_id=run.pk)

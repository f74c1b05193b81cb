"""Finding a formula from the council's own history: the reports, one of them, and its draft."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now, today
from ownway.policy.refusals import PolicyRefused
from ownway.stewardship.programme import actions
from ownway.stewardship.programme.forms.history import BeginDraft, History, usual_start
from ownway.stewardship.programme.queries import calibrations as queries

if TYPE_CHECKING:
    from ownway.stewardship.programme.models import Calibration


@staff_page
@require_http_methods(["GET", "POST"])
def calibrations(request: StaffRequest) -> HttpResponse:
    """Every report, and a history to make another from."""
    access.require(request.user, "policy.weigh")
    form = History(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.calibrate(
                form.cleaned_data["file"],
                name=form.cleaned_data["name"],
                percentile=form.cleaned_data["percentile"],
                with_challenger=form.cleaned_data["compare"],
                by=access.require(request.user, "policy.draft"),
                at=now(),
            )
        except PolicyRefused as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, "Worked out. The history itself was not kept")
            return redirect("policy-calibration", calibration_id=made.pk)
    context = {
        "found": queries.calibrations(),
        "form": form,
        "may_draft": access.may(request.user, "policy.draft"),
    }
    status = 422 if form.errors else 200
    return render(request, "programme/calibrations.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def calibration(request: StaffRequest, calibration_id: int) -> HttpResponse:
    """One report: how near it comes, the points and the curve, and whom it may not suit."""
    access.require(request.user, "policy.weigh")
    kept = _kept(calibration_id)
    form = BeginDraft(posted(request), initial={"starts_on": usual_start(today())})
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.draft_of(
                kept,
                starts_on=form.cleaned_data["starts_on"],
                by=access.require(request.user, "policy.draft"),
                at=now(),
            )
        except actions.CannotDraft as refusal:
            form.refuse(str(refusal))
        else:
            messages.success(request, "The numbers are in a draft")
            return redirect("policy-effect", number=draft.number)
    context = {
        "kept": kept,
        "found": queries.found_in(kept),
        "levels": queries.LEVELS,
        "form": form,
        "may_draft": access.may(request.user, "policy.draft"),
    }
    status = 422 if form.errors else 200
    return render(request, "programme/calibration.html", context, status=status)


@staff_page
@require_safe
def pack(request: StaffRequest, calibration_id: int) -> HttpResponse:
    """The draft pack as a file."""
    access.require(request.user, "policy.weigh")
    kept = _kept(calibration_id)
    answer = HttpResponse(kept.pack_text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="calibration-{kept.pk}.toml"'
    return answer


def _kept(calibration_id: int) -> "Calibration":
    found = queries.calibration(calibration_id)
    if found is None:
        raise Http404("No such report")
    return found

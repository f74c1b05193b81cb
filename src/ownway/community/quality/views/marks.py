"""Assessing who asks for a mark, what becomes of it, and the list of criteria."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownway.community.quality import actions, queries
from ownway.community.quality.forms import Because, Judge, NewCriteria
from ownway.community.quality.http import keeper_page, status_of
from ownway.foundation.council.http import StaffRequest, posted
from ownway.foundation.council.queries import now, rules, today
from ownway.policy import marks

if TYPE_CHECKING:
    from ownway.community.quality.models import Application

DONE = {"keep": "Kept", "award": "The mark is awarded", "refuse": "Not awarded, and they are told"}


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def application(request: StaffRequest, pk: int) -> HttpResponse:
    """Evidence by criterion, the last visit, outcomes; keep, award, or refuse."""
    asked = queries.marks.applications(request.user).filter(pk=pk).first()
    if asked is None:
        raise Http404("There is no such application")
    evidence = queries.marks.evidence_of(asked)
    initial = {
        "outcomes_met": asked.outcomes_met,
        "outcomes_of": asked.outcomes_of,
        "outcomes_from": asked.outcomes_from,
        "level": asked.level,
        "because": asked.because,
    }
    form = Judge(posted(request), initial=initial, evidence=evidence)
    do = request.POST.get("do", "keep")
    if form.is_valid() and do in DONE:
        try:
            _do(request, form, asked, do=do)
        except actions.marks.CannotAward as refusal:
            for one in refusal.objections:
                form.refuse(one.text, field="because")
        else:
            messages.success(request, DONE[do])
            return redirect("quality-application", pk)
    context = {"asked": asked, "form": form, "lines": evidence} | _counted(asked)
    return render(request, "quality/desk_application.html", context, status=status_of(form))


def _counted(asked: "Application") -> dict[str, object]:
    """The two shares that are counted, what each mark asks of them, and the mark that is held."""
    visit = queries.marks.last_visit(asked.entry)
    return {
        "visit": visit,
        "score": marks.standards_score([f.met for f in visit.findings.all()]) if visit else None,
        "rate": marks.outcome_rate(asked.outcomes_met, asked.outcomes_of),
        "needed": queries.marks.shares_asked(rules(today())),
        "award": queries.marks.award_of(asked.entry),
    }


def _do(request: StaffRequest, form: Judge, asked: "Application", *, do: str) -> None:
    clean = form.cleaned_data
    step: dict[str, Any] = {"by": request.staff, "at": now()}
    actions.marks.judge(
        asked, form.judged(), outcomes=form.outcomes, outcomes_from=clean["outcomes_from"],
        by=request.staff,
    )  # fmt: skip
    if do == "award":
        actions.marks.award(asked, level=clean["level"], because=clean["because"], **step)
    elif do == "refuse":
        actions.marks.refuse(asked, because=clean["because"], **step)


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def award(request: StaffRequest, pk: int) -> HttpResponse:
    """A mark that stands: suspend it, or restore it."""
    made = queries.marks.awards(request.user).filter(pk=pk).first()
    if made is None:
        raise Http404("There is no such mark now")
    form = Because(posted(request))
    if form.is_valid():
        change = actions.marks.suspend if made.status == "stands" else actions.marks.restore
        try:
            change(made, because=form.cleaned_data["because"], by=request.staff, at=now())
        except actions.marks.CannotAward as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Changed, and the provider is told")
            return redirect("quality-award", pk)
    context = {"award": made, "form": form}
    return render(request, "quality/desk_award.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def criteria(request: StaffRequest) -> HttpResponse:
    """The criteria in force, and a new version of them."""
    versions = list(queries.marks.criteria_versions())
    before = versions[0] if versions else None
    form = NewCriteria(posted(request), initial={"starts_on": today()}, before=before)
    if form.is_valid():
        clean = form.cleaned_data
        try:
            actions.marks.publish_criteria(
                form.each(), starts_on=clean["starts_on"], because=clean["because"],
                by=request.staff, at=now(),
            )  # fmt: skip
        except actions.marks.CannotAward as refusal:
            form.refuse(refusal, field="starts_on")
        else:
            messages.success(request, "The new criteria are published")
            return redirect("quality-criteria")
    context = {"versions": versions, "form": form}
    return render(request, "quality/desk_criteria.html", context, status=status_of(form))

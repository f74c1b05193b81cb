"""The Standards at the desk: new versions, contracts that hold them, and visits."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownway.community.quality import actions, queries
from ownway.community.quality.forms import NewStandards, PlanVisit, SignContract
from ownway.community.quality.http import keeper_page, status_of
from ownway.community.quality.views.staff import entry_or_404
from ownway.foundation.council.http import StaffRequest, posted
from ownway.foundation.council.queries import now, today


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def standards(request: StaffRequest) -> HttpResponse:
    """The Standards in force, who has signed them, and a new version."""
    versions = list(queries.standards.standards_versions())
    before = versions[0] if versions else None
    form = NewStandards(posted(request), initial={"starts_on": today()}, before=before)
    if form.is_valid():
        clean = form.cleaned_data
        try:
            actions.standards.publish_standards(
                form.each(), starts_on=clean["starts_on"], written_by=clean["written_by"],
                because=clean["because"], by=request.staff, at=now(),
            )  # fmt: skip
        except actions.standards.CannotVisit as refusal:
            form.refuse(refusal, field="starts_on")
        else:
            messages.success(request, "The new Standards are published")
            return redirect("quality-standards")
    context = {
        "versions": versions,
        "form": form,
        "signed": list(queries.standards.signings(before)) if before else [],
    }
    return render(request, "quality/desk_standards.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def plan_visit(request: StaffRequest, slug: str) -> HttpResponse:
    """Plan a visit to an entry, by a lay reviewer whose check is in date."""
    entry = entry_or_404(slug)
    form = PlanVisit(posted(request), reviewers=queries.standards.reviewers(on=today()))
    if form.is_valid():
        people = {one.pk: one for one in queries.standards.reviewers(on=today())}
        who = people[form.cleaned_data["reviewer"]]
        try:
            visit = actions.standards.plan_visit(
                entry, on=form.cleaned_data["on"], reviewer=who, by=request.staff, at=now()
            )
        except actions.standards.CannotVisit as refusal:
            form.refuse(refusal, field="on")
        else:
            messages.success(request, f"Planned. {who} and the provider are told")
            return redirect("quality-visit", visit.pk)
    context = {"entry": entry, "form": form}
    return render(request, "quality/desk_plan_visit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def sign_contract(request: StaffRequest, slug: str) -> HttpResponse:
    """Write down that a contract holds the Standards in force."""
    entry = entry_or_404(slug)
    form = SignContract(posted(request))
    if form.is_valid():
        contract = form.cleaned_data["contract"]
        try:
            actions.standards.sign_in_contract(entry, contract=contract, by=request.staff, at=now())
        except actions.standards.CannotVisit as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Kept")
            return redirect("quality-entry", slug)
    context = {"entry": entry, "form": form}
    return render(request, "quality/desk_contract.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """One visit: publish its report, or drop what was planned."""
    found = queries.standards.visits(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such visit")
    if request.method == "POST":
        step = actions.standards.drop_visit
        told = "The visit is dropped"
        if request.POST.get("do") == "publish":
            step, told = actions.standards.publish_report, "The report is published"
        try:
            step(found, by=request.staff, at=now())
            messages.success(request, told)
        except actions.standards.CannotVisit as refusal:
            messages.error(request, str(refusal))
        return redirect("quality-visit", pk)
    context = {
        "visit": found,
        "findings": list(found.findings.select_related("standard")),
        "to_do": list(found.to_do.all()),
    }
    return render(request, "quality/desk_visit.html", context)

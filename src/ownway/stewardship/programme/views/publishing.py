"""Publishing a draft by a second person, and going back to an older version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access
from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now, today
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.forms import RollBack
from ownway.stewardship.programme.forms.assessment import parts_of
from ownway.stewardship.programme.queries import tasks
from ownway.stewardship.programme.views.gone import to_its_version


@staff_page
@require_http_methods(["GET", "POST"])
@to_its_version
def publish(request: StaffRequest, number: int) -> HttpResponse:
    """Everything before it counts, on one page, and the button that makes it count."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    refused: tuple[tasks.Refusal, ...] = ()
    if request.method == "POST":
        staff = access.require(request.user, "policy.publish")
        try:
            actions.publish(found, by=staff, at=now())
        except CannotPublish as refusal:
            if queries.version(request.user, number).published_at is not None:
                return redirect("policy-version", number=number)
            refused = tasks.refusals(refusal.objections, found)
        else:
            messages.success(
                request, f"Version {number} is published, from {found.starts_on:%-d %B %Y}"
            )
            return redirect("policy-version", number=number)
    context = {
        "draft": found,
        "refused": refused,
        "changes": queries.changes_of(found),
        "parts": parts_of(found.equality) if found.equality else [],
        "tasks": tasks.before_publishing(
            found, by=request.staff, on=today(), effect=queries.effect_of(found)
        ),
        "next_after": queries.next_after(found),
        "undone": queries.undone(found),
        "may_publish": access.may(request.user, "policy.publish"),
        "is_mine": found.made_by_id == request.staff.pk,
    }
    return render(request, "programme/publish.html", context, status=422 if refused else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def roll_back(request: StaffRequest, number: int) -> HttpResponse:
    """Draft a version equal to this older one. It goes the same way as any other."""
    staff = access.require(request.user, "policy.draft")
    found = queries.version(request.user, number)
    if found.published_at is None:
        raise Http404("No such published version")
    form = RollBack(posted(request), today=today())
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.roll_back(
                found, starts_on=said["starts_on"], because=said["because"], by=staff, at=now()
            )
        except actions.CannotDraft as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Draft version {made.number} kept. It is nobody’s rule yet")
            return redirect("policy-draft", number=made.number)
    context = {"form": form, "version": found}
    return render(request, "programme/roll_back.html", context, status=422 if form.errors else 200)

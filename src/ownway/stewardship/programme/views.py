"""Reading the rules, drafting a change, and publishing it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import access
from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, today
from ownway.policy.numbers import Number
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.forms import ChangeNumber, Publish, start_value

if TYPE_CHECKING:
    from ownway.foundation.council.models import SettingsVersion


@staff_page
@require_safe
def policy(request: StaffRequest) -> HttpResponse:
    """The live rules as plain tables, and every version."""
    access.require(request.user, "policy.read")
    version, pack = queries.live_on(today())
    context = {
        "version": version,
        "pack": pack,
        "sections": queries.sections(pack),
        "versions": queries.versions(request.user),
        "may_draft": access.may(request.user, "policy.draft"),
        "draft": _draft(request),
        "today": today(),
    }
    return render(request, "programme/policy.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, name: str) -> HttpResponse:
    """Draft a version with one number changed, or add the change to a draft of one's own."""
    staff = access.require(request.user, "policy.draft")
    version, pack = queries.live_on(today())
    draft = _draft(request)
    number = _number(name, queries.pack_of(draft).numbers if draft else pack.numbers)
    form = ChangeNumber(
        request.POST or None,
        number=number,
        on=today(),
        draft=draft is not None,
        initial={"value": start_value(number)},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            if draft:
                made = actions.change_draft(draft, number=name, value=said["value"], by=staff)
            else:
                made = actions.draft_change(
                    number=name,
                    value=said["value"],
                    starts_on=said["starts_on"],
                    because=said["because"],
                    by=staff,
                    at=now(),
                )
        except actions.CannotDraft as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, f"Draft version {made.number} kept. It is nobody’s rule yet")
            return redirect("policy-version", number=made.number)
    context = {"form": form, "number": number, "version": version, "draft": draft}
    return render(request, "programme/change.html", context, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def version(request: StaffRequest, number: int) -> HttpResponse:
    """One version: what it changes, what that does to a budget, and publishing it."""
    access.require(request.user, "policy.read")
    found = queries.version(number)
    if found is None:
        raise Http404("No such version")
    form = Publish(request.POST or None, initial={"equality_assessment": found.equality_assessment})
    if request.method == "POST" and form.is_valid() and _published(request, found, form):
        return redirect("policy-version", number=found.number)
    live, pack = queries.live_on(today())
    context = {
        "version": found,
        "live": live,
        "changes": queries.changes(found, against=pack),
        "effects": queries.effects(found, against=pack),
        "form": form,
        "may_publish": access.may(request.user, "policy.publish"),
        "may_draft": access.may(request.user, "policy.draft"),
        "is_draft": queries.is_draft(found),
        "is_mine": found.made_by_id == request.staff.pk,
    }
    return render(request, "programme/version.html", context, status=422 if form.errors else 200)


def _published(request: StaffRequest, found: "SettingsVersion", form: Publish) -> bool:
    staff = access.require(request.user, "policy.publish")
    said = form.cleaned_data["equality_assessment"]
    try:
        actions.publish(found, equality_assessment=said, by=staff, at=now())
    except CannotPublish as refusal:
        in_form = refusal.field in form.fields
        form.add_error(refusal.field if in_form else None, str(refusal))
        return False
    messages.success(
        request, f"Version {found.number} is published, from {found.starts_on:%-d %B %Y}"
    )
    return True


def _draft(request: StaffRequest) -> "SettingsVersion | None":
    asked = request.GET.get("draft", "")
    mine = {str(one.number): one for one in queries.drafts_of(request.user)}
    if asked and asked not in mine:
        raise Http404("No such draft of yours")
    return mine.get(asked)


def _number(name: str, numbers: Mapping[str, Number]) -> Number:
    found = numbers.get(name)
    if found is None or isinstance(found.value, tuple):
        raise Http404("No such number, or it is a table")
    return found

"""What a draft does to whom, and its equality assessment."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import figures_key, now, today
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.forms import AssessEquality
from ownway.stewardship.programme.forms.assessment import UNMEASURED, part_names, said_in
from ownway.stewardship.programme.queries import charts, groups, tasks
from ownway.stewardship.programme.queries import equality as begun
from ownway.stewardship.programme.queries.equality import about
from ownway.stewardship.programme.views.gone import to_its_version

if TYPE_CHECKING:
    from ownway.foundation.council.models import EqualityAssessment, SettingsVersion


@staff_page
@require_http_methods(["GET", "POST"])
@to_its_version
def effect(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody's budget under the rules as they are and under the draft."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    if request.method == "POST" and _has_used_factor(request, found):
        return redirect("policy-effect", number=number)
    measured = queries.effect_of(found)
    context = {
        "draft": found,
        "effect": measured,
        "of": figures_key(found),
        "about": about,
        "changes": queries.changes_of(found),
        "charts": charts.of(measured),
        "tasks": tasks.before_publishing(found, by=request.staff, on=today(), effect=measured),
        "is_mine": found.made_by_id == request.staff.pk,
        "may_draft": access.may(request.user, "policy.draft"),
        "may_see_people": access.may(request.user, "people.find"),
        "at": now(),
    }
    return render(request, "programme/effect.html", context)


def _has_used_factor(request: StaffRequest, found: "SettingsVersion") -> bool:
    staff = access.require(request.user, "policy.draft")
    shown = request.POST.get("share", "")
    try:
        kept = actions.use_factor(
            found,
            share=int(shown) if shown.isascii() and shown.isdecimal() else None,
            of=request.POST.get("of", ""),
            by=staff,
            at=now(),
        )
    except actions.CannotDraft as refusal:
        messages.error(request, str(refusal))
        return True
    share = next(one for one in queries.changes_of(kept) if one.number.name == queries.FACTOR)
    messages.success(request, f"{share.label}: {share.now} is in the draft now")
    return True


@staff_page
@require_safe
@to_its_version
def people(request: StaffRequest, number: int) -> HttpResponse:
    """Those who would get less, by name, as far as the viewer may see them; each look is logged."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    losing = actions.look_at_losing(found, by=request.staff, at=now())
    context = {"draft": found, "found": losing, "about": about}
    return render(request, "programme/losing.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
@to_its_version
def equality(request: StaffRequest, number: int) -> HttpResponse:
    """The equality assessment of a draft, begun from what was measured."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    measured = queries.effect_of(found)
    form = AssessEquality(
        posted(request),
        starts_on=found.starts_on,
        today=today(),
        not_measured=measured.not_measured,
        initial=_start(found, measured),
    )
    if request.method == "POST":
        access.require(request.user, "policy.draft")
        if form.is_valid() and _has_kept(request, found, form, measured):
            return redirect("policy-equality", number=number)
    of = figures_key(found)
    context = {
        "draft": found,
        "form": form,
        "effect": measured,
        "about": about,
        "of": of,
        "charts": charts.of(measured),
        "may_draft": access.may(request.user, "policy.draft"),
        "missing": _missing(found.equality, measured) if found.equality else None,
        "is_of_others": found.equality is not None and found.equality.of_hash != of,
    }
    status = 422 if form.errors else 200
    return render(request, "programme/equality.html", context, status=status)


def _has_kept(
    request: StaffRequest, found: "SettingsVersion", form: AssessEquality, measured: queries.Effect
) -> bool:
    """Keep the words, unless they were written beside other figures than these."""
    try:
        kept = actions.assess(
            found,
            said=form.cleaned_data,
            measured=groups.as_rows(measured.dimensions),
            of=request.POST.get("of", ""),
            by=request.staff,
            at=now(),
        )
    except actions.CannotDraft as refusal:
        form.add_error(None, str(refusal))
        return False
    missing = ", ".join(_missing(kept, measured))
    messages.success(request, f"Kept. Still to write: {missing}" if missing else "Kept")
    return True


def _missing(kept: "EqualityAssessment", measured: queries.Effect) -> list[str]:
    """The parts still to write, with the one by hand where something was not measured."""
    by_hand = [UNMEASURED.lower()] if tasks.lacks_a_finding(kept, measured) else []
    return [*part_names(kept.missing), *by_hand]


def _start(found: "SettingsVersion", measured: queries.Effect) -> dict[str, object]:
    if found.equality is not None:
        return said_in(found.equality)
    return begun.begun(found, measured, queries.changes_of(found))

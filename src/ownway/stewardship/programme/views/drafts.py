"""Drafting a change of the rules, and trying it on somebody invented."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now, rules_of, today
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.forms import DraftRules, TypedFacts
from ownway.stewardship.programme.queries import examples
from ownway.stewardship.programme.views.gone import to_its_version

if TYPE_CHECKING:
    from ownway.foundation.council.models import SettingsVersion


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Start a draft: some numbers, a reason and a day."""
    staff = access.require(request.user, "policy.draft")
    version, pack = queries.live_on(today())
    if not set(request.GET.getlist("number")) <= set(pack.numbers):
        raise Http404("No such number")
    form = _form(request, pack=pack, changed={}, initial={})
    if _is_kept(form):
        said = form.cleaned_data
        try:
            made = actions.draft_change(
                form.values,
                starts_on=said["starts_on"],
                because=said["because"],
                by=staff,
                at=now(),
            )
        except actions.CannotDraft as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, f"Draft version {made.number} kept. It is nobody’s rule yet")
            return redirect("policy-draft", number=made.number)
    context = {"form": form, "version": version, "draft": None, "of": ""}
    return _shown(request, "programme/new_draft.html", context, form)


@staff_page
@require_http_methods(["GET", "POST"])
@to_its_version
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """One draft: what it changes, what its proof says, and what is still to be done."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    base, pack = queries.base_rules(found), rules_of(found)
    changes = queries.changes(pack, against=base)
    changed = {one.number.name: one.number for one in changes}
    initial = {"starts_on": found.starts_on, "because": found.because}
    form = _form(request, pack=base, changed=changed, initial=initial)
    if request.method == "POST":
        access.require(request.user, "policy.draft")
    if _is_kept(form) and _kept(request, found, form):
        return redirect("policy-draft", number=number)
    context = {
        "form": form,
        "of": queries.state_of(form.moved) if form.moved else _opened(request, found),
        "moved": form.moved,
        "moved_changes": queries.changes_of(form.moved) if form.moved else [],
        "draft": found,
        "changes": changes,
        "proof": queries.proof_of(pack),
        "next_after": queries.next_after(found),
        "undone": queries.undone(found),
        "is_mine": found.made_by_id == request.staff.pk,
        "may_draft": access.may(request.user, "policy.draft"),
        "trail": queries.trail(found),
    }
    return _shown(request, "programme/draft.html", context, form)


def _form(
    request: StaffRequest, *, pack: Pack, changed: dict[str, Number], initial: dict[str, Any]
) -> DraftRules:
    return DraftRules(
        posted(request),
        pack=pack,
        changed=changed,
        asked=request.GET.getlist("number"),
        today=today(),
        initial=initial,
    )


def _is_kept(form: DraftRules) -> bool:
    return form.is_bound and not form.is_adding and form.is_valid()


def _kept(request: StaffRequest, found: "SettingsVersion", form: DraftRules) -> bool:
    said = form.cleaned_data
    try:
        actions.keep_draft(
            found,
            form.values,
            starts_on=said["starts_on"],
            because=said["because"],
            by=request.staff,
            at=now(),
            of=request.POST.get("of", ""),
        )
    except actions.CannotDraft as refusal:
        form.refuse(refusal.problems)
        if isinstance(refusal, actions.DraftMoved):
            form.moved = refusal.now
        return False
    messages.success(request, f"Draft version {found.number} kept")
    return True


def _opened(request: StaffRequest, found: "SettingsVersion") -> str:
    """The draft that was opened: what is typed over it stays so while the page comes back."""
    return request.POST.get("of", "") if request.method == "POST" else queries.state_of(found)


def _shown(
    request: StaffRequest, template: str, context: dict[str, Any], form: DraftRules
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


@staff_page
@require_POST
@to_its_version
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Put a draft away."""
    staff = access.require(request.user, "policy.draft")
    found = queries.draft(request.user, number)
    try:
        actions.withdraw(found, by=staff, at=now())
    except actions.CannotDraft as refusal:
        messages.error(request, str(refusal))
        return redirect("policy-draft", number=number)
    messages.success(request, f"Draft version {number} is put away. It is kept, and nobody’s rule")
    return redirect("policy")


@staff_page
@require_safe
@to_its_version
def example(request: StaffRequest, number: int) -> HttpResponse:
    """The sum for somebody invented, under the rules as they are and under the draft."""
    access.require(request.user, "policy.weigh")
    found = queries.draft(request.user, number)
    before, after = queries.base_rules(found), rules_of(found)
    typed = TypedFacts(request.GET if "need_points" in request.GET else None)
    shown = None
    if typed.is_bound:
        shown = _typed_sum(typed, before=before, after=after) if typed.is_valid() else None
    else:
        one = examples.BY_KEY.get(request.GET.get("who", ""), examples.EXAMPLES[0])
        shown = examples.show(one.facts, words=one.words, before=before, after=after)
    context = {"draft": found, "examples": examples.EXAMPLES, "shown": shown, "form": typed}
    status = 422 if typed.is_bound and typed.errors else 200
    return render(request, "programme/example.html", context, status=status)


def _typed_sum(form: TypedFacts, *, before: Pack, after: Pack) -> examples.Shown | None:
    try:
        return examples.show(form.facts, words="What you typed", before=before, after=after)
    except examples.CannotShow as refusal:
        for problem in refusal.problems:
            form.refuse(problem.place, f"This {problem.reason} {problem.mend}".strip())
    return None

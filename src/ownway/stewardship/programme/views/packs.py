"""Reading the rules: the versions, one of them, its proof, and two beside each other."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import rules_of, standings, today
from ownway.stewardship.programme import queries
from ownway.stewardship.programme.forms.assessment import parts_of


@staff_page
@require_safe
def policy(request: StaffRequest) -> HttpResponse:
    """Every version and draft, and the live rules as plain tables."""
    access.require(request.user, "policy.read")
    version, pack = queries.live_on(today())
    weighs = access.may(request.user, "policy.weigh")
    context = {
        "version": version,
        "pack": pack,
        "standings": standings(on=today()),
        "drafts": queries.drafts(request.user) if weighs else [],
        "weighs": weighs,
        "sections": queries.sections(pack, version=version),
        "lists": queries.lists(pack),
        "steps": queries.steps(pack),
        "proof": queries.proof_of(pack),
        "may_draft": access.may(request.user, "policy.draft"),
    }
    return render(request, "programme/policy.html", context)


@staff_page
@require_safe
def version(request: StaffRequest, number: int) -> HttpResponse:
    """One published version: what it changed, why, for whom, who did it, and all its numbers."""
    access.require(request.user, "policy.read")
    found = queries.version(request.user, number)
    if found.is_draft:
        return redirect("policy-draft", number=number)
    pack = rules_of(found)
    standing = next(
        (one for one in standings(on=today()) if one.version.pk == found.pk),
        None,
    )
    if standing is None and not access.may(request.user, "policy.weigh"):
        raise Http404("No such version")
    context = {
        "version": found,
        "standing": standing,
        "pack": pack,
        "changes": queries.changes_of(found),
        "parts": parts_of(found.equality) if found.equality else [],
        "trail": queries.trail(found),
        "sections": queries.sections(pack, version=found),
        "lists": queries.lists(pack),
        "steps": queries.steps(pack),
        "proof": queries.proof_of(pack),
        "may_draft": access.may(request.user, "policy.draft"),
    }
    return render(request, "programme/version.html", context)


@staff_page
@require_safe
def proof(request: StaffRequest, number: int) -> HttpResponse:
    """Everything that is proved of a version before anybody is worked out with it."""
    access.require(request.user, "policy.read")
    found = queries.version(request.user, number)
    if found.is_draft:
        access.require(request.user, "policy.weigh")
    pack = rules_of(found)
    context = {"version": found, "pack": pack, "proof": queries.proof_of(pack)}
    return render(request, "programme/proof.html", context)


@staff_page
@require_safe
def compare(request: StaffRequest) -> HttpResponse:
    """Any two versions beside each other, number by number."""
    access.require(request.user, "policy.read")
    versions = [one.version for one in standings(on=today())]
    if access.may(request.user, "policy.weigh"):
        versions = [*queries.drafts(request.user), *versions]
    asked = [_asked(request, name) for name in ("a", "b")]
    if not all(asked) and len(versions) >= 2:
        return _to_compare(versions[1].number, versions[0].number)
    by_number = {one.number: one for one in versions}
    chosen = [by_number.get(number or 0) for number in asked]
    first, second = chosen
    if versions and len(versions) > 1 and (first is None or second is None):
        raise Http404("No such version")
    compared = queries.compare(first, second) if first and second else None
    context = {"versions": versions, "compared": compared}
    return render(request, "programme/compare.html", context)


def _asked(request: StaffRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _to_compare(first: int, second: int) -> HttpResponseRedirect:
    from django.urls import reverse

    return HttpResponseRedirect(f"{reverse('policy-compare')}?a={first}&b={second}")

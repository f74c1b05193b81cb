"""Whoever keeps quality: what waits, and one page for each thing that is decided."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.quality import actions, queries
from ownway.community.quality.forms import (
    CheckRating,
    DecideDelisting,
    RaiseAudit,
    SettleAudit,
    WeighAnswer,
)
from ownway.community.quality.http import keeper_page, status_of
from ownway.foundation.council.http import StaffRequest, posted
from ownway.foundation.council.queries import now, rules, today

if TYPE_CHECKING:
    from ownway.community.directory.models import Entry
    from ownway.community.quality.models import Delisting, Rating
    from ownway.foundation.council.models import Staff

MOST_LISTED = 50


@require_safe
@keeper_page
def home(request: StaffRequest) -> HttpResponse:
    """What waits: ratings, audits, delistings, applications, visits; and marks by their end."""
    viewer, on = request.user, today()
    words = request.GET.get("find", "").strip()[:100]
    context = {
        "held": list(queries.ratings.held(viewer)[:MOST_LISTED]),
        "audits": list(queries.following.open_audits(viewer)),
        "delistings": list(queries.following.open_delistings(viewer)),
        "applications": list(queries.marks.waiting(viewer)),
        "visits": list(queries.standards.due(viewer, on=on)),
        "awards": list(queries.marks.awards(viewer)[:MOST_LISTED]),
        "today": on,
        "words": words,
        "entries": queries.following.entries_like(words) if words else [],
    }
    return render(request, "quality/desk.html", context)


CHECKS = {
    "publish": "The rating is in the directory",
    "refuse": "The rating is not shown, and its writer is told why",
    "concern": "Passed on as a concern. It is never shown",
    "ask": "The provider is asked to answer",
    "unreply": "The answer is taken down",
}


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def rating(request: StaffRequest, pk: int) -> HttpResponse:
    """One rating: why it waits, what is around it, and what to do with it."""
    found = queries.ratings.kept(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such rating")
    version = found.version
    form = CheckRating(posted(request))
    do = request.POST.get("do", "")
    if form.is_valid() and do in CHECKS:
        try:
            _check(found, form, do=do, by=request.staff)
        except actions.moderating.CannotModerate as refusal:
            form.refuse(refusal, field="because")
        else:
            messages.success(request, CHECKS[do])
            return redirect("quality-rating", pk)
    pack = rules(today())
    context = {
        "rating": found,
        "version": version,
        "form": form,
        "patterns": queries.ratings.patterns(found, pack=pack),
        "tally": queries.ratings.tally(found.entry, on=today()),
        "months": pack.value("ratings_window_months"),
        "others": queries.ratings.around(request.user, found),
    }
    return render(request, "quality/desk_rating.html", context, status=status_of(form))


def _check(found: "Rating", form: CheckRating, *, do: str, by: "Staff") -> None:
    step: dict[str, Any] = {"by": by, "at": now()}
    found.version = form.cleaned_data["seen"] or found.version
    because = form.cleaned_data["because"]
    if do == "ask":
        actions.moderating.ask_for_reply(found, **step)
    elif do == "refuse":
        why = form.cleaned_data["why"]
        actions.moderating.refuse(found, why=why, because=because, **step)
    else:
        moderate = {
            "publish": actions.moderating.publish,
            "concern": actions.moderating.pass_on,
            "unreply": actions.moderating.remove_reply,
        }[do]
        moderate(found, because=because, **step)


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def audit(request: StaffRequest, pk: int) -> HttpResponse:
    """One audit: why, the ratings behind it, and what was found."""
    found = queries.following.audits(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such audit")
    form = SettleAudit(posted(request))
    if form.is_valid():
        has_passed, words = form.cleaned_data["result"] == "passed", form.cleaned_data["found"]
        try:
            actions.following.settle_audit(
                found, has_passed=has_passed, found=words, by=request.staff, at=now()
            )
        except actions.following.CannotSettle as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The audit is settled, and the provider is told")
            return redirect("quality-entry", found.entry.slug)
    context = {"audit": found, "form": form} | _ratings_of(request, found.entry)
    return render(request, "quality/desk_audit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def delisting(request: StaffRequest, pk: int) -> HttpResponse:
    """Whether an entry leaves the directory; then what its provider says to it."""
    found = queries.following.delistings(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such decision")
    is_open = found.status == "open"
    typed = posted(request)
    form = DecideDelisting(typed) if is_open else WeighAnswer(typed)
    if form.is_valid():
        try:
            _decide(found, form, by=request.staff)
        except actions.following.CannotSettle as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Decided, and the provider is told")
            return redirect("quality-delisting", pk)
    context = {
        "delisting": found,
        "form": form,
        "may_decide": found.status in ("open", "noticed", "hidden"),
        "audits": list(queries.following.audits(request.user).filter(entry=found.entry)),
    } | _ratings_of(request, found.entry)
    return render(request, "quality/desk_delisting.html", context, status=status_of(form))


def _decide(found: "Delisting", form: DecideDelisting | WeighAnswer, *, by: "Staff") -> None:
    clean, at = form.cleaned_data, now()
    if isinstance(form, DecideDelisting):
        how, reasons = clean["how"], clean["reasons"]
        actions.following.decide_delisting(found, how=how, reasons=reasons, by=by, at=at)
    else:
        may_return, because = clean["how"] == "return", clean["because"]
        actions.following.weigh_answer(found, may_return=may_return, because=because, by=by, at=at)


@require_http_methods(["GET", "POST"])
@keeper_page
def entry(request: StaffRequest, slug: str) -> HttpResponse:
    """All that is known of an entry's quality, in sight or not, and a way to ask for an audit."""
    found = entry_or_404(slug)
    form = RaiseAudit(posted(request))
    if form.is_valid():
        made = actions.following.raise_audit(
            found, because=form.cleaned_data["because"], by=request.staff, at=now()
        )
        messages.success(request, "An audit is asked for")
        return redirect("quality-audit", made.pk)
    viewer = request.user
    context = {
        "entry": found,
        "form": form,
        "award": queries.marks.award_of(found),
        "applications": list(queries.marks.applications(viewer).filter(entry=found)),
        "audits": list(queries.following.audits(viewer).filter(entry=found)),
        "delistings": list(queries.following.delistings(viewer).filter(entry=found)),
        "visits": list(queries.standards.visits(viewer).filter(entry=found)),
        "signed": list(found.signings.select_related("standards")),
    } | _ratings_of(request, found)
    return render(request, "quality/desk_entry.html", context, status=status_of(form))


def entry_or_404(slug: str) -> "Entry":
    """An entry by its address, in sight or not."""
    found = queries.following.entry_named(slug)
    if found is None:
        raise Http404("There is no such entry")
    return found


def _ratings_of(request: StaffRequest, of: "Entry") -> dict[str, object]:
    found = queries.ratings.kept(request.user).filter(entry=of)
    return {
        "ratings": list(found.order_by("-given_at", "-pk")[:MOST_LISTED]),
        "tally": queries.ratings.tally(of, on=today()),
        "months": rules(today()).value("ratings_window_months"),
    }

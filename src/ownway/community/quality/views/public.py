"""What everybody may read of quality, and how to rate, with a way in or without."""

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.directory import queries as directory
from ownway.community.quality import access, actions, queries
from ownway.community.quality.forms import Rate, RateFromOutside
from ownway.community.quality.http import status_of
from ownway.foundation.council.http import posted, public_page
from ownway.foundation.council.queries import now, rules, today

if TYPE_CHECKING:
    from ownway.community.quality.models import Rating

SENT, SALT = "rating_sent", "ownway.quality.prove"
A_PAGE = 20


@public_page
@require_safe
def what_the_mark_means(request: HttpRequest) -> HttpResponse:
    """What a mark asks of a provider, how it is given, and how it ends."""
    on = today()
    criteria = queries.marks.criteria_on(on)
    pack = rules(on)
    context = {
        "criteria": criteria,
        "each": list(criteria.each.all()) if criteria else [],
        "months": pack.value("mark_months"),
        "numbers": queries.marks.shares_asked(pack),
    }
    return render(request, "quality/mark.html", context)


@public_page
@require_safe
def quality_of_life(request: HttpRequest) -> HttpResponse:
    """The Standards in force, who has signed them, and the newest reports of visits."""
    standards = queries.standards.standards_on(today())
    context = {
        "standards": standards,
        "signed": queries.standards.signings(standards) if standards else [],
        "reports": queries.standards.reports()[:A_PAGE],
        "months": rules(today()).value("standards_visit_months"),
    }
    return render(request, "quality/standards.html", context)


@public_page
@require_safe
def visit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What a visit found by each standard, what is asked, and what the provider says."""
    report = queries.standards.report(pk)
    if report is None:
        raise Http404("There is no such report")
    return render(request, "quality/report.html", {"report": report})


@public_page
@require_safe
def entry_ratings(request: HttpRequest, slug: str) -> HttpResponse:
    """What people say of an entry, with answers; its mark, its visits, who has signed."""
    page = _page_of(slug)
    entry = page.entry
    context = {
        "entry": entry,
        "one": page.listing,
        "spread": queries.ratings.spread(entry),
        "ratings": queries.ratings.published(entry)[:100],
        "own": queries.ratings.own_rating(request.user, entry),
        "reports": queries.standards.reports(entry)[:5],
        "signed": queries.standards.has_signed(entry, queries.standards.standards_on(today())),
    }
    return render(request, "quality/ratings.html", context)


@public_page
@never_cache
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, slug: str) -> HttpResponse:
    """Stars and words. Who has signed in may change theirs; others prove an address first."""
    entry = _page_of(slug).entry
    is_resident = access.is_resident(request.user)
    own = queries.ratings.own_rating(request.user, entry)
    form = _rate_form(request, entry=entry, own=own)
    if form.is_valid():
        try:
            rating = _give(request, form, entry=entry)
        except actions.rating.CannotRate as refusal:
            form.refuse(refusal)
        else:
            request.session[SENT] = {"status": rating.status, "entry": entry.pk}
            return redirect("rating-sent", slug)
    context = {
        "entry": entry,
        "form": form,
        "own": own,
        "is_resident": is_resident,
        "may_not": request.user.is_authenticated and not is_resident,
        "held_up_to": rules(today()).value("rating_held_up_to"),
    }
    return render(request, "quality/rate.html", context, status=status_of(form))


def _rate_form(request: HttpRequest, *, entry: Any, own: "Rating | None") -> Rate:
    kind = Rate if request.user.is_authenticated else RateFromOutside
    initial = {"stars": own.stars, "words": own.words, "part": own.part} if own else {}
    names = queries.ratings.not_people(entry)
    return kind(posted(request), initial=initial, not_people=names)


def _give(request: HttpRequest, form: Rate, *, entry: Any) -> "Rating":
    clean = form.cleaned_data
    said = actions.rating.Said(clean["stars"], clean["words"], clean["part"])
    if request.user.is_authenticated:
        return actions.rating.give(entry, said, by=request.user, at=now())

    def link(rating: "Rating") -> str:
        key = signing.dumps([rating.pk, rating.version], salt=SALT)
        return request.build_absolute_uri(reverse("prove-rating", args=[key]))

    return actions.rating.give_without_signing_in(
        entry, said, email=clean["email"], at=now(), link=link
    )


@public_page
@never_cache
@require_safe
def rating_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """It is shown, waits for a check, or waits for the link to be pressed."""
    entry = _page_of(slug).entry
    told = request.session.get(SENT, {})
    if told.get("entry") != entry.pk:
        return redirect("entry-ratings", slug)
    days = rules(today()).value("rating_check_days")
    context = {"entry": entry, "status": told["status"], "days": days}
    return render(request, "quality/sent.html", context)


@public_page
@never_cache
@require_http_methods(["GET", "POST"])
def prove_rating(request: HttpRequest, key: str) -> HttpResponse:
    """The page of the link in an e-mail. Opening it sends nothing: mail programs open links too."""
    rating = _proved_by(key)
    if rating is None:
        return render(request, "quality/link_gone.html", status=404)
    if request.method == "POST":
        try:
            rating = actions.rating.prove(rating, at=now())
        except actions.rating.CannotRate:
            return render(request, "quality/link_gone.html", status=404)
        request.session[SENT] = {"status": rating.status, "entry": rating.entry_id}
        return redirect("rating-sent", rating.entry.slug)
    return render(request, "quality/prove.html", {"rating": rating})


def _proved_by(key: str) -> "Rating | None":
    try:
        pk, version = signing.loads(key, salt=SALT, max_age=actions.rating.LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return queries.ratings.of_link(pk, version=version)


def _page_of(slug: str) -> directory.EntryPage:
    page = directory.entry_page(slug, on=today())
    if page is None:
        raise Http404("There is no such entry")
    return page

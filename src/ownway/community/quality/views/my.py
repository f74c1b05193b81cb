"""A resident's own ratings, and the visits of a lay reviewer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.quality import access, actions, queries
from ownway.community.quality.forms import FillIn
from ownway.community.quality.http import reviewer_page, status_of
from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import now, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record


@require_http_methods(["GET", "POST"])
@resident_page
@never_cache
def my_ratings(request: SignedIn) -> HttpResponse:
    """What your plan uses and you have not rated, and what became of what you said."""
    own = queries.ratings.own_ratings(request.user)
    if request.method == "POST":
        typed = request.POST.get("rating", "")
        rating = (
            own.filter(pk=int(typed)).first() if typed.isascii() and typed.isdecimal() else None
        )
        if rating is None:
            raise Http404("There is no such rating of yours")
        try:
            actions.rating.take_back(rating, by=request.user, at=now())
            messages.success(request, f"You have taken back what you said of {rating.entry.name}")
        except actions.rating.CannotRate as refusal:
            messages.error(request, str(refusal))
        return redirect("my-ratings")
    at = now()
    theirs = people.acted_for(request.user, at=at)
    what, why = "what your plan uses", "To say what it is like"
    record.log_looks(request.user, theirs, what=what, why=why, at=at)
    context = {
        "to_rate": queries.ratings.to_rate(request.user, at=at),
        "ratings": own,
        "reviewer": access.reviewer_of(request.user, on=today()),
    }
    return render(request, "quality/my_ratings.html", context)


@require_safe
@reviewer_page
def lay_visits(request: SignedIn) -> HttpResponse:
    """Where you are to go, and where you have been."""
    visits = list(queries.standards.own_visits(request.user, on=today()))
    return render(request, "quality/lay_visits.html", {"visits": visits})


@require_http_methods(["GET", "POST"])
@reviewer_page
@never_cache
def lay_visit(request: SignedIn, pk: int) -> HttpResponse:
    """The form of one visit, by the Standards of its day."""
    visit = queries.standards.own_visits(request.user, on=today()).filter(pk=pk).first()
    if visit is None:
        raise Http404("There is no such visit of yours")
    if visit.status != "planned":
        found = visit.findings.select_related("standard")
        return render(request, "quality/lay_sent.html", {"visit": visit, "findings": found})
    names = queries.ratings.not_people(visit.entry)
    form = FillIn(
        posted(request),
        initial={"visited_on": visit.planned_on},
        standards=visit.standards.each.all(),
        not_people=names,
    )
    if form.is_valid():
        try:
            actions.standards.send_report(visit, form.report(), by=request.user, at=now())
        except actions.standards.CannotVisit as refusal:
            form.refuse(refusal, field="visited_on")
        else:
            messages.success(request, "Sent. Thank you for going")
            return redirect("lay-visit", pk)
    context = {"visit": visit, "form": form}
    return render(request, "quality/lay_visit.html", context, status=status_of(form))

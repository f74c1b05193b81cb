"""What providers and brokers see: only what is shared with them now, and every look is logged."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ownway.foundation.council.http import PartnerRequest, partner_page, posted
from ownway.foundation.council.queries import now
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.arranging import actions, queries
from ownway.journey.arranging.forms import SayHow, Suggest
from ownway.journey.planning.queries import line_in_words

REFUSED = 422


@require_GET
@partner_page
def home(request: PartnerRequest) -> HttpResponse:
    """Names only: a provider's parts of plans, or the people who chose a broker.

    What is wanted is read on the page of its own, where the look is logged.
    """
    at = now()
    context = {
        "organisation": request.member.organisation,
        "is_broker": request.member.part == "broker",
        "parts": queries.parts(request.user, at=at),
        "plans": queries.whole_plans(request.user, at=at),
    }
    return render(request, "arranging/partner.html", context)


@require_http_methods(["GET", "POST"])
@partner_page
def part(request: PartnerRequest, line_id: int) -> HttpResponse:
    """One part of a plan, and how the provider will support it."""
    at = now()
    line = queries.part(request.user, line_id, at=at)
    if line is None:
        raise Http404("No such part of a plan")
    record.log_look(
        request.user,
        line.plan.person,
        what="their part of your plan",
        why="To give this support",
        at=at,
    )
    form = SayHow(posted(request), initial={"words": line.provider_words})
    if form.is_valid():
        words = form.cleaned_data["words"]
        actions.say_how(line, words=words, by=request.member, at=at)
        messages.success(request, f"Saved. {line.plan.person.called} can read it now")
        return redirect("partner")
    context = {"line": line, "form": form, "words": line_in_words(line)}
    status = REFUSED if form.errors else 200
    return render(request, "arranging/part.html", context, status=status)


@require_http_methods(["GET", "POST"])
@partner_page
def whole_plan(request: PartnerRequest, plan_id: int) -> HttpResponse:
    """The plan of somebody who chose this broker, and a way to suggest support."""
    at = now()
    plan = queries.whole_plan(request.user, plan_id, at=at)
    if plan is None:
        raise Http404("No such plan")
    record.log_look(request.user, plan.person, what="your plan", why="You chose us to help", at=at)
    form = Suggest(posted(request))
    if form.is_valid():
        actions.suggest(plan, by=request.member, at=at, **form.cleaned_data)
        messages.success(request, f"Suggested. {plan.person.called} can take it up or leave it")
        return redirect("partner-plan", plan_id=plan.pk)
    context = {
        "plan": plan,
        "lines": plans.lines_of(plan),
        "form": form,
        "line_in_words": line_in_words,
    }
    status = REFUSED if form.errors else 200
    return render(request, "arranging/whole_plan.html", context, status=status)

"""Writing the words of a plan, and the risks people choose to take."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council.http import SignedIn, posted
from ownway.foundation.council.queries import now
from ownway.foundation.plan import access
from ownway.foundation.plan import actions as plan_actions
from ownway.foundation.plan import queries as plans
from ownway.journey.planning.forms import TOPICS, RiskForm, Words
from ownway.journey.planning.views.opening import home, page, plan_to_write, risk_to_write


@require_http_methods(["GET", "POST"])
def write(request: SignedIn, plan_id: int, about: str) -> HttpResponse:
    """One question of a plan, or two that belong together."""
    topic = TOPICS.get(about)
    if topic is None:
        raise Http404("No such page of a plan")
    at = now()
    plan = plan_to_write(request, plan_id, at=at)
    others = [
        other
        for other in plans.couple_of(plan)
        if other.pk != plan.pk and access.may_write(request.user, other, at=at)
    ]
    form = Words(posted(request), topic=topic, plan=plan, others=others)
    if form.is_valid():
        saved = plan_actions.write_words(
            plan, form.typed, seen=form.version, by=request.user, at=at
        )
        if saved.clashes:
            form.show_clashes(saved.clashes, version=saved.row.version)
        else:
            form.seen_now = saved.row.version
            _write_the_same(request, [o for o in others if o.pk in form.also], form)
        if not form.errors:
            messages.success(request, "Saved")
            return home(request, plan)
    context = {"form": form, "topic": topic, "names": [ask.field for ask in topic.asks]}
    return page(request, "planning/words.html", plan, context, refused=bool(form.errors))


def _write_the_same(request: SignedIn, others: list[Any], form: Words) -> None:
    typed = form.typed
    for other in others:
        saved = plan_actions.write_words(
            other, typed, seen=form.seen_of(other), by=request.user, at=now()
        )
        if saved.clashes:
            form.show_clash_with(saved.row, saved.clashes)


@require_http_methods(["GET", "POST"])
def new_risk(request: SignedIn, plan_id: int) -> HttpResponse:
    """Write down a risk: its good side, the worry, and what if."""
    at = now()
    plan = plan_to_write(request, plan_id, at=at)
    form = RiskForm(posted(request), version=0)
    if form.is_valid():
        plan_actions.add_risk(plan, form.typed, by=request.user, at=at)
        messages.success(request, "Saved")
        return home(request, plan)
    return page(
        request, "planning/risk.html", plan, {"form": form, "risk": None}, refused=bool(form.errors)
    )


@require_http_methods(["GET", "POST"])
def risk(request: SignedIn, risk_id: int) -> HttpResponse:
    """Change what is written of a risk."""
    at = now()
    found = risk_to_write(request, risk_id, at=at)
    kept = {name: getattr(found, name) for name in ("what", "good", "worry", "fallback")}
    form = RiskForm(posted(request), version=found.version, initial=kept)
    if form.is_valid():
        saved = plan_actions.change_risk(
            found, form.typed, seen=form.version, by=request.user, at=at
        )
        if not saved.clashes:
            messages.success(request, "Saved")
            return home(request, found.plan)
        form.show_clashes(saved.clashes, version=saved.row.version)
    context = {"form": form, "risk": found}
    return page(request, "planning/risk.html", found.plan, context, refused=bool(form.errors))


@require_POST
def remove_risk(request: SignedIn, risk_id: int) -> HttpResponse:
    """Take a risk out of the plan."""
    at = now()
    found = risk_to_write(request, risk_id, at=at)
    plan_actions.remove_risk(found, by=request.user, at=at)
    messages.success(request, "Taken out of the plan")
    return home(request, found.plan)

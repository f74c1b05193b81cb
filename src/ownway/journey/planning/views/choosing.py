"""How somebody would like to plan: alone, or with whom."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import now
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.planning import actions, queries
from ownway.journey.planning.forms import ChooseBroker, ChooseHow, WhoHelps
from ownway.journey.planning.views.opening import REFUSED


def _mine(request: SignedIn) -> list[Any]:
    at = now()
    mine = plans.plans_of_a_resident(request.user, at=at)
    for plan in mine:
        record.open_person(
            request.user, plan.person_id, what="your plan", why="To choose how to plan", at=at
        )
    return mine


@require_http_methods(["GET", "POST"])
@resident_page
def choose_how(request: SignedIn) -> HttpResponse:
    """Five ways, and help for one part."""
    mine = _mine(request)
    if not mine:
        return redirect("my-plan")
    now_chosen = {"how": mine[0].how, "money_help": mine[0].money_help}
    form = ChooseHow(posted(request), initial=now_chosen)
    if not form.is_valid():
        return _page(request, "planning/choose_how.html", form)
    how = form.cleaned_data["how"]
    if how == "broker":
        return redirect("choose-broker")
    actions.choose_how(
        mine,
        how=how,
        money_help=form.cleaned_data["money_help"] and how != "council",
        helper=mine[0].helper if how == "family" else "",
        by=request.user,
        at=now(),
    )
    if how == "family":
        return redirect("who-helps")
    return _done(request, mine)


@require_http_methods(["GET", "POST"])
@resident_page
def who_helps(request: SignedIn) -> HttpResponse:
    """Who close to them helps."""
    mine = _mine(request)
    if not mine:
        return redirect("my-plan")
    form = WhoHelps(posted(request), initial={"helper": mine[0].helper})
    if not form.is_valid():
        return _page(request, "planning/who_helps.html", form)
    actions.choose_how(
        mine,
        how="family",
        money_help=mine[0].money_help,
        helper=form.cleaned_data["helper"],
        by=request.user,
        at=now(),
    )
    return _done(request, mine)


@require_http_methods(["GET", "POST"])
@resident_page
def choose_broker(request: SignedIn) -> HttpResponse:
    """Which organisation helps, and that it may then read the plan."""
    mine = _mine(request)
    if not mine:
        return redirect("my-plan")
    before = str(mine[0].broker_id or "")
    form = ChooseBroker(posted(request), brokers=queries.brokers(), initial={"broker": before})
    if not form.is_valid():
        return _page(request, "planning/choose_broker.html", form)
    actions.choose_how(mine, how="broker", broker=form.chosen, by=request.user, at=now())
    return _done(request, mine)


def _page(request: SignedIn, template: str, form: Any) -> HttpResponse:
    return render(request, template, {"form": form}, status=REFUSED if form.errors else 200)


def _done(request: SignedIn, mine: list[Any]) -> HttpResponse:
    """Say what happens because of the choice, and go to the plan."""
    plan = queries.plan_for(request.user, mine[0].pk, at=now())
    worker = queries.responsible_for(mine[0].person)
    name = worker.first_name if worker else "Someone"
    said = "We have kept how you would like to plan."
    if plan and plan.money_help:
        said = f"{name} will help you with the money part."
    elif plan and plan.how == "council":
        said = f"{name} will write the plan with you."
    elif plan and plan.how == "peer":
        said = f"{name} will find someone who has planned before."
    elif plan and plan.broker:
        said = f"{plan.broker.name} can now read your plan and help you."
    messages.success(request, said)
    return redirect("my-plan")

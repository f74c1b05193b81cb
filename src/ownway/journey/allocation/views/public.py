"""How a budget is worked out, for everybody, from the live rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import today
from ownway.journey.allocation import queries
from ownway.journey.allocation.forms import Answers
from ownway.policy import domains


@public_page
def how_a_budget_is_worked_out(request: HttpRequest) -> HttpResponse:
    """The rules in force, read from the live pack."""
    context = {
        "rules": queries.rules_now(today()),
        "parts": domains.NINE,
        "carer_parts": domains.CARER_NINE,
    }
    return render(request, "allocation/how.html", context)


@public_page
@require_http_methods(["GET", "POST"])
def try_a_budget(request: HttpRequest, who: str) -> HttpResponse:
    """A calculator anybody can try. Nothing is kept, and nobody is asked who they are."""
    rules = queries.rules_now(today())
    form = Answers(request.POST or None, who=who, start=queries.blank_answers(who))
    tried = None
    if form.is_valid():
        called = "a carer" if who == "carer" else "the person"
        tried = queries.trial(form.answers, who=who, called=called, pack=rules.pack)
    context = {"rules": rules, "form": form, "tried": tried, "who": who}
    status = 422 if form.errors else 200
    return render(request, "allocation/calculator.html", context, status=status)

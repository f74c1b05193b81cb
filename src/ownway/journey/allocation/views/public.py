"""How a budget is worked out, for everybody, from the live rules."""

import csv
import io

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import identity, today
from ownway.journey.allocation import queries
from ownway.journey.allocation.forms import Answers
from ownway.policy import domains


@public_page
@require_safe
def how_a_budget_is_worked_out(request: HttpRequest) -> HttpResponse:
    """The rules in force, every figure of them read from the live pack."""
    rules = queries.rules_now(today())
    context = {
        "rules": rules,
        "person": queries.explained(rules.pack, "person"),
        "carer": queries.explained(rules.pack, "carer"),
        "parts": domains.NINE,
        "carer_parts": domains.CARER_NINE,
    }
    return render(request, "allocation/how.html", context)


# Nothing is changed by a press here, so there is nothing to forge and no cookie is needed.
@csrf_exempt
@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def try_a_budget(request: HttpRequest, who: str) -> HttpResponse:
    """A calculator anybody can try. Nothing is kept, and nobody is asked who they are.

    A link may hold the choices, for whoever wants to show somebody else the same sum.
    """
    rules = queries.rules_now(today())
    wanted = queries.wanted(rules.pack, who)
    start = queries.blank_answers(who)
    form = Answers(who=who, wanted=wanted, start=start)
    given = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" or set(given) & set(form.fields):
        form = Answers(given, who=who, wanted=wanted, start=start)
    tried = None
    if form.is_valid():
        tried = queries.trial(form.tried, called="you", pack=rules.pack)
    context = {"rules": rules, "form": form, "tried": tried, "who": who}
    status = 422 if form.errors else 200
    return render(request, "allocation/calculator.html", context, status=status)


@public_page
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """What the rules do, who answers for them, and what is proved of them, to read."""
    record = queries.transparency_record(identity(), on=today())
    return render(request, "allocation/transparency.html", {"record": record})


@public_page
@require_safe
def transparency_as_json(request: HttpRequest) -> HttpResponse:
    """The same record as data."""
    record = queries.transparency_record(identity(), on=today())
    answer = JsonResponse(record.as_json(), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{record.file_name}.json"'
    return answer


@public_page
@require_safe
def transparency_as_csv(request: HttpRequest) -> HttpResponse:
    """The same record as a sheet, a line for each answer."""
    record = queries.transparency_record(identity(), on=today())
    written = io.StringIO()
    csv.writer(written).writerows([("Part", "Question", "Answer"), *record.rows()])
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{record.file_name}.csv"'
    return answer

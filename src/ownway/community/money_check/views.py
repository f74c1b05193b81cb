"""The money check, one question a page. It reads the rules in force and writes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.money_check import http, queries
from ownway.community.money_check.forms import Asked
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import live_settings, rules, today, told_rules
from ownway.policy.packs import Pack


# Nothing is changed by a press here, so there is nothing to forge and no cookie is needed.
@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "POST"])
@public_page
def money_check(request: HttpRequest) -> HttpResponse:
    """The first page; then, each press, the next question or the answer."""
    if request.method == "GET":
        return render(request, "money_check/start.html", {"lost": False})
    try:
        said = http.read(request.POST.get("carried", ""))
    except http.Lost:
        return render(request, "money_check/start.html", {"lost": True}, status=422)
    pack = told_rules(today())
    if key := request.POST.get("again"):
        return _again(request, key, said, pack)
    if key := request.POST.get("asked"):
        return _answered(request, key, said, pack)
    return _onward(request, said, pack)


def _answered(request: HttpRequest, key: str, said: dict[str, Any], pack: Pack) -> HttpResponse:
    """Take one answer. A question that is not on the way is let be."""
    way = queries.walk(said, pack)
    asked = next((one for one, _ in way.path if one.key == key), way.question)
    if asked is None or asked.key != key:
        return _onward(request, said, pack)
    form = Asked(request.POST, question=asked)
    if not form.is_valid():
        return _question(request, form, said, way, status=422)
    return _onward(request, said | {key: form.answer}, pack)


def _again(request: HttpRequest, key: str, said: dict[str, Any], pack: Pack) -> HttpResponse:
    """Show a question that was answered, with its answer, to be changed."""
    way = queries.walk(said, pack)
    asked = next((one for one, _ in way.path if one.key == key), None)
    if asked is None:
        return _onward(request, said, pack)
    form = Asked(question=asked, before=said[key])
    return _question(request, form, said, way)


def _onward(request: HttpRequest, said: dict[str, Any], pack: Pack) -> HttpResponse:
    way = queries.walk(said, pack)
    if way.question is not None:
        form = Asked(question=way.question, before=said.get(way.question.key))
        return _question(request, form, said, way)
    context = _ending(said, way, pack)
    if way.decision is None:
        rates = queries.rate_words(way.unknown, pack)
        return render(request, "money_check/not_known.html", context | {"rates": rates})
    return render(
        request, "money_check/answer.html", context | {"answer": queries.answer(way, pack)}
    )


def _question(
    request: HttpRequest, form: Asked, said: dict[str, Any], way: queries.Walk, *, status: int = 200
) -> HttpResponse:
    keys = [one.key for one, _ in way.path]
    place = keys.index(form.question.key) if form.question.key in keys else len(keys)
    context = {
        "form": form,
        "question": form.question,
        "carried": http.carried(said),
        "back": keys[place - 1] if place else "",
        "place": place + 1,
    }
    return render(request, "money_check/question.html", context, status=status)


def _ending(said: dict[str, Any], way: queries.Walk, pack: Pack) -> dict[str, Any]:
    return {
        "said": [(one, queries.said_in_words(one, value)) for one, value in way.path],
        "carried": http.carried(said),
        "pack": pack,
        "version": live_settings(today()),
    }


@require_safe
@public_page
def paying_yourself(request: HttpRequest) -> HttpResponse:
    """For those who pay for their own support: what is free all the same, and how to plan it."""
    pack = rules(today())
    limit = pack.numbers.get("capital_upper_pence")
    uses_it = pack.word("charging_method") != "protected_income"
    context = {"limit": limit if limit and limit.value is not None and uses_it else None}
    return render(request, "money_check/paying_yourself.html", context)

"""Short questions about things that make home easier. Nobody has to say who they are.

Answers wait in the session while somebody goes through them; nothing is stored unless they ask us
for something at the end.
"""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import posted, public_page
from ownway.foundation.people import queries as people
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import Questions, Reach, Wanted

KEPT, WISHES, SENT = "equipment", "equipment_wishes", "equipment_sent"


@require_safe
@public_page
def start(request: HttpRequest) -> HttpResponse:
    """What will be asked, and that nothing is kept."""
    for name in (KEPT, WISHES):
        request.session.pop(name, None)
    asked = queries.catalogue(council.today()).asked({}, in_public=True)
    return render(request, "prevention/start.html", {"first": asked[0].key, "of": len(asked)})


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question. What must be done this minute is said at once."""
    shelf = queries.catalogue(council.today())
    kept = request.session.get(KEPT, {})
    asked = next((one for one in shelf.questions if one.key == key), None)
    if asked is None:
        raise Http404("No such question")
    form = Questions(posted(request), questions=[asked], before=kept)
    if form.is_bound and form.is_valid():
        kept = kept | form.answers()
        request.session[KEPT] = kept
        if queries.suggest(kept, shelf=shelf).is_now:
            return redirect("equipment-answer")
        return redirect(*_after(asked, shelf.asked(kept, in_public=True)))
    way = shelf.asked(kept, in_public=True)
    place = way.index(asked) if asked in way else 0
    shown = {
        "form": form,
        "question": asked,
        "place": place + 1,
        "of": len(way),
        "back": way[place - 1].key if place else "",
    }
    return render(request, "prevention/question.html", shown, status=422 if form.errors else 200)


def _after(asked: queries.Question, way: list[queries.Question]) -> tuple[str, ...]:
    """The next question that matters, or the answer."""
    later = way[way.index(asked) + 1 :] if asked in way else []
    return ("equipment-question", later[0].key) if later else ("equipment-answer",)


def _missing(kept: dict[str, Any]) -> str:
    """The first question that is still to answer."""
    asked = queries.catalogue(council.today()).asked(kept, in_public=True)
    return next((one.key for one in asked if one.key not in kept), "")


@require_safe
@public_page
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """What may help, what would not be safe, and when to talk to us first."""
    kept = request.session.get(KEPT, {})
    found = queries.suggest(kept, shelf=queries.catalogue(council.today()))
    missing = _missing(kept)
    if missing and not found.is_now:
        return redirect("equipment-question", missing) if kept else redirect("equipment-check")
    return render(request, "prevention/answer.html", {"found": found, "missing": missing})


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def wanted(request: HttpRequest) -> HttpResponse:
    """Which of it somebody would like."""
    kept, wishes = request.session.get(KEPT, {}), request.session.get(WISHES, {})
    if _missing(kept):
        return redirect("equipment-answer")
    found = queries.suggest(kept, shelf=queries.catalogue(council.today()))
    if not found.items:
        return redirect("equipment-reach")
    form = Wanted(posted(request), items=found.items, before=wishes.get("wanted"))
    if form.is_bound and form.is_valid():
        request.session[WISHES] = wishes | {"wanted": form.cleaned_data["wanted"]}
        return redirect("equipment-reach")
    shown = {"form": form, "found": found}
    return render(request, "prevention/wanted.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def reach(request: HttpRequest) -> HttpResponse:
    """How we can reach them, and whom it is for."""
    kept, wishes = request.session.get(KEPT, {}), request.session.get(WISHES, {})
    if _missing(kept):
        return redirect("equipment-answer")
    is_own = kept.get("who") == ["me"]
    form = Reach(posted(request), for_self=is_own, initial=_known(request) | wishes)
    if form.is_bound and form.is_valid():
        key = wishes.get("key") or secrets.token_hex(16)
        request.session[WISHES] = wishes | form.cleaned_data | {"key": key}
        return redirect("equipment-send")
    return render(
        request, "prevention/reach.html", {"form": form}, status=422 if form.errors else 200
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """Who has signed in is not asked for what we know."""
    person = people.own_person(request.user)
    if person is None:
        return {}
    home = person.household.postcode if person.household else ""
    return {"name": person.name, "phone": person.phone, "email": person.email, "postcode": home}


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """All of it on one page, to be changed or sent."""
    kept, wishes = request.session.get(KEPT, {}), request.session.get(WISHES, {})
    if _missing(kept) or "key" not in wishes:
        return redirect("equipment-sent" if request.session.get(SENT) else "equipment-answer")
    shelf = queries.catalogue(council.today())
    if request.method == "POST":
        return _send(request, kept, wishes)
    found = queries.suggest(kept, shelf=shelf)
    names = [item.name for item in found.items if item.key in wishes.get("wanted", [])]
    shown = {
        "rows": queries.answered(kept, shelf=shelf),
        "names": names,
        "wishes": wishes,
        "can_choose": bool(found.items),
    }
    return render(request, "prevention/send.html", shown)


def _send(request: HttpRequest, kept: dict[str, Any], wishes: dict[str, Any]) -> HttpResponse:
    told = {name: wishes.get(name, "") for name in ("name", "phone", "email", "postcode")}
    own = people.own_person(request.user)
    taken = actions.take_online(
        kept,
        wanted=wishes.get("wanted", []),
        key=wishes["key"],
        at=council.now(),
        for_whom=wishes.get("for_whom", ""),
        caller=own,
        **told,
    )
    request.session[SENT] = {
        "number": taken.number,
        "due": taken.clock.due_at.isoformat(),
        "way": told["phone"] or told["email"],
    }
    for name in (KEPT, WISHES):
        request.session.pop(name, None)
    return redirect("equipment-sent")


@require_safe
@public_page
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """It came: the number, and what happens next by when."""
    told = request.session.get(SENT)
    if not told:
        return redirect("equipment-check")
    shown = told | {"due": datetime.fromisoformat(told["due"])}
    return render(request, "contact/sent.html", shown)


@require_safe
@public_page
def shops(request: HttpRequest) -> HttpResponse:
    """Shops that take our codes; the nearest first for who gives a postcode."""
    typed = request.GET.get("near", "")[:10]
    shown = {"near": typed, "shops": queries.shops(council.today(), postcode=typed)}
    return render(request, "prevention/shops.html", shown)

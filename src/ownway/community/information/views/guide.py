"""The guide as everybody reads it: its contents, its questions, one page, and the glossary."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ownway.community.information import actions, http, queries
from ownway.community.information.forms import WasItUseful
from ownway.community.information.queries import Reading
from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import identity, rules, today


@require_safe
@public_page
def guide(request: HttpRequest) -> HttpResponse:
    """What the guide holds, for everybody or for one audience; or what a search found in it."""
    words = request.GET.get("what", "").strip()[:100]
    audiences = dict(queries.audiences())
    audience = request.GET.get("for", "")
    audience = audience if audience in audiences else ""
    context = {
        "words": words,
        "found": queries.search(words) if words else [],
        "terms": list(queries.glossary(words)[:5]) if words else [],
        "contents": [] if words else queries.contents(audience),
        "audience": audience,
        "audiences": audiences,
        "way": queries.follow(""),
    }
    return render(request, "information/guide.html", context)


@require_safe
@public_page
@cache_control(private=True)
def ask(request: HttpRequest) -> HttpResponse:
    """One question of the guide. The answers so far are in the address, and nowhere else."""
    said, say = request.GET.get("way", "")[:400], request.GET.get("say", "")[:40]
    way = queries.follow(said)
    if way is None:
        return redirect("guide")
    if "go" in request.GET and way.question is not None:
        chosen = [choice.key for choice in way.question.choices.all()]
        if say in chosen:
            onward = ".".join(part for part in (way.said, say) if part)
            return redirect(f"{reverse('guide-ask')}?way={onward}")
    if way.page is not None:
        return redirect(f"{reverse('guide-page', args=[way.page.slug])}?way={way.said}")
    is_missing = "go" in request.GET
    context = {
        "way": way,
        "question": way.question,
        "is_missing": is_missing,
        "back": way.before(len(way.steps) - 1) if way.steps else None,
    }
    status = 422 if is_missing else 200
    return render(request, "information/ask.html", context, status=status)


@require_safe
@public_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page, in the language and form that the reader asks for."""
    reading = _reading(request, slug)
    actions.count_read(reading.page, on=today())
    return _show(request, reading, WasItUseful())


@require_safe
@public_page
def large_print(request: HttpRequest, slug: str) -> HttpResponse:
    """One page in large type, to read or to print."""
    reading = _reading(request, slug)
    context = _context(request, reading)
    return render(request, "information/large_print.html", context)


# It is sent without a name and changes nothing of anybody's, so it needs no cookie.
@csrf_exempt
@require_POST
@public_page
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep whether a page was useful."""
    reading = _reading(request, slug)
    form = WasItUseful(request.POST)
    if not form.is_valid():
        return _show(request, reading, form, status=422)
    if http.may_answer(request, what="useful"):
        words = form.cleaned_data["words"].strip()
        actions.give_opinion(reading.text, is_useful=form.is_useful, words=words, on=today())
    return redirect(f"{reverse('guide-page', args=[slug])}?{_kept(request)}thanks=1#useful")


def _reading(request: HttpRequest, slug: str) -> Reading:
    reading = queries.page_to_read(slug, **http.wanted(request))
    if reading is None:
        raise Http404("There is no such page")
    return reading


def _show(
    request: HttpRequest, reading: Reading, form: WasItUseful, *, status: int = 200
) -> HttpResponse:
    context = _context(request, reading) | {
        "form": form,
        "way": queries.follow(request.GET.get("way", "")[:400]) if "way" in request.GET else None,
        "thanks": "thanks" in request.GET,
    }
    return render(request, "information/page.html", context, status=status)


def _context(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    around = queries.around(rules(today()), identity())
    return {
        "reading": reading,
        "text": reading.text,
        "shown": queries.show(reading.text.body, around),
        "kept": _kept(request),
    }


def _kept(request: HttpRequest) -> str:
    """The language and form as the start of an address's query."""
    wanted = {name: value for name, value in http.wanted(request).items() if value.isascii()}
    return "".join(
        f"{name}={value}&" for name, value in wanted.items() if value.replace("-", "").isalnum()
    )


@require_safe
@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word we explain."""
    return render(request, "information/glossary.html", {"words": list(queries.glossary())})


@require_safe
@public_page
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a banner; that somebody did is counted."""
    found = queries.campaign_of(slug)
    if found is None:
        raise Http404("There is no such campaign")
    if found.state(today()) == "running":
        actions.count_opened(found)
    return redirect(found.leads_to)

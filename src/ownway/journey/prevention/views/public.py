"""Six short questions about things that make home easier. Nobody has to say who they are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council.http import public_page
from ownway.journey.prevention import queries
from ownway.journey.prevention.forms import NONE, Questions

KEPT = "equipment"


@require_safe
@public_page
def start(request: HttpRequest) -> HttpResponse:
    """What will be asked, and that nothing is kept."""
    request.session.pop(KEPT, None)
    questions = queries.catalogue().questions
    shown = {"first": questions[0].key, "of": len(questions)}
    return render(request, "prevention/start.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question."""
    questions = queries.catalogue().questions
    place = next((i for i, one in enumerate(questions) if one.key == key), None)
    if place is None:
        raise Http404("No such question")
    asked, kept = questions[place], request.session.get(KEPT, {})
    form = Questions(
        request.POST if request.method == "POST" else None,
        questions=[asked],
        initial=_shown_again(kept),
    )
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = kept | form.answers()
        if place + 1 == len(questions):
            return redirect("equipment-answer")
        return redirect("equipment-question", questions[place + 1].key)
    shown = {
        "form": form,
        "question": asked,
        "place": place + 1,
        "of": len(questions),
        "back": questions[place - 1].key if place else "",
    }
    return render(request, "prevention/question.html", shown)


def _shown_again(kept: dict[str, list[str]]) -> dict[str, object]:
    many = {one.key for one in queries.catalogue().questions if one.many}
    return {key: (said or [NONE[0]]) if key in many else said[0] for key, said in kept.items()}


@require_safe
@public_page
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """What may help, what would not be safe, and when to talk to us first."""
    kept = request.session.get(KEPT, {})
    missing = next((q.key for q in queries.catalogue().questions if q.key not in kept), None)
    if missing:
        return redirect("equipment-question", missing) if kept else redirect("equipment-check")
    return render(request, "prevention/answer.html", {"found": queries.suggest(kept)})

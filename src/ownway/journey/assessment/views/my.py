"""A resident answers: about the person they care for, then about themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.naming import name_of
from ownway.design.questionnaire.summing_up import Part as Lines
from ownway.design.questionnaire.summing_up import summary
from ownway.design.questionnaire.words import label
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.forms.actions import CannotFinish
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access, actions, queries
from ownway.journey.assessment.queries.telling import answer_sentences, changes_told, criteria
from ownway.journey.assessment.views.flow import AnswerFlow, flows


@dataclass(frozen=True)
class Entry:
    """One assessment as its card shows it."""

    assessment: Any
    title: str
    state: str
    done: int
    of: int
    answer: list[str]
    criteria: list[tuple[str, str]]
    changed: list[str]


def _found(request: SignedIn, at: datetime) -> list[Any]:
    """What this resident answers or has answered; each look at another's record is logged."""
    found = queries.to_answer(request.user, at=at)
    for one in found:
        record.open_person(
            request.user, one.person_id, what="your answers", why="To help you answer", at=at
        )
    return found


def _open(request: SignedIn, found: list[Any], at: datetime) -> list[Any]:
    return [one for one in found if access.may_answer(request.user, one, at=at)]


def _around(found: list[Any], at: datetime) -> dict[str, Any]:
    """What the cards beside each question say: who helps, and by when they hear."""
    worker = next((w for one in found if (w := queries.worker_for(one))), None)
    hear_by = max((queries.done_by(one) for one in found), default=None)
    return {"worker": worker, "hear_by": hear_by, "today": at}


def _entry(one: Any, request: SignedIn) -> Entry:
    is_self = queries.answers_for_self(one, request.user)
    decided = one.decision if one.validated_at else None
    values = one.answers.values if one.answers else {}
    keys = [domain.key for domain in queries.domains_of(one)]
    return Entry(
        assessment=one,
        title="About you" if is_self else f"About {queries.first_name(one.person)}",
        state=_state(one),
        done=sum(bool(values.get(Spot(f"{key}.level"))) for key in keys),
        of=len(keys),
        answer=answer_sentences(decided) if decided else [],
        criteria=criteria(decided) if decided else [],
        changed=changes_told(one) if decided else [],
    )


def _state(one: Any) -> str:
    if one.validated_at:
        return "Decided"
    if one.answered_at:
        return "Finished"
    return "Saved as draft" if one.answers else "Not begun"


@require_GET
@resident_page
def my_assessment(request: SignedIn) -> HttpResponse:
    """Where the questions stand, what happens next, and what was decided."""
    at = council.now()
    found = _found(request, at)
    open_now = _open(request, found, at)
    context = {
        "entries": [_entry(one, request) for one in found],
        "to_do": open_now,
        "is_begun": any(one.answers for one in open_now),
        "is_decided": bool(found) and all(one.validated_at for one in found),
        "can_get_help": any(one.decision and one.decision.result["eligible"] for one in found),
        **_around(found, at),
    }
    return render(request, "assessment/my_assessment.html", context)


@require_POST
@resident_page
def start(request: SignedIn) -> HttpResponse:
    """Begin to answer, or go on: one draft about each person."""
    at = council.now()
    for one in _open(request, _found(request, at), at):
        actions.begin(one, by=request.user, at=at)
    return HttpResponseRedirect(reverse("my-assessment-next"))


def _flows(request: SignedIn, at: datetime) -> list[AnswerFlow]:
    found = _open(request, _found(request, at), at)
    return flows(request, found, at=at, context=_around(found, at))


@require_GET
@resident_page
def next_page(request: SignedIn) -> HttpResponse:
    """Go to the first page that is still to be answered, or to the answers to check."""
    for flow in _flows(request, council.now()):
        address = flow.where_left_off()
        if address != flow.check_url:
            return HttpResponseRedirect(address)
    return HttpResponseRedirect(reverse("my-assessment-check"))


@require_http_methods(["GET", "POST"])
@resident_page
def page(request: SignedIn, assessment_id: int, key: str) -> HttpResponse:
    """One question."""
    for flow in _flows(request, council.now()):
        if flow.context["assessment"].pk == assessment_id:
            return flow.page(key)
    raise Http404("There is no such question for you")


@require_http_methods(["GET", "POST"])
@resident_page
def check(request: SignedIn) -> HttpResponse:
    """All answers about everybody, to check and finish together."""
    at = council.now()
    asked = _flows(request, at)
    if not asked:
        return HttpResponseRedirect(reverse("my-assessment"))
    errors = []
    if request.method == "POST":
        errors = [line for flow in asked for line in _still_needed(flow)]
        if not errors:
            return _finish(request, asked, at)
    context = {
        "people": [_to_check(flow) for flow in asked],
        "errors": errors,
        **_around([flow.context["assessment"] for flow in asked], at),
        "store": asked[0].store,
        "assessment": asked[0].context["assessment"],
    }
    status = 422 if errors else 200
    return render(request, "assessment/check.html", context, status=status)


def _finish(request: SignedIn, asked: list[AnswerFlow], at: datetime) -> HttpResponse:
    try:
        actions.finish([f.context["assessment"] for f in asked], by=request.user, at=at)
    except CannotFinish:
        return HttpResponseRedirect(reverse("my-assessment-check"))
    return HttpResponseRedirect(reverse("my-assessment"))


def _to_check(flow: AnswerFlow) -> dict[str, Any]:
    """All answers about one person; those of the nine parts read without their question."""
    counted = {page.key for page in flow.pages if page.subject}
    return {"who": flow.who, "parts": _lines(flow), "urls": _urls(flow), "counted": counted}


def _lines(flow: AnswerFlow) -> list[Lines]:
    parts = summary(
        flow.store.form,
        flow.store.values,
        known=flow.known,
        names=flow.names,
        page_of=_page_of(flow),
    )
    return [part for part in parts if part.lines]


def _page_of(flow: AnswerFlow) -> dict[str, str]:
    return {link_id: page.key for page in flow.pages for link_id in page.link_ids}


def _urls(flow: AnswerFlow) -> dict[str, str]:
    return {page.key: f"{flow.page_url(page.key)}?from=check" for page in flow.pages}


def _still_needed(flow: AnswerFlow) -> list[dict[str, str]]:
    """What must be answered before finishing, each with the page where it is."""
    needed, page_of = flow.store.still_needed(), _page_of(flow)
    titles = {page.key: page.title for page in flow.pages}
    urls = _urls(flow)
    lines = []
    for link_id, item in flow.store.form.by_link_id.items():
        if name_of(Spot(link_id)) in needed and link_id in page_of:
            key = page_of[link_id]
            words = f"{titles[key]}, about {flow.who}: {label(item, flow.names)}"
            lines.append({"text": words, "href": urls[key]})
    return lines

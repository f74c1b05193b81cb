"""Everything about one person, on one page, for staff with a reason."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from ownway.design.dates import age_on
from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now
from ownway.foundation.letters import queries as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person, Relationship
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as records
from ownway.pages.links import addresses_to_open, may_open, stages_to_open
from ownway.pages.stages import budget_of, money_of, stages_of

EVENTS_SHOWN = 12
FILTERS = {"": "All", "key": "Decisions", "letters": "Letters"}


@dataclass(frozen=True)
class Tie:
    """Somebody who is something to the person: who, and in words what."""

    person: Person
    words: str
    pk: int


@staff_page
def file(request: StaffRequest, person_id: int) -> HttpResponse:
    """The strip, the plan in brief, the money, what is to be done, and the timeline."""
    at = now()
    why = "For your support" if access.may(request.user, "assessment.do") else "To help you"
    try:
        person = record.open_person(request.user, person_id, what="your record", why=why, at=at)
    except Http404:
        if not access.may(request.user, "people.find"):
            raise
        return redirect("reason-to-look", person_id=person_id)
    return render(request, "pages/person.html", _everything(request, person, at=at))


def _everything(request: StaffRequest, person: Person, *, at: datetime) -> dict[str, object]:
    plan, budget = plans.plan_of(person), budget_of(person)
    chosen = request.GET.get("show", "")
    events = records.timeline(request.user, person, at=at, key_only=chosen == "key")
    tasks = list(records.tasks_about(request.user, person))
    shown = 500 if request.GET.get("all") else EVENTS_SHOWN
    return {
        "person": person,
        "age": age_on(person.date_of_birth, localtime(at).date()),
        "formats": people.format_needs(person),
        "alerts": people.alerts(person),
        "ties": ties(person),
        "named": people.named_worker(person),
        "clocks": records.faces(records.clocks_running(person), at=at),
        "stages": stages_to_open(request.user, stages_of(person, plan, budget, at=at)),
        "plan": plan,
        "lines": plans.lines_of(plan) if plan else [],
        "money": money_of(person, budget, at=at),
        "tasks": tasks,
        "open_at": addresses_to_open(request.user, tasks),
        "may_open": partial(may_open, request.user),
        "filters": FILTERS,
        "chosen": chosen,
        "events": list(events[: shown + 1]),
        "shown": shown,
        "letters": letters.letters_about(request.user, person, at=at)[:20]
        if chosen == "letters"
        else [],
    }


def ties(person: Person) -> list[Tie]:
    """Everybody who is something to somebody, in words from the other's side."""
    return [_tie(person, tie) for tie in people.relationships_of(person)]


def _tie(person: Person, tie: Relationship) -> Tie:
    if tie.other_id == person.pk:
        words = str(tie.get_kind_display()).lower() + (", carer" if tie.cares_for else "")
        return Tie(tie.person, words, tie.pk)
    of_what = str(tie.get_kind_display()).lower()
    return Tie(
        tie.other,
        f"{person.first_name} is the {of_what}" + (" and carer" if tie.cares_for else ""),
        tie.pk,
    )

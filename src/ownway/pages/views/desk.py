"""My work, finding people, and opening a record that needs a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.models import Staff
from ownway.foundation.council.queries import now, staff_members
from ownway.foundation.people import actions as people_actions
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as records
from ownway.foundation.record.models import Task
from ownway.journey.carers import queries as carers
from ownway.pages.forms import ChangeDetails, GiveReason, WriteNote

ROWS_A_PAGE = 50
PARTS = {
    "late": "Late",
    "due": "Due today and tomorrow",
    "waiting": "Waiting on someone",
    "later": "Later",
}


@dataclass(frozen=True)
class WorkRow:
    """One task as a row: which part of the list it stands in, and how its clock reads."""

    task: Task
    part: str
    state: str
    words: str
    share_used: float


@staff_page
def work(request: StaffRequest) -> HttpResponse:
    """What is late, due, waiting and later, of one member of staff or of their team."""
    access.require(request.user, "people.find")
    at = now()
    whole_team = request.GET.get("whose") == "team" and access.may(request.user, "plan.agree")
    tasks = records.open_tasks(request.user) if whole_team else records.own_tasks(request.user)
    if words := request.GET.get("inlist", "").strip():
        tasks = tasks.filter(
            Q(words__icontains=words) | Q(person__sort_name__contains=people.sort_name("", words))
        )
    counts = _counts(tasks, at)
    part = request.GET.get("part", "")
    if part in PARTS:
        tasks = tasks.filter(_in_part(part, at))
    page = Paginator(tasks, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [work_row(task, at=at) for task in page.object_list]
    context = {
        "groups": [
            (key, title, [r for r in rows if r.part == key]) for key, title in PARTS.items()
        ],
        "counts": counts,
        "parts": PARTS,
        "part": part,
        "rows": page,
        "whole_team": whole_team,
        "inlist": words,
        "total": sum(counts.values()),
    }
    return render(request, "pages/work.html", context)


def _tomorrow_ends(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=2
    )


def _in_part(part: str, at: datetime) -> Q:
    waiting = ~Q(waiting_for="")
    edge = _tomorrow_ends(at)
    return {
        "late": Q(due_at__lt=at) & ~waiting,
        "due": Q(due_at__gte=at, due_at__lt=edge) & ~waiting,
        "waiting": waiting,
        "later": Q(due_at__gte=edge) & ~waiting,
    }[part]


def _counts(tasks: QuerySet[Task], at: datetime) -> dict[str, int]:
    parts = {part: Count("pk", filter=_in_part(part, at)) for part in PARTS}
    counted: dict[str, int] = tasks.order_by().aggregate(**parts)
    return counted


def work_row(task: Task, *, at: datetime) -> WorkRow:
    """Read one task's clock."""
    whole = (task.due_at - task.made_at).total_seconds() or 1.0
    used = min(max((at - task.made_at).total_seconds() / whole, 0.0), 1.0)
    days = (timezone.localtime(task.due_at).date() - timezone.localtime(at).date()).days
    if task.waiting_for:
        return WorkRow(task, "waiting", "rest", f"Waiting for {task.waiting_for}", used)
    if task.due_at < at:
        return WorkRow(task, "late", "late", "Late today" if days == 0 else _days_late(-days), 1.0)
    if task.due_at < _tomorrow_ends(at):
        return WorkRow(task, "due", "watch", "Today" if days == 0 else "Tomorrow", used)
    return WorkRow(task, "later", "good", f"{days} days left", used)


def _days_late(days: int) -> str:
    return f"Late {days} day{'' if days == 1 else 's'}"


@staff_page
def find_people(request: StaffRequest) -> HttpResponse:
    """Find anybody on the record; opening somebody who is not yours needs a reason."""
    access.require(request.user, "people.find")
    words = request.GET.get("q", "").strip()[:100]
    numbered = carers.plan_numbered(words) if words else None
    found = [numbered.carer] if numbered else people.find(request.user, words, limit=30)
    visible = set(
        people.people(request.user, at=now())
        .filter(pk__in=[person.pk for person in found])
        .values_list("pk", flat=True)
    )
    context = {"words": words, "found": [(person, person.pk in visible) for person in found]}
    return render(request, "pages/people.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def reason_to_look(request: StaffRequest, person_id: int) -> HttpResponse:
    """Open a record that is not yours, on a reason the person can read."""
    access.require(request.user, "people.find")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404("No such person")
    form = GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at, because = now(), form.cleaned_data["because"]
        people_actions.give_reason_to_look(request.staff, person=person, because=because, at=at)
        record.log_look(request.user, person, what="your record", why=because, at=at)
        return redirect("person", person_id=person.pk)
    return render(request, "pages/reason_to_look.html", {"person": person, "form": form})


@staff_page
@require_http_methods(["GET", "POST"])
def write_note(request: StaffRequest, person_id: int) -> HttpResponse:
    """Write a note into somebody's record. The person can read it."""
    at = now()
    person = record.open_person(
        request.user, person_id, what="your record", why="To write a note", at=at
    )
    form = WriteNote(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record.write(
            "note.written",
            about=person,
            by=request.user,
            at=at,
            words="A note was written",
            note=form.cleaned_data["note"],
        )
        messages.success(request, "Note written")
        return redirect("person", person_id=person.pk)
    return render(request, "pages/write_note.html", {"person": person, "form": form})


def nameable(staff: Staff, person: Person) -> list[Staff]:
    """Whom somebody may name as the worker of a person.

    A manager and the access desk name anybody who assesses; others only while nobody is named or
    the person is with their own team, so that a look for a day cannot become a look for good.
    """
    named = people.named_worker(person)
    may_name = (
        access.may(staff.sign_in, "plan.agree")
        or access.may(staff.sign_in, "people.see_all")
        or named is None
        or named.team_id == staff.team_id
    )
    everybody = [s for s in staff_members() if access.may(s.sign_in, "assessment.do")]
    return everybody if may_name else [s for s in everybody if named and s.pk == named.pk]


@staff_page
@require_http_methods(["GET", "POST"])
def change_details(request: StaffRequest, person_id: int) -> HttpResponse:
    """Put right what is known about somebody: name, birth date, how they are told, worker."""
    at = now()
    person = record.open_person(
        request.user, person_id, what="your details", why="To put them right", at=at
    )
    access.require(request.user, "people.change")
    workers = nameable(request.staff, person)
    form = ChangeDetails(
        request.POST or None, person=person, workers=workers, on=localtime(at).date()
    )
    if request.method == "POST" and form.is_valid():
        form.carry_out(by=request.user, at=at)
        messages.success(request, "Details saved")
        return redirect("person", person_id=person.pk)
    return render(request, "pages/change_details.html", {"person": person, "form": form})

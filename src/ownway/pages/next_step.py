"""What happens next for somebody, by when, and who does it: one answer on every page of theirs."""

from dataclasses import dataclass
from datetime import date, datetime

from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Task


@dataclass(frozen=True)
class NextStep:
    """The next step: its name, the day of it when there is one, words, and who does it."""

    title: str
    words: tuple[str, ...]
    who: str
    on: date | None = None
    address: str = ""
    press: str = ""
    lead: str = "You don’t need to do anything today."


def next_step(person: Person, *, others: list[Person], at: datetime) -> NextStep:
    """The first thing that is still to come, looked for from the end of the way back."""
    worker = people.named_worker(person)
    plan = plans.plan_of(person)
    for look in (_from_plan, _from_assessment, _from_tasks):
        if found := look(person, plan, worker, at):
            return found
    return NextStep(
        "Nothing for now",
        ("We will tell you here when there is something to do, and who will do it.",),
        "nobody needs to do anything",
    )


def _name(worker: Staff | None) -> str:
    return worker.first_name if worker else "we"


def _from_plan(person, plan, worker, at):  # type: ignore[no-untyped-def]
    return None


def _from_assessment(person, plan, worker, at):  # type: ignore[no-untyped-def]
    return None


def _from_tasks(
    person: Person, plan: object, worker: Staff | None, at: datetime
) -> NextStep | None:
    tasks = [task for task in record.tasks_about(person) if not task.waiting_for]
    return _of_task(tasks[0]) if tasks else None


def _of_task(task: Task) -> NextStep:
    return NextStep(task.words, (), task.owner.name, on=task.due_at.date())

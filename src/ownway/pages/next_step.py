"""What happens next for somebody, by when, and who does it: one answer on every page of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.access import Viewer
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record import queries as record
from ownway.journey.allocation import queries as allocation
from ownway.journey.assessment import queries as assessment
from ownway.journey.assessment.models import Assessment
from ownway.journey.budgets.queries.money import Money
from ownway.journey.planning import queries as planning

NOTHING_TO_DO = "You don’t need to do anything today."


@dataclass(frozen=True)
class NextStep:
    """The next step: its name, the day of it when there is one, words, and who does it."""

    title: str
    words: tuple[str, ...]
    who: str
    on: date | None = None
    address: str = ""
    press: str = ""
    lead: str = NOTHING_TO_DO


def next_step(
    viewer: Viewer, person: Person, plans: Sequence[Plan], money: Money | None, *, at: datetime
) -> NextStep:
    """The first thing that is still to come for a resident, those they act for counted."""
    if questions := assessment.still_to_answer(viewer, at=at):
        return _answer_questions(questions, person)
    if going := _with_something_to_come(plans):
        if any(plan.status != Status.OPEN for plan in going):
            return _with_plans(going, money)
        return _of_planning(going)
    return _waiting_for_us(viewer, person, at=at)


def _with_something_to_come(plans: Sequence[Plan]) -> list[Plan]:
    """Plans that were sent, or have a budget to be written for; the others hold nothing up."""
    unsent = [plan.person for plan in plans if plan.status == Status.OPEN]
    known = allocation.with_budgets(unsent) if unsent else set()
    return [plan for plan in plans if plan.status != Status.OPEN or plan.person_id in known]


def _answer_questions(questions: Sequence[Assessment], person: Person) -> NextStep:
    names = ["you" if q.person_id == person.pk else q.person.first_name for q in questions]
    about = " and ".join(dict.fromkeys(names))
    is_begun = any(q.answers_id for q in questions)
    return NextStep(
        f"Tell us about {about}",
        ("One question at a time. You can stop, and come back when it suits you.",),
        "you, with help if you like",
        on=assessment.done_by(questions[0]),
        address=reverse("my-assessment"),
        press="Go on with your answers" if is_begun else "Go to the questions",
        lead="Your answers are saved." if is_begun else "There are some questions for you.",
    )


def _with_plans(plans: Sequence[Plan], money: Money | None) -> NextStep:
    agreed = [plan.person for plan in plans if plan.status == Status.AGREED]
    if len(agreed) == len(plans) and money is None:
        return NextStep(
            "Choose how you take the money",
            ("There are five ways. You see the sum for each before you choose.",),
            "you, with help if you like",
            address=reverse("choose-money", args=[agreed[0].pk]),
            press="Choose how you take the money",
            lead="Your plan is agreed.",
        )
    if money is not None and not money.has_started:
        return NextStep(
            "Your support starts",
            ("Your plan is agreed, and your way to take the money is set.",),
            "the council",
            on=money.starts_on,
        )
    lead = "Your support has started. " + NOTHING_TO_DO if money else ""
    return _of_planning(plans, lead=lead)


def _of_planning(plans: Sequence[Plan], *, lead: str = "") -> NextStep:
    worker = people.named_worker(plans[0].person)
    manager = planning.manager_over(worker)
    said = planning.next_in_words(plans, worker=worker, manager=manager)
    theirs = "There is something for you to do." if said.press else NOTHING_TO_DO
    return NextStep(
        said.title, said.words, said.who, said.on, said.address, said.press, lead or theirs
    )


def _waiting_for_us(viewer: Viewer, person: Person, *, at: datetime) -> NextStep:
    done = assessment.latest(person)
    if done is not None and done.decision is None:
        worker = assessment.worker_for(done)
        name = worker.first_name if worker else "Someone"
        return NextStep(
            f"{name} reads your answers with you",
            ("We look at what you told us, and tell you what we can do.",),
            worker.name if worker else "someone from our team",
            on=assessment.done_by(done),
        )
    if (refused := assessment.found_not_eligible(person)) is not None:
        return _not_eligible(refused)
    tasks = [task for task in record.tasks_about(viewer, person) if not task.waiting_for]
    if tasks:
        first = min(tasks, key=lambda task: task.due_at)
        return NextStep(
            f"{first.owner.first_name} gets in touch with you",
            ("If the day goes by and you hear nothing, call us.",),
            first.owner.name,
            on=timezone.localtime(first.due_at).date(),
        )
    worker = people.named_worker(person)
    who = worker.name if worker else "no one needs to do anything"
    words = ("We will tell you here when there is something to do, and who will do it.",)
    return NextStep("Nothing for now", words, who)


def _not_eligible(refused: Assessment) -> NextStep:
    worker = assessment.worker_for(refused)
    return NextStep(
        "Our answer is no, for now",
        (
            "We will not pay for help for you at this time. Our letter says why.",
            "Help near you may be free, or cost little.",
            "If you think we are wrong, or things change, call us and we look again.",
        ),
        worker.name if worker else "no one needs to do anything",
        address=reverse("my-assessment"),
        press="Read our answer",
    )

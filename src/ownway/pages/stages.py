"""How far along the way somebody is, and their money, gathered from every stage for one page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from ownway.design.dates import short_date
from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan, Status
from ownway.journey.allocation import queries as allocation
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment import queries as assessment
from ownway.journey.budgets import queries as budgets
from ownway.journey.charging import queries as charging
from ownway.journey.contact import queries as contact
from ownway.journey.prevention import queries as prevention
from ownway.journey.reablement import queries as reablement
from ownway.policy.decision import Step

PLAN_WORDS = {
    Status.OPEN: "being written",
    Status.OFFERED: "to approve",
    Status.RETURNED: "sent back",
    Status.AGREED: "agreed",
    Status.ENDED: "ended",
}


@dataclass(frozen=True)
class Stage:
    """One stage of the way: its name, a word on it, where it is done, and how it stands."""

    name: str
    words: str
    is_done: bool
    address: str = ""
    state: str = "open"  # good, now, open


def stages_of(
    person: Person, plan: Plan | None, budget: IndicativeBudget | None, *, at: datetime
) -> list[Stage]:
    """The eight stages of the strip; the first that is not done is where the person is now."""
    shown: list[Stage] = []
    for stage in _stages(person, plan, budget, at=at):
        is_first_open = not stage.is_done and not any(s.state == "now" for s in shown)
        state = "good" if stage.is_done else "now" if is_first_open else "open"
        shown.append(Stage(stage.name, stage.words, stage.is_done, stage.address, state))
    return shown


def _stages(
    person: Person, plan: Plan | None, budget: IndicativeBudget | None, *, at: datetime
) -> Iterator[Stage]:
    yield _contact(person)
    if not person.is_carer:
        yield from _before_a_budget(person)
    yield _assessment(person)
    yield _budget(person, budget)
    yield from _plan_and_after(person, plan, at=at)


def _contact(person: Person) -> Stage:
    newest = contact.newest_contact_about(person)
    if newest is None:
        return Stage("Contact", "none", is_done=True)
    address = reverse("contact", args=[newest.pk])
    return Stage("Contact", short_date(newest.began_at), newest.is_settled, address)


def _before_a_budget(person: Person) -> Iterator[Stage]:
    checklist, gate = prevention.checklist_state(person), reablement.gate(person)
    words = f"{checklist.done} of {checklist.of}"
    yield Stage("Prevention", words, checklist.is_complete, reverse("checklist", args=[person.pk]))
    yield Stage(
        "Reablement", gate.state, gate.lets_through, reverse("reablement", args=[person.pk])
    )


def _assessment(person: Person) -> Stage:
    newest = assessment.latest(person)
    address = reverse("assessment", args=[person.pk])
    if newest is None:
        return Stage("Assessment", "", is_done=False, address=address)
    day = (
        f"day {assessment.day_of(newest, at=newest.validated_at)}"
        if newest.validated_at
        else "open"
    )
    return Stage("Assessment", day, newest.decision is not None, address)


def _budget(person: Person, budget: IndicativeBudget | None) -> Stage:
    address = reverse("budget", args=[person.pk])
    if budget is None:
        return Stage("Budget", "", is_done=False, address=address)
    return Stage("Budget", pounds(budget.weekly_pence), is_done=True, address=address)


def _plan_and_after(person: Person, plan: Plan | None, *, at: datetime) -> Iterator[Stage]:
    if plan is None:
        yield Stage("Plan", "", is_done=False)
        return
    address = reverse("plan", args=[plan.pk])
    yield Stage("Plan", PLAN_WORDS[Status(plan.status)], plan.status == Status.AGREED, address)
    agreement = budgets.agreed_for(person)
    starts = agreement.starts_on if agreement else plan.starts_on
    has_started = (
        starts is not None and plan.status == Status.AGREED and starts <= localtime(at).date()
    )
    yield Stage("Start", short_date(starts) if starts else "", has_started)
    yield Stage("Review", short_date(plan.review_on) if plan.review_on else "", is_done=False)


def budget_of(person: Person) -> IndicativeBudget | None:
    """The newest budget of somebody, as one who draws on care or else as a carer."""
    return allocation.budget_of(person) or allocation.budget_of(person, side="carer")


@dataclass(frozen=True)
class Working:
    """For staff: how a budget was worked out, who pays, and what that leaves the council."""

    worked: list[Step]
    paid: list[Step]
    council_pence: int | None
    words: str


def money_of(person: Person, budget: IndicativeBudget | None, *, at: datetime) -> Working | None:
    """The working behind somebody's money; nothing before there is a budget."""
    if budget is None:
        return None
    charge = charging.contribution(person, on=localtime(at).date())
    paid = _steps(charge.decision.worked) if charge else []
    words = f"{budget.get_state_display()}, not a limit. Worked out {short_date(budget.at)}."
    council = charge.council_pays_pence if charge else None
    return Working(_steps(budget.decision.worked), paid, council, words)


def _steps(worked: dict[str, list[Step]]) -> list[Step]:
    return list(worked["steps"])

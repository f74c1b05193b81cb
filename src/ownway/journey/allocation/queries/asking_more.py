"""Asking for more: whether the time has come, who decides, and the decision in words."""

from dataclasses import dataclass
from typing import Any

from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.journey.allocation.models import ImpactAssessment, IndicativeBudget, Side
from ownway.journey.allocation.queries.budgets import budget_of
from ownway.policy import sufficiency

Outcome = ImpactAssessment.Outcome


@dataclass(frozen=True)
class More:
    """What is known when somebody would ask for more than was worked out.

    `too_soon` are the reasons why it cannot be asked yet, all of them; none when it can.
    """

    budget: IndicativeBudget | None
    plan: Plan | None
    lines: tuple[PlanLine, ...]
    planned_pence: int
    waiting: ImpactAssessment | None
    too_soon: tuple[str, ...]

    @property
    def short_pence(self) -> int:
        """How much the budget falls short of the draft."""
        return self.planned_pence - (self.budget.weekly_pence if self.budget else 0)


def more(person: Person) -> More:
    """Whether somebody's draft plan shows that their budget is too small."""
    return more_than(budget_of(person) or budget_of(person, side=Side.CARER), person)


def more_than(budget: IndicativeBudget | None, person: Person) -> More:
    """The same, of a budget that was read before."""
    plan = plans.plan_of(person)
    lines = (
        tuple(line for line in plans.lines_of(plan) if line.paid_from == "budget") if plan else ()
    )
    planned = plans.weekly_from_budget(lines)
    waiting = _waiting(plan)
    draft = sufficiency.Draft(
        budget_pence=budget.weekly_pence if budget else None,
        is_written=planned > 0,
        is_agreed=plan is not None and plan.status == Status.AGREED,
        planned_pence=planned,
        is_asked=waiting is not None,
    )
    return More(budget, plan, lines, planned, waiting, tuple(sufficiency.too_soon(draft)))


def _waiting(plan: Plan | None) -> ImpactAssessment | None:
    if plan is None:
        return None
    found = ImpactAssessment.objects.filter(plan=plan, decided_at=None)
    return found.select_related("owner", "asked_by", "budget__person").first()


def more_asked(person: Person) -> list[ImpactAssessment]:
    """Every request for more about somebody, newest first."""
    found = ImpactAssessment.objects.filter(budget__person=person)
    return list(
        found.select_related("owner", "asked_by", "decided_by", "budget__person", "plan__person")
    )


def standing_pence(asked: ImpactAssessment) -> int:
    """The budget as it stands now, on the side that the request is about."""
    standing = budget_of(asked.budget.person, side=asked.budget.side)
    return standing.weekly_pence if standing else asked.budget.weekly_pence


def who_decides(person: Person) -> Staff:
    """The manager of the worker's team; else any manager."""
    worker = people.named_worker(person)
    managers = council.staff_members().filter(role="team_manager").order_by("pk")
    return (council.manager_of(worker.team) if worker else None) or managers[0]


def decided_words(asked: ImpactAssessment, *, before: int) -> str:
    """The decision in a sentence."""
    if asked.outcome == Outcome.KEPT:
        return f"Your budget stays at {pounds(before)} a week"
    return f"Your budget goes up from {pounds(before)} to {pounds(asked.decided_pence)} a week"


def decided_body(asked: ImpactAssessment, *, before: int) -> list[dict[str, Any]]:
    """The letter: the answer, why, what was asked and shown, and how to go on."""
    kept = asked.outcome == Outcome.KEPT
    after = (
        "Your plan still has to meet your needs. We look with you at other ways to do that."
        if kept
        else "You can go on with your plan. It can now be sent to be agreed."
    )
    return [
        _text(f"{decided_words(asked, before=before)}."),
        _heading("Why we decided this"),
        _text(asked.because),
        _heading("What we were asked"),
        _text(f"The draft plan takes {pounds(asked.asked_pence)} a week from the budget."),
        _text(f"What the budget does not pay for: {asked.shortfall}"),
        _text(f"What it means: {asked.impact}"),
        _heading("What happens next"),
        _text(after),
        _heading("If you think we are wrong"),
        _text(
            "Tell us, and someone new will look at it. It will not harm your support or slow it "
            "down. You can have free help to speak up, from a group that is not the council."
        ),
    ]


def _text(words: str) -> dict[str, Any]:
    return {"kind": "text", "text": words}


def _heading(words: str) -> dict[str, Any]:
    return {"kind": "heading", "text": words}

"""How firm a budget is, with which rules, and what it is of all that is promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event
from ownway.journey.allocation.models import IndicativeBudget, State
from ownway.journey.allocation.queries.budgets import Together
from ownway.policy.money import half_up
from ownway.policy.numbers import MOST
from ownway.policy.packs import Pack

WEEKS = 52


def raised_pence() -> Subquery:
    """For a query of decisions: what the budget of each was raised to for a draft plan, or null."""
    raised = IndicativeBudget.objects.filter(decision=OuterRef("pk"), state=State.STARTING)
    return Subquery(raised.order_by("-at", "-pk").values("weekly_pence")[:1])


@dataclass(frozen=True)
class Stage:
    """One of the three states on the way: when it was reached, and at what sum."""

    name: str
    means: str
    weekly_pence: int | None = None
    at: datetime | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the budget has come so far."""
        return self.weekly_pence is not None


def stages_of_budget(
    budget: IndicativeBudget, *, found: Together, plan: Plan | None
) -> tuple[Stage, Stage, Stage]:
    """Indicative, starting, agreed: newest of each, since the sum was last worked out.

    `plan` is that of the budget's person.

    A budget is a starting one when it was raised for a draft plan, or when a plan that is being
    written takes its figure as its start.
    """
    rows = [budget, *found.before(budget)]
    same = [row for row in rows if row.decision_id == budget.decision_id]
    first = same[-1]
    agreed = next((row for row in same if row.state == State.AGREED), None)
    raised = next((row for row in same if row.state == State.STARTING), None)
    return (
        Stage("Indicative", "as it was worked out", first.weekly_pence, first.at),
        _starting(first, raised, plan),
        Stage("Agreed", "with the plan", *_of(agreed)),
    )


def would_move(budget: IndicativeBudget) -> Event | None:
    """What told the person that the sum would now be another, where a plan holds it in place."""
    told = record.last_event(budget.person, "budget.would_move")
    return told if told is not None and told.at >= budget.at else None


def _of(row: IndicativeBudget | None) -> tuple[int | None, datetime | None]:
    return (row.weekly_pence, row.at) if row else (None, None)


def _starting(first: IndicativeBudget, raised: IndicativeBudget | None, plan: Plan | None) -> Stage:
    if raised:
        return Stage("Starting", "raised for the draft plan", raised.weekly_pence, raised.at)
    is_begun = plan is not None and (bool(plan.how) or plan.status != Status.OPEN)
    if is_begun:
        return Stage("Starting", "the plan is written from it", first.weekly_pence)
    return Stage("Starting", "once the plan is begun")


@dataclass(frozen=True)
class Envelope:
    """What one budget is of all budgets that stand now. Units: pence a year.

    `limit_pence` is what the council set aside for the year; None where it has not said.
    """

    own_pence: int
    all_pence: int
    change_pence: int
    limit_pence: int | None

    @property
    def left_pence(self) -> int | None:
        """What is left of that; below zero when more is promised."""
        return None if self.limit_pence is None else self.limit_pence - self.all_pence

    @property
    def share(self) -> str:
        """Its share of all of them, in hundredths of a part in a hundred."""
        hundredths = half_up(self.own_pence * 10_000, self.all_pence) if self.all_pence else 0
        return f"{hundredths // 100}.{hundredths % 100:02d}%"


def budgets_standing() -> QuerySet[IndicativeBudget]:
    """All budgets that stand: the newest of each living person, for each side they have one on.

    Whatever is set beside the envelope of a year is asked from here, so that all mean the same.
    """
    newest = IndicativeBudget.objects.order_by("person_id", "side", "-at", "-pk").distinct(
        "person_id", "side"
    )
    return IndicativeBudget.objects.filter(pk__in=newest.values("pk"), person__died_on=None)


ENVELOPE = "budget_envelope_year_pence"


def envelopes_of(budgets: Iterable[IndicativeBudget], *, pack: Pack) -> dict[int, Envelope]:
    """What each budget puts on all that is promised, and what its settling changed of that."""
    weekly: int = budgets_standing().aggregate(all=Sum("weekly_pence"))["all"] or 0
    return {
        budget.pk: Envelope(
            own_pence=budget.weekly_pence * WEEKS,
            all_pence=weekly * WEEKS,
            change_pence=(budget.weekly_pence - budget.decision.result["weekly_pence"]) * WEEKS,
            limit_pence=_limit(pack),
        )
        for budget in budgets
    }


def _limit(pack: Pack) -> int | None:
    value = pack.number(ENVELOPE).value
    return value if isinstance(value, int) and value != MOST else None

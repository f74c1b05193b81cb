"""Writing the lines of a plan: the wish first, then who helps, then what it costs and who pays."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.plan import access
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.actions import Saved
from ownway.foundation.plan.models import PaidFrom, Plan, PlanLine, Status
from ownway.foundation.record import actions as record
from ownway.journey.planning import queries
from ownway.journey.planning.actions.choosing import HELP_WITHIN, end_of_working_day
from ownway.policy.money import half_up
from ownway.policy.planning import may_change_by

PUT_BY = "Put by, just in case"


class NeedsAsking(Exception):
    """A change of an agreed plan that goes past what may be changed without asking."""


@transaction.atomic
def add_wish(plan: Plan, *, wish: str, by: SignIn, at: datetime) -> PlanLine:
    """Keep a wish; until somebody is found for it, it stays in the plan as not found yet.

    The same wish sent twice, as by a double press, is kept once.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, plan, at=at)
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    same = PlanLine.objects.filter(plan=plan, wish=wish, support="", not_found=True).first()
    if same:
        return same
    line = plans.add_line(plan, wish=wish, paid_from="", not_found=True, by=by, at=at)
    record.write(
        "plan.line_added",
        about=plan.person,
        by=by,
        at=at,
        words=f"A wish was added to your plan: {wish}",
        plan=plan.pk,
        line=line.pk,
    )
    return line


@transaction.atomic
def change_line(
    line: PlanLine, typed: Mapping[str, Any], *, seen: int, by: SignIn, at: datetime
) -> Saved[PlanLine]:
    """Change a line; in an agreed plan, within what may be changed without asking.

    Raises:
        PermissionDenied: `by` may not write in this plan.
        NeedsAsking: the plan is agreed, and the worker must be asked first.
    """
    typed = dict(typed) | _cost_of(line, typed)
    if line.plan.status == Status.AGREED:
        _require_within_limits(line, typed, at=at)
    return plans.change_line(line, typed, seen=seen, by=by, at=at)


def _cost_of(line: PlanLine, typed: Mapping[str, Any]) -> dict[str, int]:
    """Hours times price, to the nearest penny, whenever both are known."""
    hours, price = typed.get("hours", line.hours), typed.get("price_pence", line.price_pence)
    if not {"hours", "price_pence"} & set(typed) or hours is None or price is None:
        return {}
    hundredths = int(Decimal(hours) * 100)
    return {"cost_pence": half_up(hundredths * price, 100)}


def _require_within_limits(line: PlanLine, typed: Mapping[str, Any], *, at: datetime) -> None:
    """Words, days and people may change freely; money within the limit of the line."""
    was_paid, now_paid = line.paid_from, typed.get("paid_from", line.paid_from)
    if PaidFrom.BUDGET not in (was_paid, now_paid):
        return
    if was_paid != now_paid or typed.get("often", line.often) != line.often:
        raise NeedsAsking("This is a new use of the budget. Ask us first")
    ratio = queries.change_ratio(council.rules(timezone.localtime(at).date()))
    may = may_change_by(line.agreed_pence or 0, ratio)
    if abs(typed.get("cost_pence", line.cost_pence) - (line.agreed_pence or 0)) > may:
        raise NeedsAsking(
            f"You may change this by up to {pounds(may)} a week without asking. "
            "For more, ask us first"
        )


def _mark(words: str) -> str:
    """What tells one wish from another, so that a second one is a task too, and a repeat is not."""
    return sha256(words.strip().encode()).hexdigest()[:12]


@transaction.atomic
def ask_to_change(line: PlanLine, *, words: str, by: SignIn, at: datetime) -> None:
    """Ask the worker for a change of an agreed plan that goes past the limit.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, line.plan, at=at)
    plan = line.plan
    if owner := queries.responsible_for(plan.person):
        record.give_task(
            "plan.change_asked",
            person=plan.person,
            words=f"{plan.person.formal_name} asks to change “{line.wish}”: {words}",
            owner=owner,
            due_at=end_of_working_day(at, days=HELP_WITHIN),
            at=at,
            address=reverse("plan", args=[plan.pk]),
            subject=f"line:{line.pk}:{_mark(words)}",
        )
    record.write(
        "plan.change_asked",
        about=plan.person,
        by=by,
        at=at,
        words=f"You asked to change your plan: {line.wish}",
        detail=words,
        plan=plan.pk,
        line=line.pk,
    )


@transaction.atomic
def take_out(line: PlanLine, *, by: SignIn, at: datetime) -> None:
    """Take a line out of a plan.

    Raises:
        PermissionDenied: `by` may not write in this plan.
        NeedsAsking: the plan is agreed, and the line is one of its budget.
    """
    if line.plan.status == Status.AGREED and line.paid_from == PaidFrom.BUDGET:
        raise NeedsAsking("This line is part of your agreed budget. Ask us before you take it out")
    plans.remove_line(line, by=by, at=at)


@transaction.atomic
def put_by(
    plan: Plan, *, pence: int, words: str, by: SignIn, at: datetime, seen: int | None = None
) -> Saved[PlanLine]:
    """Put some of the budget by, or change how much: one such line a plan.

    Raises:
        PermissionDenied: `by` may not write in this plan.
        NeedsAsking: the plan is agreed, and it would change by too much.
    """
    access.require_may_write(by, plan, at=at)
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    line = PlanLine.objects.filter(plan=plan, is_reserve=True).select_related("plan").first()
    if line:
        typed = {"cost_pence": pence, "support": words}
        return change_line(line, typed, seen=seen or line.version, by=by, at=at)
    if plan.status == Status.AGREED:
        raise NeedsAsking("Your budget is agreed. Ask us before you put part of it by")
    line = plans.add_line(
        plan,
        wish=PUT_BY,
        support=words,
        paid_from=PaidFrom.BUDGET,
        cost_pence=pence,
        is_reserve=True,
        by=by,
        at=at,
    )
    record.write(
        "plan.line_added",
        about=plan.person,
        by=by,
        at=at,
        words=f"{pounds(pence)} a week was put by in your plan",
        plan=plan.pk,
        line=line.pk,
    )
    return Saved(line, ("cost_pence", "support"), {})

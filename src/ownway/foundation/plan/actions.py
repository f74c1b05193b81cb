"""Opening the one plan, and putting lines into it from any stage."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ownway.foundation.council.models import SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries
from ownway.foundation.plan.models import PaidFrom, Plan, PlanLine
from ownway.foundation.record import actions as record


@transaction.atomic
def open_plan(person: Person, *, by: SignIn | None, at: datetime) -> Plan:
    """Open somebody's one plan, or return the one they have."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if plan := queries.plan_of(person):
        return plan
    plan = Plan.objects.create(person=person, opened_at=at, opened_by=by)
    record.write(
        "plan.opened", about=person, by=by, at=at, words="Your plan was opened", plan=plan.pk
    )
    return plan


@transaction.atomic
def add_line(
    plan: Plan, *, wish: str, paid_from: str, by: SignIn | None, at: datetime, **known: Any
) -> PlanLine:
    """Put a line at the end of a plan. The same entry of the directory is added once."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    lines = PlanLine.objects.filter(plan=plan)
    if (key := known.get("entry_key")) and (same := lines.filter(entry_key=key).first()):
        return same
    place = lines.count() + 1
    return PlanLine.objects.create(
        plan=plan,
        place=place,
        wish=wish[:200],
        paid_from=PaidFrom(paid_from),
        added_by=by,
        added_at=at,
        **known,
    )

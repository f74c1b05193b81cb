"""The plan of a person, and its sums."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.people.models import Person
from ownway.foundation.plan import access
from ownway.foundation.plan.models import Plan, PlanLine, Status


def plans(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """Plans a viewer may see, with the people they are of."""
    return access.plans_for(viewer, at=at).select_related("person__household", "agreed_by")


def plan_of(person: Person) -> Plan | None:
    """The one plan of somebody, from first contact to its end."""
    return Plan.objects.filter(person=person).exclude(status=Status.ENDED).first()


def lines_of(plan: Plan) -> list[PlanLine]:
    """A plan's lines in their order."""
    return list(
        PlanLine.objects.filter(plan=plan).select_related("organisation").order_by("place", "pk")
    )


def weekly_from_budget(lines: list[PlanLine]) -> int:
    """What a plan's lines take from the budget, in pence a week."""
    return sum(
        line.cost_pence for line in lines if line.paid_from == "budget" and line.often == "weekly"
    )

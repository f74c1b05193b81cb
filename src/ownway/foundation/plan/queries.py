"""The plan of a person, its lines and risks, its sums, and what it said before."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.memory import once_a_page
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person, Relationship
from ownway.foundation.plan import access
from ownway.foundation.plan.models import Often, PaidFrom, Plan, PlanLine, Risk, Status


def plans(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """Plans a viewer may see, with the people they are of."""
    return access.plans_for(viewer, at=at).select_related(
        "person__household", "agreed_by__sign_in", "offered_by", "broker"
    )


@once_a_page
def plan_of(person: Person) -> Plan | None:
    """The one plan of somebody, from first contact to its end."""
    return Plan.objects.filter(person=person).exclude(status=Status.ENDED).first()


def plans_of_a_resident(viewer: Viewer, *, at: datetime) -> list[Plan]:
    """A resident's own plan, then those of the people they act for."""
    own = people.own_person(viewer)
    theirs = people.own_and_acted_for(viewer, at=at)
    found = plans(viewer, at=at).filter(person__in=theirs).exclude(status=Status.ENDED)
    in_order = found.order_by("opened_at", "pk")
    return sorted(in_order, key=lambda plan: own is None or plan.person_id != own.pk)


def couple_of(plan: Plan) -> list[Plan]:
    """A plan and those written and agreed hand in hand with it: of the same home, and tied."""
    tied = _tied_in_one_home(plan.person)
    together = Plan.objects.filter(Q(pk=plan.pk) | Q(person__in=tied)).exclude(status=Status.ENDED)
    return list(together.select_related("person__household", "offered_by").order_by("pk"))


def _tied_in_one_home(person: Person) -> set[int]:
    if person.household_id is None:
        return set()
    close = Q(kind__in=("wife", "husband", "partner")) | Q(cares_for=True)
    ties = Relationship.objects.filter(
        close,
        Q(person=person) | Q(other=person),
        ended_on=None,
        person__household_id=person.household_id,
        other__household_id=person.household_id,
    )
    ends = ties.values_list("person_id", "other_id")
    return {pk for both in ends for pk in both} - {person.pk}


def lines_of(plan: Plan) -> list[PlanLine]:
    """A plan's lines in their order."""
    return lines_of_all([plan])


def lines_of_all(plans: Iterable[Plan]) -> list[PlanLine]:
    """The lines of several plans, plan by plan, in their order."""
    lines = PlanLine.objects.filter(plan__in=list(plans))
    return list(
        lines.select_related("organisation", "plan__person").order_by("plan", "place", "pk")
    )


def risks_of_all(plans: Iterable[Plan]) -> list[Risk]:
    """The risks people chose to take, in the order they were written."""
    risks = Risk.objects.filter(plan__in=list(plans)).select_related("plan__person")
    return list(risks.order_by("plan", "added_at", "pk"))


def line(viewer: Viewer, line_id: int, *, at: datetime) -> PlanLine | None:
    """One line of a plan that a viewer may see."""
    lines = PlanLine.objects.filter(pk=line_id, plan__in=access.plans_for(viewer, at=at))
    return lines.select_related("plan__person", "organisation").first()


def risk(viewer: Viewer, risk_id: int, *, at: datetime) -> Risk | None:
    """One risk of a plan that a viewer may see."""
    risks = Risk.objects.filter(pk=risk_id, plan__in=access.plans_for(viewer, at=at))
    return risks.select_related("plan__person").first()


def weekly_from_budget(lines: Iterable[PlanLine]) -> int:
    """What a plan's lines take from the budget, in pence a week."""
    return _from_budget(lines, Often.WEEKLY)


def once_from_budget(lines: Iterable[PlanLine]) -> int:
    """What a plan's lines take from the budget one single time, in pence."""
    return _from_budget(lines, Often.ONCE)


def _from_budget(lines: Iterable[PlanLine], often: Often) -> int:
    return sum(
        line.cost_pence
        for line in lines
        if line.paid_from == PaidFrom.BUDGET and line.often == often
    )


def as_it_was(row: Plan | PlanLine | Risk, *, version: int) -> dict[str, object]:
    """What a row said at a version of it, from its history; nothing when that is not kept."""
    if version == row.version:
        return {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    history = apps.get_model("plan", f"{type(row).__name__}Event")._default_manager
    kept = history.filter(pgh_obj_id=row.pk, version=version).order_by("-pgh_id")
    return dict(kept.values().first() or {})

"""Plans that wait to be agreed, and all that whoever agrees them looks at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import NamedWorker, Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.foundation.record.models import Clock
from ownway.journey.charging import queries as charging
from ownway.journey.planning.models import Judgement
from ownway.journey.planning.queries.facts import Weighed, weigh
from ownway.policy.planning import Check

APPROVAL = "plan.approve"


def waiting_to_be_agreed(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """Plans on offer, longest wait first. One database query, however many plans."""
    worker = NamedWorker.objects.filter(person=OuterRef("person"), ends_at=None)
    due = Clock.objects.filter(person=OuterRef("person"), name=APPROVAL, stopped_at=None)
    return (
        plans.plans(viewer, at=at)
        .filter(status=Status.OFFERED)
        .annotate(
            worker_name=Subquery(worker.values("staff__name")[:1]),
            due_at=Subquery(due.order_by("-started_at").values("due_at")[:1]),
        )
        .order_by("offered_at", "pk")
    )


def plan_for(viewer: Viewer, plan_id: int, *, at: datetime) -> Plan | None:
    """One plan, when a viewer may see it."""
    return plans.plans(viewer, at=at).filter(pk=plan_id).first()


@dataclass(frozen=True)
class Found:
    """A check as the page shows it: whose plans it is about, and its state in words and shape."""

    names: str
    check: Check

    @property
    def state(self) -> str:
        """good, watch (to judge) or late (not met)."""
        if self.check.objection:
            return "late"
        return "watch" if self.check.to_look_at else "good"


@dataclass(frozen=True)
class Approval:
    """The plans somebody is asked to agree together, and what stands behind each."""

    weighed: tuple[Weighed, ...]
    clock: Clock | None
    worker: Staff | None
    sent_by: str
    writer: Person
    charges: Mapping[int, int]

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans themselves."""
        return tuple(one.plan for one in self.weighed)

    @property
    def names(self) -> str:
        """Harold and Edith Jones."""
        return together([plan.person for plan in self.plans])

    @property
    def checks_made(self) -> int:
        """How many checks were made at once."""
        return sum(len(one.checks) for one in self.weighed)

    @property
    def checks_met(self) -> int:
        """How many of them found nothing wrong."""
        return self.checks_made - sum(len(one.objections) for one in self.weighed)

    @property
    def planned_pence(self) -> int:
        """What all these plans take from the budget each week."""
        return sum(one.facts.planned_pence for one in self.weighed)

    @property
    def worked_out_pence(self) -> int:
        """What was worked out for all of them."""
        return sum(one.facts.worked_out_pence or 0 for one in self.weighed)

    @property
    def charge_pence(self) -> int:
        """What the people pay of it themselves, as far as that is known."""
        return sum(self.charges.values())

    @property
    def council_pays_pence(self) -> int:
        """What is left for the council to pay of all these plans."""
        return self.planned_pence - self.charge_pence

    @property
    def not_found(self) -> tuple[PlanLine, ...]:
        """Wishes that nothing was found for."""
        return tuple(line for one in self.weighed for line in one.lines if line.not_found)

    def under(self, test: str) -> list[Found]:
        """What was found under one test; the same words about every plan are said once."""
        said: dict[str, list[tuple[Person, Check]]] = {}
        for one in self.weighed:
            for check in one.checks:
                if check.test == test:
                    said.setdefault(check.said, []).append((one.plan.person, check))
        whole = len(self.weighed)
        return [
            Found("" if len(own) == whole else own[0][0].formal_name, own[0][1])
            for own in said.values()
        ]

    def is_met(self, test: str) -> bool:
        """Whether the evidence speaks for a test."""
        return all(found.state != "late" for found in self.under(test))


def approval(
    plan: Plan,
    *,
    on: date,
    network: Mapping[int, str] | None = None,
    departure: Mapping[int, str] | None = None,
) -> Approval:
    """What is looked at to agree a plan, and those of its couple that were sent too."""
    sent = [one for one in plans.couple_of(plan) if one.status == Status.OFFERED] or [plan]
    sent.sort(key=lambda one: (one.person.is_carer, one.pk))
    clocks = Clock.objects.filter(person__in=[one.person_id for one in sent], name=APPROVAL)
    sender = sent[0].offered_by
    writer = writer_of(sent[0])
    people.tell_apart([*(one.person for one in sent), writer])
    weighed = tuple(weigh(sent, network=network, departure=departure))
    return Approval(
        weighed=weighed,
        clock=clocks.filter(stopped_at=None).order_by("due_at", "pk").first(),
        worker=people.named_worker(sent[0].person),
        sent_by=sender.name if sender else "",
        writer=writer,
        charges=dict(_charges(weighed, on=on)),
    )


def _charges(weighed: Iterable[Weighed], *, on: date) -> Iterator[tuple[int, int]]:
    """What each person pays of their own plan, where that is known."""
    for one in weighed:
        if charge := charging.contribution(one.plan.person, on=on):
            whole, plan = charge.charge_pence, one.facts.planned_pence
            yield one.plan.person_id, charging.paid_of_plan(whole, weekly_pence=plan)


def writer_of(plan: Plan) -> Person:
    """Who is told about a plan: the resident who sent it, else the person it is of."""
    sender = people.own_person(plan.offered_by) if plan.offered_by else None
    return sender or plan.person


def together(persons: list[Person]) -> str:
    """Harold and Edith Jones; or whole names when the last names differ."""
    if len({person.last_name for person in persons}) == 1 and len(persons) > 1:
        firsts = " and ".join(person.first_name for person in persons)
        return f"{firsts} {persons[0].last_name}"
    return " and ".join(person.name for person in persons)


def judged(plan: Plan) -> list[Judgement]:
    """Every look at a plan by those who may agree it, newest first."""
    looks = Judgement.objects.filter(plan=plan).select_related("by")
    return list(looks.order_by("-at", "-pk"))

"""Shares of work done in time, and how many people are at each stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypedDict

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncMonth

from ownway.design import charts
from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.access import visible_to
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record.models import Clock
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment.models import Assessment
from ownway.policy.money import RATIO, half_up
from ownway.policy.packs import Pack

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

A_YEAR = timedelta(days=365)
FEWEST = 10
"""Counts of people under this are not shown to those who may not see the people."""


@dataclass(frozen=True)
class Measure:
    """A limit that is counted: the clock that runs for it, and the number that is its target."""

    key: str
    title: str
    clock: str
    target: str


MEASURES: Final = {
    measure.key: measure
    for measure in (
        Measure("contacts", "First contact settled in time", "contact.settle", "contact_target"),
        Measure("assessments", "Assessment done in time", "assess.complete", "assessment_target"),
    )
}
LIMITS: Final = {"contacts": ("contact_hours", "hours"), "assessments": ("assessment_days", "days")}


@dataclass(frozen=True)
class Share:
    """How many of how many were done in time."""

    in_time: int
    of: int

    @property
    def percent(self) -> int | None:
        """Whole percent, a half up; nothing while there is nothing to count."""
        return half_up(100 * self.in_time, self.of) if self.of else None

    @property
    def late(self) -> int:
        """Those not in time."""
        return self.of - self.in_time


@dataclass(frozen=True)
class Month:
    """One month's share."""

    first: date
    share: Share

    @property
    def words(self) -> str:
        """Jan 2026."""
        return f"{self.first:%b %Y}"


@dataclass(frozen=True)
class Figure:
    """A measure as it stands: its share over a year, its months, and its target."""

    measure: Measure
    limit: str
    share: Share
    months: tuple[Month, ...]
    target_ratio: int | None
    waiting: int
    overdue: int

    @property
    def target_percent(self) -> int | None:
        """The target in whole percent."""
        return None if self.target_ratio is None else half_up(100 * self.target_ratio, RATIO)

    @property
    def is_met(self) -> bool | None:
        """By the exact share; nothing when there is no target or nothing to count."""
        if self.target_ratio is None or not self.share.of:
            return None
        return self.share.in_time * RATIO >= self.target_ratio * self.share.of

    @property
    def finding(self) -> str:
        """The figure in one sentence."""
        if self.share.percent is None:
            return "Nothing to count in the last twelve months."
        target = f" The target is {self.target_percent}%." if self.target_ratio else ""
        return (
            f"{self.share.in_time} of {self.share.of} in time, {self.share.percent}%, "
            f"in the last twelve months.{target}"
        )

    @property
    def bars(self) -> list[charts.Bar]:
        """A bar for each month that has something to count."""
        return [
            charts.Bar(month.words, float(month.share.percent or 0), f"{month.share.percent}%")
            for month in self.months
        ]


def figures(pack: Pack, *, at: datetime) -> list[Figure]:
    """Every measure, from the record's clocks. Two database queries a measure."""
    return [figure(measure, pack=pack, at=at) for measure in MEASURES.values()]


def figure(measure: Measure, *, pack: Pack, at: datetime) -> Figure:
    """One measure over the twelve months before a moment.

    Counted is what has a fate: stopped, or past its limit. In time is: stopped by its limit.
    """
    fate = _with_a_fate(measure, at=at)
    by_month = fate.annotate(month=TruncMonth("started_at")).values("month").order_by("month")
    counted = by_month.annotate(of=Count("pk"), good=Count("pk", filter=_in_time()))
    months = tuple(Month(row["month"].date(), Share(row["good"], row["of"])) for row in counted)
    running = Clock.objects.filter(name=measure.clock, stopped_at=None).aggregate(
        waiting=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at))
    )
    number, unit = LIMITS[measure.key]
    return Figure(
        measure=measure,
        limit=f"{pack.value(number)} {unit}",
        share=Share(sum(m.share.in_time for m in months), sum(m.share.of for m in months)),
        months=months,
        target_ratio=pack.value(measure.target) if measure.target in pack.numbers else None,
        waiting=running["waiting"],
        overdue=running["overdue"],
    )


def _in_time() -> Q:
    return Q(stopped_at__lte=F("due_at"))


def _with_a_fate(measure: Measure, *, at: datetime) -> QuerySet[Clock]:
    begun = Clock.objects.filter(name=measure.clock, started_at__gt=at - A_YEAR, started_at__lte=at)
    return begun.filter(Q(stopped_at__isnull=False) | Q(due_at__lt=at))


def not_in_time(viewer: Viewer, measure: Measure, *, at: datetime) -> list[Clock]:
    """Those not in time that a viewer may see, longest over first."""
    late = _with_a_fate(measure, at=at).exclude(_in_time())
    seen = late.filter(Q(person=None) | Q(person__in=visible_to(viewer, at=at)))
    return list(seen.select_related("person", "owner").order_by("due_at", "pk")[:500])


# -- People by stage -----------------------------------------------------------------------------


class Staged(TypedDict):
    """What the query adds to a person."""

    stage: str


STAGES: Final = {
    "contact": "First contact",
    "assessment": "Being assessed",
    "budget": "Assessed, budget next",
    "planning": "Writing a plan",
    "approval": "Plan waiting to be agreed",
    "support": "Plan agreed",
}


@dataclass(frozen=True)
class Stage:
    """How many people are at a stage, as a viewer may know it."""

    key: str
    name: str
    people: int
    may_open: bool

    @property
    def shown(self) -> str:
        """The number, or "under 10" where few people would be told apart."""
        if self.may_open or self.people == 0:
            return f"{self.people:,}"
        if self.people < FEWEST:
            return f"under {FEWEST}"
        return f"{5 * half_up(self.people, 5):,}"


def stages(viewer: Viewer, *, at: datetime) -> list[Stage]:
    """People with a plan that has not ended, by how far they are. One database query."""
    may_open = may(viewer, "people.find")
    people = _staged()
    if may_open and not may(viewer, "people.see_all"):
        people = people.filter(pk__in=visible_to(viewer, at=at).values("pk"))
    counted = people.values("stage").annotate(people=Count("pk")).order_by("stage")
    counts = {row["stage"]: row["people"] for row in counted}
    return [Stage(key, name, counts.get(key, 0), may_open) for key, name in STAGES.items()]


def people_at(viewer: Viewer, stage: str, *, at: datetime) -> list[Person]:
    """The people at a stage whom a viewer may see, by name."""
    seen = visible_to(viewer, at=at).values("pk")
    found = _staged().filter(stage=stage, pk__in=seen).select_related("household")
    return list(found.prefetch_related("named_workers__staff").order_by("sort_name", "pk")[:500])


def bars_of(found: Iterable[Stage]) -> list[charts.Bar]:
    """A bar for each stage; a number that is not shown is drawn as the most it could be."""
    return [
        charts.Bar(
            stage.name,
            float(stage.people if stage.may_open else max(stage.people, FEWEST - 1))
            if stage.people
            else 0.0,
            stage.shown,
        )
        for stage in found
    ]


def _staged() -> "QuerySet[WithAnnotations[Person, Staged]]":
    plans = Plan.objects.filter(person=OuterRef("pk")).exclude(status=Status.ENDED)
    going_on = Assessment.objects.filter(person=OuterRef("pk"))
    budgets = IndicativeBudget.objects.filter(person=OuterRef("pk"))
    stage = Case(
        When(Exists(plans.filter(status=Status.AGREED)), then=Value("support")),
        When(Exists(plans.filter(status=Status.OFFERED)), then=Value("approval")),
        When(Exists(budgets), then=Value("planning")),
        When(Exists(going_on.filter(status="validated")), then=Value("budget")),
        When(Exists(going_on.exclude(status="declined")), then=Value("assessment")),
        default=Value("contact"),
        output_field=CharField(),
    )
    return Person.objects.filter(Exists(plans), died_on=None).annotate(stage=stage)

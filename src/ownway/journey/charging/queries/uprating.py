"""Working everybody out anew on a later day: who is in a run, what changes, and who cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Abs

from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import Side
from ownway.journey.charging.models import Charge, Rework, ReworkState, Stage, Uprating
from ownway.journey.charging.queries.charges import standing
from ownway.journey.charging.queries.everybody import with_partners
from ownway.journey.charging.queries.facts import facts_of
from ownway.journey.charging.queries.rises import not_raised, raised, rules_around
from ownway.policy import charging
from ownway.policy.decision import Decision as Worked
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused

OUTLIER_PENCE = 1_000
"""A charge that moves by more than this a week is looked at by somebody."""
SHOWN = 50


def upratings() -> QuerySet[Uprating]:
    """Every run, newest first."""
    return Uprating.objects.select_related("began_by", "confirmed_by", "ended_by")


def uprating(uprating_id: int) -> Uprating | None:
    """One run."""
    return upratings().filter(pk=uprating_id).first()


def to_rework(on: date) -> QuerySet[Charge]:
    """The charge each person pays the day before, of those worked out from their money.

    Who has a charge from that day already is left as they are, and who died is left out.
    """
    newest = standing().filter(
        person=OuterRef("person"), budget__side=Side.PERSON, starts_on__lt=on
    )
    decided = standing().filter(person=OuterRef("person"), budget__side=Side.PERSON, starts_on=on)
    return (
        Charge.objects.annotate(newest=Subquery(newest.values("pk")[:1]))
        .filter(pk=F("newest"), finances__isnull=False, person__died_on=None)
        .exclude(Q(person__in=decided.values("person")))
        .order_by("pk")
    )


def next_in(run: Uprating, states: Sequence[str], *, size: int) -> list[int]:
    """The next people of a run who are in one of some states, by their id."""
    rows = Rework.objects.filter(uprating=run, state__in=states)
    return list(rows.order_by("pk").values_list("person_id", flat=True)[:size])


def batch(run: Uprating, states: Sequence[str], *, people: Sequence[int]) -> list[Rework]:
    """Some people of a run, still in those states, locked, with all needed to work them out."""
    rows = (
        Rework.objects.select_for_update(of=("self",))
        .filter(uprating=run, state__in=states, person__in=people)
        .select_related("person", "before__finances", "before__budget__person", "after")
    )
    return list(rows.order_by("pk"))


def newcomers(run: Uprating) -> QuerySet[Charge]:
    """Charges to be worked out anew on the day of a run, of people who are not in it."""
    return to_rework(run.on).exclude(
        person__in=Rework.objects.filter(uprating=run).values("person")
    )


@dataclass(frozen=True)
class Reworked:
    """One person worked out anew: the decision and the facts behind it, or what is missing."""

    rework: Rework
    facts: Mapping[str, Any]
    worked: Worked | None
    problems: Mapping[str, str]


def work_out_all(run: Uprating, reworks: Iterable[Rework], *, pack: Pack) -> Iterator[Reworked]:
    """Work people out by the rules of a run, one query for all; nothing is kept."""
    rows = list(reworks)
    old, _ = rules_around(run.on)
    partnered = with_partners(row.person for row in rows)
    for row in rows:
        assert row.before.finances is not None
        kept = row.before.finances.facts
        given = raised(kept, run=run, old=old, new=pack)
        if problems := not_raised(kept, run=run, old=old, new=pack):
            yield Reworked(row, given, None, problems)
            continue
        facts = facts_of(
            row.person, given, pack=pack, on=run.on, has_partner=row.person_id in partnered
        )
        try:
            worked = charging.decide(facts | {"budget_pence": row.before.budget_pence}, pack)
        except PolicyRefused as refused:
            problems = {one.place: one.reason for one in refused.problems}
            yield Reworked(row, given, None, problems)
        else:
            yield Reworked(row, given, worked, {})


# -- What a run shows ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    """A run in figures: everybody's charge now and after, a week, and how far it is."""

    people: int
    by_state: Mapping[str, int]
    before_pence: int
    after_pence: int
    up: int
    down: int
    same: int
    starts_to_pay: int
    stops_paying: int

    @property
    def done(self) -> int:
        """How many are worked out, or cannot be."""
        return self.people - self.by_state.get(ReworkState.WAITING, 0)

    @property
    def cannot(self) -> int:
        """How many cannot be worked out by the run."""
        asked = self.by_state.get(ReworkState.ASKED, 0)
        return self.by_state.get(ReworkState.CANNOT, 0) + asked

    @property
    def left(self) -> int:
        """How many were decided for this day already."""
        return self.by_state.get(ReworkState.LEFT, 0)

    @property
    def decided(self) -> int:
        """How many have a new decision."""
        told = self.by_state.get(ReworkState.TOLD, 0)
        return self.by_state.get(ReworkState.DECIDED, 0) + told

    @property
    def told(self) -> int:
        """How many have a letter."""
        return self.by_state.get(ReworkState.TOLD, 0)

    @property
    def year_pence(self) -> int:
        """What the council gets more in a year of 52 weeks; less when below nothing."""
        return 52 * (self.after_pence - self.before_pence)


def preview_of(run: Uprating) -> Preview:
    """The figures of a run, in two queries however many people."""
    people = Rework.objects.filter(uprating=run)
    states = Counter(
        {
            row["state"]: row["n"]
            for row in people.values("state").annotate(n=Count("pk")).order_by()
        }
    )
    worked = people.filter(after_pence__isnull=False)
    found = worked.aggregate(
        before=Sum("before_pence"),
        after=Sum("after_pence"),
        up=Count("pk", filter=Q(after_pence__gt=F("before_pence"))),
        down=Count("pk", filter=Q(after_pence__lt=F("before_pence"))),
        same=Count("pk", filter=Q(after_pence=F("before_pence"))),
        starts=Count("pk", filter=Q(before_pence=0, after_pence__gt=0)),
        stops=Count("pk", filter=Q(before_pence__gt=0, after_pence=0)),
    )
    return Preview(
        people=sum(states.values()),
        by_state=states,
        before_pence=found["before"] or 0,
        after_pence=found["after"] or 0,
        up=found["up"],
        down=found["down"],
        same=found["same"],
        starts_to_pay=found["starts"],
        stops_paying=found["stops"],
    )


def rows_of(run: Uprating) -> QuerySet[Rework]:
    """Everybody in a run, by how much their charge moves."""
    moved = Abs(F("after_pence") - F("before_pence"))
    rows = Rework.objects.filter(uprating=run).select_related("person")
    return rows.annotate(moved=moved).order_by(F("moved").desc(nulls_last=True), "pk")


def outliers(run: Uprating) -> QuerySet[Rework]:
    """Who moves by more than the line, starts to pay, or stops: those that somebody looks at."""
    turns = Q(before_pence=0, after_pence__gt=0) | Q(before_pence__gt=0, after_pence=0)
    return rows_of(run).filter(Q(moved__gt=OUTLIER_PENCE) | turns)


@dataclass(frozen=True)
class CannotBe:
    """People that cannot be worked out, for one reason: the names of what is missing."""

    missing: tuple[str, ...]
    why: str
    people: tuple[Person, ...]
    count: int


def cannot_be(run: Uprating) -> list[CannotBe]:
    """Who cannot be worked out and why, by what is missing, most people first."""
    states = (ReworkState.CANNOT, ReworkState.ASKED)
    rows = Rework.objects.filter(uprating=run, state__in=states)
    reasons = rows.order_by().values("problems").annotate(count=Count("pk"))
    return [
        CannotBe(
            tuple(sorted(one["problems"])),
            "; ".join(
                f"{name.removeprefix('settings.')} {why}"
                for name, why in sorted(one["problems"].items())
            ),
            tuple(
                row.person
                for row in rows.filter(problems=one["problems"])
                .select_related("person")
                .order_by("pk")[:SHOWN]
            ),
            one["count"],
        )
        for one in reasons.order_by("-count", "problems")
    ]


def in_force(reworks: Iterable[Rework], *, on: date) -> dict[int, Charge]:
    """The charge each of some living people pays on a day, by person, in one query."""
    newest = (
        standing()
        .filter(person__in=[row.person_id for row in reworks], person__died_on=None)
        .filter(budget__side=Side.PERSON, starts_on__lte=on)
        .select_related("finances", "budget__person")
        .order_by("person_id", "-starts_on", "-at", "-pk")
        .distinct("person_id")
    )
    return {charge.person_id: charge for charge in newest}


UNTOLD = (Stage.DECIDING, Stage.DECIDED)
"""Stages in which a run is confirmed, but may still be undone: nobody was told."""


def runs_after(on: date) -> dict[date, Uprating]:
    """The confirmed runs of later days, by day; those that may be undone are held as they are."""
    held = Uprating.objects.select_for_update(of=("self",), no_key=True)
    list(held.filter(on__gt=on, stage__in=UNTOLD).order_by("pk"))
    confirmed = (*UNTOLD, Stage.TELLING, Stage.DONE)
    return {run.on: run for run in Uprating.objects.filter(on__gt=on, stage__in=confirmed)}

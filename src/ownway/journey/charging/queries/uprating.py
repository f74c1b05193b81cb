"""Working everybody out anew on a later day: who is in a run, what changes, and who cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Abs

from ownway.foundation.council import queries as council
from ownway.foundation.people.models import Person, Relationship
from ownway.journey.allocation.models import Side
from ownway.journey.charging.models import Charge, Rework, ReworkState, Uprating
from ownway.journey.charging.queries.charges import standing
from ownway.journey.charging.queries.facts import PARTNERS, facts_of
from ownway.policy import charging
from ownway.policy.decision import Decision as Worked
from ownway.policy.packs import Pack
from ownway.policy.refusals import PackRefused, PolicyRefused

A_WHOLE = 10_000
OUTLIER_PENCE = 1_000
"""A charge that moves by more than this a week is looked at by somebody."""
SHOWN = 50


def upratings() -> QuerySet[Uprating]:
    """Every run, newest first."""
    return Uprating.objects.select_related("began_by", "confirmed_by", "ended_by")


def uprating(uprating_id: int) -> Uprating | None:
    """One run."""
    return upratings().filter(pk=uprating_id).first()


def new_rules(on: date) -> tuple[Pack, Pack]:
    """The rules of the day before, and those of a day."""
    return council.rules(date.fromordinal(on.toordinal() - 1)), council.rules(on)


@dataclass(frozen=True)
class Change:
    """A number of the rules that is another from a day on."""

    label: str
    before: str
    after: str


def changes_on(on: date) -> list[Change]:
    """Which numbers of the rules are others from a day on, and those that are not known then."""
    old, new = new_rules(on)
    found = []
    for name in _of_charging(new):
        before, after = _shown(old, name), _shown(new, name)
        if before != after:
            found.append(Change(new.number(name).label, before, after))
    return found


def _of_charging(pack: Pack) -> list[str]:
    """The numbers that what people pay is worked out from."""
    read = {
        name
        for graph in pack.graphs.values()
        if "charge" in graph.by_name
        for node in graph.nodes
        for name in node.numbers
    }
    return [name for name in pack.numbers if name in read or name == "charging_method"]


def _shown(pack: Pack, name: str) -> str:
    try:
        number = pack.number(name)
        return number.shown if number.value is not None else "not known"
    except PackRefused:
        return "not known"


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


def batch(run: Uprating, state: str, *, size: int) -> list[Rework]:
    """The next people of a run in a state, locked, with all that is needed to work them out."""
    rows = (
        Rework.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(uprating=run, state=state)
        .select_related("person", "before__finances", "before__budget__person", "after")
    )
    return list(rows.order_by("pk")[:size])


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
    old = council.rules(date.fromordinal(run.on.toordinal() - 1))
    partnered = _with_partners([row.person for row in rows])
    for row in rows:
        assert row.before.finances is not None
        given = raised(row.before.finances.facts, run=run, old=old, new=pack)
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


def _with_partners(people: Iterable[Person]) -> set[int]:
    """Who of some people lives with a partner by the record, in one query."""
    ids = [person.pk for person in people]
    ties = Relationship.objects.filter(
        Q(person__in=ids) | Q(other__in=ids),
        kind__in=PARTNERS,
        ended_on=None,
        person__household__isnull=False,
        person__household=F("other__household"),
    )
    return {pk for tie in ties.values_list("person", "other") for pk in tie}


def raised(facts: Mapping[str, Any], *, run: Uprating, old: Pack, new: Pack) -> dict[str, Any]:
    """What somebody's income is from a day on: known rates by the pack, the rest by a percentage.

    Units: rises are hundredths of a percent. Fractions of a penny go in the person's favour.
    """
    again = dict(facts)
    again |= _with_new_rate(again, old=old, new=new)
    income = again.get("income")
    if isinstance(income, dict):
        lines = {**income, **_with_new_rate(income, old=old, new=new)}
        for name, rise in _rises(run):
            if lines.get(name):
                lines[name] = lines[name] * (A_WHOLE + rise) // A_WHOLE
        again["income"] = lines
    elif "income_pence" in again and run.benefit_rise == run.pension_rise:
        again["income_pence"] = again["income_pence"] * (A_WHOLE + run.pension_rise) // A_WHOLE
    return again


def _rises(run: Uprating) -> tuple[tuple[str, int], ...]:
    return (
        ("pension_pence", run.pension_rise),
        ("work_pension_pence", 0),
        ("benefits_pence", run.benefit_rise),
    )


RATES = ("attendance_lower_pence", "attendance_higher_pence")


def _with_new_rate(given: Mapping[str, Any], *, old: Pack, new: Pack) -> dict[str, int]:
    """A disability benefit that is exactly a known rate is that rate on the new day."""
    amount = given.get("disability_benefit_pence")
    for name in RATES:
        if amount and amount == _value(old, name) and (rate := _value(new, name)):
            return {"disability_benefit_pence": rate}
    return {}


def _value(pack: Pack, name: str) -> int | None:
    try:
        return pack.value(name)
    except PolicyRefused:
        return None


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
        """How many cannot be worked out."""
        return self.by_state.get(ReworkState.CANNOT, 0)

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
    rows = Rework.objects.filter(uprating=run, state=ReworkState.CANNOT).select_related("person")
    groups: dict[tuple[str, ...], list[Rework]] = {}
    for row in rows.order_by("pk"):
        groups.setdefault(tuple(sorted(row.problems)), []).append(row)
    found = [
        CannotBe(
            names,
            "; ".join(
                f"{name.removeprefix('settings.')} {alike[0].problems[name]}" for name in names
            ),
            tuple(row.person for row in alike[:SHOWN]),
            len(alike),
        )
        for names, alike in groups.items()
    ]
    return sorted(found, key=lambda group: -group.count)


def still_in_force(reworks: Iterable[Rework], *, on: date) -> set[int]:
    """Which of some people still pay what the preview took them to pay, in one query."""
    rows = list(reworks)
    newest = (
        standing()
        .filter(person__in=[row.person_id for row in rows], budget__side=Side.PERSON)
        .filter(starts_on__lte=on)
        .order_by("person_id", "-starts_on", "-at", "-pk")
        .distinct("person_id")
    )
    found = dict(newest.values_list("person_id", "pk"))
    return {row.pk for row in rows if found.get(row.person_id) == row.before_id}

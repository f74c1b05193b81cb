"""Who is in one sum, and what their budgets are and were."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Decision, Task
from ownway.journey.allocation import access
from ownway.journey.allocation.models import IndicativeBudget, LookAgain, Side
from ownway.journey.assessment import queries as assessment
from ownway.policy import packs
from ownway.policy.packs import Pack

CALL = "budget.call"


@dataclass(frozen=True)
class Couple:
    """A person and those who care for them: one talk, one sum each, worked out together.

    A carer may stand alone, as the person and with no carers: their budget is their own right, and
    hangs on nothing that is found of whom they care for.
    """

    person: Person
    carers: tuple[Person, ...]
    side: str = Side.PERSON

    @property
    def everybody(self) -> tuple[tuple[Person, str], ...]:
        """Each with the side they stand on."""
        return ((self.person, self.side), *((one, Side.CARER) for one in self.carers))

    @property
    def who_care(self) -> tuple[Person, ...]:
        """The carers, or the one who stands alone."""
        return (self.person,) if self.side == Side.CARER else self.carers


def answer_within(on: date) -> int:
    """Working days until somebody who asks to look again, or for more, has an answer."""
    days: int = council.rules(on).value("answer_days")
    return days


def couple_of(person: Person) -> Couple:
    """The sum somebody belongs to: their own and their carers', or that of whom they care for.

    Somebody who draws on care and cares too belongs to both; their own comes first. Who was found
    not eligible, or was never assessed, is in no sum with a carer: the carer stands alone.
    """
    carers = people.carers_of(person)
    cared_for = people.cared_for_by(person) if not carers else []
    if cared_for and assessment.latest(person, kind="adult") is None:
        person, carer = cared_for[0].other, person
        if not _may_have_a_sum(person):
            return Couple(carer, (), Side.CARER)
        carers = people.carers_of(person)
    return Couple(person, tuple(tie.person for tie in carers) if _may_have_a_sum(person) else ())


def _may_have_a_sum(person: Person) -> bool:
    newest = assessment.latest(person, kind="adult")
    return newest is not None and (newest.decision is None or newest.decision.result["eligible"])


def budget_of(person: Person, *, side: str = Side.PERSON) -> IndicativeBudget | None:
    """Somebody's newest budget as a person, or as a carer; nothing before it is worked out."""
    return _budgets().filter(person=person, side=side).first()


def with_budgets(persons: Iterable[Person]) -> set[int]:
    """Which of some people have a budget, on either side, in one database query."""
    known = IndicativeBudget.objects.filter(person__in=[person.pk for person in persons])
    return set(known.values_list("person_id", flat=True))


def _budgets() -> QuerySet[IndicativeBudget]:
    return IndicativeBudget.objects.select_related(
        "person", "decision__settings_version", "by__staff"
    ).order_by("-at", "-pk")


@dataclass(frozen=True)
class Together:
    """The newest budgets of a couple, the person's first, and what they come to.

    `earlier` are those that came before these, on the same sides, newest first.
    """

    couple: Couple
    budgets: tuple[IndicativeBudget, ...]
    earlier: tuple[IndicativeBudget, ...] = ()

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All people named on a page about these: as the couple, and as those with a budget."""
        sides = tuple(one for one, _ in self.couple.everybody)
        return (*sides, *(budget.person for budget in self.budgets))

    @property
    def weekly_pence(self) -> int:
        """All of them, a week."""
        return sum(budget.weekly_pence for budget in self.budgets)

    def before(self, budget: IndicativeBudget) -> list[IndicativeBudget]:
        """The earlier ones of one budget's person and side, newest first."""
        return [one for one in self.earlier if _whose(one) == _whose(budget)]

    @property
    def of_person(self) -> IndicativeBudget | None:
        """The budget of the person cared for."""
        return next((b for b in self.budgets if b.side == Side.PERSON), None)

    @property
    def of_carers(self) -> tuple[IndicativeBudget, ...]:
        """What carers have of their own."""
        return tuple(b for b in self.budgets if b.side == Side.CARER)


def _whose(budget: IndicativeBudget) -> tuple[int, str]:
    return budget.person_id, budget.side


def together(person: Person) -> Together:
    """The budgets of somebody's couple, in one database query.

    A person who cares for somebody else too keeps the budget they have for that beside these.
    """
    couple = couple_of(person)
    rows: dict[tuple[int, str], list[IndicativeBudget]] = {}
    for budget in _budgets().filter(person__in=[one for one, _ in couple.everybody]):
        rows.setdefault(_whose(budget), []).append(budget)
    sides = dict.fromkeys((*couple.everybody, (couple.person, Side.CARER)))
    found = [rows[one.pk, side] for one, side in sides if (one.pk, side) in rows]
    earlier = tuple(budget for _, *before in found for budget in before)
    return Together(couple, tuple(newest for newest, *_ in found), earlier)


def together_for(viewer: Viewer, person: Person, *, at: datetime) -> Together:
    """The newest budgets of somebody's couple that a viewer may read, and no other's."""
    found = together(person)
    seen = access.whose_sums(viewer, [one for one, _ in found.couple.everybody], at=at)
    carers = tuple(one for one in found.couple.carers if one.pk in seen)
    couple = replace(found.couple, carers=carers)
    return Together(
        couple,
        tuple(one for one in found.budgets if one.person_id in seen),
        tuple(one for one in found.earlier if one.person_id in seen),
    )


def pack_of(decision: Decision) -> Pack:
    """The rules a decision was made with, as they stood on its day."""
    pack = packs.load(decision.pack, profile=decision.profile or None, on=decision.decided_on)
    if decision.settings_version is not None:
        pack = pack.with_settings(decision.settings_version.own)
    return pack


def requests_about(budgets: Iterable[IndicativeBudget]) -> list[LookAgain]:
    """Who asked to look again at these budgets, newest first."""
    sides = Q(pk=None)
    for budget in budgets:
        sides |= Q(budget__person=budget.person_id, budget__side=budget.side)
    asked = LookAgain.objects.filter(sides)
    return list(asked.select_related("owner", "budget__person", "asked_by", "answered_by"))


def open_request(budget: IndicativeBudget) -> LookAgain | None:
    """The request to look again that waits for an answer."""
    waiting = LookAgain.objects.filter(
        budget__person=budget.person_id, budget__side=budget.side, answered_at=None
    )
    return waiting.select_related("owner").first()


def calls_to_make(person: Person) -> list[Task]:
    """Calls promised after a budget was worked out, not made yet."""
    calls = Task.objects.filter(kind=CALL, person=person, done_at=None)
    return list(calls.select_related("owner"))


def request_in(found: Together, asked_id: int) -> LookAgain:
    """One request about these budgets.

    Raises:
        Http404: there is none, or it is about somebody else.
    """
    asked = next((one for one in requests_about(found.budgets) if one.pk == asked_id), None)
    if asked is None:
        raise Http404("No such request")
    return asked

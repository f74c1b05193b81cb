"""How people take their budgets: whose can be chosen together, and who may look after them."""

from dataclasses import dataclass
from datetime import datetime

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Organisation
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import PlanLine
from ownway.journey.budgets.models import Agreement, PaidBy, Share, Status, Way
from ownway.journey.budgets.queries import others
from ownway.journey.budgets.queries.sums import paid_by

WITH_HOLDER = frozenset({Way.OWN, Way.SIMPLE, Way.MIXED})
WITH_HELPER = frozenset({Way.SIMPLE, Way.MANAGED})
TO_A_BANK = WITH_HOLDER - WITH_HELPER


@dataclass(frozen=True)
class Choice:
    """What has been chosen so far, and what is still to be asked, in order."""

    agreement: Agreement
    people: tuple[Person, ...]

    @property
    def still_to_ask(self) -> str:
        """The next question: way, lines, holder, helper or bank; "check" when there is none."""
        chosen = self.agreement
        if not chosen.way:
            return "way"
        if chosen.way == Way.MIXED and not chosen.lines_for_council:
            return "lines"
        if chosen.way in WITH_HOLDER and chosen.holder_id is None:
            return "holder"
        if chosen.way in WITH_HELPER and chosen.helper_id is None:
            return "helper"
        if chosen.way in TO_A_BANK and not chosen.bank_number:
            return "bank"
        return "check"


@dataclass(frozen=True)
class Holder:
    """Somebody who may be asked to look after the money, and why they may not, if so."""

    person: Person
    label: str
    why_not: str


def agreement_of(person: Person) -> Agreement | None:
    """The agreement somebody's budget is in, being chosen or agreed."""
    share = (
        Share.objects.filter(person=person, is_over=False)
        .select_related("agreement__holder", "agreement__helper", "agreement__agreed_by")
        .first()
    )
    return share.agreement if share else None


def agreed_for(person: Person) -> Agreement | None:
    """The agreement by which somebody's budget is paid now."""
    found = agreement_of(person)
    return found if found is not None and found.status == Status.AGREED else None


def choice_of(person: Person) -> Choice | None:
    """What has been chosen so far for somebody's budget, while nothing is agreed."""
    found = agreement_of(person)
    if found is None or found.status != Status.CHOOSING:
        return None
    return Choice(found, tuple(people_in(found)))


def first_choice(viewer: Viewer, person: Person, *, at: datetime) -> Choice | None:
    """What is to be chosen, before anything is kept; nothing while the plan is not agreed."""
    meant = plannable(viewer, person, at=at)
    return Choice(Agreement(begun_at=at), tuple(meant)) if person in meant else None


def people_in(agreement: Agreement) -> list[Person]:
    """Whose budgets are in an agreement."""
    shares = Share.objects.filter(agreement=agreement).select_related("person__household")
    return [share.person for share in shares.order_by("pk")]


def plannable(viewer: Viewer, person: Person, *, at: datetime) -> list[Person]:
    """Whose money is chosen together: a person, and those at home with them the viewer acts for.

    Only people with an agreed plan, whose money is not paid in another way already.
    """
    at_home = [
        other
        for other in others.acted_for(viewer, at=at)
        if other.pk != person.pk
        and person.household_id is not None
        and other.household_id == person.household_id
    ]
    meant = [person, *at_home]
    agreed = others.agreed_plans(meant)
    taken = set(
        Share.objects.filter(person__in=meant, is_over=False)
        .exclude(person=person)
        .values_list("person", flat=True)
    )
    return [one for one in meant if one.pk in agreed and one.pk not in taken]


def holders(agreement: Agreement, *, reader: Person | None = None) -> list[Holder]:
    """Everybody who may be thought of to look after the money, and why some may not yet."""
    meant = people_in(agreement)
    near = [other for person in meant for other in others.close_to(person)]
    asked = {other.pk: other for other in [*meant, *near]}
    return [
        Holder(one, _footing(one, meant, reader), why_not_holder(one, meant))
        for one in asked.values()
    ]


def why_not_holder(holder: Person, meant: list[Person]) -> str:
    """Say why somebody may not look after the money of some people; nothing when they may.

    Source: Care Act 2014 s.31 (the adult asks and can manage it) and s.32 (an authorised person,
    where the adult lacks capacity); the record of capacity names that person.
    """
    if instead := others.suitable_person(holder):
        return (
            f"A record says that {holder.name} cannot look after money. "
            f"{instead.name} can do it for them."
        )
    for person in meant:
        named = others.suitable_person(person)
        if holder.pk != person.pk and (named is None or named.pk != holder.pk):
            return (
                f"No record names {holder.name} as the suitable person for {person.name}. "
                f"{_who_writes_it(person)} Then you can choose {holder.first_name} here."
            )
    return ""


def lines_to_pick(agreement: Agreement) -> list[PlanLine]:
    """The lines of the plans that either the council or the holder may pay for."""
    lines = others.budget_lines(others.agreed_plans(people_in(agreement)))
    return [
        line
        for found in lines.values()
        for line in found
        if paid_by(line, agreement) in (PaidBy.HOLDER, PaidBy.COUNCIL)
    ]


def money_helpers() -> list[Organisation]:
    """Who keeps simple and managed accounts here."""
    return others.money_helpers()


def _footing(holder: Person, meant: list[Person], reader: Person | None) -> str:
    """Edith Jones, as the suitable person for Harold; to herself: You, for yourself."""
    is_reader = reader is not None and reader.pk == holder.pk
    name, self = ("You", "yourself") if is_reader else (holder.name, "themselves")
    own = any(person.pk == holder.pk for person in meant)
    others = [
        "you" if reader and person.pk == reader.pk else person.first_name
        for person in meant
        if person.pk != holder.pk
    ]
    parts = [f"for {self}"] if own and (others or is_reader) else []
    parts += [f"as the suitable person for {' and '.join(others)}"] if others else []
    return ", ".join([name, " and ".join(parts)] if parts else [name])


def _who_writes_it(person: Person) -> str:
    worker = people.named_worker(person)
    if worker is None:
        return "Ask us to write one."
    return f"Ask {worker.name} to write one: {worker.phone}."

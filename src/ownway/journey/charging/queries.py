"""What somebody pays, why, and that it does not change with the services they pick."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Q

from ownway.design.dates import age_on
from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.allocation.queries import Words
from ownway.journey.charging.models import Charge, Finances
from ownway.policy import charging
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing


def finances_of(person: Person) -> Finances | None:
    """What somebody last said of their money."""
    given = Finances.objects.filter(person=person).select_related("given_by__staff")
    return given.order_by("-given_at", "-pk").first()


def contribution(person: Person) -> Charge | None:
    """What somebody pays now, and the decision behind it; nothing before it is worked out.

    A carer pays nothing for a carer's budget. That never stands for the budget of somebody who
    draws on care as well.
    """
    draws_on_care = IndicativeBudget.objects.filter(person=person, side=Side.PERSON)
    charges = Charge.objects.filter(
        Q(budget__side=Side.PERSON) | ~Exists(draws_on_care), person=person
    ).select_related(
        "budget", "decision__settings_version", "finances__given_by__staff", "by__staff"
    )
    return charges.order_by("-at", "-pk").first()


def charges_before(charge: Charge) -> list[Charge]:
    """Earlier charges of the same person for the same side of care, newest first."""
    same = Charge.objects.filter(person=charge.person_id, budget__side=charge.budget.side)
    return list(same.exclude(pk=charge.pk))


def simple(pack: Pack) -> bool:
    """Whether these rules ask only for income: less what a person keeps, and nothing else."""
    return pack.word("charging_method") == "protected_income"


def facts_for(person: Person, given: Mapping[str, Any], *, pack: Pack, on: date) -> dict[str, Any]:
    """What the charging rules are told: what was given, and the age the record holds."""
    known: dict[str, Any] = {"who": "person", "called": person.first_name, **given}
    if simple(pack):
        return known
    known |= {"setting": "home"}
    age = age_on(person.date_of_birth, on)
    return known if age is None else known | {"age": age}


def still_asked(person: Person, given: Mapping[str, Any], *, pack: Pack, on: date) -> set[str]:
    """The facts these rules would still ask for, by name."""
    try:
        charging.decide(facts_for(person, given, pack=pack, on=on) | {"budget_pence": 1}, pack)
    except FactsMissing as missing:
        return set(missing.names)
    return set()


def how_we_got_there(charge: Charge, *, subject: Words) -> list[tuple[str, str]]:
    """The sum of a charge as rows of words and an amount."""
    rows = []
    for step in charge.decision.worked["steps"]:
        words = _plain(step["name"], subject) or step["label"]
        sign = f"{step['sign']} " if step["sign"] in ("−", "+", "×") else ""
        rows.append((words, f"{sign}{step['shown']}"))
    return rows


def _plain(name: str, subject: Words) -> str:
    must = f"{subject.he} must keep to live on"
    return {
        "income": f"{subject.Whose} income each week",
        "protected": f"Take away what {must}",
        "charge": f"{subject.name[:1].upper()}{subject.name[1:]} pay{subject.s}",
    }.get(name, "")


@dataclass(frozen=True)
class Service:
    """A service somebody thinks of, and what it costs a week."""

    words: str
    weekly_pence: int


@dataclass(frozen=True)
class Swap:
    """Services tried beside the budget: their cost moves, what the person pays does not."""

    services: tuple[Service, ...]
    budget_pence: int
    charge_pence: int

    @property
    def cost_pence(self) -> int:
        """What these services come to a week."""
        return sum(service.weekly_pence for service in self.services)

    @property
    def council_pays_pence(self) -> int:
        """What the council puts in."""
        return self.budget_pence - self.charge_pence

    @property
    def left_pence(self) -> int:
        """What the budget leaves over; below zero when these cost more."""
        return self.budget_pence - self.cost_pence


def swap(charge: Charge, services: Sequence[Service], *, pack: Pack) -> Swap:
    """Work the charge out again with other services; they are no part of its facts."""
    worked = charging.decide(charge.decision.facts, pack)
    return Swap(tuple(services), charge.budget_pence, worked.result["charge_pence"])


def services_in_plan(person: Person) -> list[Service]:
    """What the plan pays for from the budget now, to start a trial from."""
    plan = plans.plan_of(person)
    lines: Iterable[Any] = plans.lines_of(plan) if plan else ()
    paid = [line for line in lines if line.paid_from == "budget" and line.often == "weekly"]
    return [Service(line.support or line.wish, line.cost_pence) for line in paid]


def in_one_line(charge: Charge) -> str:
    """£245.00 − £215.00 = £30.00."""
    return str(charge.decision.worked["formula"] or pounds(charge.charge_pence))

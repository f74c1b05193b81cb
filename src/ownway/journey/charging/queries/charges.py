"""What somebody pays on a day, what they paid before, and that services do not come into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet

from ownway.design.money import pounds
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.allocation.queries import Words
from ownway.journey.assessment.models import Assessment, Kind
from ownway.journey.charging.models import AskedAgain, Charge, Finances
from ownway.policy import charging
from ownway.policy.packs import Pack

OWN_MEANS = ("capital_over_upper_limit", "light_touch_refuses_details")


def finances_of(person: Person, *, on: date) -> Finances | None:
    """What was found of somebody's money, as it counts on a day; never what was withdrawn."""
    charge = by_figures(person, on=on)
    return charge.finances if charge else None


def by_figures(person: Person, *, on: date) -> Charge | None:
    """The charge worked out from somebody's money: in force on a day, or else the next to come."""
    worked = standing().filter(person=person, budget__side=Side.PERSON, finances__isnull=False)
    worked = worked.select_related("finances__given_by__staff")
    to_come = worked.filter(starts_on__gt=on).order_by("starts_on", "-at", "-pk")
    return worked.filter(starts_on__lte=on).first() or to_come.first()


def newest_id(person: Person) -> int | None:
    """The charge of somebody that was decided last, from whatever day."""
    newest = Charge.objects.filter(person=person).order_by("-pk")
    return newest.values_list("pk", flat=True).first()


def standing() -> QuerySet[Charge]:
    """Charges that were not withdrawn, the latest first day first."""
    return Charge.objects.filter(withdrawn__isnull=True).order_by("-starts_on", "-at", "-pk")


def contribution(person: Person, *, on: date) -> Charge | None:
    """What somebody pays on a day, and the decision behind it; nothing before it is worked out.

    A carer pays nothing for a carer's budget. That never stands for the budget of somebody who
    draws on care as well.
    """
    return _of(person).filter(starts_on__lte=on).first()


def contribution_to_come(person: Person, *, on: date) -> Charge | None:
    """What somebody will pay from a later day, where that is decided already."""
    return _of(person).filter(starts_on__gt=on).order_by("starts_on", "-at", "-pk").first()


def contributions(person: Person) -> list[Charge]:
    """Everything somebody pays and will pay, the latest first day first: what is paid of when."""
    return list(_of(person))


def paid_on(charges: Sequence[Charge], on: date) -> Charge | None:
    """Which of somebody's charges is in force on a day."""
    return next((charge for charge in charges if charge.starts_on <= on), None)


def paid_of_plan(charge_pence: int, *, weekly_pence: int) -> int:
    """What somebody pays a week of a plan: their charge, but never more than the plan costs.

    A charge is worked out from the budget; a plan may cost less than that.
    Source: Care Act 2014 s.14(4): a charge may only cover the cost of meeting the needs.
    """
    return min(charge_pence, weekly_pence)


def _of(person: Person) -> QuerySet[Charge]:
    draws_on_care = IndicativeBudget.objects.filter(person=person, side=Side.PERSON)
    return (
        standing()
        .filter(Q(budget__side=Side.PERSON) | ~Exists(draws_on_care), person=person)
        .select_related(
            "person",
            "budget",
            "decision__settings_version",
            "finances__given_by__staff",
            "by__staff",
        )
    )


def charges_before(charge: Charge) -> list[Charge]:
    """Other charges of the same person and side of care, those that no longer stand too."""
    same = Charge.objects.filter(person=charge.person_id, budget__side=charge.budget.side)
    return list(same.exclude(pk=charge.pk).select_related("withdrawn").order_by("-at", "-pk"))


def open_question(charge: Charge) -> AskedAgain | None:
    """Where somebody asked us to look at what they pay again, and has no answer yet."""
    open_ones = AskedAgain.objects.filter(charge__person=charge.person_id, answered_at=None)
    return open_ones.select_related("owner", "charge").first()


def question_in(asked_id: int, person: Person) -> AskedAgain | None:
    """One such question about a person."""
    return AskedAgain.objects.filter(pk=asked_id, charge__person=person).first()


def simple(pack: Pack) -> bool:
    """Whether these rules ask only for income: less what a person keeps, and nothing else.

    Nothing in that is a matter of judgement, so the rules answer at once, and an officer checks.
    """
    return pack.word("charging_method") == "protected_income"


def only_cares(person: Person, *, pack: Pack) -> bool:
    """Whether somebody has to do with us only as a carer, and these rules never charge for that.

    Such a person is not asked what money they have. Who has an assessment of their own needs is.
    """
    if pack.word("carers_pay") != "nothing":
        return False
    budgets = IndicativeBudget.objects.filter(person=person)
    draws_on_care = budgets.filter(side=Side.PERSON).exists() or (
        Assessment.objects.filter(person=person, kind=Kind.ADULT).exists()
    )
    if draws_on_care:
        return False
    return budgets.exists() or bool(people.cared_for_by(person))


def is_full_cost(charge: Charge) -> bool:
    """Whether somebody pays for all of it themselves: the council pays nothing."""
    return charge.charge_pence > 0 and charge.council_pays_pence == 0


def pays_for_own_care(charge: Charge) -> bool:
    """Whether somebody pays for their own care because of what they have, or did not tell us."""
    return charge.decision.result.get("because") in OWN_MEANS


def how_we_got_there(charge: Charge, *, subject: Words) -> list[tuple[str, str]]:
    """The sum of a charge as rows of words and an amount."""
    return in_rows(charge.decision.worked, subject=subject)


def in_rows(worked: Mapping[str, Any], *, subject: Words) -> list[tuple[str, str]]:
    """The sum of any working as rows of words and an amount."""
    rows = []
    for step in worked["steps"]:
        words = _plain(step["name"], subject) or step["label"]
        sign = f"{step['sign']} " if step["sign"] in ("−", "+", "×") else ""
        rows.append((words, f"{sign}{step['shown']}"))
    return rows


def _plain(name: str, subject: Words) -> str:
    must = f"{subject.he} must keep to live on"
    return {
        "income": f"{subject.Whose} income each week",
        "protected": f"Take away what {must}",
        "mig": f"Take away what {must}",
        "available": f"What {subject.he} could pay",
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
    nhs_pays_pence: int = 0

    @property
    def cost_pence(self) -> int:
        """What these services come to a week."""
        return sum(service.weekly_pence for service in self.services)

    @property
    def council_pays_pence(self) -> int:
        """What the council puts in."""
        return self.budget_pence - self.charge_pence - self.nhs_pays_pence

    @property
    def left_pence(self) -> int:
        """What the budget leaves over; below zero when these cost more."""
        return self.budget_pence - self.cost_pence


def swap(charge: Charge, services: Sequence[Service], *, pack: Pack) -> Swap:
    """Work the charge out again with other services; they are no part of its facts."""
    worked = charging.decide(charge.decision.facts, pack)
    return Swap(
        tuple(services),
        charge.budget_pence,
        worked.result["charge_pence"],
        worked.result.get("nhs_pays_pence", 0),
    )


def services_in_plan(person: Person) -> list[Service]:
    """What the plan pays for from the budget now, to start a trial from."""
    plan = plans.plan_of(person)
    lines: Iterable[Any] = plans.lines_of(plan) if plan else ()
    paid = [line for line in lines if line.paid_from == "budget" and line.often == "weekly"]
    return [Service(line.support or line.wish, line.cost_pence) for line in paid]


def in_one_line(charge: Charge) -> str:
    """£245.00 − £215.00 = £30.00."""
    return str(charge.decision.worked["formula"] or pounds(charge.charge_pence))

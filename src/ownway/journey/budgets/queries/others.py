"""What this stage needs to know from earlier ones, each in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Organisation
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.journey.allocation import queries as allocation
from ownway.journey.assessment import queries as assessment
from ownway.journey.charging import queries as charging
from ownway.journey.charging.models import Charge


@dataclass(frozen=True)
class Terms:
    """The council's numbers that ways of taking a budget hang on, and by which rules."""

    add_on_week_pence: int
    first_payment_days: int
    pack_hash: str
    is_gross: bool


def terms(on: date) -> Terms:
    """The numbers in force on a day."""
    pack = council.rules(on)
    return Terms(
        pack.value("money_management_pence"),
        pack.value("first_payment_days"),
        pack.hash,
        pack.word("direct_payment_terms") == "gross",
    )


def suitable_person(person: Person) -> Person | None:
    """Who looks after somebody's budget for them by a record of capacity, when there is one."""
    return assessment.suitable_person(person)


def contribution_week_pence(person: Person, *, on: date) -> int | None:
    """What somebody pays a week towards their budget on a day; None while it is not worked out.

    A carer's budget is not charged. Source: Fairer Contributions 2010; Care Act 2014 s.14.
    """
    charge = charging.contribution(person, on=on)
    if charge is not None:
        return charge.charge_pence
    is_only_carer = allocation.budget_of(person) is None and allocation.budget_of(
        person, side="carer"
    )
    return 0 if is_only_carer else None


def charges_of(meant: Iterable[Person]) -> dict[int, list[Charge]]:
    """All that some people pay and will pay, the latest first day first, by person."""
    return {person.pk: charging.contributions(person) for person in meant}


def paid_of_plan(charge_pence: int, weekly_pence: int) -> int:
    """What somebody pays of a plan that costs this much a week."""
    return charging.paid_of_plan(charge_pence, weekly_pence=weekly_pence)


def agreed_plans(people_meant: list[Person]) -> dict[int, Plan]:
    """The agreed plans of some people, by person."""
    plans = Plan.objects.filter(person__in=people_meant, status=Status.AGREED)
    return {plan.person_id: plan for plan in plans}


def budget_lines(plans: dict[int, Plan]) -> dict[int, list[PlanLine]]:
    """The lines that budgets pay for in some plans, by person."""
    lines = PlanLine.objects.filter(plan__in=plans.values(), paid_from="budget", cost_pence__gt=0)
    found: dict[int, list[PlanLine]] = {person: [] for person in plans}
    for line in lines.select_related("organisation", "plan").order_by("place", "pk"):
        found[line.plan.person_id].append(line)
    return found


def acted_for(viewer: Viewer, *, at: datetime) -> list[Person]:
    """The person behind a sign-in, and those they act for."""
    own = people.own_person(viewer)
    return ([own] if own else []) + people.acted_for(viewer, at=at)


def close_to(person: Person) -> list[Person]:
    """Who may be asked to look after somebody's money: carers, and those who live with them."""
    near = [tie.person for tie in people.carers_of(person)] + people.household_of(person)
    return list({other.pk: other for other in near}.values())


def money_helpers() -> list[Organisation]:
    """Who helps with accounts and payroll here."""
    return list(council.organisations().filter(kind="money_support").order_by("name", "pk"))


def payees() -> list[Organisation]:
    """Whom the council may pay for support."""
    return list(council.organisations().exclude(kind="money_support").order_by("name", "pk"))

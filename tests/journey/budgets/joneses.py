"""The Joneses on Friday 6 February, 09:40: both plans agreed, nothing chosen about the money."""

from dataclasses import dataclass
from datetime import date, datetime

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record import actions as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment import actions as assessment
from ownway.journey.assessment.models import Matter
from ownway.journey.budgets import actions
from ownway.journey.budgets.models import Agreement
from ownway.journey.charging import actions as charging
from ownway.policy import allocation as rules
from tests.conftest import LONDON, NOON

BANK = {"name": "E Jones", "sort_code": "309000", "number": "01234567"}
CHOSEN = datetime(2026, 2, 6, 9, 40, tzinfo=LONDON)
FIRST_DAY = datetime(2026, 2, 16, 8, 0, tzinfo=LONDON)
HIS_LINES = [
    ("Our home is clean", "Home help", "Brightsteps", 6800),
    ("Harold has good company", "Day service", "Millrace", 5200),
    ("Harold is out in his garden", "Garden companion", "Pottering About", 3800),
    ("Put by, just in case", "", "", 1300),
]
HER_LINES = [
    ("I see my friends", "Swim and coffee with friends", "", 1800),
    ("I get there", "Taxi", "", 1000),
    ("Put by, just in case", "", "", 1000),
]


@dataclass(frozen=True)
class Joneses:
    """Both of them, her way in, and who works for them."""

    harold: Person
    edith: Person
    edith_in: SignIn
    dev: Staff
    priya: Staff
    owen: Staff


def raise_joneses(harold: Person, edith: Person, edith_in: SignIn) -> Joneses:
    """Give both a budget, what he pays, and agreed plans; Dev is their worker."""
    both = Joneses(
        harold,
        edith,
        edith_in,
        staff_named("Dev Marlowe"),
        staff_named("Priya Fenwick"),
        staff_named("Owen Tarrant"),
    )
    for person in (harold, edith):
        people.name_worker(person, staff=both.dev, at=NOON)
    _budget(harold, {"who": "person", "need_points": 40, "help_points": 25}, both.dev)
    _budget(edith, {"who": "carer", "need_points": 5}, both.dev)
    charging.give_finances(harold, facts={"income_pence": 24500}, by=edith_in, at=CHOSEN)
    agree_plan(harold, HIS_LINES)
    agree_plan(edith, HER_LINES)
    return both


def record_suitable(both: Joneses) -> None:
    """Write the record that names her as the suitable person for him."""
    found = assessment.Test(
        matter=Matter.BUDGET,
        decision="Whether to manage a budget",
        impairment="Alzheimer’s disease",
        understands=False,
        retains=False,
        weighs=False,
        communicates=True,
        evidence="He could not say what the money was for a minute after we had talked of it",
        link="His memory does not keep it",
        support_tried="In the morning, with pictures, with his wife beside him",
        has_capacity=False,
        wishes="He wants Edith to see to it",
        consulted="Edith Jones, his wife",
        best_interests="She knows what matters to him",
        suitable_person=both.edith,
        suitable_because="She has looked after their money for years, and agrees",
    )
    assessment.record_capacity(both.harold, found, by=both.dev.sign_in, at=NOON)


def agree_as_told(both: Joneses) -> Agreement:
    """Step 52: to herself as suitable person, a simple account with PayPath, Millrace at source."""
    by, at = both.edith_in, CHOSEN
    agreement = actions.begin_with(both.harold, way="simple", by=by, at=at)
    actions.choose_holder(agreement, holder=both.edith, by=by, at=at)
    paypath = Organisation.objects.get(name="PayPath")
    actions.choose_helper(agreement, helper=paypath, by=by, at=at)
    return actions.agree(agreement, by=by, at=at)


def agree_plan(person: Person, lines: list[tuple[str, str, str, int]]) -> Plan:
    """An agreed plan with lines that the budget pays for: wish, support, who, pence a week."""
    plan = Plan.objects.create(
        person=person,
        opened_at=NOON,
        status="agreed",
        agreed_at=CHOSEN,
        agreed_by=staff_named("Ruth Calloway"),
        agreed_weekly_pence=sum(pence for *_, pence in lines),
        review_on=date(2026, 3, 30),
    )
    for place, (wish, support, who, pence) in enumerate(lines):
        PlanLine.objects.create(
            plan=plan,
            place=place,
            wish=wish,
            support=support,
            organisation=Organisation.objects.get(name=who) if who else None,
            paid_from="budget",
            cost_pence=pence,
            is_reserve=wish.startswith("Put by"),
            added_at=NOON,
        )
    return plan


def _budget(person: Person, facts: dict[str, object], by: Staff) -> IndicativeBudget:
    worked = rules.decide(facts | {"called": person.first_name}, council.rules(NOON.date()))
    decision = record.keep_decision(worked, person=person, by=by.sign_in, at=NOON)
    return IndicativeBudget.objects.create(
        person=person,
        side=str(facts["who"]),
        decision=decision,
        weekly_pence=worked.result["weekly_pence"],
        at=NOON,
        by=by.sign_in,
    )

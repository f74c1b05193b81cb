"""The Joneses with a budget each, and plans at every point of the way."""

from collections.abc import Callable
from datetime import datetime

import pytest

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record import actions as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.planning import actions
from ownway.journey.planning.actions import Judged
from ownway.policy import allocation
from tests.conftest import LONDON, NOON

FRIDAY_30_JAN = datetime(2026, 1, 30, 9, 30, tzinfo=LONDON)
TUESDAY_3_FEB = datetime(2026, 2, 3, 10, 0, tzinfo=LONDON)
FRIDAY_6_FEB = datetime(2026, 2, 6, 9, 20, tzinfo=LONDON)
ALL_MET = Judged(legal=True, effective=True, affordable=True)
HIS = {"who": "person", "called": "Mr Jones", "need_points": 40, "help_points": 25}
HERS = {"who": "carer", "called": "Mrs Jones", "need_points": 5}
AddLine = Callable[..., PlanLine]


@pytest.fixture
def couple(harold: Person, edith: Person, edith_in: SignIn, dev: Staff, ruth: Staff) -> list[Plan]:
    """Her plan and his, opened, with Dev for both and no budget yet."""
    for person in (edith, harold):
        people.name_worker(person, staff=dev, at=NOON)
    return [plans.open_plan(person, by=edith_in, at=NOON) for person in (edith, harold)]


@pytest.fixture
def budgets(couple: list[Plan], dev: Staff) -> list[Plan]:
    """The same with budgets worked out: £38.00 for her, £171.00 for him."""
    rules = council.rules(FRIDAY_30_JAN.date())
    for plan, facts in zip(couple, (HERS, HIS), strict=True):
        worked = allocation.decide(facts, rules)
        decision = record.keep_decision(
            worked, person=plan.person, by=dev.sign_in, at=FRIDAY_30_JAN
        )
        IndicativeBudget.objects.create(
            person=plan.person,
            side=str(facts["who"]),
            decision=decision,
            weekly_pence=worked.result["weekly_pence"],
            at=FRIDAY_30_JAN,
            by=dev.sign_in,
        )
    return couple


@pytest.fixture
def add(edith_in: SignIn) -> AddLine:
    """Put a line into a plan: `add(plan, 1800)` from the budget, `add(plan, 0, "family")`."""

    def added(plan: Plan, pence: int, paid_from: str = "budget", **known: object) -> PlanLine:
        wish = str(known.pop("wish", f"A wish for {pence}"))
        return plans.add_line(
            plan,
            wish=wish,
            paid_from=paid_from,
            cost_pence=pence,
            by=edith_in,
            at=TUESDAY_3_FEB,
            **known,
        )

    return added


@pytest.fixture
def written(budgets: list[Plan], add: AddLine, edith_in: SignIn) -> list[Plan]:
    """Both plans written in full, all but how support grows the network."""
    hers, his = budgets
    for plan, parts in ((hers, (1800, 1000, 1000)), (his, (6800, 5200, 3800, 1300))):
        for pence in parts:
            add(plan, pence)
        add(plan, 0, "community", wish="Someone to sit with us")
        words = {
            "strengths": "A garden",
            "matters": "Our home",
            "short_goals": "Swim",
            "long_goals": "Together",
        }
        Plan.objects.filter(pk=plan.pk).update(**words)
    return again(budgets)


@pytest.fixture
def offered(written: list[Plan], edith_in: SignIn) -> list[Plan]:
    """Both sent to be agreed, with the network question still empty."""
    actions.send(written, because={}, by=edith_in, at=TUESDAY_3_FEB)
    return again(written)


@pytest.fixture
def ready(offered: list[Plan]) -> list[Plan]:
    """Both sent, and nothing stands against agreeing them."""
    Plan.objects.update(network="Meet the neighbours at number 12")
    return again(offered)


@pytest.fixture
def agreed(ready: list[Plan], ruth: Staff) -> list[Plan]:
    """Both agreed on Friday 6 February."""
    actions.agree(ready, judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)
    return again(ready)


def again(chosen: list[Plan]) -> list[Plan]:
    """The same plans as they are stored now."""
    found = Plan.objects.select_related("person").in_bulk([plan.pk for plan in chosen])
    return [found[plan.pk] for plan in chosen]

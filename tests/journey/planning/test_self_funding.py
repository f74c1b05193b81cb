"""Somebody who pays for their own care plans like everybody else, without a budget."""

import pytest

from ownway.foundation.council.models import SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.journey.planning import actions
from tests.conftest import NOON


@pytest.fixture
def own_plan(edith: Person, edith_in: SignIn) -> Plan:
    """A plan of her own, opened by herself, with nothing worked out."""
    plan = actions.start(edith, by=edith_in, at=NOON)
    plans.add_line(
        plan, wish="Help with the garden", paid_from="own_money", by=edith_in, at=NOON,
        cost_pence=3_800,
    )  # fmt: skip
    return plan


def test_a_plan_opens_and_takes_own_money_without_a_budget(own_plan: Plan) -> None:
    (line,) = own_plan.lines.all()

    assert (line.paid_from, line.cost_pence) == ("own_money", 3_800)


def test_nobody_has_to_agree_what_no_budget_pays_for(own_plan: Plan, edith_in: SignIn) -> None:
    with pytest.raises(actions.CannotSend, match="It is yours: use it as it is"):
        actions.send([own_plan], because={}, by=edith_in, at=NOON)


def test_a_line_for_a_budget_still_waits_for_one(own_plan: Plan, edith_in: SignIn) -> None:
    plans.add_line(
        own_plan, wish="A wash", paid_from="budget", by=edith_in, at=NOON, cost_pence=1_000
    )

    with pytest.raises(actions.CannotSend, match="not worked out a budget yet"):
        actions.send([own_plan], because={}, by=edith_in, at=NOON)


def test_her_page_shows_her_plan_and_what_she_pays(as_, own_plan: Plan, edith_in: SignIn) -> None:
    text = as_(edith_in).get("/my/plan/").content.decode()

    assert "Help with the garden" in text
    assert "£38.00" in text

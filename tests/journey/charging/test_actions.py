"""What is paid: the sums of the story, refusals, and that services do not come into it."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.jobs.answers import answer_now
from ownway.journey.allocation import actions as allocation
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import State
from ownway.journey.charging import actions, queries
from ownway.journey.charging.models import Charge, Finances
from ownway.journey.planning.queries.facts import decisions_of
from tests.journey.allocation import joneses
from tests.journey.allocation.joneses import TEN

HIS = {"income_pence": 24500, "capital_pence": 100_000}


def test_he_pays_30_pounds_and_the_council_141(budgeted: Person, edith_in) -> None:
    charge = actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)

    assert (charge.charge_pence, charge.council_pays_pence) == (3000, 14100)
    assert charge.decision.worked["formula"] == "£245.00 − £215.00 = £30.00"


def test_her_own_38_pounds_are_not_charged(budgeted: Person, edith: Person, edith_in) -> None:
    actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)

    hers = queries.contribution(edith, on=TEN.date())
    assert hers is not None
    assert (hers.charge_pence, hers.council_pays_pence) == (0, 3800)


def test_a_carer_who_draws_on_care_too_has_a_sum_and_a_charge_of_her_own(
    budgeted: Person, edith: Person, edith_in, dev
) -> None:
    actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)
    joneses.assess(edith, "adult", dev=dev)
    joneses.settle_points(edith, joneses.FIRST_THREE + joneses.LAST_TWO, dev=dev)
    joneses.except_from_reablement(edith, dev=dev)
    hers = allocation.work_out(edith, by=dev, at=TEN)

    before = queries.contribution(edith, on=TEN.date())
    actions.give_finances(
        edith, facts={"income_pence": 50_000, "capital_pence": 0}, by=edith_in, at=TEN
    )
    actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)

    after = queries.contribution(edith, on=TEN.date())
    assert [(one.side, one.weekly_pence) for one in hers.budgets] == [
        ("person", 45600),
        ("carer", 3800),
    ]
    assert before is None
    assert after is not None
    assert (after.charge_pence, after.budget_pence) == (28500, 45600)
    assert decisions_of([edith])[edith.pk, "allocation"] == hers.budgets[0].decision


def test_a_kept_charge_works_out_to_the_same_penny_again(budgeted: Person, edith_in) -> None:
    charge = actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)

    assert record.worked_again(charge.decision).result["charge_pence"] == 3000


def test_income_under_what_he_must_keep_costs_him_nothing(budgeted: Person, edith_in) -> None:
    facts = {"income_pence": 18000, "capital_pence": 0}

    charge = actions.give_finances(budgeted, facts=facts, by=edith_in, at=TEN)

    assert (charge.charge_pence, charge.council_pays_pence) == (0, 17100)


def test_nobody_pays_more_than_the_budget(budgeted: Person, edith_in) -> None:
    facts = {"income_pence": 100_000, "capital_pence": 0}

    charge = actions.give_finances(budgeted, facts=facts, by=edith_in, at=TEN)

    assert (charge.charge_pence, charge.council_pays_pence) == (17100, 0)


@pytest.mark.parametrize("cost", [0, 5200, 17100, 50_000])
def test_swapping_services_leaves_what_he_pays_as_it_is(
    budgeted: Person, edith_in, cost: int
) -> None:
    charge = actions.give_finances(budgeted, facts=HIS, by=edith_in, at=TEN)
    pack = budgets.pack_of(charge.decision)

    tried = queries.swap(charge, [queries.Service("Day service", cost)], pack=pack)

    assert tried.charge_pence == 3000
    assert tried.left_pence == 17100 - cost


def test_before_a_budget_there_is_nothing_to_pay_towards(ready: Person, edith_in) -> None:
    with pytest.raises(actions.CannotCharge, match="Work out the budget first"):
        actions.give_finances(ready, facts=HIS, by=edith_in, at=TEN)

    assert not Finances.objects.exists()


def test_a_missing_figure_is_asked_for_and_nothing_is_kept(budgeted: Person, edith_in) -> None:
    with pytest.raises(actions.CannotCharge) as refusal:
        actions.give_finances(budgeted, facts={"capital_pence": 0}, by=edith_in, at=TEN)

    assert list(refusal.value.problems) == ["income_pence"]
    assert not Finances.objects.exists()
    assert not Charge.objects.exists()


def test_a_stranger_may_not_give_his_figures(budgeted: Person, gwen) -> None:
    with pytest.raises(PermissionDenied):
        actions.give_finances(budgeted, facts=HIS, by=gwen.sign_in, at=TEN)


def test_a_budget_that_is_worked_out_again_is_charged_again(
    budgeted: Person, edith_in, dev
) -> None:
    actions.give_finances(
        budgeted, facts={"income_pence": 100_000, "capital_pence": 0}, by=edith_in, at=TEN
    )
    allocation.settle(
        budgeted, weekly_pence=20_000, state=State.AGREED, by=dev, at=TEN, because="Nights"
    )

    answer_now(dev.sign_in, at=TEN)

    charge = queries.contribution(budgeted, on=TEN.date())
    assert charge is not None
    assert (charge.charge_pence, charge.budget_pence) == (20_000, 20_000)


def test_the_age_on_record_is_not_asked_for_again(budgeted: Person) -> None:
    from ownway.policy import packs

    pack = packs.load("careact-2014", on=TEN.date())

    facts = queries.facts_for(budgeted, HIS, pack=pack, on=TEN.date())

    assert facts["born_on"] == "1951-05-14"

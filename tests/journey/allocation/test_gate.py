"""What must be done before any money is spoken of."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Decision, Event
from ownway.journey.allocation import actions, queries
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment.models import PartOfLife
from ownway.journey.carers import actions as carers_actions
from ownway.journey.carers import queries as carers
from tests.conftest import NOON
from tests.journey.allocation import joneses
from tests.journey.allocation.joneses import HALF_PAST_NINE

THREE_OF_FIVE = "Mr Jones: 3 of 5 points done; missing: disability benefits and carer support."


def test_with_three_of_five_points_the_refusal_names_the_two_that_are_missing(
    three_of_five: Person, dev
) -> None:
    with pytest.raises(actions.CannotWorkOut) as refusal:
        actions.work_out(three_of_five, by=dev, at=HALF_PAST_NINE)

    assert str(refusal.value) == f"The budget cannot be worked out yet. {THREE_OF_FIVE}"


def test_a_refusal_leaves_no_budget_no_decision_and_no_event(three_of_five: Person, dev) -> None:
    events = Event.objects.count()
    decisions = Decision.objects.count()

    with pytest.raises(actions.CannotWorkOut):
        actions.work_out(three_of_five, by=dev, at=HALF_PAST_NINE)

    assert not IndicativeBudget.objects.exists()
    assert (Event.objects.count(), Decision.objects.count()) == (events, decisions)


def test_reablement_not_considered_yet_keeps_the_gate_shut(
    harold: Person, edith: Person, dev
) -> None:
    joneses.assess(harold, "adult", dev=dev)
    joneses.settle_points(harold, joneses.FIRST_THREE + joneses.LAST_TWO, dev=dev)

    found = queries.missing(queries.couple_of(harold))

    assert [one.words for one in found] == ["Reablement: not considered yet, for Mr Jones."]
    assert [one.firm for one in found] == [True]


def test_no_reason_overcomes_an_assessment_that_is_not_validated(harold: Person, dev) -> None:
    with pytest.raises(actions.CannotWorkOut, match="The assessment of Mr Jones is not validated"):
        actions.work_out(harold, by=dev, at=HALF_PAST_NINE)

    assert not IndicativeBudget.objects.exists()


def test_somebody_found_not_eligible_gets_no_sum_and_is_told_when_it_was_found(
    harold: Person, dev
) -> None:
    some = {"who": "adult", "risks": ["some_social"]}
    joneses.assess(harold, "adult", dev=dev, facts=some)

    with pytest.raises(actions.CannotWorkOut, match="found not eligible on 30 January 2026"):
        actions.work_out(harold, by=dev, at=HALF_PAST_NINE)


def test_a_carer_without_an_assessment_of_her_own_does_not_hold_his_budget_back(
    harold: Person, edith: Person, dev
) -> None:
    joneses.assess(harold, "adult", dev=dev)
    joneses.except_from_reablement(harold, dev=dev)
    joneses.settle_points(harold, joneses.FIRST_THREE + joneses.LAST_TWO, dev=dev)

    found = actions.work_out(harold, by=dev, at=HALF_PAST_NINE)

    assert [budget.weekly_pence for budget in found.budgets] == [17100]


def test_an_access_officer_may_not_work_out_a_budget(ready: Person, gwen) -> None:
    with pytest.raises(PermissionDenied):
        actions.work_out(ready, by=gwen, at=HALF_PAST_NINE)


def test_a_carer_has_a_budget_of_her_own_where_he_is_found_not_eligible(
    harold: Person, edith: Person, dev
) -> None:
    joneses.name_dev(harold, edith, dev=dev)
    joneses.assess(harold, "adult", dev=dev, facts={"who": "adult", "risks": ["some_social"]})
    joneses.assess(edith, "carer", dev=dev)
    joneses.settle_points(edith, joneses.FIRST_THREE + joneses.LAST_TWO, dev=dev)

    found = actions.work_out(edith, by=dev, at=HALF_PAST_NINE)
    letter = actions.send_letter(edith, to=edith, by=dev.sign_in, at=HALF_PAST_NINE)

    assert [(one.person, one.side) for one in found.budgets] == [(edith, "carer")]
    assert found.weekly_pence == 3800
    assert queries.together(harold).budgets == ()
    assert letter.title == "How we worked out your budget"
    assert "Your own budget is £38.00 a week." in str(letter.body)


def test_a_carer_has_a_gate_of_her_own_where_he_was_never_assessed(
    harold: Person, edith: Person, dev
) -> None:
    joneses.assess(edith, "carer", dev=dev)

    words = [one.words for one in queries.missing(queries.couple_of(edith))]

    assert len(words) == 1
    assert words[0].startswith("Mrs Jones: 0 of 5 points done; missing: ")


def test_help_that_no_carer_offered_keeps_the_gate_shut(ready: Person, edith: Person, dev) -> None:
    carers_actions.withdraw_statement(
        carers.statement_of(edith, ready), because="I am worn out", by=dev.sign_in, at=NOON
    )
    PartOfLife.objects.filter(assessment__person=ready, key="work").update(said_help="all")

    with pytest.raises(actions.CannotWorkOut, match="counted in 1 part of life that no carer"):
        actions.work_out(ready, by=dev, at=HALF_PAST_NINE)


def test_a_budget_that_a_plan_stands_on_is_not_moved_by_the_button(ready: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    actions.settle(ready, weekly_pence=17_100, state="agreed", by=dev, at=HALF_PAST_NINE)
    PartOfLife.objects.filter(assessment__person=ready, key="work").update(said_level=4)

    found = actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    assert found.of_person.weekly_pence == 17100
    assert Event.objects.filter(kind="budget.would_move", person=ready).count() == 1

"""What must be done before any money is spoken of."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Decision, Event
from ownway.journey.allocation import actions, queries
from ownway.journey.allocation.models import IndicativeBudget
from tests.journey.allocation import joneses
from tests.journey.allocation.joneses import HALF_PAST_NINE

THREE_OF_FIVE = "3 of 5 done; missing: disability benefits and carer support."


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


def test_a_recorded_reason_opens_the_gate_and_is_kept_with_the_sum(
    three_of_five: Person, dev
) -> None:
    found = actions.work_out(
        three_of_five, by=dev, at=HALF_PAST_NINE, because="Benefits are asked for already"
    )

    assert found.of_person is not None
    assert found.of_person.decision.because == "Benefits are asked for already"


def test_reablement_not_considered_yet_keeps_the_gate_shut(
    harold: Person, edith: Person, dev
) -> None:
    joneses.assess(harold, "adult", dev=dev)
    joneses.settle_points(harold, joneses.FIRST_THREE + joneses.LAST_TWO, dev=dev)

    found = queries.missing(queries.couple_of(harold))

    assert [one.words for one in found] == ["Reablement: not considered yet."]
    assert [one.firm for one in found] == [False]


def test_no_reason_overcomes_an_assessment_that_is_not_validated(harold: Person, dev) -> None:
    with pytest.raises(actions.CannotWorkOut, match="The assessment of Mr Jones is not validated"):
        actions.work_out(harold, by=dev, at=HALF_PAST_NINE, because="It is urgent")

    assert not IndicativeBudget.objects.exists()


def test_somebody_found_not_eligible_gets_no_sum_and_is_told_when_it_was_found(
    harold: Person, dev
) -> None:
    some = {"who": "adult", "risks": ["some_social"]}
    joneses.assess(harold, "adult", dev=dev, facts=some)

    with pytest.raises(actions.CannotWorkOut, match="found not eligible on 30 January 2026"):
        actions.work_out(harold, by=dev, at=HALF_PAST_NINE, because="He asked")


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

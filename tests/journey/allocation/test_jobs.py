"""A carer who changes what they are willing to do changes the sum: at once, and with a reason."""

from datetime import timedelta

import pytest

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.journey.allocation import actions, jobs, queries
from ownway.journey.allocation.models import IndicativeBudget, State
from ownway.journey.carers import actions as carers
from tests.journey.allocation.joneses import HALF_PAST_NINE, HELPS, TEN

LATER = TEN + timedelta(hours=1)


@pytest.fixture
def budgeted(ready: Person, edith: Person, dev: Staff) -> Person:
    carers.give_statement(edith, cares_for=ready, helps=HELPS, by=None, at=HALF_PAST_NINE)
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    return ready


def _says(person: Person, edith: Person, by: SignIn, **changed: str) -> IndicativeBudget | None:
    carers.give_statement(edith, cares_for=person, helps=HELPS | changed, by=by, at=TEN)
    event = record.last_event(edith, "carer.statement_given")
    assert event is not None
    return jobs.ANSWERS["carer.statement_given"](event, LATER)


def test_less_help_gives_a_larger_budget_with_its_reason(
    budgeted: Person, edith: Person, edith_in: SignIn
) -> None:
    made = _says(budgeted, edith, edith_in, washing="none")

    assert made is not None
    assert made == queries.budget_of(budgeted)
    assert made.weekly_pence == (15 + 6) * 1_200 * 95 // 100
    assert made.because == "Mrs Jones changed what they can do"
    assert made.state == State.INDICATIVE


def test_the_help_that_counts_is_its_own_line_of_the_sum(
    budgeted: Person, edith: Person, edith_in: SignIn
) -> None:
    made = _says(budgeted, edith, edith_in, washing="none")

    assert made is not None
    steps = {step["name"]: step for step in made.decision.worked["steps"]}
    assert steps["help_points"]["value"] == 25 - 6
    rows = {row["key"]: row["said"] for row in steps["help_points"]["rows"]}
    assert rows["washing"] == "None"


def test_the_same_help_again_changes_nothing(
    budgeted: Person, edith: Person, edith_in: SignIn
) -> None:
    assert _says(budgeted, edith, edith_in) is None
    assert IndicativeBudget.objects.filter(person=budgeted).count() == 1


def test_help_taken_back_is_counted_no_more(
    budgeted: Person, edith: Person, edith_in: SignIn
) -> None:
    statement = carers.queries.statement_of(edith, budgeted)
    assert statement is not None
    carers.withdraw_statement(statement, because="I am ill", by=edith_in, at=TEN)
    event = record.last_event(edith, "carer.statement_withdrawn")
    assert event is not None

    made = jobs.ANSWERS["carer.statement_withdrawn"](event, LATER)

    assert made is not None
    assert made.weekly_pence == 40 * 1_200 * 95 // 100


def test_a_budget_that_a_plan_stands_on_is_not_moved_but_told(
    budgeted: Person, edith: Person, edith_in: SignIn, ruth: Staff
) -> None:
    agreed = actions.settle(budgeted, weekly_pence=17_100, state=State.AGREED, by=ruth, at=TEN)

    for _ in range(2):
        assert _says(budgeted, edith, edith_in, washing="none") is None

    assert queries.budget_of(budgeted) == agreed
    told = record.last_event(budgeted, "budget.would_move")
    assert told is not None
    assert told.words == "With the help there is now, the sum comes to £239.40 a week"


def test_where_there_is_no_budget_yet_there_is_none_to_work_out(
    harold: Person, edith: Person, edith_in: SignIn
) -> None:
    assert _says(harold, edith, edith_in) is None
    assert not IndicativeBudget.objects.exists()

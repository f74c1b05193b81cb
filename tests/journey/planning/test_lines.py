"""Wishes first, then costs; after agreeing, within what may be changed without asking."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record.models import Event, Task
from ownway.journey.planning import actions, queries
from tests.conftest import NOON
from tests.journey.planning.conftest import FRIDAY_6_FEB, AddLine


def test_a_wish_is_kept_at_once_and_a_double_press_keeps_it_once(
    couple: list[Plan], edith_in: SignIn
) -> None:
    for _ in range(2):
        actions.add_wish(couple[0], wish="A night’s break", by=edith_in, at=NOON)

    line = PlanLine.objects.get()
    assert (line.not_found, line.cost_pence, line.paid_from) == (True, 0, "")


@pytest.mark.parametrize(
    ("hours", "price", "cost"),
    [("4", 1700, 6800), ("2", 1900, 3800), ("2.25", 1699, 3823), ("0.25", 1, 0)],
)
def test_hours_times_price_is_the_cost_to_the_nearest_penny(
    couple: list[Plan], edith_in: SignIn, hours: str, price: int, cost: int
) -> None:
    line = actions.add_wish(couple[0], wish="A clean home", by=edith_in, at=NOON)
    typed = {
        "paid_from": "budget",
        "not_found": False,
        "hours": Decimal(hours),
        "price_pence": price,
    }

    saved = actions.change_line(line, typed, seen=1, by=edith_in, at=NOON)

    assert saved.row.cost_pence == cost


def test_the_sums_of_the_joneses(written: list[Plan]) -> None:
    sums = [queries.sum_of(plan, plans.lines_of(plan)) for plan in written]

    assert [(s.planned_pence, s.worked_out_pence, s.left_pence) for s in sums] == [
        (3800, 3800, 0),
        (17100, 17100, 0),
    ]


def test_the_running_sum_says_what_is_left_and_what_is_over(
    budgets: list[Plan], add: AddLine
) -> None:
    hers = budgets[0]
    add(hers, 3000)
    assert "£8.00 is still to plan" in queries.sum_of(hers, plans.lines_of(hers)).in_words

    add(hers, 1000)
    assert "£2.00 more than the £38.00" in queries.sum_of(hers, plans.lines_of(hers)).in_words


def test_money_is_put_by_in_one_line(budgets: list[Plan], edith_in: SignIn) -> None:
    for pence in (1000, 900):
        actions.put_by(budgets[0], pence=pence, words="A bad week", by=edith_in, at=NOON)

    line = PlanLine.objects.get()
    assert (line.is_reserve, line.cost_pence, line.support) == (True, 900, "A bad week")


def brightsteps(plan: Plan) -> PlanLine:
    return PlanLine.objects.select_related("plan__person").get(plan=plan, cost_pence=6800)


def test_up_to_a_tenth_of_an_agreed_line_changes_without_asking(
    agreed: list[Plan], edith_in: SignIn
) -> None:
    line = brightsteps(agreed[1])

    saved = actions.change_line(
        line, {"cost_pence": 7480}, seen=line.version, by=edith_in, at=FRIDAY_6_FEB
    )

    assert saved.row.cost_pence == 7480


def test_a_penny_more_than_a_tenth_must_be_asked_for_and_changes_nothing(
    agreed: list[Plan], edith_in: SignIn
) -> None:
    line = brightsteps(agreed[1])

    with pytest.raises(actions.NeedsAsking, match=r"up to £6\.80 a week"):
        actions.change_line(
            line, {"cost_pence": 7481}, seen=line.version, by=edith_in, at=FRIDAY_6_FEB
        )

    line.refresh_from_db()
    assert line.cost_pence == 6800


def test_ten_small_steps_do_not_pass_the_tenth(agreed: list[Plan], edith_in: SignIn) -> None:
    line = brightsteps(agreed[1])
    actions.change_line(line, {"cost_pence": 7480}, seen=line.version, by=edith_in, at=FRIDAY_6_FEB)
    line = PlanLine.objects.select_related("plan__person").get(pk=line.pk)

    with pytest.raises(actions.NeedsAsking):
        actions.change_line(
            line, {"cost_pence": 7490}, seen=line.version, by=edith_in, at=FRIDAY_6_FEB
        )


@pytest.mark.parametrize("typed", [{"paid_from": "family", "cost_pence": 0}, {"often": "once"}])
def test_a_new_use_of_an_agreed_budget_must_be_asked_for(
    agreed: list[Plan], edith_in: SignIn, typed: dict[str, object]
) -> None:
    line = brightsteps(agreed[1])

    with pytest.raises(actions.NeedsAsking):
        actions.change_line(line, typed, seen=line.version, by=edith_in, at=FRIDAY_6_FEB)


def test_an_agreed_budget_line_is_not_taken_out_and_free_help_is(
    agreed: list[Plan], edith_in: SignIn
) -> None:
    with pytest.raises(actions.NeedsAsking):
        actions.take_out(brightsteps(agreed[1]), by=edith_in, at=FRIDAY_6_FEB)
    free = PlanLine.objects.select_related("plan__person").get(
        plan=agreed[1], paid_from="community"
    )

    actions.take_out(free, by=edith_in, at=FRIDAY_6_FEB)

    assert not PlanLine.objects.filter(pk=free.pk).exists()


def test_words_and_people_of_an_agreed_line_change_freely(
    agreed: list[Plan], edith_in: SignIn
) -> None:
    line = brightsteps(agreed[1])

    saved = actions.change_line(
        line, {"support": "Brightsteps, on Tuesdays"}, seen=line.version, by=edith_in, at=NOON
    )

    assert saved.row.support == "Brightsteps, on Tuesdays"


def test_a_change_that_is_asked_for_goes_to_the_worker(
    agreed: list[Plan], edith_in: SignIn, dev: Staff
) -> None:
    line = brightsteps(agreed[1])

    for _ in range(2):
        actions.ask_to_change(line, words="one hour more", by=edith_in, at=FRIDAY_6_FEB)

    task = Task.objects.get(kind="plan.change_asked")
    assert task.owner == dev
    assert "one hour more" in task.words
    assert Event.objects.filter(kind="plan.change_asked").exists()


def test_a_stranger_adds_nothing(couple: list[Plan], priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_wish(couple[0], wish="x", by=priya.sign_in, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.put_by(couple[0], pence=1, words="", by=priya.sign_in, at=NOON)

    assert not PlanLine.objects.exists()

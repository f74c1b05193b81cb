"""Plans are sent together, once; a task and a clock go with them."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Clock, Event, Task
from ownway.journey.planning import actions
from tests.conftest import LONDON
from tests.journey.planning.conftest import TUESDAY_3_FEB, AddLine, again


def test_a_couples_plans_are_sent_together_to_the_manager(
    written: list[Plan], edith_in: SignIn, ruth: Staff
) -> None:
    actions.send(written, because={}, by=edith_in, at=TUESDAY_3_FEB)

    assert {plan.status for plan in again(written)} == {Status.OFFERED}
    assert Task.objects.get().owner == ruth
    assert Task.objects.get().words == "Agree the plans of Edith and Harold Jones"


def test_the_approval_clock_runs_five_working_days(offered: list[Plan]) -> None:
    clock = record.clock_of(offered[0].person, "plan.approve")

    assert clock is not None
    assert clock.title == "Approval"
    assert clock.due_at == datetime(2026, 2, 10, 17, 0, tzinfo=LONDON)


def test_sending_twice_sends_once(offered: list[Plan], edith_in: SignIn) -> None:
    with pytest.raises(actions.CannotSend, match="sent already"):
        actions.send(offered, because={}, by=edith_in, at=TUESDAY_3_FEB)

    assert Clock.objects.count() == 2
    assert Event.objects.filter(kind="plan.sent").count() == 2


def test_without_a_budget_a_plan_waits_and_says_so(couple: list[Plan], edith_in: SignIn) -> None:
    with pytest.raises(actions.CannotSend, match="not worked out a budget yet"):
        actions.send(couple, because={}, by=edith_in, at=TUESDAY_3_FEB)

    assert not Task.objects.exists()


def test_more_than_was_worked_out_says_why_before_it_goes(
    written: list[Plan], add: AddLine, edith_in: SignIn
) -> None:
    add(written[0], 200)

    with pytest.raises(actions.CannotSend, match="Say why Edith’s plan costs more"):
        actions.send(written, because={}, by=edith_in, at=TUESDAY_3_FEB)
    assert {plan.status for plan in again(written)} == {Status.OPEN}

    why = {written[0].pk: "The bus no longer runs"}
    actions.send(written, because=why, by=edith_in, at=TUESDAY_3_FEB)
    assert again(written)[0].departure_because == "The bus no longer runs"


def test_an_empty_plan_is_not_sent(budgets: list[Plan], edith_in: SignIn) -> None:
    with pytest.raises(actions.CannotSend, match="Add at least one line"):
        actions.send(budgets, because={}, by=edith_in, at=TUESDAY_3_FEB)


def test_a_stranger_sends_nothing(written: list[Plan], priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.send(written, because={}, by=priya.sign_in, at=TUESDAY_3_FEB)

    assert {plan.status for plan in again(written)} == {Status.OPEN}

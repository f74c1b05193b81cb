"""Somebody chooses how to plan; whoever helps is asked for that part and no more."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.plan.models import Plan
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event, Task
from ownway.journey.planning import actions
from tests.conftest import NOON


def test_on_my_own_with_help_for_the_money_gives_the_worker_one_task_for_that_part(
    couple: list[Plan], edith_in: SignIn, dev: Staff
) -> None:
    for _ in range(2):
        actions.choose_how(couple, how="myself", money_help=True, by=edith_in, at=NOON)

    task = Task.objects.get()
    assert (task.owner, task.kind) == (dev, "plan.help_money")
    assert "money part" in task.words
    assert Event.objects.filter(kind="plan.how_chosen").count() == 2


def test_a_choice_taken_back_takes_the_task_back(couple: list[Plan], edith_in: SignIn) -> None:
    actions.choose_how(couple, how="council", by=edith_in, at=NOON)
    actions.choose_how(couple, how="family", helper="Joy", by=edith_in, at=NOON)

    assert Task.objects.get().done_at == NOON
    assert {plan.helper for plan in Plan.objects.all()} == {"Joy"}


@pytest.mark.parametrize(
    ("how", "kind"), [("council", "plan.help_write"), ("peer", "plan.find_peer")]
)
def test_who_is_asked_depends_on_the_way(
    couple: list[Plan], edith_in: SignIn, how: str, kind: str
) -> None:
    actions.choose_how(couple, how=how, by=edith_in, at=NOON)

    assert Task.objects.get().kind == kind


def test_choosing_a_broker_lets_them_read_both_plans(couple: list[Plan], edith_in: SignIn) -> None:
    voices = Organisation.objects.get(name="Many Voices")

    actions.choose_how(couple, how="broker", broker=voices, by=edith_in, at=NOON)

    scope = f"plan_whole:{voices.pk}"
    assert all(people.consent_to(plan.person, scope=scope, at=NOON) for plan in couple)


def test_a_stranger_chooses_nothing(couple: list[Plan], priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.choose_how(couple, how="myself", by=priya.sign_in, at=NOON)

    assert not Plan.objects.exclude(how="").exists()
    assert not Task.objects.exists()


def test_help_with_the_money_is_written_down_once(
    couple: list[Plan], edith_in: SignIn, dev: Staff
) -> None:
    actions.choose_how(couple, how="myself", money_help=True, by=edith_in, at=NOON)

    assert [actions.finish_money_help(couple[0], by=dev, at=NOON) for _ in range(2)] == [1, 0]
    assert record.last_event(couple[0].person, "plan.money_helped")

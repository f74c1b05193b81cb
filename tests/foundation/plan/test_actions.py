"""One plan each; several people write in it at once and nothing typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions, queries
from ownway.foundation.plan.models import Plan, PlanLine, Risk
from ownway.foundation.record.models import Event
from tests.conftest import NOON


@pytest.fixture
def plan(edith: Person, edith_in: SignIn) -> Plan:
    return actions.open_plan(edith, by=edith_in, at=NOON)


@pytest.fixture
def swim(plan: Plan, edith_in: SignIn) -> PlanLine:
    return actions.add_line(
        plan,
        wish="I keep fit",
        support="Swim",
        paid_from="budget",
        cost_pence=1800,
        by=edith_in,
        at=NOON,
    )


def test_a_plan_is_opened_once(edith: Person, edith_in: SignIn, plan: Plan) -> None:
    assert actions.open_plan(edith, by=edith_in, at=NOON) == plan


def test_words_are_written_and_told_on_the_record(plan: Plan, edith_in: SignIn) -> None:
    saved = actions.write_words(plan, {"strengths": "I swim"}, seen=1, by=edith_in, at=NOON)

    assert (saved.row.strengths, saved.row.version, saved.changed) == ("I swim", 2, ("strengths",))
    assert Event.objects.get(kind="plan.written").facts["fields"] == ["strengths"]


def test_words_that_say_the_same_change_nothing(plan: Plan, edith_in: SignIn) -> None:
    actions.write_words(plan, {"strengths": ""}, seen=1, by=edith_in, at=NOON)

    plan.refresh_from_db()
    assert plan.version == 1
    assert not Event.objects.filter(kind="plan.written").exists()


def test_two_people_who_change_different_words_keep_both(plan: Plan, edith_in: SignIn) -> None:
    page = {"strengths": "", "matters": ""}
    actions.write_words(plan, page | {"strengths": "I swim"}, seen=1, by=edith_in, at=NOON)

    saved = actions.write_words(plan, page | {"matters": "Home"}, seen=1, by=edith_in, at=NOON)

    assert not saved.clashes
    assert (saved.row.strengths, saved.row.matters) == ("I swim", "Home")


def test_two_people_who_change_the_same_words_see_both_and_the_first_stays(
    plan: Plan, edith_in: SignIn
) -> None:
    actions.write_words(plan, {"strengths": "I swim"}, seen=1, by=edith_in, at=NOON)

    saved = actions.write_words(plan, {"strengths": "Jam"}, seen=1, by=edith_in, at=NOON)

    assert saved.clashes == {"strengths": "I swim"}
    plan.refresh_from_db()
    assert plan.strengths == "I swim"


def test_a_version_that_never_was_is_a_clash_and_overwrites_nothing(
    plan: Plan, edith_in: SignIn
) -> None:
    actions.write_words(plan, {"strengths": "I swim"}, seen=1, by=edith_in, at=NOON)

    saved = actions.write_words(plan, {"strengths": "Jam"}, seen=77, by=edith_in, at=NOON)

    assert saved.clashes == {"strengths": "I swim"}


def test_a_line_is_changed_by_two_people_field_by_field(
    plan: Plan, swim: PlanLine, edith_in: SignIn
) -> None:
    actions.change_line(swim, {"support": "Swim, then coffee"}, seen=1, by=edith_in, at=NOON)

    saved = actions.change_line(swim, {"cost_pence": 2000}, seen=1, by=edith_in, at=NOON)

    assert (saved.row.support, saved.row.cost_pence) == ("Swim, then coffee", 2000)


def test_each_change_of_a_line_or_risk_turns_the_plan_over(
    plan: Plan, swim: PlanLine, edith_in: SignIn
) -> None:
    actions.change_line(swim, {"cost_pence": 2000}, seen=1, by=edith_in, at=NOON)
    risk = actions.add_risk(plan, {"what": "Alone in the garden"}, by=edith_in, at=NOON)
    actions.change_risk(risk, {"good": "He is happy"}, seen=1, by=edith_in, at=NOON)
    actions.remove_risk(risk, by=edith_in, at=NOON)
    actions.remove_line(swim, by=edith_in, at=NOON)

    plan.refresh_from_db()
    assert plan.version == 7
    assert not PlanLine.objects.exists()
    assert not Risk.objects.exists()


def test_taking_a_line_out_twice_is_told_once(swim: PlanLine, edith_in: SignIn) -> None:
    for _ in range(2):
        actions.remove_line(swim, by=edith_in, at=NOON)

    assert Event.objects.filter(kind="plan.line_removed").count() == 1


def test_a_stranger_writes_in_nobodys_plan(plan: Plan, swim: PlanLine, priya: Staff) -> None:
    stranger = SignIn.objects.create_user(email="stranger@alderbrook.example", name="A stranger")
    for somebody in (stranger, priya.sign_in):
        with pytest.raises(PermissionDenied):
            actions.write_words(plan, {"strengths": "x"}, seen=1, by=somebody, at=NOON)
        with pytest.raises(PermissionDenied):
            actions.remove_line(swim, by=somebody, at=NOON)

    plan.refresh_from_db()
    assert plan.strengths == ""


def test_a_worker_of_the_person_may_help_to_write(plan: Plan, edith: Person, dev: Staff) -> None:
    people.name_worker(edith, staff=dev, at=NOON)

    saved = actions.write_words(plan, {"views": "Happy"}, seen=1, by=dev.sign_in, at=NOON)

    assert saved.row.views == "Happy"


def test_a_wish_that_is_not_met_costs_nothing_and_every_other_line_says_who_pays(
    plan: Plan, edith_in: SignIn
) -> None:
    actions.add_line(plan, wish="A break", paid_from="", not_found=True, by=edith_in, at=NOON)
    for bad in ({"not_found": True, "cost_pence": 5}, {"not_found": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.add_line(plan, wish="A break", paid_from="", by=edith_in, at=NOON, **bad)


def test_a_couples_plans_go_hand_in_hand(plan: Plan, harold: Person, edith_in: SignIn) -> None:
    his = actions.open_plan(harold, by=edith_in, at=NOON)

    assert queries.couple_of(plan) == queries.couple_of(his) == [plan, his]
    assert queries.plans_of_a_resident(edith_in, at=NOON) == [plan, his]


def test_sums_of_the_budget_leave_out_everything_else(plan: Plan, edith_in: SignIn) -> None:
    for paid_from, often, cost in (
        ("budget", "weekly", 1800),
        ("budget", "once", 500),
        ("own_money", "once", 6000),
        ("community", "weekly", 0),
    ):
        actions.add_line(
            plan,
            wish="w",
            paid_from=paid_from,
            often=often,
            cost_pence=cost,
            by=edith_in,
            at=NOON,
        )

    lines = queries.lines_of(plan)

    assert queries.weekly_from_budget(lines) == 1800
    assert queries.once_from_budget(lines) == 500


def test_two_changes_that_do_not_hold_together_are_shown_and_neither_is_lost(
    plan: Plan, edith_in: SignIn
) -> None:
    joy = actions.add_line(plan, wish="A story", paid_from="family", by=edith_in, at=NOON)
    not_found = {"not_found": True, "cost_pence": 0}
    actions.change_line(joy, not_found, seen=1, by=edith_in, at=NOON)
    paid = {"paid_from": "budget", "cost_pence": 900, "not_found": False}

    saved = actions.change_line(joy, paid, seen=1, by=edith_in, at=NOON)

    assert saved.clashes == {"paid_from": "family", "cost_pence": 0}
    joy.refresh_from_db()
    assert (joy.not_found, joy.cost_pence) == (True, 0)

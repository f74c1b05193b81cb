"""What a carer says is theirs, counts at once, and can be taken back; emergencies are acted on."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record.models import Event, Task
from ownway.jobs import answers
from ownway.journey.assessment import queries as assessment
from ownway.journey.assessment.models import Assessment
from ownway.journey.carers import actions, queries
from ownway.journey.carers.models import Activation, EmergencyPlan, Statement, Support
from ownway.journey.prevention import queries as prevention
from tests.journey.assessment.conftest import HELPS, THURSDAY, VALIDATED

Both = tuple[Assessment, Assessment]
LATER = THURSDAY + timedelta(days=30)


def test_finishing_keeps_what_she_will_do_as_her_own_statement(
    told: Both, harold: Person, edith: Person
) -> None:
    statement = queries.statement_of(edith, harold)

    assert statement is not None
    assert statement.helps == {key: amount for key, amount in HELPS.items() if amount}
    assert dict(queries.helps_in_words(statement))["The home, money and letters"] == "A little"


def test_answered_again_nothing_is_kept_twice(told: Both) -> None:
    answers.answer_late(at=THURSDAY)

    assert Statement.objects.count() == 1
    assert EmergencyPlan.objects.count() == 1


def test_the_night_off_stands_in_her_plan_as_a_wish_not_met(told: Both, edith: Person) -> None:
    plan = plans.plan_of(edith)

    assert plan is not None
    lines = plans.lines_of(plan)
    assert [(one.wish, one.not_found, one.cost_pence) for one in lines] == [
        ("A night off, now and then", True, 0)
    ]


def test_the_emergency_plan_has_a_number_and_somebody_to_call(told: Both, edith: Person) -> None:
    plan = queries.emergency_plan_of(edith)

    assert plan is not None
    assert (plan.call_name, plan.number) == ("Joy Thistlewood", f"EP{1000 + edith.pk}")
    assert queries.plan_numbered(f" ep {1000 + edith.pk}") == plan


def test_the_number_stays_when_the_plan_is_changed(
    told: Both, edith: Person, edith_in: SignIn
) -> None:
    before = queries.emergency_plan_of(edith)
    assert before is not None

    changed = actions.keep_emergency_plan(
        edith, call_name="Carys", call_phone="01632 960555", by=edith_in, at=LATER
    )

    assert changed.number == before.number
    assert EmergencyPlan.objects.get().call_name == "Carys"


def test_saving_the_same_emergency_plan_again_writes_nothing(
    told: Both, edith: Person, edith_in: SignIn
) -> None:
    for _ in range(2):
        actions.keep_emergency_plan(edith, call_name="Carys", by=edith_in, at=LATER)

    assert Event.objects.filter(kind="carer.emergency_plan").count() == 2


def test_an_emergency_plan_without_anybody_to_call_is_refused(
    edith: Person, edith_in: SignIn
) -> None:
    with pytest.raises(actions.CannotSay, match="who we should call"):
        actions.keep_emergency_plan(edith, call_name=" ", by=edith_in, at=LATER)

    assert not EmergencyPlan.objects.exists()


def test_taken_back_it_counts_at_once_and_the_plan_is_looked_at(
    told: Both, harold: Person, edith: Person, edith_in: SignIn, dev: Staff, rules_now: Any
) -> None:
    statement = queries.statement_of(edith, harold)
    assert statement is not None

    actions.withdraw_statement(statement, because="I am worn out", by=edith_in, at=LATER)

    points = assessment.points(told[0], rules_now)
    assert points is not None
    assert (points.need, points.help) == (40, 0)
    assert queries.statement_of(edith, harold) is None
    task = Task.objects.get(kind="plan.look_again", done_at=None)
    assert (task.owner, task.person) == (dev, harold)
    assert task.due_at == LATER + timedelta(days=2)


def test_taken_back_twice_is_refused(
    told: Both, harold: Person, edith: Person, edith_in: SignIn
) -> None:
    statement = queries.statement_of(edith, harold)
    assert statement is not None
    actions.withdraw_statement(statement, because="", by=edith_in, at=LATER)

    with pytest.raises(actions.CannotSay, match="already"):
        actions.withdraw_statement(statement, because="", by=edith_in, at=LATER)

    assert Event.objects.filter(kind="carer.statement_withdrawn").count() == 1


def test_a_changed_word_takes_the_place_of_the_old_and_counts(
    told: Both, harold: Person, edith: Person, edith_in: SignIn, rules_now: Any
) -> None:
    helps = {key: amount for key, amount in HELPS.items() if amount} | {"washing": "half"}

    actions.give_statement(edith, cares_for=harold, helps=helps, by=edith_in, at=LATER)

    points = assessment.points(told[0], rules_now)
    assert points is not None
    assert points.help == 22
    assert [one.stands for one in queries.statements_of(edith)] == [True, False]


def test_a_part_she_leaves_out_is_help_nobody_gives(
    told: Both, harold: Person, edith: Person, edith_in: SignIn, rules_now: Any
) -> None:
    actions.give_statement(edith, cares_for=harold, helps={}, by=edith_in, at=LATER)

    points = assessment.points(told[0], rules_now)
    assert points is not None
    assert points.help == 0


def test_a_first_word_counts_although_the_answers_said_something_else(
    finished: Both, harold: Person, edith: Person, edith_in: SignIn, rules_now: Any
) -> None:
    actions.give_statement(edith, cares_for=harold, helps={}, by=edith_in, at=LATER)

    points = assessment.points(finished[0], rules_now)
    assert points is not None
    assert points.help == 0
    assert Task.objects.filter(kind="plan.look_again", person=harold).exists()


def test_what_one_carer_leaves_out_another_may_still_do(
    told: Both, harold: Person, edith: Person, dev: Staff, edith_in: SignIn, rules_now: Any
) -> None:
    carys = _daughter(harold, by=dev)
    before = assessment.points(told[0], rules_now)

    actions.give_statement(carys, cares_for=harold, helps={"washing": "little"}, by=None, at=LATER)

    assert assessment.points(told[0], rules_now) == before


def _daughter(harold: Person, *, by: Staff) -> Person:
    from ownway.foundation.people import actions as people

    carys = people.add_person(
        first_name="Carys", last_name="Jones", by=by.sign_in, at=LATER, home=None
    )
    people.tie(carys, to=harold, kind="daughter", cares_for=True)
    return carys


@pytest.mark.parametrize("helps", [{"washing": "lots"}, {"flying": "all"}])
def test_an_amount_or_part_that_is_not_known_is_refused(
    told: Both, harold: Person, edith: Person, edith_in: SignIn, helps: dict[str, str]
) -> None:
    with pytest.raises(actions.CannotSay):
        actions.give_statement(edith, cares_for=harold, helps=helps, by=edith_in, at=LATER)

    assert Statement.objects.count() == 1


def test_only_the_carer_speaks_for_the_carer(
    told: Both, harold: Person, edith: Person, priya: Staff
) -> None:
    statement = queries.statement_of(edith, harold)
    assert statement is not None

    with pytest.raises(PermissionDenied):
        actions.withdraw_statement(statement, because="", by=priya.sign_in, at=LATER)

    assert queries.statement_of(edith, harold) is not None


def test_a_person_who_answers_alone_makes_no_statement_for_anybody(
    his: Assessment, edith: Person
) -> None:
    actions.take_from_answers(his, by=None, at=THURSDAY)

    assert not Statement.objects.exists()


def test_an_activated_plan_gives_the_worker_two_hours(
    told: Both, harold: Person, edith: Person, gwen: Staff, dev: Staff
) -> None:
    plan = queries.emergency_plan_of(edith)
    assert plan is not None

    actions.activate(plan, what_happened="Edith is in hospital", by=gwen.sign_in, at=LATER)
    actions.activate(plan, what_happened="Edith is in hospital", by=gwen.sign_in, at=LATER)

    task = Task.objects.get(kind="carer.emergency")
    assert (task.owner, task.person, task.due_at) == (dev, harold, LATER + timedelta(hours=2))
    assert Activation.objects.count() == 1


def test_when_the_emergency_is_over_its_tasks_are_done(
    told: Both, edith: Person, gwen: Staff
) -> None:
    plan = queries.emergency_plan_of(edith)
    assert plan is not None
    used = actions.activate(plan, what_happened="Edith fell ill", by=gwen.sign_in, at=LATER)

    actions.end_activation(used, how="Edith is home again", by=gwen.sign_in, at=LATER)

    assert not Task.objects.filter(kind="carer.emergency", done_at=None).exists()
    assert queries.open_activation(plan) is None


def test_an_activation_says_what_happened_and_who_may(
    told: Both, edith: Person, gwen: Staff, priya: Staff
) -> None:
    plan = queries.emergency_plan_of(edith)
    assert plan is not None

    with pytest.raises(actions.CannotSay, match="what happened"):
        actions.activate(plan, what_happened=" ", by=gwen.sign_in, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.activate(plan, what_happened="She fell", by=priya.sign_in, at=LATER)

    assert not Activation.objects.exists()


def test_carer_support_settles_that_point_of_his_checklist(
    told: Both, harold: Person, edith: Person, dev: Staff
) -> None:
    actions.record_support(
        edith, cares_for=harold, what="Carers’ café, Tuesdays", by=dev.sign_in, at=VALIDATED
    )

    point = next(p for p in prevention.checklist_state(harold).points if p.key == "carer")
    assert point.mark == "done"
    assert "Carers’ café" in point.evidence


def test_carer_support_says_what_it_is(
    told: Both, harold: Person, edith: Person, dev: Staff
) -> None:
    with pytest.raises(actions.CannotSay, match="what support"):
        actions.record_support(edith, cares_for=harold, what=" ", by=dev.sign_in, at=VALIDATED)

    assert not Support.objects.exists()

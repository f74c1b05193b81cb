"""Ordering what helps, free, and settling the five points with evidence."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import Staff
from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record.models import Event, Task
from ownway.journey.contact import actions as contact
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.actions import ordering
from ownway.journey.prevention.models import BenefitCheck, EquipmentCheck, OrderedItem, PointMark
from ownway.journey.prevention.queries import catalogue as shelf
from tests.conftest import NOON
from tests.journey.contact.conftest import SIT_AWHILE
from tests.journey.prevention.conftest import ANSWERS

BOTH = ["door_sensor", "memory_clock"]


def order(check: EquipmentCheck, keys: list[str], *, tell: Person, by: Staff) -> None:
    actions.order(check, keys, tell=tell, by=by, at=NOON)


def test_sensor_and_clock_are_ordered_free_with_a_code_for_the_shop(
    check: EquipmentCheck, gwen: Staff, harold: Person, edith: Person
) -> None:
    order(check, BOTH, tell=edith, by=gwen)

    sensor, clock = OrderedItem.objects.all()
    assert (sensor.price_pence, sensor.charge_pence, sensor.code) == (8500, 0, None)
    assert (clock.price_pence, clock.charge_pence) == (3200, 0)
    assert re.fullmatch(
        r"[CDFGHJKLMNPQRTVWXY34679]{4}-[CDFGHJKLMNPQRTVWXY34679]{4}", clock.code or ""
    )
    plan = plans.plan_of(harold)
    assert plan is not None
    assert [(line.support, line.paid_from, line.cost_pence) for line in plans.lines_of(plan)] == [
        ("Door sensor", "equipment", 0),
        ("Memory clock", "equipment", 0),
    ]


def test_the_letter_to_her_holds_the_code_and_nothing_to_pay(
    check: EquipmentCheck, gwen: Staff, harold: Person, edith: Person
) -> None:
    order(check, BOTH, tell=edith, by=gwen)

    letter = Letter.objects.get()
    code = OrderedItem.objects.get(key="memory_clock").code
    table = next(block for block in letter.body if block["kind"] == "table")
    assert (letter.person, letter.to) == (harold, edith)
    assert not any(block.get("text", "").startswith("Dear") for block in letter.body)
    assert code in table["rows"][1][1]
    assert [row[2] for row in table["rows"]] == ["£0.00", "£0.00"]


def test_what_is_fitted_is_somebodys_task_in_five_working_days(
    check: EquipmentCheck, gwen: Staff, edith: Person
) -> None:
    order(check, BOTH, tell=edith, by=gwen)

    task = Task.objects.get(kind="equipment.fit")
    assert (task.owner.name, task.due_at.date()) == ("Imogen Strand", date(2026, 1, 13))


def test_what_comes_from_a_shop_is_nobodys_task(
    check: EquipmentCheck, gwen: Staff, edith: Person
) -> None:
    order(check, ["memory_clock"], tell=edith, by=gwen)

    assert not Task.objects.exists()


def test_a_red_flag_is_a_task_for_the_next_working_day(gwen: Staff, harold: Person) -> None:
    made = actions.answer_questions(harold, ANSWERS | {"falls": ["more"]}, by=gwen, at=NOON)

    assert made.flags == ["Falls"]
    assert Task.objects.get().due_at.date() == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("keys", "words"),
    [([], "Choose what to order"), (["nothing"], "Choose"), (["key_safe"], "not suggested")],
)
def test_what_was_not_suggested_is_not_ordered(
    check: EquipmentCheck, gwen: Staff, edith: Person, keys: list[str], words: str
) -> None:
    with pytest.raises(actions.CannotOrder, match=words):
        order(check, keys, tell=edith, by=gwen)

    assert not OrderedItem.objects.exists()
    assert not Letter.objects.exists()


def test_the_same_thing_is_not_ordered_twice_and_then_nothing_is(
    check: EquipmentCheck, gwen: Staff, edith: Person, harold: Person
) -> None:
    order(check, ["memory_clock"], tell=edith, by=gwen)

    with pytest.raises(actions.CannotOrder, match="Mr Jones has one already"):
        order(check, BOTH, tell=edith, by=gwen)

    assert [one.key for one in OrderedItem.objects.all()] == ["memory_clock"]
    assert Letter.objects.count() == 1


def test_what_costs_more_than_is_free_is_for_a_therapist_to_decide(
    check: EquipmentCheck, gwen: Staff, edith: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shelf(NOON.date())
    dear = tuple(
        replace(i, price_pence=100_001) if i.key == "door_sensor" else i for i in whole.items
    )
    monkeypatch.setattr(ordering, "catalogue", lambda on: replace(whole, items=dear))

    with pytest.raises(actions.CannotOrder, match=r"costs more than £1,000\.00"):
        order(check, BOTH, tell=edith, by=gwen)

    assert not OrderedItem.objects.exists()


def test_a_finance_officer_orders_nothing(
    check: EquipmentCheck, priya: Staff, edith: Person
) -> None:
    with pytest.raises(PermissionDenied):
        order(check, BOTH, tell=edith, by=priya)


def test_a_thing_is_handed_over_tried_and_the_task_done(
    check: EquipmentCheck, gwen: Staff, edith: Person
) -> None:
    order(check, ["door_sensor"], tell=edith, by=gwen)
    sensor = OrderedItem.objects.get()
    with pytest.raises(actions.CannotOrder, match="Hand over the door sensor first"):
        actions.keep_trial(sensor, trial="helps", words="", by=gwen, at=NOON)

    actions.hand_over(sensor, by=gwen, at=NOON)
    actions.keep_trial(sensor, trial="helps", words="I sleep now", by=gwen, at=NOON)

    sensor.refresh_from_db()
    assert (sensor.status, sensor.trial, sensor.trial_words) == ("issued", "helps", "I sleep now")
    again = Task.objects.get(done_at=None)
    assert (again.kind, again.due_at.date()) == ("equipment.review", date(2027, 1, 6))
    with pytest.raises(actions.CannotOrder, match="not waiting"):
        actions.hand_over(sensor, by=gwen, at=NOON)


def test_the_record_shows_three_of_five_and_names_the_two_missing(
    check: EquipmentCheck, gwen: Staff, harold: Person, edith: Person
) -> None:
    called = contact.begin(by=gwen, at=NOON)
    contact.use_person(called, edith, side="caller", by=gwen, at=NOON)
    contact.use_person(called, harold, side="about", by=gwen, at=NOON)
    contact.keep(called, by=gwen, at=NOON, reason="dementia", said="Gave up work")
    contact.pick(called, SIT_AWHILE, by=gwen, at=NOON)
    contact.settle_by_signpost(called, by=gwen, at=NOON)
    order(check, BOTH, tell=edith, by=gwen)

    state = queries.checklist_state(harold)

    assert state.words == "3 of 5 done; missing: disability benefits, carer support"
    evidence = {point.key: point.evidence for point in state.points}
    assert evidence["community"] == "Told about Sit-Awhile, 6 January 2026"
    assert evidence["telecare"] == "Ordered Door sensor, 6 January 2026"


def test_nothing_done_is_nothing_of_five(harold: Person) -> None:
    state = queries.checklist_state(harold)

    assert (state.done, state.of, state.is_complete) == (0, 5, False)


def test_benefit_check_and_carer_support_complete_the_five(gwen: Staff, harold: Person) -> None:
    keys = ("community", "home", "telecare")
    said = [actions.Stand(key, "done", "Seen at home") for key in keys]
    actions.mark_points(
        harold,
        [
            *said,
            actions.Stand(
                "carer", "declined", "She has her sister", "Mrs Jones", was_informed=True
            ),
        ],
        by=gwen,
        at=NOON,
    )
    actions.keep_benefit_check(
        harold, gain_pence_a_week=7000, found="Attendance Allowance", by=gwen, at=NOON
    )

    state = queries.checklist_state(harold)

    assert (state.words, state.is_complete) == ("5 of 5 done", True)
    assert queries.yearly_benefit_gains() == 364_000
    assert "£70.00 a week more (Attendance Allowance)" in state.points[3].evidence


def test_points_are_kept_all_or_none_with_evidence(gwen: Staff, harold: Person) -> None:
    said = [
        actions.Stand("home", "done", "Rails"),
        actions.Stand("carer", "not_applicable", " "),
        actions.Stand("benefits", "x", "y"),
    ]

    with pytest.raises(actions.CannotMark) as refusal:
        actions.mark_points(harold, said, by=gwen, at=NOON)

    assert [name for name, _ in refusal.value.problems] == ["carer-evidence", "benefits-mark"]
    assert not PointMark.objects.exists()


def test_a_point_can_be_opened_again_and_both_words_stay_on_the_record(
    gwen: Staff, harold: Person
) -> None:
    actions.mark_points(harold, [actions.Stand("home", "done", "Rails")], by=gwen, at=NOON)

    actions.mark_points(harold, [actions.Stand("home")], by=gwen, at=NOON + timedelta(days=1))

    assert "home accessible" in queries.checklist_state(harold).missing
    assert Event.objects.filter(kind="prevention.point_settled").count() == 2


def test_money_gained_needs_the_name_of_the_benefit(gwen: Staff, harold: Person) -> None:
    with pytest.raises(actions.CannotMark, match="which benefit"):
        actions.keep_benefit_check(harold, gain_pence_a_week=7000, found=" ", by=gwen, at=NOON)

    assert not BenefitCheck.objects.exists()

"""What is in store, lent, tried, taken back, called back, and got from a shop."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from ownway.foundation.council.models import Organisation, OrganisationMember, Staff
from ownway.foundation.letters.models import Letter
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record.models import Task
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.models import (
    CatalogueChange,
    EquipmentCheck,
    Movement,
    OrderedItem,
    Retailer,
    StockLine,
)
from tests.conftest import NOON


@pytest.fixture
def sensors(gwen: Staff) -> StockLine:
    """Two door sensors in store, more to be ordered at one."""
    line = actions.add_stock_line(
        key="door_sensor", name="Door sensor", least=1, place="Shelf A", by=gwen, at=NOON
    )
    actions.receive(line, number=2, words="", by=gwen, at=NOON)
    return line


@pytest.fixture
def shop() -> Retailer:
    """A shop whose own people sign in as Brightsteps."""
    own = Organisation.objects.get(name="Brightsteps")
    return Retailer.objects.create(
        entry_key="shop", name="Wheels for Hire", organisation=own, from_on=NOON.date()
    )


def ordered(check: EquipmentCheck, key: str, *, by: Staff) -> OrderedItem:
    return actions.order(check, [key], tell=check.person, by=by, at=NOON)[0]


def level(line: StockLine) -> int:
    line.refresh_from_db()
    return line.level


def test_what_is_given_leaves_the_store_and_what_is_low_is_to_be_ordered(
    check: EquipmentCheck, sensors: StockLine, gwen: Staff
) -> None:
    item = ordered(check, "door_sensor", by=gwen)

    actions.hand_over(item, by=gwen, at=NOON, serial="DS-1", due_back_on=date(2026, 4, 6))

    assert level(sensors) == 1
    assert Task.objects.get(kind="equipment.reorder").words == "Order more: Door sensor, 1 left"
    collect = Task.objects.get(kind="equipment.collect")
    assert (collect.due_at.date(), collect.person) == (date(2026, 4, 6), check.person)
    assert [(m.kind, m.change) for m in sensors.movements.all()] == [
        ("issued", -1), ("received", 2)
    ]  # fmt: skip


def test_an_empty_store_gives_nothing_and_the_order_waits(
    check: EquipmentCheck, sensors: StockLine, gwen: Staff
) -> None:
    actions.count(sensors, number=0, words="Stolen", by=gwen, at=NOON)
    item = ordered(check, "door_sensor", by=gwen)

    with pytest.raises(actions.CannotOrder, match="no door sensor in store"):
        actions.hand_over(item, by=gwen, at=NOON)

    item.refresh_from_db()
    assert item.status == "ordered"
    assert level(sensors) == 0


@pytest.mark.parametrize(("state", "left"), [("cleaned", 2), ("scrapped", 1)])
def test_what_is_cleaned_goes_back_to_the_store_and_what_is_scrapped_does_not(
    check: EquipmentCheck, sensors: StockLine, gwen: Staff, state: str, left: int
) -> None:
    item = actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON)

    actions.give_back(item, state=state, words="Moved", by=gwen, at=NOON)

    assert level(sensors) == left
    assert sum(m.change for m in sensors.movements.all()) == left
    assert not Task.objects.filter(person=check.person, done_at=None, kind="equipment.trial")
    plan = plans.plan_of(check.person)
    assert plan is not None
    assert plans.lines_of(plan) == []


def test_the_ledger_of_the_store_is_not_rewritten(sensors: StockLine) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Movement.objects.update(change=5)


def test_a_finance_officer_does_not_move_what_is_in_store(sensors: StockLine, priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.receive(sensors, number=1, words="", by=priya, at=NOON)


def test_a_trial_is_asked_about_in_four_weeks_and_what_does_not_help_is_no_evidence(
    check: EquipmentCheck, gwen: Staff, harold: Person
) -> None:
    item = actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON)
    asked = Task.objects.get(kind="equipment.trial")
    later = NOON + timedelta(weeks=4)

    with pytest.raises(actions.CannotOrder, match="Say what is wrong"):
        actions.keep_trial(item, trial="does_not_help", words="", by=gwen, at=later)
    actions.keep_trial(item, trial="does_not_help", words="It rings all night", by=gwen, at=later)

    assert asked.due_at.date() == date(2026, 2, 3)
    assert Task.objects.get(done_at=None).words == "Find something better than the door sensor"
    assert "basic telecare" in queries.checklist_state(harold).missing


def test_what_helps_is_evidence_for_the_checklist(
    check: EquipmentCheck, gwen: Staff, harold: Person
) -> None:
    item = actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON)

    actions.keep_trial(item, trial="helps", words="", by=gwen, at=NOON)

    telecare = queries.checklist_state(harold).points[2]
    assert "Tried and it helps: Door sensor" in telecare.evidence
    assert queries.trial_counts()[0]["helps"] == 1


def test_a_recall_tells_each_who_has_it_and_it_is_offered_no_more(
    check: EquipmentCheck, gwen: Staff, harold: Person
) -> None:
    actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON)

    made = actions.start_recall(
        "door_sensor", serial_starts="", because="It can overheat", what_to_do="Unplug it",
        by=gwen, at=NOON,
    )  # fmt: skip

    assert made.reached == 1
    assert Letter.objects.filter(kind="equipment.recalled", to=harold).count() == 1
    assert Task.objects.get(kind="equipment.recall").due_at.date() == date(2026, 1, 7)
    assert queries.catalogue(NOON.date()).item("door_sensor") is None
    assert [one.person for one in queries.holders(made)] == [harold]


def test_a_recall_by_serial_number_spares_the_others(check: EquipmentCheck, gwen: Staff) -> None:
    actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON, serial="B-7")

    made = actions.start_recall(
        "door_sensor", serial_starts="A-", because="It can overheat", what_to_do="Unplug it",
        by=gwen, at=NOON,
    )  # fmt: skip

    assert made.reached == 0
    assert queries.catalogue(NOON.date()).item("door_sensor") is not None


def test_a_shop_redeems_a_code_once_and_the_thing_is_theirs(
    check: EquipmentCheck, gwen: Staff, shop: Retailer
) -> None:
    clock = ordered(check, "memory_clock", by=gwen)
    nell = OrganisationMember.objects.get(organisation=shop.organisation).sign_in
    typed = (clock.code or "").lower().replace("-", " ")

    used = actions.redeem(typed, retailer=shop, added_pence=500, by=nell, at=NOON)

    clock.refresh_from_db()
    assert (clock.status, used.value_pence, used.added_pence) == ("issued", 3200, 500)
    assert Task.objects.filter(kind="equipment.trial").count() == 1
    with pytest.raises(actions.CannotRedeem, match="was used on 6 January 2026"):
        actions.redeem(typed, retailer=shop, added_pence=0, by=nell, at=NOON)


def test_a_code_runs_out_and_a_new_one_takes_its_place(
    check: EquipmentCheck, gwen: Staff, shop: Retailer
) -> None:
    clock = ordered(check, "memory_clock", by=gwen)
    old, late = clock.code or "", NOON + timedelta(days=61)

    with pytest.raises(actions.CannotRedeem, match="ran out on 7 March 2026"):
        actions.redeem(old, retailer=shop, added_pence=0, by=gwen.sign_in, at=late)
    new = actions.renew_code(clock, by=gwen, at=late)
    actions.redeem(new.code, retailer=shop, added_pence=0, by=gwen.sign_in, at=late)

    with pytest.raises(actions.CannotRedeem, match="no such code"):
        actions.redeem(old, retailer=shop, added_pence=0, by=gwen.sign_in, at=late)


def test_somebody_of_another_organisation_redeems_nothing(
    check: EquipmentCheck, gwen: Staff, shop: Retailer
) -> None:
    clock = ordered(check, "memory_clock", by=gwen)
    other = OrganisationMember.objects.exclude(organisation=shop.organisation)[0].sign_in

    with pytest.raises(actions.CannotRedeem, match="does not take codes"):
        actions.redeem(clock.code or "", retailer=shop, added_pence=0, by=other, at=NOON)


def test_a_cancelled_order_withdraws_its_code_and_its_plan_line(
    check: EquipmentCheck, gwen: Staff, shop: Retailer, harold: Person
) -> None:
    clock = ordered(check, "memory_clock", by=gwen)

    actions.cancel(clock, because="Their son bought one", by=gwen, at=NOON)

    with pytest.raises(actions.CannotRedeem, match="withdrawn"):
        actions.redeem(clock.code or "", retailer=shop, added_pence=0, by=gwen.sign_in, at=NOON)
    plan = plans.plan_of(harold)
    assert plan is not None
    assert plans.lines_of(plan) == []
    assert ordered(check, "memory_clock", by=gwen).pk != clock.pk


def test_a_change_of_the_catalogue_holds_from_its_day_and_not_before(ruth: Staff) -> None:
    from dataclasses import replace

    clock = queries.catalogue(NOON.date()).item("memory_clock")
    assert clock is not None
    starts = date(2026, 2, 1)

    actions.change_item(
        replace(clock, price_pence=2900), starts_on=starts, because="New supplier", by=ruth, at=NOON
    )

    before = queries.catalogue(date(2026, 1, 31)).item("memory_clock")
    after = queries.catalogue(starts).item("memory_clock")
    assert before == clock
    assert after is not None
    assert (after.price_pence, after.when) == (2900, clock.when)


def test_a_change_for_the_past_or_without_a_reason_is_refused(ruth: Staff) -> None:
    clock = queries.catalogue(NOON.date()).item("memory_clock")
    assert clock is not None

    with pytest.raises(actions.CannotKeep) as refusal:
        actions.change_item(clock, starts_on=date(2026, 1, 5), because="", by=ruth, at=NOON)

    assert [name for name, _ in refusal.value.problems] == ["starts_on", "because"]
    assert not CatalogueChange.objects.exists()


def test_on_loan_shows_only_people_the_viewer_may_see(
    check: EquipmentCheck, gwen: Staff, dev: Staff, harold: Person
) -> None:
    actions.hand_over(ordered(check, "door_sensor", by=gwen), by=gwen, at=NOON)

    assert not queries.on_loan(dev.sign_in, at=NOON)
    people.name_worker(harold, staff=dev, at=NOON)
    assert [one.person for one in queries.on_loan(dev.sign_in, at=NOON)] == [harold]

"""Who is calling, what was said, and nothing lost on the way."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.actions import AlreadyKnown, add_person
from ownway.foundation.people.models import Household, Person, ReasonToLook
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event, Task
from ownway.journey.contact import actions
from ownway.journey.contact.models import Contact, Signpost
from tests.journey.contact.conftest import SIT_AWHILE, TEN

HAROLD = {"title": "Mr", "first_name": "Harold", "last_name": "Jones"}


def test_a_contact_has_a_clock_of_24_hours_and_is_its_takers_to_settle(gwen: Staff) -> None:
    contact = actions.begin(by=gwen, at=TEN)

    assert contact.clock.due_at == TEN + timedelta(hours=24)
    task = record.open_tasks(gwen.sign_in).get()
    assert (task.address, task.due_at) == (f"/desk/contacts/{contact.pk}/", contact.clock.due_at)


def test_a_finance_officer_takes_no_contacts(priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin(by=priya, at=TEN)

    assert not Contact.objects.exists()


def test_two_people_are_added_once_into_one_household_and_tied(gwen: Staff) -> None:
    contact = actions.begin(by=gwen, at=TEN)
    born = date(1951, 5, 14)
    home = {"first_line": "14 Copper Lane", "postcode": "al34qt"}

    actions.add_and_use(
        contact, side="caller", by=gwen, at=TEN, home=home, lives_with_caller=False, because="",
        known={"title": "Mrs", "first_name": "Edith", "last_name": "Jones"},
    )  # fmt: skip
    actions.add_and_use(
        contact, side="about", by=gwen, at=TEN, home={}, lives_with_caller=True,
        because="Her husband", known=HAROLD | {"date_of_birth": born},
    )  # fmt: skip
    actions.say_tie(contact, kind="wife", cares_for=True, by=gwen, at=TEN)

    contact.refresh_from_db()
    assert contact.caller is not None
    assert contact.about is not None
    assert Household.objects.get().postcode == "AL3 4QT"
    assert contact.caller.household_id == contact.about.household_id
    assert contact.caller.is_carer


def test_a_second_attempt_to_add_mr_jones_warns_that_he_is_known(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    with pytest.raises(AlreadyKnown, match="Already known: Harold Jones"):
        actions.add_and_use(
            call, side="about", by=gwen, at=TEN, home={}, lives_with_caller=True, because="",
            known=HAROLD,
        )  # fmt: skip

    assert Person.objects.filter(last_name="Jones").count() == 2


def test_a_namesake_in_the_same_home_is_warned_of_even_when_half_a_name_was_heard(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    with pytest.raises(AlreadyKnown, match="Harold Jones"):
        actions.add_and_use(
            call, side="about", by=gwen, at=TEN, home={}, lives_with_caller=True, because="",
            known={"first_name": "harold", "last_name": "Jo"},
        )  # fmt: skip

    assert not Person.objects.filter(last_name="Jo").exists()


def test_nobody_calls_about_themselves_as_somebody_else(
    call: Contact, gwen: Staff, edith: Person
) -> None:
    with pytest.raises(actions.CannotUse, match="about themselves"):
        actions.use_person(call, edith, side="about", by=gwen, at=TEN)

    call.refresh_from_db()
    assert call.about_id != edith.pk


def test_being_on_the_telephone_is_a_reason_to_look_that_is_kept(dev: Staff, edith: Person) -> None:
    contact = actions.begin(by=dev, at=TEN)

    actions.use_person(contact, edith, side="caller", by=dev, at=TEN)

    kept = ReasonToLook.objects.get(staff=dev, person=edith)
    assert kept.because == f"In touch with us: contact {contact.number}"


def test_a_reason_to_look_ends_when_the_wrong_one_was_picked(dev: Staff, edith: Person) -> None:
    contact = actions.begin(by=dev, at=TEN)
    actions.use_person(contact, edith, side="caller", by=dev, at=TEN)
    later = TEN + timedelta(minutes=1)

    actions.drop_person(contact, side="caller", by=dev, at=later)

    assert ReasonToLook.objects.get(staff=dev, person=edith).ends_at == later
    assert not people.people(dev.sign_in, at=later).filter(pk=edith.pk).exists()


def test_what_is_typed_is_kept_and_is_no_event(call: Contact, gwen: Staff) -> None:
    before = Event.objects.count()

    kept = actions.keep(call, by=gwen, at=TEN + timedelta(minutes=8), said="He wanders")

    assert (kept.said, kept.kept_at) == ("He wanders", TEN + timedelta(minutes=8))
    assert Event.objects.count() == before


def test_an_entry_is_picked_once_and_can_be_taken_off(call: Contact, gwen: Staff) -> None:
    for _ in range(2):
        actions.pick(call, SIT_AWHILE, by=gwen, at=TEN)
    assert [one.entry_key for one in Signpost.objects.all()] == ["sit-awhile"]

    actions.unpick(call, "sit-awhile", by=gwen)

    assert not Signpost.objects.exists()


def test_passing_on_is_counted_and_moves_the_task(call: Contact, gwen: Staff, dev: Staff) -> None:
    actions.pass_on(call, to=dev, because="Knows them", by=gwen, at=TEN)

    call.refresh_from_db()
    assert (call.owner, call.passings.count()) == (dev, 1)
    assert Task.objects.get(kind="contact.settle", done_at=None).owner == dev


def test_passing_to_whom_it_is_with_already_is_refused(call: Contact, gwen: Staff) -> None:
    with pytest.raises(actions.CannotUse, match="is with Gwen Applegarth already"):
        actions.pass_on(call, to=gwen, because="", by=gwen, at=TEN)

    assert not call.passings.exists()


def test_the_urgent_lane_puts_a_contact_first(call: Contact, gwen: Staff) -> None:
    actions.make_urgent(call, because="In distress", by=gwen, at=TEN)

    call.refresh_from_db()
    assert (call.is_urgent, call.urgency, call.because_urgent) == (True, "today", "In distress")


def test_a_tie_is_one_event_however_often_it_is_said(gwen: Staff, harold: Person) -> None:
    contact = actions.begin(by=gwen, at=TEN)
    joy = add_person(first_name="Joy", last_name="Thistlewood", by=gwen.sign_in, at=TEN)
    actions.use_person(contact, joy, side="caller", by=gwen, at=TEN)
    actions.use_person(contact, harold, side="about", by=gwen, at=TEN)

    for cares_for in (True, True, False):
        actions.say_tie(contact, kind="friend", cares_for=cares_for, by=gwen, at=TEN)

    told = Event.objects.filter(kind="tie.said", person=harold)
    assert [event.facts["cares_for"] for event in told.order_by("pk")] == [True, False]
    assert {event.words for event in told} == {"We wrote down who is close to you"}

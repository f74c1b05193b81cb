"""Events stay, looks are logged and chained, clocks and tasks do as they say."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions, queries
from ownway.foundation.record.models import AccessLog, Event
from tests.conftest import NOON


def test_an_event_is_never_changed(harold: Person, gwen: Staff) -> None:
    actions.write("contact.begun", about=harold, by=gwen.sign_in, at=NOON, words="You called us")

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Event.objects.update(words="Nothing happened")

    assert Event.objects.get().words == "You called us"


def test_a_look_at_a_record_is_logged_with_who_what_and_why(harold: Person, gwen: Staff) -> None:
    actions.open_person(gwen.sign_in, harold.pk, what="your record", why="You called", at=NOON)

    look = AccessLog.objects.get()
    assert (look.person, look.seen_as, look.what, look.why) == (
        harold,
        "Access officer",
        "your record",
        "You called",
    )


def test_a_look_is_never_taken_out_of_the_log(harold: Person, gwen: Staff) -> None:
    actions.open_person(gwen.sign_in, harold.pk, what="your record", why="You called", at=NOON)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute("DELETE FROM record_accesslog")

    assert AccessLog.objects.count() == 1


def test_a_changed_look_breaks_the_chain(harold: Person, gwen: Staff) -> None:
    for why in ("You called", "To call you back", "To write to you"):
        actions.open_person(gwen.sign_in, harold.pk, what="your record", why=why, at=NOON)
    assert queries.check_chain().is_whole

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record_accesslog DISABLE TRIGGER record_looks_stay")
        cursor.execute(
            "UPDATE record_accesslog SET why = 'No reason' WHERE why = 'To call you back'"
        )
        cursor.execute("SELECT number FROM record_accesslog WHERE why = 'No reason'")
        changed = cursor.fetchone()[0]

    assert queries.check_chain().first_bad == changed


def test_looks_cut_off_the_end_are_missed(harold: Person, gwen: Staff) -> None:
    for why in ("You called", "To call you back"):
        actions.open_person(gwen.sign_in, harold.pk, what="your record", why=why, at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record_accesslog DISABLE TRIGGER record_looks_stay")
        cursor.execute("DELETE FROM record_accesslog WHERE why = 'To call you back'")

    assert not queries.check_chain().is_whole


def test_a_stranger_finds_no_such_person(harold: Person, dev: Staff) -> None:
    with pytest.raises(Http404):
        actions.open_person(dev.sign_in, harold.pk, what="your record", why="", at=NOON)

    assert not AccessLog.objects.exists()


def test_a_wife_who_acts_for_her_husband_is_logged_and_her_own_look_is_not(
    edith_in: SignIn, edith: Person, harold: Person
) -> None:
    actions.open_person(edith_in, harold.pk, what="your plan", why="To write it", at=NOON)
    actions.open_person(edith_in, edith.pk, what="your plan", why="To write it", at=NOON)

    assert [look.person for look in AccessLog.objects.all()] == [harold]


def test_a_clock_turns_amber_in_its_last_quarter_and_red_when_it_is_over(harold: Person) -> None:
    clock = actions.start_clock(
        "contact.settle",
        person=harold,
        title="First contact",
        at=NOON,
        due_at=NOON + timedelta(hours=24),
    )

    states = [queries.face(clock, at=NOON + timedelta(hours=h)).state for h in (1, 18, 25)]

    assert states == ["good", "watch", "late"]


def test_the_same_task_is_not_given_twice(harold: Person, gwen: Staff) -> None:
    for _ in range(2):
        actions.give_task(
            "contact.call_back",
            person=harold,
            words="Call back",
            owner=gwen,
            due_at=NOON,
            at=NOON,
            subject="contact:1",
        )

    assert queries.open_tasks(gwen.sign_in).count() == 1


def test_what_is_confidential_is_read_by_staff_and_by_nobody_who_acts_for_the_person(
    harold: Person, gwen: Staff, edith_in: SignIn
) -> None:
    for secret in (True, False):
        actions.write(
            "noted", about=harold, by=gwen.sign_in, at=NOON, words="Noted", is_confidential=secret
        )
        actions.give_task(
            "look", person=harold, words="Look", owner=gwen, due_at=NOON, at=NOON,
            is_confidential=secret,
        )  # fmt: skip

    by_staff = queries.timeline(gwen.sign_in, harold, at=NOON)
    by_her = queries.timeline(edith_in, harold, at=NOON)

    assert (by_staff.count(), by_her.count()) == (2, 1)
    assert len(queries.tasks_about(gwen.sign_in, harold)) == 2
    assert [task.is_confidential for task in queries.tasks_about(edith_in, harold)] == [False]

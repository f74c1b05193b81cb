"""A later stage answers an event once, at once or by the timetable, and never breaks a page."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Answered, Event
from ownway.jobs import answers
from tests.conftest import NOON


class Told:
    """What a stage was told, and how it answers."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.fails = False

    def __call__(self, event: Event, at: datetime) -> None:
        """Take note, or fail."""
        if self.fails:
            raise RuntimeError("This stage cannot answer")
        self.events.append(event)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    noted = Told()
    monkeypatch.setattr(answers, "answers", lambda: {"later": {"contact.begun": noted}})
    return noted


def _event(person: Person, by: Staff, *, at: datetime = NOON) -> Event:
    return record.write("contact.begun", about=person, by=by.sign_in, at=at, words="You called")


def test_an_event_is_answered_once_however_often_it_is_asked(
    told: Told, harold: Person, gwen: Staff
) -> None:
    event = _event(harold, gwen)

    assert answers.answer_now(gwen.sign_in, at=NOON) == 1
    assert answers.answer_now(gwen.sign_in, at=NOON) == 0
    assert answers.answer_late(at=NOON) == 0
    assert told.events == [event]


def test_who_did_nothing_to_answer_costs_one_question(
    told: Told, harold: Person, gwen: Staff, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert answers.answer_now(gwen.sign_in, at=NOON) == 0


def test_what_another_did_is_left_to_the_timetable(
    told: Told, harold: Person, gwen: Staff, dev: Staff
) -> None:
    _event(harold, gwen)

    assert answers.answer_now(dev.sign_in, at=NOON) == 0
    assert answers.answer_late(at=NOON + timedelta(hours=1)) == 1


def test_an_answer_that_fails_leaves_no_claim_and_is_tried_again(
    told: Told, harold: Person, gwen: Staff
) -> None:
    _event(harold, gwen)
    told.fails = True
    assert answers.answer_now(gwen.sign_in, at=NOON) == 0
    assert not Answered.objects.exists()
    told.fails = False

    assert answers.answer_late(at=NOON) == 1


def test_events_of_other_kinds_are_passed_over(told: Told, harold: Person, gwen: Staff) -> None:
    record.write("letter.sent", about=harold, by=gwen.sign_in, at=NOON, words="A letter")

    assert answers.answer_late(at=NOON) == 0

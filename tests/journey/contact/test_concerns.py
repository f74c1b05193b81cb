"""A worry for safety is decided by whoever has it, and what follows is somebody's task."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Task
from ownway.journey.contact import actions, queries
from ownway.journey.contact.models import Contact
from tests.conftest import LONDON
from tests.journey.contact.conftest import TEN, As

LATER = datetime(2026, 1, 6, 12, 0, tzinfo=LONDON)


@pytest.fixture
def worry(call: Contact, gwen: Staff, ruth: Staff) -> Contact:
    """Gwen raised a concern at ten; Ruth has it."""
    return actions.settle_by_concern(call, because="Bruises on his arm", by=gwen, at=TEN)


@pytest.fixture
def enquiry(dev: Staff) -> actions.Decided:
    return actions.Decided(
        decision="enquiry",
        because="New bruises, and nobody can say how",
        wishes="He wants it to stop",
        next_step="See him alone at home",
        owner=dev,
        by_day=date(2026, 1, 9),
    )


def test_deciding_finishes_the_managers_task_and_gives_the_next_one(
    worry: Contact, enquiry: actions.Decided, ruth: Staff, dev: Staff
) -> None:
    said = actions.decide_concern(worry, enquiry, by=ruth, at=LATER)

    assert said == "Decided. Dev Marlowe has it as a task, by Friday 9 January"
    assert Task.objects.get(kind="concern.decide").done_at == LATER
    follows = Task.objects.get(kind="concern.act")
    assert (follows.owner, follows.done_at, follows.is_confidential) == (dev, None, True)
    concern = queries.concern_of(worry)
    assert concern is not None
    assert concern.decision == "A safeguarding enquiry is made"


def test_what_was_done_closes_the_worry(
    worry: Contact, enquiry: actions.Decided, ruth: Staff, dev: Staff
) -> None:
    actions.decide_concern(worry, enquiry, by=ruth, at=LATER)

    actions.note_what_was_done(worry, done="Saw him", they_say="Better", by=dev, at=LATER)

    assert not Task.objects.filter(kind__startswith="concern.", done_at=None).exists()


def test_nothing_more_to_do_leaves_no_task(
    worry: Contact, enquiry: actions.Decided, ruth: Staff
) -> None:
    nothing = replace(enquiry, decision="nothing", next_step="", owner=None, by_day=None)

    actions.decide_concern(worry, nothing, by=ruth, at=LATER)

    assert not Task.objects.filter(kind__startswith="concern.", done_at=None).exists()


def test_a_decision_without_what_it_needs_is_refused_and_changes_nothing(
    worry: Contact, enquiry: actions.Decided, ruth: Staff
) -> None:
    empty = actions.Decided("enquiry", because=" ", wishes="")

    with pytest.raises(actions.CannotDecideConcern) as refusal:
        actions.decide_concern(worry, empty, by=ruth, at=LATER)
    late = replace(enquiry, by_day=date(2026, 1, 5))
    with pytest.raises(actions.CannotDecideConcern, match="today or later"):
        actions.decide_concern(worry, late, by=ruth, at=LATER)

    named = [name for name, _ in refusal.value.problems]
    assert named == ["next_step", "owner", "by_day", "because", "wishes"]
    assert Task.objects.get(kind__startswith="concern.").done_at is None


def test_it_is_decided_once_and_by_nobody_else(
    worry: Contact, enquiry: actions.Decided, ruth: Staff, gwen: Staff, dev: Staff
) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide_concern(worry, enquiry, by=gwen, at=LATER)
    actions.decide_concern(worry, enquiry, by=ruth, at=LATER)

    with pytest.raises(actions.CannotDecideConcern, match="decided already"):
        actions.decide_concern(worry, enquiry, by=ruth, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.note_what_was_done(worry, done="x", they_say="y", by=gwen, at=LATER)


def test_nothing_of_the_decision_reaches_those_who_act_for_the_person(
    worry: Contact, enquiry: actions.Decided, ruth: Staff, harold: Person, edith_in: object
) -> None:
    actions.decide_concern(worry, enquiry, by=ruth, at=LATER)

    assert not record.timeline(edith_in, harold, at=LATER).exists()  # type: ignore[arg-type]
    assert not record.tasks_about(edith_in, harold)  # type: ignore[arg-type]


def test_the_manager_opens_the_worry_from_her_task_and_decides(
    worry: Contact, as_: As, ruth: Staff, dev: Staff, the_time: object
) -> None:
    page = as_(ruth)
    address = Task.objects.get(kind="concern.decide").address
    asked = page.get(address).content.decode()
    assert "Bruises on his arm" in asked

    refused = page.post(address, {"decision": "help"})
    assert refused.status_code == 422
    assert "Say what is done next" in refused.content.decode()
    typed = {
        "decision": "help", "because": "He asked for it", "wishes": "A lock on his door",
        "next_step": "Fit a lock", "owner": dev.pk, "by_day_day": "9", "by_day_month": "1",
        "by_day_year": "2027",
    }  # fmt: skip
    done = page.post(address, typed, follow=True).content.decode()

    assert "Decided. Dev Marlowe has it as a task" in done
    assert "Fit a lock" in as_(dev).get(address).content.decode()
    assert "Write it down and close the worry" in as_(dev).get(address).content.decode()


def test_a_worry_about_nobody_we_know_opens_for_the_manager_who_has_it(
    gwen: Staff, ruth: Staff, as_: As, the_time: object
) -> None:
    contact = actions.begin(by=gwen, at=TEN)
    actions.settle_by_concern(contact, because="Shouting at number 9", by=gwen, at=TEN)

    page = as_(ruth).get(f"/desk/contacts/{contact.pk}/concern/")

    assert page.status_code == 200
    assert "Shouting at number 9" in page.content.decode()

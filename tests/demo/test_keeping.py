"""The demonstration shows how the directory is kept true."""

import pytest

from ownway.community.directory.models import Change, Entry, HiddenFor, Round, Rung
from ownway.demo.directory import fill_directory
from ownway.demo.keeping import show_keeping
from tests.conftest import NOON


@pytest.mark.usefixtures("council")
def test_a_change_waits_an_event_is_to_come_and_volunteers_are_asked() -> None:
    fill_directory(at=NOON)

    show_keeping(at=NOON)

    walkers = Round.objects.get(entry__name="Canal Walkers", ended_at=None)
    fair = Entry.objects.get(kind="event", name__startswith="Carers’ day")
    assert walkers.rung == Rung.VOLUNTEER
    assert fair.hidden_for == [HiddenFor.NOT_YET]
    assert Change.objects.filter(state="sent", entry__owner__name="Brightsteps").count() == 1
    assert Round.objects.get(entry__name="Teapot Café").rung == Rung.FIRST

"""The ladder: due, three times asked, volunteers, marked, noticed, hidden; and what stops it."""

from datetime import date, datetime, timedelta

import pytest

from ownway.community.directory.actions import changing, checking, freshness, publishing
from ownway.community.directory.jobs import DUE
from ownway.community.directory.models import Entry, Owner, Round, Rung, Version
from ownway.community.directory.queries import freshness as due
from ownway.community.directory.queries import keeping
from ownway.community.directory.queries.listings import shown
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.directory.conftest import NOON, TODAY
from tests.community.directory.keeping.conftest import entry_named


def _climb(entry: Entry, *, at: datetime) -> Round:
    freshness.climb(at=at)
    return Round.objects.filter(entry=entry).latest("opened_at")


def _to(entry: Entry, rung: Rung) -> tuple[Round, datetime]:
    """Let the days pass until a rung is reached."""
    at, one = NOON, _climb(entry, at=NOON)
    for _ in range(400):
        if one.rung == rung:
            return one, at
        at += timedelta(days=1)
        one = _climb(entry, at=at)
    raise AssertionError(f"{rung.label} was never reached")


@pytest.mark.parametrize(
    ("checked", "due_on"),
    [
        (date(2025, 1, 4), date(2026, 1, 4)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 8, 31), date(2026, 8, 31)),
    ],
)
def test_an_entry_is_due_twelve_months_after_its_last_check(
    council: None, checked: date, due_on: date
) -> None:
    assert due.next_due(checked, on=TODAY) == due_on


@pytest.mark.parametrize("on", [date(2025, 2, 28), date(2026, 1, 6), date(2024, 2, 29)])
def test_what_is_due_today_is_what_was_checked_long_enough_ago(council: None, on: date) -> None:
    latest = due.checked_too_long_ago(on)

    first = due.next_due(latest, on=on)
    later = due.next_due(latest + timedelta(days=1), on=on)
    assert first is not None
    assert later is not None
    assert first <= on < later


def test_an_entry_that_is_due_is_asked_about_and_no_other(teapot: Entry) -> None:
    freshness.climb(at=NOON)

    one = Round.objects.get()
    assert (one.entry, one.rung) == (teapot, Rung.FIRST)
    message = Outbox.objects.get()
    assert message.address == "hello@teapot.example"
    assert "last checked on 4 January 2025" in message.text
    assert "http://127.0.0.1:8000/directory/keep/" in message.text


def test_a_job_that_runs_again_asks_nobody_twice(teapot: Entry) -> None:
    for _ in range(3):
        DUE["ask whether entries are right"](NOON)

    assert Outbox.objects.count() == 1


def test_each_rung_waits_for_its_days(teapot: Entry) -> None:
    days: dict[Rung, int] = {}
    at, one = NOON, _climb(teapot, at=NOON)
    for _ in range(200):
        days.setdefault(Rung(one.rung), (at.date() - TODAY).days)
        at += timedelta(days=1)
        one = _climb(teapot, at=at)

    assert days == {
        Rung.FIRST: 0,
        Rung.SECOND: 14,
        Rung.THIRD: 28,
        Rung.VOLUNTEER: 42,
        Rung.FLAGGED: 70,
        Rung.NOTICE: 98,
        Rung.HIDDEN: 112,
    }


def test_a_clock_that_jumps_does_not_skip_a_rung(teapot: Entry) -> None:
    _climb(teapot, at=NOON)

    one = _climb(teapot, at=NOON + timedelta(days=365))

    assert one.rung == Rung.SECOND
    assert _climb(teapot, at=NOON + timedelta(days=366)).rung == Rung.SECOND


def test_the_owner_is_asked_three_times_and_told_before_it_is_hidden(teapot: Entry) -> None:
    _, at = _to(teapot, Rung.HIDDEN)

    subjects = list(Outbox.objects.order_by("queued_at").values_list("subject", flat=True))
    assert len(subjects) == 4
    assert subjects[-1] == "Teapot Café will be taken out of the directory"
    assert str(at.year) in Outbox.objects.latest("queued_at").text
    assert not shown().filter(pk=teapot.pk).exists()


def test_everybody_is_told_that_it_was_not_checked_before_it_is_hidden(teapot: Entry) -> None:
    _, at = _to(teapot, Rung.FLAGGED)

    entry = entry_named("Teapot Café")
    assert entry.flagged_on == at.date()
    assert shown().filter(pk=teapot.pk).exists()


def test_a_check_brings_a_hidden_entry_back_and_ends_its_round(teapot: Entry) -> None:
    one, at = _to(teapot, Rung.HIDDEN)

    freshness.checked(teapot, on=at.date(), who="its owner", by=None, at=at)

    entry = entry_named("Teapot Café")
    one.refresh_from_db()
    assert shown().filter(pk=entry.pk).exists()
    assert (entry.flagged_on, one.ended_for) == (None, "checked")
    assert not Task.objects.filter(kind__startswith="directory.", done_at=None).exists()


def test_an_owner_without_an_address_is_a_call_for_a_keeper(teapot: Entry, gwen: Staff) -> None:
    Owner.objects.update(email="")

    _climb(teapot, at=NOON)

    task = Task.objects.get(kind="directory.call")
    assert task.owner == gwen
    assert not Outbox.objects.exists()


def test_while_a_change_waits_for_us_the_owner_is_not_asked_again(teapot: Entry) -> None:
    _climb(teapot, at=NOON)
    change = changing.begin(teapot, by=None, by_words="Its owner", at=NOON)
    change = changing.save_part(change, {"fees": "Cash"}, version=0, by=None, by_words="Its owner")
    changing.send(change, version=change.version, at=NOON)

    one = _climb(teapot, at=NOON + timedelta(days=60))

    assert one.rung == Rung.FIRST


def test_a_keeper_stops_the_ladder_with_a_reason_until_a_day(teapot: Entry, gwen: Staff) -> None:
    one, at = _to(teapot, Rung.FLAGGED)
    until = at.date() + timedelta(days=90)

    freshness.stop(one, until=until, because="Closed for the winter", by=gwen, at=at)

    assert entry_named("Teapot Café").flagged_on is None
    freshness.climb(at=at + timedelta(days=89))
    assert not Round.objects.filter(entry=teapot, ended_at=None).exists()
    freshness.climb(at=at + timedelta(days=90))
    assert Round.objects.filter(entry=teapot, ended_at=None).exists()


def test_a_round_that_is_over_is_not_stopped(teapot: Entry, gwen: Staff) -> None:
    one = _climb(teapot, at=NOON)
    freshness.checked(teapot, on=TODAY, who="the council", by=None, at=NOON)

    with pytest.raises(freshness.CannotStop):
        freshness.stop(one, until=TODAY, because="Late", by=gwen, at=NOON)


def test_an_entry_that_ended_leaves_its_round(teapot: Entry) -> None:
    _climb(teapot, at=NOON)
    Entry.objects.filter(pk=teapot.pk).update(status="defunct")

    one = _climb(teapot, at=NOON + timedelta(days=1))

    assert one.ended_for == "left"


def test_a_keeper_sees_the_whole_ladder_with_its_days(teapot: Entry) -> None:
    _climb(teapot, at=NOON)
    one = keeping.open_round(teapot)
    assert one is not None

    found = due.ladder(one)

    assert [step.rung for step in found] == list(Rung)
    assert [step.on for step in found if not step.is_reached] == [
        TODAY + timedelta(days=days) for days in (14, 28, 42, 70, 98, 112)
    ]
    assert found[1].words == ["We wrote to hello@teapot.example"]


def test_a_volunteer_who_finds_all_right_has_checked_it(teapot: Entry, joy: SignIn) -> None:
    check = checking.take(teapot, by=joy, at=NOON)

    checking.answer(check, says="right", way="called", words="", by=joy, at=NOON)

    entry = entry_named("Teapot Café")
    assert (entry.checked_on, entry.checked_by) == (TODAY, "a volunteer")


# -- Days that turn -----------------------------------------------------------------------------


def _publish(entry: Entry, **said: object) -> None:
    publishing.publish(entry, said, how=Version.How.STAFF, by=None, at=NOON)


def test_an_entry_with_a_first_day_waits_for_it(teapot: Entry) -> None:
    _publish(teapot, shown_from="2026-02-01")
    waits = not shown().filter(pk=teapot.pk).exists()

    freshness.turn_days(at=NOON.replace(month=2, day=1))

    assert waits
    assert shown().filter(pk=teapot.pk).exists()


@pytest.mark.parametrize("last", ["shown_until", "last_day"])
def test_an_entry_leaves_after_its_last_day_by_itself(teapot: Entry, last: str) -> None:
    _publish(teapot, **{last: "2026-01-20"})

    freshness.turn_days(at=NOON.replace(day=20))
    still = shown().filter(pk=teapot.pk).exists()
    freshness.turn_days(at=NOON.replace(day=21))

    assert still
    assert not shown().filter(pk=teapot.pk).exists()


def test_days_that_turn_leave_other_reasons_alone(teapot: Entry) -> None:
    Entry.objects.filter(pk=teapot.pk).update(hidden_for=["ratings"], shown_until=date(2026, 1, 20))

    moved = [
        freshness.turn_days(at=NOON.replace(day=21)),
        freshness.turn_days(at=NOON.replace(day=21)),
    ]

    assert moved == [1, 0]
    assert entry_named("Teapot Café").hidden_for == ["over", "ratings"]

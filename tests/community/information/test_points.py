"""A contact point is on the map while all its trainings are in date, and not a day longer."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.directory.models import Postcode
from ownway.community.directory.queries import Spot
from ownway.community.information import actions, jobs, queries
from ownway.community.information.forms.points import times_of
from ownway.community.information.models import ContactPoint
from ownway.community.information.queries.points import (
    PointStanding,
    hours_of,
    is_open,
    months_later,
)
from ownway.foundation.council.models import Staff
from ownway.foundation.council.queries import rules
from ownway.foundation.record.models import Task
from tests.conftest import LONDON, NOON

TODAY = date(2026, 1, 6)
TOPICS = ("social_care", "directory", "safeguarding")
SAID = {
    "name": "Quayside Library", "kind": "library", "address": "Quay Street", "phone": "",
    "opening": {"1": ["09:00", "17:00"], "2": ["09:00", "17:00"]}, "busy": "", "access": "",
    "is_independent": False,
}  # fmt: skip


@pytest.fixture
def quayside(ruth: Staff) -> ContactPoint:
    spot = Spot(452_300, 288_700, "AL1 2BD")
    return actions.register_point(None, said=SAID, spot=spot, owner=ruth, by=ruth)


def _train(
    point: ContactPoint, ruth: Staff, *topics: str, on: date = TODAY
) -> PointStanding | None:
    stands: PointStanding | None = None
    for topic in topics:
        stands = actions.record_training(point, topic=topic, held_on=on, people=1, by=ruth, at=NOON)
    return stands


def _on_map(at: datetime = NOON) -> list[str]:
    found = queries.on_the_map(pack=rules(at.date()), at=at)
    return [one.point.name for one in found]


def test_two_of_three_trainings_do_not_put_it_on_the_map_and_three_do(
    quayside: ContactPoint, ruth: Staff
) -> None:
    two = _train(quayside, ruth, *TOPICS[:2])
    with_two = _on_map()
    three = _train(quayside, ruth, TOPICS[2])

    assert (two.in_date, two.is_on_map, with_two) == (2, False, [])
    assert two.missing == ["Keeping people safe"]
    assert (three.is_on_map, _on_map()) == (True, ["Quayside Library"])


def test_a_training_that_ends_takes_it_off_that_day_and_gives_a_task(
    quayside: ContactPoint, ruth: Staff
) -> None:
    _train(quayside, ruth, *TOPICS)
    last_day, day_after = NOON + timedelta(days=364), NOON + timedelta(days=365)

    jobs.look_at_contact_points(last_day)
    before, warned = _on_map(last_day), Task.objects.get(done_at=None)
    jobs.look_at_contact_points(day_after)
    jobs.look_at_contact_points(day_after)
    jobs.look_at_contact_points(day_after + timedelta(days=1))

    task = Task.objects.get(done_at=None)
    assert before == ["Quayside Library"]
    assert _on_map(day_after) == []
    assert warned.words == "Quayside Library: train again before it comes off the map"
    assert task.words == "Quayside Library is off the map. Train in: keeping people safe"
    assert (task.owner, task.address) == (
        ruth, "/council/information/contact-points/quayside-library/",
    )  # fmt: skip


def test_training_anew_puts_it_back_and_finishes_the_task(
    quayside: ContactPoint, ruth: Staff, the_time
) -> None:
    _train(quayside, ruth, *TOPICS)
    later = NOON + timedelta(days=366)
    jobs.look_at_contact_points(later)

    actions.record_training(
        quayside, topic="safeguarding", held_on=later.date(), people=2, by=ruth, at=later
    )

    assert _on_map(later) == ["Quayside Library"]
    assert not Task.objects.filter(done_at=None).exists()


def test_a_training_that_is_still_to_come_counts_for_nothing(
    quayside: ContactPoint, ruth: Staff
) -> None:
    stands = _train(quayside, ruth, *TOPICS, on=NOON.date() + timedelta(days=1))

    assert (stands.in_date, _on_map()) == (0, [])


def test_a_closed_contact_point_is_off_the_map_and_asks_nothing(
    quayside: ContactPoint, ruth: Staff
) -> None:
    _train(quayside, ruth, *TOPICS)

    actions.close_point(quayside, by=ruth, at=NOON)
    jobs.look_at_contact_points(NOON + timedelta(days=400))

    assert _on_map() == []
    assert not Task.objects.filter(done_at=None).exists()
    quayside.refresh_from_db()
    assert actions.open_again(quayside, by=ruth, at=NOON).is_on_map


def test_help_is_counted_by_point_and_by_what_was_done(
    quayside: ContactPoint, gwen: Staff, lena: Staff
) -> None:
    for minutes, settled in ((20, True), (None, False)):
        actions.record_help(
            quayside, did=["directory", "printed"], minutes=minutes, is_settled=settled, by=gwen,
            on=NOON.date(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        actions.record_help(
            quayside, did=["guide"], minutes=1, is_settled=True, by=lena, on=NOON.date()
        )

    given = queries.help_given(since=NOON.date(), until=NOON.date())[quayside.pk]

    assert (given.visits, given.minutes, given.settled) == (2, 20, 1)
    assert given.did == {
        "Looked for help in the directory": 2, "Printed something to take home": 2,
    }  # fmt: skip


def test_opening_times_read_in_spans_and_say_whether_it_is_open(quayside: ContactPoint) -> None:
    tuesday = datetime(2026, 1, 6, 16, 59, tzinfo=LONDON)

    assert hours_of(quayside) == (("Tuesday and Wednesday", "09:00 to 17:00"),)
    assert is_open(quayside, at=tuesday)
    assert not is_open(quayside, at=tuesday + timedelta(minutes=1))
    assert not is_open(quayside, at=tuesday + timedelta(days=2))


@pytest.mark.parametrize(
    ("typed", "times"),
    [("9:30 to 17:00", ["09:30", "17:00"]), ("9-12.30", ["09:00", "12:30"]),
     ("10–14", ["10:00", "14:00"])],
)  # fmt: skip
def test_times_are_read_however_they_are_typed(typed: str, times: list[str]) -> None:
    assert times_of(typed) == times


@pytest.mark.parametrize(
    "typed", ["all day", "25:00 to 26:00", "17:00 to 9:00", "9:75 to 10", "🙂"]
)
def test_times_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="like 9:30 to 17:00"):
        times_of(typed)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
     (date(2026, 1, 6), 12, date(2027, 1, 6)), (date(2026, 3, 31), -1, date(2026, 2, 28))],
)  # fmt: skip
def test_months_later_is_a_day_that_there_is(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


def test_the_map_shows_the_nearest_first_and_a_bad_postcode_is_told(
    quayside: ContactPoint, ruth: Staff, client, the_time
) -> None:
    the_time(NOON)
    _train(quayside, ruth, *TOPICS)
    Postcode.objects.create(squeezed="AL34QT", easting=450_000, northing=288_700)

    near = client.get("/contact-points/", {"where": "al3 4qt"}).text
    wrong = client.get("/contact-points/", {"where": "nowhere"}).text

    assert "1.4 miles away: Quay Street, AL1 2BD" in near
    assert 'aria-label="1: Quayside Library"' in near
    assert "Enter a full postcode" in wrong
    assert "Quayside Library" in wrong

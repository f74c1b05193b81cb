"""Shares in time, people by stage, and who may see whom."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plan
from ownway.foundation.record import actions as record
from ownway.stewardship.performance import queries
from tests.conftest import LONDON, NOON

NOW = datetime(2026, 2, 12, 12, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _now(the_time, council) -> None:
    the_time(NOW)


def _contact(hours: float | None, *, days_ago: int = 20) -> None:
    began = NOW - timedelta(days=days_ago)
    clock = record.start_clock(
        "contact.settle", person=None, title="First contact", at=began,
        due_at=began + timedelta(hours=24),
    )  # fmt: skip
    if hours is not None:
        record.stop_clock(clock, at=began + timedelta(hours=hours))


def _contacts() -> queries.Figure:
    return queries.figure(queries.MEASURES["contacts"], pack=council.rules(NOW.date()), at=NOW)


def test_four_of_five_contacts_in_24_hours_are_80_percent_and_meet_the_target() -> None:
    for hours in (0.33, 0.66, 1, 0.1, 30):
        _contact(hours)

    found = _contacts()

    assert (found.share.in_time, found.share.of, found.share.percent) == (4, 5, 80)
    assert found.target_percent == 80
    assert found.is_met is True


def test_a_contact_still_open_past_its_limit_counts_as_not_in_time() -> None:
    _contact(1)
    _contact(None)

    found = _contacts()

    assert (found.share.in_time, found.share.of, found.overdue) == (1, 2, 1)
    assert found.is_met is False


def test_a_contact_that_still_has_time_is_not_counted_yet() -> None:
    _contact(None, days_ago=0)

    found = _contacts()

    assert (found.share.of, found.waiting, found.overdue) == (0, 1, 0)
    assert found.is_met is None


def test_what_is_older_than_a_year_is_left_out() -> None:
    _contact(1, days_ago=400)

    assert _contacts().share.of == 0


def test_assessments_of_24_24_27_and_35_days_are_75_percent(harold: Person) -> None:
    for days in (24, 24, 27, 35):
        began = NOW - timedelta(days=60)
        clock = record.start_clock(
            "assess.complete", person=harold, title="Assessment", at=began,
            due_at=began + timedelta(days=28),
        )  # fmt: skip
        record.stop_clock(clock, at=began + timedelta(days=days))

    found = queries.figure(queries.MEASURES["assessments"], pack=council.rules(NOW.date()), at=NOW)

    assert (found.share.in_time, found.share.of, found.share.percent) == (3, 4, 75)


def test_a_director_sees_no_number_under_ten(as_, harold: Person, gwen) -> None:
    plan.open_plan(harold, by=gwen.sign_in, at=NOON)

    text = as_(staff_named("Tamsin Orrell")).get(reverse("figures")).content.decode()

    assert "under 10" in text
    assert "figures-stage" not in text
    assert reverse("figures-stage", args=["contact"]) not in text


@pytest.mark.parametrize(("people", "shown"), [(0, "0"), (9, "under 10"), (12, "10"), (13, "15")])
def test_counts_are_rounded_to_five_for_those_who_may_not_see_people(
    people: int, shown: str
) -> None:
    assert queries.Stage("contact", "First contact", people, may_open=False).shown == shown


def test_a_manager_opens_a_number_into_the_people_of_the_team_only(
    as_, harold: Person, edith: Person, gwen, dev, ruth
) -> None:
    for person in (harold, edith):
        plan.open_plan(person, by=gwen.sign_in, at=NOON)
    people.name_worker(harold, staff=dev, at=NOON)

    page = as_(ruth).get(reverse("figures-stage", args=["contact"]))

    text = page.content.decode()
    assert "Harold Jones" in text
    assert "Edith Jones" not in text


def test_a_director_may_not_open_the_list(as_, council) -> None:
    page = as_(staff_named("Tamsin Orrell")).get(reverse("figures-stage", args=["contact"]))

    assert page.status_code == 403


def test_an_access_officer_may_not_read_the_figures(as_, gwen) -> None:
    assert as_(gwen).get(reverse("figures")).status_code == 403


def test_the_page_asks_the_database_little(as_, ruth, django_assert_max_num_queries) -> None:
    client = as_(ruth)

    with django_assert_max_num_queries(16):
        client.get(reverse("figures"))

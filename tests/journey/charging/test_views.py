"""Giving figures online and at the desk."""

from datetime import datetime

import pytest
from django.urls import reverse

from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.journey.charging import actions
from ownway.journey.charging.models import Charge, Finances
from tests.conftest import LONDON
from tests.journey.allocation.joneses import HALF_PAST_NINE, TEN


@pytest.fixture(autouse=True)
def _friday(the_time) -> None:
    the_time(datetime(2026, 1, 30, 10, 0, tzinfo=LONDON))


def test_she_types_pounds_and_sees_what_he_pays(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in).post(
        reverse("my-finances", args=[budgeted.pk]),
        {"income_pence": "£245", "capital_pence": "1,000.00"},
        follow=True,
    )

    text = page.content.decode()
    assert "How we got to £30.00" in text
    assert "£141.00" in text
    assert Finances.objects.get().facts == {"income_pence": 24500, "capital_pence": 100_000}


@pytest.mark.parametrize("typed", ["", "a lot", "12.345", "-5", "😀", "9" * 40])
def test_what_is_no_amount_is_refused_beside_its_field_and_kept_as_typed(
    as_, edith_in, budgeted: Person, typed: str
) -> None:
    page = as_(edith_in).post(
        reverse("my-finances", args=[budgeted.pk]),
        {"income_pence": typed, "capital_pence": "1000"},
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "income_pence-error" in text
    assert f'value="{typed}"' in text
    assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("savings", "status"), [("250,000", 302), ("100,000,000", 302), ("100,000,000.01", 422)]
)
def test_savings_may_be_more_than_any_weekly_income(
    as_, edith_in, budgeted: Person, savings: str, status: int
) -> None:
    page = as_(edith_in).post(
        reverse("my-finances", args=[budgeted.pk]),
        {"income_pence": "245", "capital_pence": savings},
    )

    assert page.status_code == status
    assert ("This is more than £100,000,000" in page.content.decode()) == (status == 422)


def test_an_officer_sees_the_working_and_that_hers_is_not_charged(
    as_, priya, budgeted: Person
) -> None:
    page = as_(priya).post(
        reverse("charge", args=[budgeted.pk]),
        {"income_pence": "245", "capital_pence": "0"},
        follow=True,
    )

    text = page.content.decode()
    assert "£30.00" in text
    assert "Mrs Jones’s own £38.00 is not charged." in text


def test_without_a_budget_the_desk_says_where_to_begin(as_, priya, harold: Person) -> None:
    page = as_(priya).post(
        reverse("charge", args=[harold.pk]), {"income_pence": "245", "capital_pence": "0"}
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "Work out the budget first" in text
    assert reverse("budget", args=[harold.pk]) in text


def test_swapping_services_in_a_trial_shows_the_same_30_pounds(
    as_, edith_in, budgeted: Person
) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24500}, by=edith_in, at=TEN)

    page = as_(edith_in).post(
        reverse("try-services", args=[budgeted.pk]),
        {"words_1": "Two days at Millrace", "cost_1_pence": "104"},
    )

    assert "Harold pays £30.00 a week, the same as now" in page.content.decode()
    assert Charge.objects.filter(person=budgeted).count() == 1


@pytest.mark.parametrize("name", ["my-finances", "try-services"])
def test_a_stranger_finds_nothing(as_, budgeted: Person, gwen, name: str) -> None:
    other = people.add_person(
        first_name="Fergus", last_name="Pym", by=gwen.sign_in, at=HALF_PAST_NINE
    )
    stranger = people.give_way_in(other, email="pym@alderbrook.example")

    assert as_(stranger).get(reverse(name, args=[budgeted.pk])).status_code == 404


def test_a_policy_owner_may_not_open_his_money(as_, lena, budgeted: Person) -> None:
    assert as_(lena).get(reverse("charge", args=[budgeted.pk])).status_code == 403

"""Somebody who pays for their own care: told plainly, the same tools, and what we can do."""

from datetime import date

import pytest
from django.urls import reverse

from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Task
from ownway.journey.charging import actions, queries
from ownway.journey.charging.models import Charge, Offer
from tests.journey.allocation.joneses import TEN
from tests.journey.charging.conftest import new_rules

RICH = {"setting": "home", "household": "single", "capital_pence": 5_000_000}
IN_A_HOME = {
    "setting": "care_home",
    "household": "couple",
    "capital_pence": 500_000,
    "joint_capital_pence": 0,
    "income": {"pension_pence": 20_000, "disability_benefit_pence": 0},
    "home_value_pence": 25_000_000,
    "home_debts_pence": 0,
    "living_at_home": [],
    "disregard_weeks_used": 0,
    "moved_in_on": "2025-01-06",
}


@pytest.fixture
def by_the_care_act(budgeted: Person) -> None:
    """From 30 January 2026 it is by the Care Act, and arranging care costs £5.00 a week."""
    new_rules({"arranging_fee_pence": 500}, on=date(2026, 1, 30), profile="careact-2014")


def _charge(person: Person, facts, by) -> Charge:
    return actions.give_finances(person, facts=facts, by=by, at=TEN)


def test_over_the_limit_all_of_it_is_paid_and_the_route_opens(
    budgeted: Person, edith_in, by_the_care_act
) -> None:
    charge = _charge(budgeted, RICH, edith_in)

    found = queries.own_care(budgeted, on=TEN.date())
    assert (charge.charge_pence, charge.council_pays_pence) == (17_100, 0)
    assert found is not None
    assert (found.fee_pence, found.later) == (500, None)


def test_somebody_the_council_helps_has_no_such_page(
    as_, budgeted: Person, edith_in, the_time
) -> None:
    the_time(TEN)
    _charge(budgeted, {"income_pence": 24_500}, edith_in)

    assert queries.own_care(budgeted, on=TEN.date()) is None
    page = as_(edith_in).get(reverse("my-own-care", args=[budgeted.pk]))
    assert page.status_code == 404


def test_under_rules_without_such_an_offer_the_tools_are_there_all_the_same(
    as_, budgeted: Person, edith_in, the_time
) -> None:
    the_time(TEN)
    _charge(budgeted, {"light_touch": "refuses_details"}, edith_in)

    text = as_(edith_in).get(reverse("my-own-care", args=[budgeted.pk])).content.decode()

    assert reverse("directory") in text
    assert reverse("my-plan") in text
    assert "We can arrange the care" not in text


def test_asking_us_to_arrange_it_is_kept_once_with_its_fee_and_an_owner(
    as_, budgeted: Person, edith_in, by_the_care_act, the_time, priya
) -> None:
    the_time(TEN)
    _charge(budgeted, RICH, edith_in)
    address = reverse("my-own-care", args=[budgeted.pk])
    page = as_(edith_in)

    first = page.post(address, {"kind": "arrange", "words": "Mornings"}, follow=True)
    second = page.post(address, {"kind": "arrange", "words": "Again"})

    offer = Offer.objects.get()
    assert "You asked for this" in first.content.decode()
    assert second.status_code == 422
    assert (offer.fee_pence, offer.words) == (500, "Mornings")
    assert Task.objects.filter(kind="charge.offer", done_at=None).count() == 1
    actions.settle_offer(offer, by=priya, at=TEN)
    actions.settle_offer(offer, by=priya, at=TEN)
    assert not Task.objects.filter(kind="charge.offer", done_at=None).exists()


def test_where_the_home_counts_paying_later_is_offered_with_its_figures(
    as_, budgeted: Person, edith_in, by_the_care_act, the_time
) -> None:
    the_time(TEN)
    _charge(budgeted, IN_A_HOME, edith_in)

    found = queries.own_care(budgeted, on=TEN.date())
    text = as_(edith_in).get(reverse("my-own-care", args=[budgeted.pk])).content.decode()

    assert found is not None
    assert found.later is not None
    assert found.fee_pence is None
    assert "can pay later, from the home" in text
    assert "£210,750.00" in text


def test_what_is_not_offered_cannot_be_asked_for(
    budgeted: Person, edith_in, by_the_care_act
) -> None:
    _charge(budgeted, RICH, edith_in)

    with pytest.raises(actions.NotOffered):
        actions.ask_for(budgeted, kind="defer", words="", by=edith_in, at=TEN)

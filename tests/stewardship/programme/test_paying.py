"""What a draft does to what people pay: from their own figures, by the rules themselves."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.charging.models import Charge, Finances
from ownway.policy import charging
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.queries import equality
from tests.stewardship.programme.conftest import JULY, MONDAY, assess, levels, with_budget

pytestmark = pytest.mark.usefixtures("monday")


def charged(income_pence: int, *, level: int = 3, **about: Any) -> Person:
    """Somebody with a budget and a charge worked out from one sum of income."""
    person = with_budget(levels(level), **about)
    budget = IndicativeBudget.objects.get(person=person)
    priya = staff_named("Priya Fenwick").sign_in
    facts = {"who": "person", "called": "x", "income_pence": income_pence}
    worked = charging.decide(
        facts | {"budget_pence": budget.weekly_pence}, council.rules(MONDAY.date())
    )
    Charge.objects.create(
        person=person,
        budget=budget,
        finances=Finances.objects.create(
            person=person,
            facts={"income_pence": income_pence},
            given_at=MONDAY,
            given_by=priya,
        ),
        decision=record.keep_decision(worked, person=person, by=priya, at=MONDAY),
        starts_on=MONDAY.date(),
        charge_pence=worked.result["charge_pence"],
        council_pays_pence=worked.result["council_pays_pence"],
        budget_pence=worked.result["budget_pence"],
        at=MONDAY,
        by=priya,
    )
    return person


def _draft(lena, **values: object) -> SettingsVersion:
    return actions.draft_change(values, starts_on=JULY, because="?", by=lena, at=MONDAY)


@pytest.fixture
def thirty() -> list[Person]:
    """Ten who keep less than the protected sum, twenty who have £20.00 more than it."""
    sexes = {0: "female", 1: "male"}
    return [charged(10_000 if n < 10 else 23_500, sex=sexes[n % 2]) for n in range(30)]


def test_who_pays_more_is_worked_out_from_their_own_figures(lena, thirty) -> None:
    pays = queries.effect_of(_draft(lena, protected_income_pence=21_000)).pays

    assert (pays.people, pays.gain, pays.lose, pays.same) == (30, 20, 0, 10)
    assert (pays.year_before, pays.year_after) == (52 * 40_000, 52 * 50_000)
    assert (pays.year_more, pays.most_gain) == (52 * 10_000, 500)
    assert (pays.checked.people, pays.checked.agree) == (5, True)


def test_a_charge_is_looked_at_beside_no_budget(lena, thirty) -> None:
    effect = queries.effect_of(_draft(lena, protected_income_pence=21_000))

    assert (effect.gain, effect.lose, effect.measured, effect.unmeasured) == (0, 0, 0, ())
    assert effect.not_measured == ""


def test_a_change_of_budgets_alone_asks_nothing_of_charges(lena, thirty) -> None:
    assert queries.effect_of(_draft(lena, point_price_pence=1240)).pays is None


def test_who_begins_to_pay_and_who_stops_is_counted(lena, thirty) -> None:
    begin = queries.effect_of(_draft(lena, protected_income_pence=9_000)).pays
    stop = queries.effect_of(_draft(lena, protected_income_pence=24_000)).pays

    assert (begin.begins, begin.stops) == (10, 0)
    assert (stop.begins, stop.stops) == (0, 20)


def test_under_ten_people_are_never_told_apart(lena) -> None:
    for income in (23_500, 23_500, 10_000):
        charged(income)

    pays = queries.effect_of(_draft(lena, protected_income_pence=21_000)).pays

    assert (pays.counted.people, pays.counted.gain, pays.most_gain) == (None, None, None)
    assert pays.rises == []
    assert pays.counts_as_json()["gain"] is None


def test_a_method_that_asks_what_nobody_was_asked_is_not_taken_for_measured(lena, thirty) -> None:
    effect = queries.effect_of(_draft(lena, charging_method="fairer"))

    assert (effect.pays.people, effect.pays.unknown) == (0, 30)
    assert [one.number.name for one in effect.unmeasured] == ["charging_method"]
    assert list(effect.pays.missing) == ["Attendance Allowance, lower rate"]


def test_the_number_of_queries_is_the_same_for_a_few_and_for_many(lena) -> None:
    draft = _draft(lena, protected_income_pence=21_000)
    charged(23_500)
    few = _count(draft)
    for _ in range(6):
        charged(23_500)

    assert _count(draft) == few


def _count(draft: SettingsVersion) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.effect_of(draft, afresh=True)
    return len(asked)


def test_the_page_shows_who_pays_more_by_group_with_plot_and_table(as_, lena, thirty) -> None:
    draft = _draft(lena, protected_income_pence=21_000)

    text = as_(lena).get(reverse("policy-effect", args=[draft.number])).content.decode()

    assert "£5,200.00 more comes in" in text
    assert "20 pay more, the middle one by £5.00 a week, at most £5.00" in text
    assert "What people pay, by group" in text
    assert "Largest rises, a week" in text
    assert "Not everything is measured" not in text


def test_the_assessment_says_who_pays_more(as_, lena, thirty) -> None:
    draft = _draft(lena, protected_income_pence=21_000)

    begun = equality.begun(draft, queries.effect_of(draft), queries.changes_of(draft))

    assert begun["finding"].startswith("20 people pay more, at most £5.00 a week, and 0 pay less.")
    assert "What is paid, by sex: Women" in begun["groups"]
    assert "What everybody pays who is charged (about 30)" in begun["data"]


def test_what_was_found_of_charges_is_kept_with_the_version(as_, lena, sol, thirty) -> None:
    draft = _draft(lena, protected_income_pence=21_000)
    assess(draft, by=lena, review_on=date(2027, 7, 1))

    version = actions.publish(draft, by=sol, at=MONDAY)

    text = as_(sol).get(reverse("policy-version", args=[version.number])).content.decode()
    assert version.effect["pays"]["gain"] == 20
    assert "Charges worked out" in text

"""New rates for everybody: preview, confirm once, decide in batches, tell, undo; nothing twice."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ownway.foundation.letters.models import Letter
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.charging import actions, queries
from ownway.journey.charging.actions import uprating as batches
from ownway.journey.charging.models import Charge, Rework, Uprating
from tests.conftest import LONDON
from tests.journey.allocation.joneses import TEN
from tests.journey.charging.conftest import new_rules

APRIL = date(2026, 4, 6)
EVENING = datetime(2026, 1, 30, 18, 0, tzinfo=LONDON)
MONDAY = datetime(2026, 2, 2, 8, 0, tzinfo=LONDON)


def new_rate(pence: int = 22_500) -> None:
    """From April a person keeps more."""
    new_rules({"protected_income_pence": pence}, on=APRIL)


@pytest.fixture
def charged(budgeted: Person, edith_in) -> Person:
    """He pays £30.00, and from April a person keeps £10.00 more."""
    actions.give_finances(budgeted, facts={"income_pence": 24_500}, by=edith_in, at=TEN)
    new_rate()
    return budgeted


def more_people(
    like: Person, count: int, by, *, facts: dict[str, Any] | None = None, name: str = "Ada"
) -> list[Person]:
    """Others with a budget and a charge like his."""
    budget = IndicativeBudget.objects.filter(person=like, side="person")[0]
    made = []
    for number in range(count):
        person = people.add_person(
            first_name=f"{name}{number}",
            last_name="Quill",
            by=by.sign_in,
            at=TEN,
            date_of_birth=date(1940, 1, 1 + number % 28),
            not_a_duplicate_because="Another",
        )
        IndicativeBudget.objects.create(
            person=person, side="person", decision=budget.decision,
            weekly_pence=17_100, at=TEN, by=by.sign_in,
        )  # fmt: skip
        given = facts or {"income_pence": 24_500}
        actions.give_finances(person, facts=given, by=by.sign_in, at=TEN)
        made.append(person)
    return made


def _previewed(priya) -> Uprating:
    run = actions.preview_uprating(APRIL, pension_rise=0, benefit_rise=0, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)
    return queries.uprating(run.pk)


def _decided(priya) -> Uprating:
    run = actions.confirm_uprating(_previewed(priya), by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)
    return queries.uprating(run.pk)


def test_a_preview_shows_everybody_now_and_after_and_changes_nothing(
    charged: Person, priya
) -> None:
    charges, letters = Charge.objects.count(), Letter.objects.count()

    run = _previewed(priya)

    preview = queries.preview_of(run)
    assert run.stage == "ready"
    assert (preview.people, preview.before_pence, preview.after_pence) == (1, 3000, 2000)
    assert (preview.up, preview.down, preview.same, preview.year_pence) == (0, 1, 0, -52_000)
    assert (Charge.objects.count(), Letter.objects.count()) == (charges, letters)


def test_a_day_on_which_no_rate_changes_is_refused(budgeted: Person, edith_in, priya) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24_500}, by=edith_in, at=TEN)

    with pytest.raises(actions.CannotUprate, match="No rate changes"):
        actions.preview_uprating(APRIL, pension_rise=0, benefit_rise=0, by=priya, at=TEN)


def test_a_second_run_for_the_same_day_is_refused(charged: Person, priya) -> None:
    _previewed(priya)

    with pytest.raises(actions.CannotUprate, match="already"):
        actions.preview_uprating(APRIL, pension_rise=0, benefit_rise=0, by=priya, at=TEN)


def test_only_a_finance_officer_uprates(charged: Person, dev, ruth) -> None:
    for other in (dev, ruth):
        with pytest.raises(PermissionDenied):
            actions.preview_uprating(APRIL, pension_rise=0, benefit_rise=0, by=other, at=TEN)


def test_confirmed_everybody_has_a_new_decision_from_that_day(charged: Person, priya) -> None:
    run = _decided(priya)

    today = queries.contribution(charged, on=TEN.date())
    after = queries.contribution(charged, on=APRIL)
    assert run.stage == "decided"
    assert (today.charge_pence, after.charge_pence) == (3000, 2000)
    assert (after.starts_on, after.decision.settings_version.number) == (APRIL, 2)
    assert record.worked_again(after.decision).result["charge_pence"] == 2000


def test_confirming_twice_decides_once(charged: Person, priya) -> None:
    run = _decided(priya)

    actions.confirm_uprating(run, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)

    assert Charge.objects.filter(starts_on=APRIL).count() == 1


def test_letters_wait_for_the_next_working_morning_and_go_once(charged: Person, priya) -> None:
    run = _decided(priya)
    before = Letter.objects.count()

    actions.go_on_uprating(at=EVENING)
    waited = Letter.objects.count()
    actions.go_on_uprating(at=MONDAY)
    actions.go_on_uprating(at=MONDAY + timedelta(hours=1))

    letter = Letter.objects.filter(kind="charge").first()
    assert (waited, Letter.objects.count()) == (before, before + 1)
    assert letter.title == "What you pay from 6 April 2026"
    assert "£20.00" in str(letter.body)
    assert "Until then it is £30.00" in str(letter.body)
    assert queries.uprating(run.pk).stage == "done"


def test_undone_before_letters_go_nothing_is_left_of_it(charged: Person, priya) -> None:
    run = _decided(priya)
    letters = Letter.objects.count()

    actions.undo_uprating(run, by=priya, at=EVENING)
    actions.go_on_uprating(at=MONDAY)

    after = queries.contribution(charged, on=APRIL)
    assert queries.uprating(run.pk).stage == "undone"
    assert (after.charge_pence, after.starts_on) == (3000, TEN.date())
    assert Letter.objects.count() == letters
    assert Charge.objects.filter(starts_on=APRIL).count() == 1


def test_after_an_undo_the_day_is_free_for_another_run(charged: Person, priya) -> None:
    actions.undo_uprating(_decided(priya), by=priya, at=EVENING)
    actions.go_on_uprating(at=EVENING)

    again = _decided(priya)

    assert again.stage == "decided"
    assert queries.contribution(charged, on=APRIL).charge_pence == 2000


def test_once_letters_go_it_cannot_be_undone(charged: Person, priya) -> None:
    run = actions.tell_uprating_now(_decided(priya), by=priya, at=EVENING)

    with pytest.raises(actions.CannotUprate, match="Letters have gone"):
        actions.undo_uprating(run, by=priya, at=EVENING)


def test_a_run_that_dies_goes_on_where_it_was_and_does_nothing_twice(
    charged: Person, priya, gwen, monkeypatch
) -> None:
    more_people(charged, 5, priya)
    monkeypatch.setattr(
        batches, "_NEXT", {k: (s, 2, d, t) for k, (s, _, d, t) in batches._NEXT.items()}
    )
    run = _previewed(priya)
    actions.confirm_uprating(run, by=priya, at=TEN)

    batches._one_batch(run.pk, at=TEN)
    with monkeypatch.context() as broken:
        broken.setattr(batches, "_keep_all", _dies)
        with pytest.raises(RuntimeError):
            batches._one_batch(run.pk, at=TEN)
    half = Charge.objects.filter(starts_on=APRIL).count()
    actions.go_on_uprating(at=TEN)

    assert half == 2
    assert Charge.objects.filter(starts_on=APRIL).count() == 6
    assert queries.uprating(run.pk).stage == "decided"


def _dies(*args: object, **kwargs: object) -> None:
    raise RuntimeError("killed")


def test_who_is_decided_anew_after_the_preview_is_worked_out_as_they_are_now(
    charged: Person, priya, edith_in
) -> None:
    run = _previewed(priya)
    actions.give_finances(charged, facts={"income_pence": 30_000}, by=edith_in, at=TEN)

    actions.confirm_uprating(run, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)

    row = Rework.objects.get(uprating=run)
    assert (row.state, row.before_pence, row.after_pence) == ("decided", 8500, 7500)
    assert queries.contribution(charged, on=APRIL).charge_pence == 7500


def test_a_change_between_carries_on_to_the_new_rates(charged: Person, priya, edith_in) -> None:
    _decided(priya)

    actions.give_finances(charged, facts={"income_pence": 30_000}, by=edith_in, at=EVENING)

    assert queries.contribution(charged, on=TEN.date()).charge_pence == 8500
    assert queries.contribution(charged, on=APRIL).charge_pence == 7500


def test_rules_that_change_after_the_preview_are_not_decided_by(charged: Person, priya) -> None:
    run = _previewed(priya)
    new_rate(23_000)

    with pytest.raises(actions.CannotUprate, match="rules were changed"):
        actions.confirm_uprating(run, by=priya, at=TEN)


def test_who_cannot_be_worked_out_is_listed_with_what_is_missing(
    charged: Person, priya, gwen
) -> None:
    new_rules({"charging_method": "fairer"}, on=APRIL)

    run = _previewed(priya)

    (group,) = queries.cannot_be(run)
    assert group.people == (charged,)
    assert group.missing == ("settings.attendance_lower_pence",)
    assert "attendance_lower_pence is not known on this day" in group.why


def test_income_rises_by_a_percentage_in_the_persons_favour(charged: Person, priya) -> None:
    run = actions.preview_uprating(APRIL, pension_rise=480, benefit_rise=480, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)
    actions.confirm_uprating(run, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)

    after = queries.contribution(charged, on=APRIL)
    assert after.decision.facts["income_pence"] == 25_676
    assert after.charge_pence == 3176


def test_a_preview_asks_as_often_for_many_as_for_few(charged: Person, priya) -> None:
    few = _queries_for_a_preview(priya)
    more_people(charged, 8, priya)

    assert _queries_for_a_preview(priya) == few


def _queries_for_a_preview(priya) -> int:
    run = actions.preview_uprating(APRIL, pension_rise=0, benefit_rise=0, by=priya, at=TEN)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actions.go_on_uprating(at=TEN)
    actions.undo_uprating(queries.uprating(run.pk), by=priya, at=TEN)
    return len(asked)


def test_the_pages_show_the_run_and_ask_before_confirming(
    as_, charged: Person, priya, the_time
) -> None:
    the_time(TEN)
    page = as_(priya)
    made = page.post("/council/uprating/", {"on_day": "6", "on_month": "4", "on_year": "2026"})
    actions.go_on_uprating(at=TEN)

    shown = page.get(made["Location"]).content.decode()
    refused = page.post(made["Location"])
    once = page.post(made["Location"], {"sure": "on"}, follow=True).content.decode()
    actions.go_on_uprating(at=TEN)
    twice = page.post(made["Location"], {"sure": "on"}, follow=True).content.decode()

    assert "Confirmed. It is being decided" in once
    assert "It was confirmed before. It stands at: decided" in twice
    assert "It is being decided" not in twice
    assert "£30.00" in shown
    assert "£20.00" in shown
    assert refused.status_code == 422
    assert Charge.objects.filter(starts_on=APRIL).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter the day new rates start"),
        ({"on_day": "31", "on_month": "2", "on_year": "2026"}, "Enter a real date"),
        ({"on_day": "6", "on_month": "4", "on_year": "2036"}, "in the last two months"),
        ({"on_day": "6", "on_month": "4", "on_year": "2026", "pension": "lots"}, "like 4.8"),
        ({"on_day": "6", "on_month": "4", "on_year": "2026", "pension": "-1"}, "0 or more"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    as_, charged: Person, priya, the_time, typed: dict[str, str], said: str
) -> None:
    the_time(TEN)

    page = as_(priya).post("/council/uprating/", typed)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Uprating.objects.exists()


def test_others_do_not_find_the_pages(as_, charged: Person, dev) -> None:
    assert as_(dev).get("/council/uprating/").status_code == 403

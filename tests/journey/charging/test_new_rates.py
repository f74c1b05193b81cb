"""Rates that change inside one pack, incomes that rise, and who comes, changes or cannot be told.

The national rates of 6 April 2026: a single person of pension age keeps £241.45, not £232.60; the
lower Attendance Allowance is £76.70, not £73.90. A State Pension of £300.00 that rises by 4.8% is
£314.40, so what is paid goes from £67.40 to £72.95.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ownway.foundation.council.queries import rules
from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Task
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.charging import actions, queries
from ownway.journey.charging.actions import uprating as batches
from ownway.journey.charging.models import Charge, Rework, Uprating
from tests.conftest import LONDON
from tests.journey.allocation.joneses import TEN
from tests.journey.charging.conftest import new_rules
from tests.journey.charging.test_uprating import more_people

APRIL = date(2026, 4, 6)
MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=LONDON)
LATER = datetime(2026, 3, 3, 9, 0, tzinfo=LONDON)
RISE = 480


def at_home(pension: int = 30_000, **more: int) -> dict[str, Any]:
    """A single person at home with a State Pension, and nothing saved."""
    return {
        "setting": "home",
        "household": "single",
        "capital_pence": 0,
        "income": {"pension_pence": pension, "disability_benefit_pence": 0, **more},
        "disability_expenses_pence": 0,
        "housing_costs_pence": 0,
    }


@pytest.fixture
def by_the_care_act(budgeted: Person) -> Person:
    """One version of the rules, in force from January past the April in which its rates change."""
    new_rules({}, on=TEN.date(), profile="careact-2014")
    return budgeted


@pytest.fixture
def charged(by_the_care_act: Person, edith_in) -> Person:
    """He pays £67.40."""
    actions.give_finances(by_the_care_act, facts=at_home(), by=edith_in, at=TEN)
    return by_the_care_act


def previewed(priya, *, pension: int = RISE, benefit: int = RISE) -> Uprating:
    run = actions.preview_uprating(
        APRIL, pension_rise=pension, benefit_rise=benefit, by=priya, at=TEN
    )
    actions.go_on_uprating(at=TEN)
    return run


def confirmed(run: Uprating, priya) -> Uprating:
    actions.confirm_uprating(run, by=priya, at=TEN)
    actions.go_on_uprating(at=TEN)
    found = queries.uprating(run.pk)
    assert found is not None
    return found


def undone(run: Uprating, priya, *, at: datetime = TEN) -> None:
    actions.undo_uprating(run, by=priya, at=at)
    actions.go_on_uprating(at=at)


def told(run: Uprating, priya, *, at: datetime = TEN) -> None:
    actions.tell_uprating_now(run, by=priya, at=at)
    actions.go_on_uprating(at=at)


def pays(person: Person, on: date) -> int:
    charge = queries.contribution(person, on=on)
    assert charge is not None
    return charge.charge_pence


def _again(person: Person, *, by, at: datetime = TEN) -> None:
    budget = budgets.budget_of(person)
    assert budget is not None
    actions.charge_again(budget, by=by, at=at)


def test_rates_change_inside_one_version_and_incomes_rise(charged: Person, priya) -> None:
    confirmed(previewed(priya), priya)

    before, after = (queries.contribution(charged, on=day) for day in (TEN.date(), APRIL))
    assert before.decision.pack_hash == after.decision.pack_hash
    assert (before.charge_pence, after.charge_pence) == (6_740, 7_295)


def test_a_budget_worked_out_before_the_day_is_charged_by_the_income_of_before(
    charged: Person, priya, edith_in
) -> None:
    confirmed(previewed(priya), priya)

    _again(charged, by=edith_in)

    assert (pays(charged, TEN.date()), pays(charged, APRIL)) == (6_740, 7_295)


def test_after_an_undo_what_is_charged_next_is_as_if_there_was_no_run(
    charged: Person, priya, edith_in
) -> None:
    run = confirmed(previewed(priya), priya)
    undone(run, priya)

    _again(charged, by=edith_in)

    assert (pays(charged, TEN.date()), pays(charged, APRIL)) == (6_740, 6_740)


def test_after_an_undo_an_award_is_added_to_what_was_found(charged: Person, priya) -> None:
    said = actions.Said("awarded", weekly_pence=7_390, on=TEN.date())
    undone(confirmed(previewed(priya), priya), priya)
    actions.look(charged, said={"attendance_allowance": said}, by=priya.sign_in, at=TEN)
    (claim,) = queries.claims_of(charged)

    charge = actions.rework(claim, by=priya, at=TEN)

    assert charge.finances.facts["income"] == {
        "pension_pence": 30_000,
        "disability_benefit_pence": 7_390,
    }


def test_who_tells_of_new_money_before_the_day_has_the_rise_from_the_day(
    charged: Person, priya, edith_in
) -> None:
    told(confirmed(previewed(priya), priya), priya)

    actions.give_finances(charged, facts=at_home(31_000), by=edith_in, at=MARCH)
    actions.give_finances(charged, facts=at_home(32_000), by=edith_in, at=LATER)

    assert pays(charged, LATER.date()) == 8_740
    assert pays(charged, APRIL) == 32_000 * 10_480 // 10_000 - 24_145


def test_a_change_while_a_run_may_be_undone_is_undone_with_it(
    charged: Person, priya, edith_in
) -> None:
    run = confirmed(previewed(priya), priya)
    letters = Letter.objects.count()
    actions.give_finances(charged, facts=at_home(31_000), by=edith_in, at=TEN)
    april = pays(charged, APRIL)

    undone(run, priya)

    assert april == 31_000 * 10_480 // 10_000 - 24_145
    assert (pays(charged, TEN.date()), pays(charged, APRIL)) == (7_740, 7_740)
    assert Letter.objects.count() == letters + 1


def test_a_later_day_without_a_run_is_worked_out_by_its_own_rates(
    by_the_care_act: Person, edith_in
) -> None:
    actions.give_finances(
        by_the_care_act, facts=at_home(), by=edith_in, at=TEN, starts_on=TEN.date()
    )
    actions.give_finances(by_the_care_act, facts=at_home(), by=edith_in, at=TEN, starts_on=APRIL)

    actions.give_finances(by_the_care_act, facts=at_home(31_000), by=edith_in, at=MARCH)

    assert pays(by_the_care_act, MARCH.date()) == 31_000 - 23_260
    assert pays(by_the_care_act, APRIL) == 31_000 - 24_145


def test_a_budget_changes_and_figures_told_for_a_later_day_stay_those_of_that_day(
    charged: Person, edith_in
) -> None:
    actions.give_finances(
        charged, facts=at_home(32_000), by=edith_in, at=TEN, starts_on=MARCH.date()
    )

    _again(charged, by=edith_in)

    assert (pays(charged, TEN.date()), pays(charged, MARCH.date())) == (6_740, 8_740)


def test_what_is_paid_only_from_a_later_day_is_not_charged_sooner(
    by_the_care_act: Person, edith_in
) -> None:
    person = by_the_care_act
    actions.give_finances(person, facts=at_home(), by=edith_in, at=TEN, starts_on=MARCH.date())

    _again(person, by=edith_in)

    assert queries.contribution(person, on=TEN.date()) is None
    assert pays(person, MARCH.date()) == 6_740


# -- Who comes and who changes -------------------------------------------------------------------


def test_who_is_charged_first_after_the_preview_is_taken_in(charged: Person, priya) -> None:
    run = previewed(priya)
    (ada,) = more_people(charged, 1, priya, facts=at_home())

    confirmed(run, priya)

    assert pays(ada, APRIL) == 7_295


def test_who_is_charged_first_after_it_was_decided_has_new_rates_too(
    charged: Person, priya
) -> None:
    run = confirmed(previewed(priya), priya)
    (ada,) = more_people(charged, 1, priya, facts=at_home())
    told(run, priya)
    (bea,) = more_people(charged, 1, priya, facts=at_home(), name="Bea")

    letters = [letter.title for letter in Letter.objects.filter(person__in=[ada, bea])]
    assert (pays(ada, APRIL), pays(bea, APRIL)) == (7_295, 7_295)
    assert sum("from 6 April 2026" in title for title in letters) == 2


def test_who_is_decided_for_that_very_day_is_left_as_they_are(
    charged: Person, priya, edith_in
) -> None:
    run = previewed(priya)
    actions.give_finances(charged, facts=at_home(33_000), by=edith_in, at=TEN, starts_on=APRIL)

    run = confirmed(run, priya)

    assert Rework.objects.get(uprating=run).state == "left"
    assert pays(charged, APRIL) == 33_000 - 24_145
    assert queries.preview_of(run).left == 1


def test_who_cannot_be_worked_out_is_a_task_once_letters_go_and_done_when_decided(
    by_the_care_act: Person, priya, edith_in
) -> None:
    facts = at_home(disability_benefit_pence=8_000)
    actions.give_finances(by_the_care_act, facts=facts, by=edith_in, at=TEN)
    run = confirmed(previewed(priya), priya)
    sooner = Task.objects.filter(kind="charge.uprate").exists()
    told(run, priya)
    task = Task.objects.get(kind="charge.uprate", done_at=None)

    actions.give_finances(by_the_care_act, facts=at_home(), by=edith_in, at=MARCH)

    task.refresh_from_db()
    assert not sooner
    assert (task.owner, task.person) == (priya, by_the_care_act)
    assert task.done_at == MARCH


def test_one_that_cannot_be_kept_does_not_keep_the_others_from_it(
    charged: Person, priya, monkeypatch
) -> None:
    more_people(charged, 2, priya, facts=at_home())
    run = previewed(priya)
    kept = batches._keep_all

    def _breaks(run: Uprating, good: Any, *, at: datetime) -> None:
        kept(run, good, at=at)
        if any(one.rework.person_id == charged.pk for one in good):
            raise batches.IntegrityError("all_who_pay_make_the_budget")

    monkeypatch.setattr(batches, "_keep_all", _breaks)
    run = confirmed(run, priya)

    states = sorted(Rework.objects.filter(uprating=run).values_list("state", flat=True))
    assert states == ["cannot", "decided", "decided"]
    assert run.stage == "decided"
    assert not Charge.objects.filter(person=charged, starts_on=APRIL).exists()


# -- What no rate can tell -----------------------------------------------------------------------


def test_an_allowance_at_a_known_rate_is_that_rate_on_the_day(
    by_the_care_act: Person, priya, edith_in
) -> None:
    facts = at_home(disability_benefit_pence=7_390)
    actions.give_finances(by_the_care_act, facts=facts, by=edith_in, at=TEN)

    confirmed(previewed(priya), priya)

    after = queries.contribution(by_the_care_act, on=APRIL)
    assert after.finances.facts["income"]["disability_benefit_pence"] == 7_670


def test_an_allowance_at_no_known_rate_is_listed_and_not_left_as_it_was(
    by_the_care_act: Person, priya, edith_in
) -> None:
    facts = at_home(disability_benefit_pence=8_000)
    actions.give_finances(by_the_care_act, facts=facts, by=edith_in, at=TEN)

    run = previewed(priya)

    (group,) = queries.cannot_be(run)
    assert group.missing == ("income.disability_benefit_pence",)
    assert "not a rate known for this day" in group.why


def test_an_income_of_one_sum_is_listed_when_its_parts_rise_differently(
    by_the_care_act: Person, priya, edith_in
) -> None:
    facts = {name: said for name, said in at_home().items() if name != "income"}
    facts["income_pence"] = 30_000
    actions.give_finances(by_the_care_act, facts=facts, by=edith_in, at=TEN)

    run = previewed(priya, pension=480, benefit=380)

    (group,) = queries.cannot_be(run)
    assert group.missing == ("income_pence",)


def test_under_rules_with_one_sum_both_rise_alike_or_the_run_is_refused(
    budgeted: Person, priya, edith_in
) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24_500}, by=edith_in, at=TEN)

    with pytest.raises(actions.CannotUprate, match="same for both"):
        previewed(priya, pension=480, benefit=380)

    assert not Uprating.objects.exists()


def test_each_reason_is_said_of_those_it_is_true_of(
    by_the_care_act: Person, priya, edith_in
) -> None:
    facts = at_home(disability_benefit_pence=8_000)
    actions.give_finances(by_the_care_act, facts=facts, by=edith_in, at=TEN)
    run = previewed(priya)
    (ada,) = more_people(by_the_care_act, 1, priya, facts=at_home())
    Rework.objects.create(
        uprating=run, person=ada, before=queries.contribution(ada, on=TEN.date()),
        before_pence=6_740, state="cannot",
        problems={"income.disability_benefit_pence": "is not known yet"},
    )  # fmt: skip

    found = {group.why: group.people for group in queries.cannot_be(run)}

    assert found["income.disability_benefit_pence is not known yet"] == (ada,)
    assert len(found) == 2


# -- A nurse in the care home --------------------------------------------------------------------

IN_A_HOME = {
    "setting": "care_home",
    "household": "single",
    "capital_pence": 0,
    "income": {"pension_pence": 5_000, "disability_benefit_pence": 0},
    "home_value_pence": 0,
    "nursing_care": True,
}


def _dear(person: Person) -> None:
    budget = budgets.budget_of(person)
    assert budget is not None
    IndicativeBudget.objects.create(
        person=person, side="person", decision=budget.decision,
        weekly_pence=120_000, at=TEN, by=budget.by,
    )  # fmt: skip


def test_what_the_nhs_pays_is_kept_and_all_three_make_the_budget(
    by_the_care_act: Person, edith_in
) -> None:
    _dear(by_the_care_act)

    charge = actions.give_finances(
        by_the_care_act, facts=IN_A_HOME, by=edith_in, at=MARCH, starts_on=date(2026, 4, 1)
    )

    assert charge.nhs_pays_pence == 26_768
    assert charge.council_pays_pence == 120_000 - 26_768 - charge.charge_pence
    assert "The NHS pays £267.68 a week for nursing" in str(Letter.objects.latest("pk").body)


def test_a_person_with_a_nurse_is_in_a_run_as_everybody(budgeted: Person, priya, edith_in) -> None:
    own = {"nursing_care_pence": 25_000, "personal_expenses_pence": 3_000}
    new_rules(own, on=TEN.date(), profile="careact-2014")
    _dear(budgeted)
    actions.give_finances(budgeted, facts=IN_A_HOME, by=edith_in, at=TEN)

    run = confirmed(previewed(priya), priya)

    charge = queries.contribution(budgeted, on=APRIL)
    assert queries.preview_of(run).decided == 1
    assert (charge.starts_on, charge.charge_pence) == (APRIL, 5_240 - 3_000)
    assert (charge.nhs_pays_pence, charge.council_pays_pence) == (25_000, 92_760)


def test_who_does_not_want_to_say_keeps_the_nurse_that_the_nhs_pays(
    by_the_care_act: Person, priya
) -> None:
    charge = actions.decide(
        by_the_care_act,
        answers={"where": {"setting": "care_home"}},
        judged={"nursing_care": True, "light_touch": "refuses_details"},
        refuses=True,
        starts_on=date(2026, 4, 1),
        note="",
        seen=None,
        by=priya,
        at=MARCH,
    )

    assert charge.finances.facts == {
        "setting": "care_home",
        "nursing_care": True,
        "light_touch": "refuses_details",
    }
    assert charge.nhs_pays_pence == min(26_768, charge.budget_pence)
    assert charge.council_pays_pence == 0


ANSWERED = {
    "where": {"setting": "care_home"},
    "home-life": {"household": "single"},
    "savings": {"capital_pence": 0},
    "income-pension": {"pence": 5_000, "often": "week"},
}


def _questions_left(person: Person, answers: dict[str, Any], judged: dict[str, Any]) -> set[str]:
    pack, on = rules(MARCH.date()), MARCH.date()
    path = queries.path_for(person, answers, pack=pack, on=on, judged=judged)
    return {one.key for one in path.questions} - set(answers)


@pytest.mark.parametrize("answers", [{}, ANSWERED, ANSWERED | {"where": {"setting": "home"}}])
def test_a_nurse_opens_and_closes_no_question(
    by_the_care_act: Person, answers: dict[str, Any]
) -> None:
    with_a_nurse = _questions_left(by_the_care_act, answers, {"nursing_care": True})

    assert with_a_nurse == _questions_left(by_the_care_act, answers, {})


def test_a_nurse_where_no_care_home_is_lived_in_is_refused_by_name(
    by_the_care_act: Person, edith_in
) -> None:
    with pytest.raises(actions.CannotCharge) as refusal:
        actions.give_finances(
            by_the_care_act, facts=at_home() | {"nursing_care": True}, by=edith_in, at=TEN
        )

    assert list(refusal.value.problems) == ["nursing_care"]


def test_a_nurse_at_home_is_refused_beside_the_box_that_was_ticked(
    by_the_care_act: Person, as_, priya, the_time
) -> None:
    the_time(TEN)
    typed = {
        "where-setting": "home", "light_touch": "refuses_details", "nursing_care": "on",
        "home-life-household": "single", "starts_on_day": "30", "starts_on_month": "1",
        "starts_on_year": "2026",
    }  # fmt: skip

    page = as_(priya).post(f"/desk/people/{by_the_care_act.pk}/charge/", typed)

    text = page.content.decode()
    assert page.status_code == 422
    assert "nursing_care-error" in text
    assert not Charge.objects.exists()


# -- What an officer and a resident begin from -----------------------------------------------


def test_after_new_rates_what_is_said_again_begins_from_the_raised_figures(
    charged: Person, priya, edith_in
) -> None:
    confirmed(previewed(priya), priya)

    now, then = (queries.answers_to_begin_from(charged, on=day) for day in (TEN.date(), APRIL))

    assert now["income-pension"] == {"pence": 30_000, "often": "week"}
    assert then["income-pension"] == {"pence": 31_440, "often": "week"}


# -- Two at once ---------------------------------------------------------------------------------


def test_a_run_that_was_begun_anew_does_not_wait_a_day(charged: Person, priya) -> None:
    undone(confirmed(previewed(priya), priya), priya)

    run = confirmed(previewed(priya), priya)
    actions.go_on_uprating(at=TEN + timedelta(days=4))

    assert Rework.objects.get(uprating=run).state == "told"
    assert pays(charged, APRIL) == 7_295

"""Asking for a larger budget once a draft plan shows why, and the decision with reasons."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.foundation.record.models import Event, Task
from ownway.journey.allocation import actions, queries
from ownway.journey.allocation.models import ImpactAssessment, IndicativeBudget, State
from tests.journey.allocation.joneses import HALF_PAST_NINE, TEN
from tests.policy.readability import grade

SAID = {
    "shortfall": "Two more hours with the garden companion, £38.00 a week",
    "tried": "The time bank has nobody free",
    "impact": "He stays indoors all week and Edith gets no rest",
}
BECAUSE = "He walks with help only, and the evenings are when he falls."


@pytest.fixture
def budgeted(ready: Person, dev: Staff) -> Person:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    return ready


@pytest.fixture
def draft(budgeted: Person, edith_in: SignIn) -> Plan:
    """A draft plan that takes £209.00 a week, £38.00 more than was worked out."""
    plan = plans.open_plan(budgeted, by=edith_in, at=TEN)
    for wish, pence in (("A wash each day", 17_100), ("Out in the garden", 3_800)):
        plans.add_line(plan, wish=wish, paid_from="budget", by=edith_in, at=TEN, cost_pence=pence)
    return plan


@pytest.fixture
def asked(draft: Plan, budgeted: Person, edith_in: SignIn) -> ImpactAssessment:
    return actions.ask_for_more(budgeted, by=edith_in, at=TEN, **SAID)


def test_before_there_is_a_draft_it_is_refused_with_a_sentence_and_nothing_changes(
    budgeted: Person, edith_in: SignIn
) -> None:
    before = Event.objects.count()

    with pytest.raises(actions.CannotAskForMore, match="Write a draft of the plan first"):
        actions.ask_for_more(budgeted, by=edith_in, at=TEN, **SAID)

    assert not ImpactAssessment.objects.exists()
    assert Event.objects.count() == before


def test_everything_that_is_missing_is_said_at_once(harold: Person, edith_in: SignIn) -> None:
    with pytest.raises(actions.CannotAskForMore) as refusal:
        actions.ask_for_more(harold, by=edith_in, at=TEN, shortfall=" ", tried="", impact="")

    assert [field for _, field in refusal.value.reasons] == ["", "", "shortfall", "impact"]


def test_a_draft_that_the_budget_pays_for_is_no_evidence(
    budgeted: Person, edith_in: SignIn
) -> None:
    plan = plans.open_plan(budgeted, by=edith_in, at=TEN)
    plans.add_line(plan, wish="Wash", paid_from="budget", by=edith_in, at=TEN, cost_pence=17_100)

    with pytest.raises(actions.CannotAskForMore, match=r"budget of £171\.00 pays for that"):
        actions.ask_for_more(budgeted, by=edith_in, at=TEN, **SAID)


def test_with_a_draft_the_manager_has_a_task_and_a_day(
    asked: ImpactAssessment, ruth: Staff
) -> None:
    task = Task.objects.get(kind=actions.MORE)

    assert (asked.owner, task.owner) == (ruth, ruth)
    assert asked.asked_pence == 20_900
    assert asked.due_on.isoformat() == "2026-02-06"


def test_it_is_asked_once_at_a_time(asked: ImpactAssessment, budgeted: Person, edith_in) -> None:
    with pytest.raises(actions.CannotAskForMore, match="asked already"):
        actions.ask_for_more(budgeted, by=edith_in, at=TEN, **SAID)

    assert ImpactAssessment.objects.count() == 1


def test_a_raise_is_the_new_start_with_its_reason_and_a_letter(
    asked: ImpactAssessment, budgeted: Person, edith: Person, ruth: Staff
) -> None:
    actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=ruth, at=TEN)

    budget = queries.budget_of(budgeted)
    assert budget is not None
    assert (budget.weekly_pence, budget.state, budget.because) == (20_900, State.STARTING, BECAUSE)
    assert Letter.objects.get(kind="budget.more_decided").to == edith
    assert not Task.objects.filter(kind=actions.MORE, done_at=None).exists()
    found = queries.together(budgeted)
    stages = queries.stages_of_budget(budget, found=found, plan=asked.plan)
    assert [stage.weekly_pence for stage in stages] == [17_100, 20_900, None]


@pytest.mark.parametrize("pence", [30_000, 250_000, 999_999])
def test_no_figure_that_was_worked_out_caps_the_decision(
    asked: ImpactAssessment, budgeted: Person, ruth: Staff, pence: int
) -> None:
    actions.decide_more(asked, weekly_pence=pence, because=BECAUSE, by=ruth, at=TEN)

    budget = queries.budget_of(budgeted)
    assert budget is not None
    assert budget.weekly_pence == pence


def test_a_budget_that_stays_needs_reasons_too_and_no_new_row(
    asked: ImpactAssessment, budgeted: Person, ruth: Staff
) -> None:
    done = actions.decide_more(asked, weekly_pence=17_100, because=BECAUSE, by=ruth, at=TEN)

    assert done.outcome == "kept"
    assert IndicativeBudget.objects.filter(person=budgeted).count() == 1
    assert BECAUSE in str(Letter.objects.get(kind="budget.more_decided").body)


@pytest.mark.parametrize(
    ("pence", "because", "words"),
    [
        (10_000, BECAUSE, "cannot make it less than £171"),
        (20_900, "ok", "Say why"),
    ],
)
def test_a_decision_that_takes_away_or_gives_no_reason_is_refused_and_changes_nothing(
    asked: ImpactAssessment, ruth: Staff, pence: int, because: str, words: str
) -> None:
    with pytest.raises(actions.CannotDecideMore, match=words):
        actions.decide_more(asked, weekly_pence=pence, because=because, by=ruth, at=TEN)

    asked.refresh_from_db()
    assert asked.decided_at is None
    assert not Letter.objects.filter(kind="budget.more_decided").exists()


def test_it_is_decided_once(asked: ImpactAssessment, ruth: Staff) -> None:
    actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=ruth, at=TEN)

    with pytest.raises(actions.CannotDecideMore, match="decided already"):
        actions.decide_more(asked, weekly_pence=30_000, because=BECAUSE, by=ruth, at=TEN)


def test_a_worker_does_not_decide_nor_a_manager_who_asked(
    draft: Plan, budgeted: Person, dev: Staff, ruth: Staff
) -> None:
    asked = actions.ask_for_more(budgeted, by=ruth.sign_in, at=TEN, **SAID)

    for staff in (dev, ruth):
        with pytest.raises(PermissionDenied):
            actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=staff, at=TEN)


def test_a_stranger_does_not_ask(draft: Plan, budgeted: Person, priya: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.ask_for_more(budgeted, by=priya.sign_in, at=TEN, **SAID)


def test_the_letter_reads_at_grade_seven_without_words_of_the_trade(
    asked: ImpactAssessment, ruth: Staff
) -> None:
    actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=ruth, at=TEN)

    text = " ".join(one["text"] for one in Letter.objects.get(kind="budget.more_decided").body)
    assert grade(text) <= 7
    assert "indicative" not in text.lower()


# -- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def _friday(the_time: Any) -> None:
    the_time(TEN)


@pytest.mark.usefixtures("_friday")
def test_she_is_told_what_comes_first_and_may_still_ask_to_look_again(
    as_, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in).get(reverse("ask-for-more", args=[budgeted.pk]))

    text = page.content.decode()
    assert "Write a draft of the plan first" in text
    assert reverse("look-again", args=[budgeted.pk]) in text
    assert "<textarea" not in text


@pytest.mark.usefixtures("_friday")
def test_she_asks_and_sees_who_decides_by_when(as_, edith_in, draft: Plan) -> None:
    page = as_(edith_in).post(reverse("ask-for-more", args=[draft.person_id]), SAID, follow=True)

    text = page.content.decode()
    assert "Ruth Calloway" in text
    assert '<time class="ow-leaf" datetime="2026-02-06">' in text


@pytest.mark.usefixtures("_friday")
def test_an_empty_box_is_asked_for_and_the_rest_stays(as_, edith_in, draft: Plan) -> None:
    page = as_(edith_in).post(
        reverse("ask-for-more", args=[draft.person_id]), SAID | {"impact": ""}
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "Say what happens if it stays as it is" in text
    assert SAID["tried"] in text


@pytest.mark.usefixtures("_friday")
def test_the_desk_shows_what_is_short_and_the_manager_decides_there(
    as_, dev, ruth, asked: ImpactAssessment, budgeted: Person
) -> None:
    address = reverse("more-decide", args=[budgeted.pk, asked.pk])
    assert "A manager of the team decides" in as_(dev).get(address).content.decode()

    page = as_(ruth).post(address, {"weekly_pence": "209.00", "because": BECAUSE}, follow=True)

    text = page.content.decode()
    assert "Raised to what is asked" in text
    assert "added £1,976.00 a year" in text


@pytest.mark.usefixtures("_friday")
def test_a_decision_without_a_reason_keeps_the_figure_typed(
    as_, ruth, asked: ImpactAssessment, budgeted: Person
) -> None:
    address = reverse("more-decide", args=[budgeted.pk, asked.pk])

    page = as_(ruth).post(address, {"weekly_pence": "209.00", "because": ""})

    assert page.status_code == 422
    assert 'value="209.00"' in page.content.decode()
    assert "Say why, in words the person can read" in page.content.decode()


@pytest.mark.usefixtures("_friday")
def test_her_sum_says_that_it_was_raised_and_why(
    as_, edith_in, ruth, asked: ImpactAssessment, budgeted: Person
) -> None:
    actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=ruth, at=TEN)

    text = as_(edith_in).get(reverse("my-sum", args=[budgeted.pk])).content.decode()

    assert "it was raised to £209.00" in text
    assert BECAUSE in text


def test_the_effect_on_the_envelope_of_the_year_is_told_where_there_is_one(
    asked: ImpactAssessment, budgeted: Person, ruth: Staff
) -> None:
    actions.decide_more(asked, weekly_pence=20_900, because=BECAUSE, by=ruth, at=TEN)
    budget = queries.budget_of(budgeted)
    assert budget is not None
    plain = queries.rules_now(TEN.date()).pack
    settled = plain.with_settings({"budget_envelope_year_pence": 1_500_000})

    without, within = (
        queries.envelopes_of([budget], pack=pack)[budget.pk] for pack in (plain, settled)
    )

    # £209.00 for him and £38.00 for her, for 52 weeks.
    assert without.all_pence == (20_900 + 3_800) * 52
    assert within.change_pence == 3_800 * 52
    assert without.left_pence is None
    assert within.left_pence == 1_500_000 - without.all_pence


def test_what_the_dead_had_is_no_part_of_all_budgets(budgeted: Person, edith: Person) -> None:
    budget = queries.budget_of(budgeted)
    assert budget is not None
    edith.died_on = TEN.date()
    edith.save()

    pack = queries.rules_now(TEN.date()).pack
    found = queries.envelopes_of([budget], pack=pack)[budget.pk]

    assert found.all_pence == found.own_pence

"""A plan is agreed when legal, effective and affordable; else every reason is told at once."""

from dataclasses import replace
from itertools import combinations

import pytest

from ownway.policy.planning import (
    LineFacts,
    PlanFacts,
    RiskFacts,
    checks,
    may_change_by,
    objections,
)

READY = PlanFacts(
    whose="Mr Jones’s plan",
    eligible=True,
    band="substantial",
    worked_out_pence=17100,
    strengths="He loves his garden",
    matters="Our own home",
    network="Meet the neighbours at number 12",
    short_goals="Out each dry day",
    long_goals="At home, together",
    views_recorded=True,
    lines=(
        LineFacts("A clean home", weekly_pence=6800),
        LineFacts("Good company", weekly_pence=5200),
        LineFacts("His garden", weekly_pence=3800),
        LineFacts("Put by", weekly_pence=1300),
        LineFacts("Someone with him", paid_from="community"),
        LineFacts("A night’s break", paid_from="", not_found=True),
    ),
    risks=(RiskFacts("Alone in the garden"),),
)
FAULTS = {
    "status": {"on_offer": False},
    "budget": {"worked_out_pence": None},
    "views": {"views_recorded": False},
    "panel": {"panel_waits": True},
    "strengths": {"strengths": " "},
    "goals": {"long_goals": ""},
    "network": {"network": "\n"},
    "risks": {"risks": (RiskFacts("Alone in the garden", is_weighed=False),)},
}


def fields(plan: PlanFacts) -> list[str]:
    return [found.field for found in objections(plan)]


def test_a_plan_with_everything_in_it_meets_no_objection() -> None:
    assert list(objections(READY)) == []


def test_the_empty_network_question_is_named_with_whose_plan_it_is() -> None:
    found = list(objections(replace(READY, network="")))

    assert [(one.text, one.field, one.firm) for one in found] == [
        ("“How will support grow the network?” is empty in Mr Jones’s plan", "network", True)
    ]


@pytest.mark.parametrize("field", FAULTS)
def test_each_fault_is_told_at_its_own_field(field: str) -> None:
    assert fields(replace(READY, **FAULTS[field])) == [field]


@pytest.mark.parametrize("pair", list(combinations(FAULTS, 2)), ids=str)
def test_all_faults_are_told_at_once(pair: tuple[str, str]) -> None:
    one, other = (FAULTS[field] for field in pair)

    assert set(fields(replace(READY, **{**one, **other}))) == set(pair)


def test_a_plan_of_budget_lines_only_is_refused_firmly() -> None:
    plan = replace(READY, lines=READY.lines[:4])

    found = list(objections(plan))

    assert [(one.field, one.firm) for one in found] == [("lines", True)]
    assert "budget lines only" in found[0].text


def test_a_wish_that_is_not_met_does_not_count_as_free_help() -> None:
    plan = replace(READY, lines=(*READY.lines[:4], READY.lines[5]))

    assert fields(plan) == ["lines"]


@pytest.mark.parametrize(
    "paid_from", ["own_money", "family", "community", "time_bank", "equipment"]
)
def test_any_other_means_makes_a_plan_more_than_its_budget(paid_from: str) -> None:
    plan = replace(READY, lines=(*READY.lines[:4], LineFacts("w", paid_from=paid_from)))

    assert fields(plan) == []


@pytest.mark.parametrize("worked_out", [16000, 18000])
def test_a_plan_above_or_below_what_was_worked_out_says_why(worked_out: int) -> None:
    plan = replace(READY, worked_out_pence=worked_out)

    assert fields(plan) == ["departure_because"]
    assert fields(replace(plan, departure_because="Two nights more")) == []


def test_money_taken_once_from_the_budget_is_not_passed_over() -> None:
    bench = LineFacts("We sit out", once_pence=6000)

    assert fields(replace(READY, lines=(*READY.lines, bench))) == ["departure_because"]


def test_a_line_of_the_budget_without_a_price_is_refused_by_name() -> None:
    taxi = LineFacts("I get there and back")

    texts = [one.text for one in objections(replace(READY, lines=(*READY.lines, taxi)))]

    assert texts == ["Say what this costs: I get there and back"]


def test_needs_that_are_not_eligible_are_refused_and_unknown_ones_wait_for_a_budget() -> None:
    assert fields(replace(READY, eligible=False)) == ["budget"]
    assert fields(replace(READY, eligible=None)) == []
    assert fields(replace(READY, eligible=None, worked_out_pence=None)) == ["budget"]


def test_a_need_that_no_line_meets_is_refused_when_every_line_says_what_it_is_for() -> None:
    lines = tuple(replace(line, part_of_life="home") for line in READY.lines)
    plan = replace(
        READY, lines=lines, needs_left=("home", "people"), part_names={"people": "Going out"}
    )

    assert [one.text for one in objections(plan)] == [
        "Say how Mr Jones’s plan meets the need: Going out"
    ]


def test_a_need_is_for_the_reader_to_judge_while_lines_do_not_say_what_they_are_for() -> None:
    plan = replace(READY, needs_left=("people",))

    assert fields(plan) == []
    assert [check.said for check in checks(plan) if check.to_look_at] == [
        "No line names these parts of life: people"
    ]


def test_a_risk_for_the_panel_waits_for_its_answer() -> None:
    plan = replace(READY, risks=(RiskFacts("A brother is paid", needs_panel=True),))

    assert fields(plan) == ["panel"]
    assert fields(replace(plan, panel_answered=True)) == []


def test_every_check_belongs_to_one_of_the_three_tests() -> None:
    assert {check.test for check in checks(READY)} == {"legal", "effective", "affordable"}


@pytest.mark.parametrize(
    ("line", "may"), [(6800, 680), (5200, 520), (3800, 380), (1800, 180), (1005, 100), (0, 0)]
)
def test_a_tenth_of_a_line_may_move_without_asking(line: int, may: int) -> None:
    assert may_change_by(line, 1000) == may


def test_what_other_stages_recorded_stands_among_the_evidence() -> None:
    plan = replace(READY, capacity="Capacity recorded 23 January", emergency="Emergency: call Joy")

    assert {("legal", plan.capacity), ("effective", plan.emergency)} <= {
        (check.test, check.said) for check in checks(plan)
    }

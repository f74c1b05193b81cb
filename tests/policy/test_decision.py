"""A decision explains itself in words a resident can read, and can be worked out again."""

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from ownway.policy import allocation, charging, eligibility, packs, replay
from ownway.policy.refusals import PackRefused, PolicyRefused
from tests.policy import readability
from tests.policy.conftest import EXAMPLES

PACKS = [
    packs.load("alderbrook", on=date(2026, 1, 30)),
    packs.load("facs-2010", on=date(2010, 10, 1)),
    packs.load("careact-2014", on=date(2026, 3, 1)),
]
FORBIDDEN = ("indicative", "contribution", "deflator", "domain")


def decisions():
    for path in sorted(EXAMPLES.glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        for pack in PACKS:
            for rule in (allocation, charging, eligibility):
                try:
                    yield rule.decide(facts, pack)
                except PolicyRefused:
                    continue


ALL = list(decisions())


def test_there_are_decisions_of_every_kind_to_look_at():
    assert {one.kind for one in ALL} == {"allocation", "charging", "eligibility"}
    assert len(ALL) > 30


def test_every_decision_stored_as_json_comes_out_the_same_again():
    for decision in ALL:
        stored = json.loads(json.dumps(decision.as_json()))
        assert replay.again(stored) == decision


def test_a_decision_made_with_other_settings_comes_out_the_same_again(alderbrook):
    facts = {"who": "person", "need_points": 40, "help_points": 25, "settings": {"factor": 0.9}}
    decision = allocation.decide(facts, alderbrook)

    assert replay.again(decision.as_json()) == decision
    assert decision.pack_hash != alderbrook.hash


def test_a_decision_whose_pack_has_changed_since_is_refused():
    stored = ALL[0].as_json() | {"pack_hash": "0" * 64}

    with pytest.raises(PackRefused, match="has changed since"):
        replay.again(stored)


def test_a_decision_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ALL[0].pack_hash = ""


def test_settings_given_with_the_facts_are_marked_so(example, facs):
    decision = allocation.decide(example("04-table"), facs)

    given = {one.name for one in decision.numbers if one.given}
    assert given == {"points_table", "factor"}
    assert decision.step("factor").source == "Given with the facts"


def test_every_node_is_in_the_trace_and_every_step_is_a_node(example, alderbrook):
    decision = allocation.decide(example("joneses-harold-budget"), alderbrook)

    names = [worked.name for worked in decision.trace]
    assert len(names) == len(set(names)) > 60
    assert {step.name for step in decision.steps} <= set(names)


def test_each_step_says_which_steps_and_numbers_it_comes_from(example, alderbrook):
    decision = allocation.decide(example("joneses-harold-budget"), alderbrook)

    assert decision.step("point_price").inputs == ("point_price_pence",)
    assert decision.step("left_points").inputs[0] == "left.eating"


def test_the_formula_comes_to_the_answer():
    for decision in ALL:
        if decision.kind == "allocation":
            end = f"£{decision.result['weekly_pence'] / 100:,.2f}"
            assert decision.formula.removesuffix(" a week").endswith(end)


def test_a_table_reads_in_pieces(example, facs):
    assert allocation.decide(example("04-table"), facs).formula == (
        "48 − 12 = 36 points; £8,800.00 × 0.95 + £600.00 = £8,960.00 a year; "
        "£8,960.00 ÷ 52 = £172.31 a week"
    )


def test_a_limit_that_binds_is_said_in_the_formula(example, care_act):
    formula = charging.decide(example("06-pensioner-small-cost"), care_act).formula

    assert formula.endswith("= £103.25 a week; never more than the care costs: £80.00")


# -- Words -------------------------------------------------------------------------------------


def sentences(decision):
    for step in decision.steps:
        yield f"{step.label.rstrip('.')}."
        yield from (step.note, step.caption)
        yield from (f"{row.label}: {row.said}." for row in step.rows)


def test_the_words_have_a_reading_grade_of_seven_or_less():
    for decision in ALL:
        text = " ".join(filter(None, sentences(decision)))
        assert readability.grade(text) <= 7, text


def test_no_word_of_the_office_reaches_a_resident():
    for decision in ALL:
        text = " ".join(filter(None, sentences(decision))).lower()
        assert not [word for word in FORBIDDEN if word in text]


def test_the_name_given_is_the_name_used(example, alderbrook):
    decision = allocation.decide(example("joneses-harold-budget"), alderbrook)

    assert decision.steps[0].label == "The help Harold needs"


def test_the_tables_of_answers_have_a_sentence_over_them(example, alderbrook):
    facts = example("joneses-harold-budget", carer_called="Edith")

    decision = allocation.decide(facts, alderbrook)

    assert decision.step("need_points").caption == (
        "A reminder gives 2 points, some help 4, help most times 6 and help every time 8."
    )
    assert decision.step("help_points").caption == (
        "If a carer does less, fewer points come off and Harold’s budget goes up."
    )
    assert decision.step("help_points").label == "The help Edith wants to go on giving"


def test_without_a_name_it_says_the_person(alderbrook):
    decision = allocation.decide({"who": "person", "need_points": 4, "help_points": 0}, alderbrook)

    assert decision.steps[0].label == "The help the person needs"
    assert decision.steps[-1].label == "The person’s budget"

"""Component mode: hours of help at a price an hour, through the same ten steps."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import allocation, domains, interpret, packs, population, proving
from ownway.policy.refusals import FactsMissing, FactsRefused
from tests.policy.conftest import EXAMPLES
from tests.policy.strategies import columns, people

ON = date(2026, 6, 1)
RIVERSIDE = packs.read_file(EXAMPLES / "riverside.toml", on=ON)
OLIVE = json.loads((EXAMPLES / "riverside-budget.json").read_text("utf-8"))


def decide(**changes):
    return allocation.decide({**OLIVE, **changes}, RIVERSIDE)


def with_answer(key, **answer):
    return OLIVE["answers"] | {key: OLIVE["answers"][key] | answer}


def test_each_step_is_worked_and_shown():
    decision = decide()
    values = {step.name: step.value for step in decision.steps}

    assert values == {
        "need_minutes": 960, "help_minutes": 375, "left_minutes": 585, "base": 20_660,
        "two_person": 9_408, "living_factor": 10_500, "factor": 9_700, "breaks_added": 2_500,
        "weekly": 33_124,
    }  # fmt: skip
    assert decision.formula == (
        "960 − 375 = 585 minutes; (£206.60 + £94.08) × 1.05 × 0.97 + £25.00 = £331.24 a week"
    )


def test_an_hour_has_the_price_of_its_part_of_life_or_the_general_one():
    rows = {row.key: row.value for row in decide().step("base").rows}

    assert rows["people"] == 120 * 1_650 // 60
    assert rows["eating"] == 90 * 2_240 // 60


def test_minutes_at_a_price_are_rounded_once_to_the_nearest_penny():
    change = {"settings": {"component_price_eating_pence": 2_221}}

    rows = {row.key: row.value for row in decide(**change).step("base").rows}
    assert rows["eating"] == 3_332  # 90 minutes at £22.21 are £33.315


def test_points_are_kept_beside_and_price_nothing():
    result = decide().result

    assert (result["need_points"], result["help_points"], result["points_left"]) == (20, 7, 13)
    assert (
        decide(settings={"level_points": [0, 9, 9, 9, 9]}).result["weekly_pence"]
        == (result["weekly_pence"])
    )


@pytest.mark.parametrize(("night", "more"), [("sleep_in", 42_000), ("waking", 98_000)])
def test_help_at_night_is_a_block(night, more):
    assert decide(night=night).step("night_help").value == more


def test_above_the_cap_help_is_priced_one_by_one_and_the_whole_sum_stays_in_view():
    result = decide(settings={"cap_week_pence": 10_000}).result

    assert (result["route"], result["weekly_pence"]) == ("individual_costing", 10_000)
    assert result["uncapped_weekly_pence"] == 33_124


def test_no_need_is_no_budget_even_where_there_is_a_floor():
    answers = {key: {"level": 0, "two_people": False} for key in domains.KEYS}

    result = decide(answers=answers, breaks_pence=0, settings={"floor_week_pence": 900}).result

    assert result["weekly_pence"] == 0


def test_points_alone_cannot_be_turned_into_hours():
    facts = {"who": "person", "need_points": 20, "help_points": 0}

    with pytest.raises(FactsRefused, match="need_points: is in points, and hours of help go by"):
        allocation.decide(facts, RIVERSIDE)


def test_breaks_by_the_year_are_refused():
    with pytest.raises(FactsRefused, match="breaks_yearly_pence: is not used here"):
        decide(breaks_yearly_pence=5)


def test_everything_still_unknown_is_asked_for_at_once():
    answers = with_answer("eating", level=None, two_people=None)

    with pytest.raises(FactsMissing) as missing:
        decide(answers=answers, night=None, living=None)

    assert missing.value.names == ("answers.eating.level", "night", "living",
                                   "answers.eating.two_people")  # fmt: skip


@given(
    key=st.sampled_from(domains.KEYS), level=st.integers(0, 3),
    help_given=st.sampled_from(list(domains.HELP)), two=st.booleans(),
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_more_need_is_never_less_money(key, level, help_given, two):
    def weekly(level):
        answer = with_answer(key, level=level, help=help_given, two_people=two)
        return decide(answers=answer).result["weekly_pence"]

    assert weekly(level + 1) >= weekly(level)


def test_it_is_proved_and_other_methods_are_not_spoken_of():
    claims = proving.claims(RIVERSIDE)

    assert [claim for claim in claims if not claim.holds] == []
    assert any(claim.graph == allocation.COMPONENTS for claim in claims)
    assert not any("person_by_table" in claim.graph for claim in claims)


@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_one_alone_and_many_together_come_to_the_same(data):
    graph = RIVERSIDE.graph(allocation.COMPONENTS)
    crowd = data.draw(people(graph))

    together = population.run(graph, inputs=columns(crowd, graph), numbers=RIVERSIDE.numbers)

    for place, one in enumerate(crowd):
        values = interpret.run(graph, inputs=one, numbers=RIVERSIDE.numbers)
        assert values["weekly"] == together["weekly"][place]


def test_contingency_is_held_back_from_the_whole_and_read_by_no_sum():
    for name in packs.names():
        pack = packs.load(name, on=ON)
        read = {one for graph in pack.graphs.values() for n in graph.nodes for one in n.numbers}
        assert "contingency_share" in pack.numbers
        assert "contingency_share" not in read

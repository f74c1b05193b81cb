"""A starting budget: the ten steps, what may not be, and that more need is never less money."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import allocation, domains, packs
from ownway.policy.refusals import FactsMissing, FactsRefused

ALDERBROOK = packs.load("alderbrook", on=date(2026, 1, 30))
EXTRAS = {
    "two_person_uplift": 0.5,
    "night_sleep_in_week_pence": 30_000,
    "night_waking_week_pence": 60_000,
    "living_alone_factor": 1.1,
}
LEVELS = st.integers(0, 4)
HELP = st.sampled_from(list(domains.HELP))
ANSWERS = st.fixed_dictionaries(
    {key: st.fixed_dictionaries({"level": LEVELS, "help": HELP}) for key in domains.KEYS}
)


def weekly(facts):
    return allocation.decide(facts, ALDERBROOK).result["weekly_pence"]


def person(**facts):
    return {"who": "person", **facts}


# -- The ten steps -----------------------------------------------------------------------------


def test_help_that_takes_two_people_adds_a_share_of_that_help():
    facts = person(need_points=30, help_points=10, two_person_points=8, night="none",
                   living="with_others", settings=EXTRAS)  # fmt: skip

    decision = allocation.decide(facts, ALDERBROOK)

    assert decision.step("two_person").value == 8 * 1_200 // 2
    assert decision.formula == "((30 − 10) × £12.00 + £48.00) × 0.95 = £273.60"


@pytest.mark.parametrize(("night", "pence"), [("sleep_in", 30_000), ("waking", 60_000)])
def test_help_at_night_is_a_block(night, pence):
    facts = person(need_points=30, help_points=10, two_person_points=0, night=night,
                   living="with_others", settings=EXTRAS)  # fmt: skip

    assert allocation.decide(facts, ALDERBROOK).step("night_help").value == pence


def test_living_alone_has_its_factor():
    facts = person(need_points=30, help_points=10, two_person_points=0, night="none",
                   living="alone", settings=EXTRAS)  # fmt: skip

    decision = allocation.decide(facts, ALDERBROOK)

    assert decision.formula == "(30 − 10) × £12.00 × 1.10 × 0.95 = £250.80"


def test_what_changes_the_sum_here_is_asked_for_and_nothing_else():
    with pytest.raises(FactsMissing) as missing:
        allocation.decide(person(need_points=1, help_points=0, settings=EXTRAS), ALDERBROOK)

    assert missing.value.names == ("night", "living", "two_person_points")


def test_breaks_are_added_after_the_share_and_in_full():
    decision = allocation.decide(
        person(need_points=10, help_points=0, breaks_pence=2_000), ALDERBROOK
    )

    assert decision.result["weekly_pence"] == 11_400 + 2_000
    assert decision.formula == "10 × £12.00 × 0.95 + £20.00 = £134.00"


def test_a_floor_lifts_a_small_budget_but_makes_none_of_no_need():
    floor = {"floor_week_pence": 5_000}

    assert weekly(person(need_points=1, help_points=0, settings=floor)) == 5_000
    assert weekly(person(need_points=1, help_points=1, settings=floor)) == 0


def test_above_the_cap_help_is_priced_one_by_one_and_the_whole_sum_stays_in_view():
    facts = person(need_points=100, help_points=0, settings={"cap_week_pence": 80_000})

    decision = allocation.decide(facts, ALDERBROOK)

    assert decision.result["route"] == "individual_costing"
    assert decision.result["uncapped_weekly_pence"] == 114_000
    assert decision.result["weekly_pence"] == 80_000
    assert decision.result["indicative"] is True


def test_points_beyond_the_table_are_priced_one_by_one():
    facts = person(need_points=101, help_points=0, settings={"ras_method": "table"})

    assert allocation.decide(facts, ALDERBROOK).result["route"] == "individual_costing"


@pytest.mark.parametrize(
    ("points", "factor", "pence"),
    [(5, 0.9999, 5_999), (1, 0.9996, 1_200)],
    ids=["5999.4 goes down", "1199.52 goes up"],
)
def test_the_share_is_rounded_once_to_the_nearest_penny(points, factor, pence):
    facts = person(need_points=points, help_points=0, settings={"factor": factor})

    assert weekly(facts) == pence


def test_half_a_penny_goes_up():
    facts = person(
        need_points=1, help_points=0, settings={"factor": 0.5, "point_price_pence": 1_201}
    )

    assert weekly(facts) == 601


# -- Three ways of giving points come to the same ----------------------------------------------


@given(answers=ANSWERS)
@settings(max_examples=100, deadline=None)
def test_levels_points_and_totals_come_to_the_same(answers):
    decision = allocation.decide(person(answers=answers), ALDERBROOK)
    trace = {worked.name: worked.value for worked in decision.trace}
    points = {
        key: {"points": trace[f"needs.{key}"], "help_points": trace[f"helped.{key}"]}
        for key in domains.KEYS
    }
    totals = {name: decision.result[name] for name in ("need_points", "help_points")}

    assert weekly(person(answers=points)) == decision.result["weekly_pence"]
    assert weekly(person(**totals)) == decision.result["weekly_pence"]


@given(answers=ANSWERS, key=st.sampled_from(domains.KEYS), table=st.booleans())
@settings(max_examples=200, deadline=None)
def test_more_need_is_never_less_money(answers, key, table):
    change = {"settings": {"ras_method": "table" if table else "price"}}
    before = weekly(person(answers=answers, **change))
    answers[key]["level"] = min(4, answers[key]["level"] + 1)

    assert weekly(person(answers=answers, **change)) >= before


@given(answers=ANSWERS, key=st.sampled_from(domains.KEYS))
@settings(max_examples=100, deadline=None)
def test_less_help_from_a_carer_is_never_less_money(answers, key):
    before = weekly(person(answers=answers))
    answers[key]["help"] = "none"

    assert weekly(person(answers=answers)) >= before


@given(levels=st.lists(st.integers(0, 3), min_size=9, max_size=9), place=st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_more_need_of_a_carer_is_never_less_money(levels, place):
    def budget(levels):
        answers = {k: {"level": v} for k, v in zip(domains.CARER_KEYS, levels, strict=True)}
        return weekly({"who": "carer", "answers": answers})

    before = budget(levels)
    levels[place] = 3

    assert budget(levels) >= before


# -- What may not be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"need_points": 5, "help_points": 9}, "help_points: is 9, more than the 5 points of need"),
        (
            {"need_points": 5, "help_points": 1, "two_person_points": 5},
            "more than the 4 points left",
        ),
        (
            {"need_points": 5, "help_points": 1, "answers": {}},
            "need_points: is given beside answers",
        ),
        ({"need_points": 5, "help_points": 0, "breaks_yearly_pence": 1}, "works with breaks_pence"),
        ({"need_points": 10_001}, "need_points: must be from 0 to 10,000"),
        ({"answers": {"sleep": {"level": 1}}}, r"answers\.sleep: is not a fact known here"),
        ({"answers": {"eating": {"level": 5}}}, r"answers\.eating\.level: must be from 0 to 4"),
    ],
)
def test_facts_that_do_not_go_together_are_refused_by_name(facts, said):
    with pytest.raises((FactsRefused, FactsMissing), match=said):
        allocation.decide(person(**facts), ALDERBROOK)


def test_a_part_given_both_as_a_level_and_as_points_is_refused():
    answers = {key: {"points": 2, "help_points": 0} for key in domains.KEYS}
    answers["home"]["level"] = 1

    with pytest.raises(FactsRefused, match=r"answers\.home\.level: is given beside points"):
        allocation.decide(person(answers=answers), ALDERBROOK)


def test_what_the_help_is_for_is_asked_only_where_it_changes_the_sum(example, alderbrook):
    facts = example("joneses-harold-budget")
    dearer = alderbrook.with_settings({"reason_learning_factor": 1.5})

    with pytest.raises(FactsMissing, match="reason: is not known yet"):
        allocation.decide(facts, dearer)

    same = allocation.decide(facts | {"reason": "memory"}, dearer)
    more = allocation.decide(facts | {"reason": "learning"}, dearer)
    assert same.result == allocation.decide(facts, alderbrook).result
    assert more.result["weekly_pence"] == 25_650
    assert ("× What Harold’s help is mainly for", "1.50") in [
        (f"{step.sign} {step.label}", step.figure) for step in more.steps
    ]


def test_points_of_its_own_for_one_part_of_life_are_in_the_sum_and_said(example, alderbrook):
    facts = example("joneses-harold-budget")
    changed = alderbrook.with_settings({"level_points_washing": [0, 1, 5, 11, 30]})

    decision = allocation.decide(facts, changed)

    level = facts["answers"]["washing"]["level"]
    rows = next(step for step in decision.steps if step.rows)
    assert {row.key: row.value for row in rows.rows}["washing"] == (0, 1, 5, 11, 30)[level]
    assert rows.caption == "Each part of daily life has points of its own."

"""A whole caseload under changed rules comes to what each person alone comes to, to the penny."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import allocation, domains, packs, whatif
from ownway.policy.refusals import FactsMissing, FactsRefused, PackRefused

PACK = packs.load("alderbrook", on=date(2026, 1, 30))
GRAPH = "carer_totals, then carer_by_price"


@st.composite
def one(draw):
    if draw(st.booleans()):
        return {"who": "carer", "need_points": draw(st.integers(0, 60))}
    if draw(st.booleans()):
        need = draw(st.integers(0, 90))
        return {"who": "person", "need_points": need, "help_points": draw(st.integers(0, need))}
    levels = st.fixed_dictionaries(
        {"level": st.integers(0, 4), "help": st.sampled_from(sorted(domains.HELP))}
    )
    return {"who": "person", "answers": {key: draw(levels) for key in domains.KEYS}}


CASELOADS = st.lists(one(), min_size=1, max_size=12)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "point_price_pence": st.integers(0, 3000),
        "carer_point_price_pence": st.integers(0, 3000),
        "factor": st.integers(0, 15_000).map(lambda share: share / 10_000),
        "floor_week_pence": st.integers(0, 5000),
        "cap_week_pence": st.integers(0, 90_000),
        "level_points": st.just([0, 1, 5, 5, 9]),
    },
)


def alone(people, pack):
    return [allocation.decide(one, pack).result["weekly_pence"] for one in people]


@given(people=CASELOADS, change=CHANGES)
@settings(max_examples=60, deadline=None)
def test_a_changed_caseload_comes_to_what_each_person_alone_comes_to(people, change):
    prepared = whatif.Prepared.of(people, PACK)

    assert prepared.weekly(change).tolist() == alone(people, PACK.with_settings(change))
    assert prepared.weekly().tolist() == alone(people, PACK)


@given(people=CASELOADS, change=CHANGES, share=st.integers(0, 200))
@settings(max_examples=40, deadline=None)
def test_the_share_found_is_the_greatest_within_the_envelope(people, change, share):
    prepared = whatif.Prepared.of(people, PACK)
    least = prepared.totals(change | {"factor": 0}).weekly_pence
    envelope = least + prepared.totals(change | {"factor": 1}).weekly_pence * share // 100

    found = prepared.deflator(envelope, settings=change)

    at = prepared.totals(change | {"factor": found.ratio}).weekly_pence
    assert at == found.weekly_pence <= envelope
    if found.next_pence is not None:
        more = change | {"factor": (found.factor + 1) / 10_000}
        assert prepared.totals(more).weekly_pence == found.next_pence > envelope


def test_totals_count_people_and_pence():
    people = [{"who": "carer", "need_points": points} for points in (0, 5, 10)]

    totals = whatif.Prepared.of(people, PACK).totals()

    assert (totals.people, totals.with_budget, totals.weekly_pence) == (3, 2, 3800 + 7600)


def test_several_prepared_are_one_caseload_in_the_order_given():
    groups = [
        [{"who": "carer", "need_points": points} for points in (5, 0)],
        [{"who": "person", "need_points": 10, "help_points": 3}],
    ]

    one = whatif.Prepared.together([whatif.Prepared.of(group, PACK) for group in groups])

    whole = whatif.Prepared.of([*groups[0], *groups[1]], PACK)
    assert one.weekly({"factor": 0.8}).tolist() == whole.weekly({"factor": 0.8}).tolist()
    assert one.deflator(9_000) == whole.deflator(9_000)
    with pytest.raises(ValueError, match="Nobody"):
        whatif.Prepared.together([])


def test_an_envelope_below_what_is_due_anyway_is_refused():
    people = [{"who": "person", "need_points": 10, "help_points": 0, "breaks_pence": 2000}]

    with pytest.raises(FactsRefused, match="under 2,000 pence, which is due whatever factor is"):
        whatif.Prepared.of(people, PACK).deflator(1_999)


def test_an_envelope_nobody_reaches_gives_the_greatest_share_the_rules_allow():
    found = whatif.Prepared.of([{"who": "carer", "need_points": 0}], PACK).deflator(100)

    assert (found.factor, found.next_pence) == (1_000_000, None)


def test_a_number_that_is_no_share_of_the_result_is_no_deflator():
    people = whatif.Prepared.of([{"who": "carer", "need_points": 4}], PACK)

    for number in ("point_price_pence", "two_person_uplift"):
        with pytest.raises(PackRefused, match=f"{number}: is not a ratio"):
            people.deflator(1000, number=number)


def test_people_whose_facts_are_wrong_or_unknown_are_named_by_place():
    people = [
        {"who": "carer", "need_points": 4},
        {"who": "person"},
        {"who": "carer", "need_points": -1},
        {"who": "carer", "need_points": 1, "settings": {"factor": 1}},
    ]

    with pytest.raises(FactsRefused) as refused:
        whatif.Prepared.of(people, PACK)

    assert "person 1: answers.eating.level: is not known yet." in str(refused.value)
    assert "person 2: need_points: must be from 0" in str(refused.value)
    assert "person 3: settings: are given for one person." in str(refused.value)


def test_a_setting_that_changes_how_the_sum_is_made_is_refused():
    people = whatif.Prepared.of([{"who": "carer", "need_points": 4}], PACK)

    with pytest.raises(FactsRefused, match=r"settings\.ras_method: changes how the sum is made"):
        people.totals({"ras_method": "table"})


def test_columns_may_be_given_for_one_graph():
    points = np.array([0, 5, 9])

    prepared = whatif.Prepared(PACK, {"need_points": points}, graph=GRAPH)

    assert prepared.weekly({"carer_point_price_pence": 1000}).tolist() == [0, 4750, 8550]


def test_a_column_that_is_not_there_and_a_result_that_is_not_are_refused():
    with pytest.raises(FactsMissing, match="need_points"):
        whatif.Prepared(PACK, {}, graph=GRAPH)
    with pytest.raises(PackRefused, match="has no node 'daily'"):
        whatif.Prepared(PACK, {"need_points": np.array([1])}, graph=GRAPH, result="daily")


def test_nobody_at_all_comes_to_nothing():
    totals = whatif.Prepared.of([], PACK).totals({"point_price_pence": 1})

    assert (totals.people, totals.weekly_pence) == (0, 0)

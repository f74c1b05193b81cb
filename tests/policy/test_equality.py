"""Gaps between groups: found when they are there, never claimed beyond what could be seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import equality
from ownway.policy.refusals import FactsRefused


def people(seed: int, size: int, share: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    expected = rng.gamma(2.0, 8_000.0, size) + 1_000
    groups = np.where(rng.random(size) < share, "few", "many")
    return expected, groups


def test_a_planted_gap_is_found_with_its_size_inside_the_interval():
    expected, groups = people(1, 8_000)
    noise = np.exp(0.4 * np.random.default_rng(2).standard_normal(8_000))
    actual = expected * noise * np.where(groups == "few", 0.92, 1.0)

    few, _many = equality.after_needs(actual, expected, groups)

    assert few.gap is not None
    assert few.gap.finding == "less"
    assert few.gap.low < -0.08 < few.gap.high
    assert few.gap.least_detectable < 0.08


def test_ninety_five_in_a_hundred_intervals_hold_the_truth_though_spreads_differ():
    held = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        groups = np.repeat(["small", "big"], [15, 300])
        change = rng.standard_normal(315) * np.where(groups == "small", 8.0, 1.0)
        gap = equality.by_group(np.zeros(315), change, groups)[1].gap
        assert gap is not None
        held += gap.low <= 0 <= gap.high

    assert 370 <= held <= 396


def test_nothing_found_is_not_equal_until_the_margin_is_shown():
    expected, groups = people(3, 60)
    actual = expected * np.exp(0.4 * np.random.default_rng(4).standard_normal(60))

    unsure = equality.after_needs(actual, expected, groups, margin=0.05)[0].gap
    sure = equality.after_needs(np.tile(actual, 400), np.tile(expected, 400),
                                np.repeat(["x", "y"], 12_000), margin=0.05)[0].gap  # fmt: skip

    assert unsure is not None
    assert unsure.finding == "none seen"
    assert unsure.least_detectable > 0.05
    assert sure is not None
    assert sure.equal


def test_people_who_came_in_teams_are_not_counted_as_strangers():
    rng = np.random.default_rng(5)
    team = np.repeat(np.arange(30), 40)
    change = (rng.standard_normal(30) * 5)[team] + rng.standard_normal(1_200)
    groups = np.where(team % 2, "odd", "even")

    alone = equality.by_group(np.zeros(1_200), change, groups)[0].gap
    together = equality.by_group(np.zeros(1_200), change, groups, clusters=team)[0].gap

    assert alone is not None
    assert together is not None
    assert together.error > 3 * alone.error


def test_a_group_under_ten_is_not_shown_and_counts_are_rounded():
    groups = ["rare"] * 9 + ["small"] * 12 + ["large"] * 203
    change = np.r_[np.full(9, -5.0), np.full(4, -1.0), np.full(8, 2.0), np.full(203, 1.0)]

    large, rare, small = equality.by_group(np.full(224, 100.0), 100 + change, groups)

    assert (rare.people, rare.less, rare.mean, rare.gap, rare.total_ratio) == (None,) * 5
    assert (small.people, small.less, small.more, small.same) == (10, None, None, 0)
    assert (large.people, large.more) == (210, 210)
    assert "under 10" in equality.lines([rare], say=equality.as_pence)[1]


@settings(max_examples=60)
@given(others=st.lists(st.integers(10, 400), min_size=1, max_size=4), few=st.integers(1, 8))
def test_a_count_under_ten_is_not_to_be_had_by_taking_the_others_from_the_whole(others, few):
    *shown, hidden = equality.counted_parts([*others, few])

    assert hidden is None
    whole = equality.counted(sum(others) + few)
    assert whole - sum(shown) == 5 or min(others) < 15


def test_parts_of_a_whole_that_is_shown_add_up_to_it():
    assert equality.counted_parts([203, 4, 0], whole=210) == (205, None, 0)
    assert equality.counted_parts([203, 12, 0]) == (205, 10, 0)
    assert equality.counted_parts([6, 4]) == (None, None)
    assert equality.counted_parts([]) == ()


def test_what_is_written_down_does_not_tell_how_many_people_a_mean_is_of():
    change = np.r_[np.full(12, 100.0), 137.0, np.tile([5.0, 9.0], 50)]
    found = equality.by_group(np.full(113, 1e4), 1e4 + change, ["x"] * 13 + ["y"] * 100)

    kept = found[0].as_json()

    assert kept["mean"] == {"value": 103, "low": 96, "high": 109}
    assert "error" not in kept["gap"]
    assert kept["total_ratio"] == 1.01


def test_asking_about_many_groups_makes_each_harder_to_claim():
    rng = np.random.default_rng(6)
    groups = rng.integers(0, 40, 4_000).astype(str)
    found = equality.by_group(np.zeros(4_000), rng.standard_normal(4_000), groups)

    gaps = [one.gap for one in found if one.gap]

    assert all(gap.p_holm >= gap.p for gap in gaps)
    least = min(gap.p for gap in gaps)
    assert min(gap.p_holm for gap in gaps) == pytest.approx(min(1.0, least * len(gaps)))
    assert sum(gap.finding != "none seen" for gap in gaps) <= 1


def test_nobody_is_dropped_for_want_of_a_group():
    found = equality.by_group([0.0] * 40, [1.0] * 40, ["a"] * 20 + [""] * 10 + [None] * 10)

    assert [(one.group, one.people) for one in found] == [("a", 20), ("not recorded", 20)]


def test_everyone_moving_alike_is_no_gap():
    found = equality.by_group([100.0] * 40, [97.0] * 40, ["a", "b"] * 20)

    assert [one.gap.finding for one in found if one.gap] == ["none seen", "none seen"]
    assert found[0].less == 20
    assert found[0].total_ratio == pytest.approx(0.97)


@pytest.mark.parametrize(
    ("actual", "expected", "groups", "said"),
    [
        ([1.0, 2.0], [1.0], ["a", "b"], "one length"),
        ([1.0, float("nan")], [1.0, 1.0], ["a", "b"], "actual, row 2"),
        (["much", 1], [1.0, 1.0], ["a", "b"], "not a number"),
        ([0.0, 1.0], [1.0, 1.0], ["a", "b"], "more than nothing"),
        ([1.0, 1.0], [1.0, 1.0], ["a"], "as many as the people"),
        ([], [], [], "someone in it"),
    ],
)
def test_columns_that_cannot_be_compared_are_refused_by_name(actual, expected, groups, said):
    with pytest.raises(FactsRefused, match=said):
        equality.after_needs(actual, expected, groups)

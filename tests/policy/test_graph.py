"""A policy written as plain data in Python becomes a graph, as a file does."""

import copy
from datetime import date

import pytest

from ownway.policy import interpret, packs, proof
from ownway.policy.refusals import PackRefused

DAY = date(2026, 6, 1)
WEEKLY = "pence a week by points"


def curve(*knots, unit=WEEKLY):
    value = [list(knot) for knot in knots]
    return {"unit": unit, "label": "A curve", "source": "Sample",
            "values": [{"from": date(2026, 4, 1), "value": value}]}  # fmt: skip


POLICY = {
    "name": "groups", "title": "A curve for each client group", "version": "1",
    "numbers": {"older": curve((0, 0), (100, 5000)), "younger": curve((0, 100), (50, 9000))},
    "graphs": {"budget": [
        {"name": "need", "kind": "input", "unit": "points", "most": 120},
        {"name": "group", "kind": "input", "unit": "level", "most": 1},
        {"name": "weekly", "kind": "curve_by", "unit": "pence a week", "of": ["need", "group"],
         "numbers": ["older", "younger"], "rounding": "half_up"},
    ]},
}  # fmt: skip


@pytest.fixture
def policy():
    return copy.deepcopy(POLICY)


def test_each_group_is_read_off_a_curve_of_its_own(policy):
    pack = packs.read_pack(policy, on=DAY)

    def weekly(need, group):
        facts = {"need": need, "group": group}
        return interpret.run(pack.graph("budget"), inputs=facts, numbers=pack.numbers)["weekly"]

    assert [weekly(50, 0), weekly(120, 0)] == [2500, 5000]
    assert [weekly(0, 1), weekly(25, 1), weekly(60, 1)] == [100, 4550, 9000]


def test_more_points_never_mean_less_whatever_the_group(policy):
    pack = packs.read_pack(policy, on=DAY)

    shown = proof.show(pack.graph("budget"), pack.numbers)

    assert shown.spans["weekly"] == (0, 9000)
    assert shown.ways["weekly"] == {"need": "rises", "group": "either"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"numbers": ["older"]}, "looks up 0 to 1 among 1 values"),
        ({"numbers": []}, "does not say which numbers it picks from"),
        ({"numbers": ["older", "yearly"]}, "is a curve_by and cannot work on points and level"),
        ({"of": ["group", "need"]}, "is a curve_by and cannot work on level and points"),
        ({"unit": "pence a year"}, "is in pence a year. Make it pence a week."),
        ({"rounding": "nearest"}, "does not say how it is rounded"),
    ],
)
def test_a_curve_by_group_that_does_not_fit_is_refused(change, said, policy):
    policy["numbers"]["yearly"] = curve((0, 0), (9, 9), unit="pence a year by points")
    policy["graphs"]["budget"][-1] |= change

    with pytest.raises(PackRefused, match=said):
        packs.read_pack(policy, on=DAY)

"""Everybody charged at once pays what each pays alone, to the penny, whatever the method."""

from datetime import date
from random import Random
from typing import Any

import pytest

from ownway.policy import charging, packs
from ownway.policy.charging.everybody import charges
from ownway.policy.refusals import PolicyRefused

RULES = [
    packs.load("alderbrook", on=date(2026, 4, 6)),
    packs.load("careact-2014", on=date(2025, 4, 7)),
    packs.load("careact-2014", on=date(2025, 4, 7)).with_settings(
        {"charging_method": "protected_income"}
    ),
    packs.load("facs-2010", on=date(2010, 10, 1)),
]


def somebody(chance: Random) -> dict[str, Any]:
    """Facts of one person, most of them enough, some of them not."""
    facts: dict[str, Any] = {
        "who": "person",
        "budget_pence": chance.randrange(0, 90_000),
        "setting": chance.choice(["home", "home", "care_home", "short_stay"]),
        "household": chance.choice(["single", "single", "couple"]),
        "capital_pence": chance.choice([0, 900_000, 1_500_000, 2_000_000, 5_000_000]),
        "joint_capital_pence": 0,
        "income_pence": chance.randrange(0, 60_000),
        "disability_expenses_pence": chance.randrange(0, 4_000),
        "housing_costs_pence": chance.randrange(0, 12_000),
        "age": chance.randrange(18, 100),
        "premiums": chance.sample(["disability", "carer"], chance.randrange(0, 3)),
        "lone_parent": False,
        "children": 0,
        "week": chance.randrange(1, 30),
        "home_value_pence": 0,
        "night_care": False,
    }
    if chance.random() < 0.2:
        del facts[chance.choice(sorted(set(facts) - {"who"}))]
    if chance.random() < 0.1:
        facts["light_touch"] = chance.choice(["refuses_details", "small_charge", "passported"])
    if chance.random() < 0.1:
        facts |= {"notional_capital_pence": 1_700_000, "notional_weeks": 3}
    return facts


@pytest.mark.parametrize("pack", RULES, ids=lambda pack: f"{pack.title} {pack.on}")
def test_all_at_once_and_one_by_one_are_the_same(pack: packs.Pack) -> None:
    chance = Random(7)
    people = [somebody(chance) for _ in range(150)]

    found = charges(people, pack)

    assert found.known.sum() > 20
    for place, facts in enumerate(people):
        try:
            alone = charging.decide(facts, pack).result["charge_pence"]
        except PolicyRefused:
            assert not found.known[place]
        else:
            assert found.known[place]
            assert found.weekly[place] == alone


def test_a_fact_that_lacks_is_counted_by_name() -> None:
    pack = RULES[0]

    found = charges([{"who": "person", "budget_pence": 10_000}], pack)

    assert (found.weekly.tolist(), found.known.tolist()) == ([0], [False])
    assert found.missing == {"income_pence": 1}


def test_numbers_of_their_own_are_kept_to() -> None:
    pack = RULES[0]
    facts = {"who": "person", "budget_pence": 90_000, "income_pence": 30_000}
    own = facts | {"settings": {"protected_income_pence": 10_000}}

    assert charges([facts, own], pack).weekly.tolist() == [8_500, 20_000]

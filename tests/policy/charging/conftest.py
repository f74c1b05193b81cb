"""Packs and people that the charging tests share."""

from datetime import date

import pytest

from ownway.policy import charging, packs

NOW = packs.load("careact-2014", on=date(2025, 6, 1))


@pytest.fixture
def pays():
    """What someone pays, in pence a week."""

    def work_out(facts, pack=NOW):
        return charging.decide(facts, pack).result["charge_pence"]

    return work_out


@pytest.fixture
def at_home():
    """Somebody of 40 on their own at home, with any facts changed."""

    def facts(**changes):
        return {
            "who": "person", "setting": "home", "household": "single", "age": 40, "premiums": [],
            "children": 0, "budget_pence": 30_000, "capital_pence": 0, "income_pence": 20_000,
            "housing_costs_pence": 0, "disability_expenses_pence": 0, **changes,
        }  # fmt: skip

    return facts


@pytest.fixture
def in_a_home():
    """Somebody in their second week in a care home, who owns a house nobody lives in."""

    def facts(**changes):
        return {
            "who": "person", "setting": "care_home", "budget_pence": 80_000, "week": 2,
            "capital_pence": 0, "income_pence": 25_000, "home_value_pence": 20_000_000,
            "home_debts_pence": 0, "living_at_home": [], "disregard_weeks_used": 0, **changes,
        }  # fmt: skip

    return facts

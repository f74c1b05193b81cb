"""What somebody might say, and how to walk the money check with it."""

from typing import Any

from ownway.community.money_check import queries
from ownway.community.money_check.queries import Walk
from ownway.policy.packs import Pack


def amount(pence: int | None, every: str = "week") -> dict[str, Any]:
    """An amount with how often it comes."""
    return {"pence": pence, "every": every}


# Eighty years old, alone, at home: a pension of £245 and a disability benefit of £73.90 a week.
AGNES: dict[str, Any] = {
    "who": "person",
    "free_because": "none",
    "setting": "home",
    "household": "single",
    "capital_pence": 1_500_000,
    "joint_capital_pence": 0,
    "income_pence": ["pension", "disability_benefit", "earnings"],
    "income.pension_pence": amount(98_000, "four_weeks"),
    "income.disability_benefit_pence": amount(7_390),
    "age": 80,
    "premiums": ["none"],
    "lone_parent": "no",
    "children": 0,
    "night_care": "no",
    "housing_costs_pence": amount(10_000, "month"),
    "disability_expenses_pence": amount(0),
    "home_value_pence": 0,
    "home_lived_in_by_relative": "no",
    "home_debts_pence": 0,
    "living_at_home": ["none"],
    "disregard_weeks_used": 0,
    "nursing_care": "no",
    "born_on": "1946-01-01",
    "week": 1,
    "passed_to_partner_pence": amount(0),
    "budget_pence": amount(None),
    "direct_care_pence": amount(None),
}


def plain(question: queries.Question) -> Any:
    """Nothing to say to a question: no, none, or nought."""
    if question.kind == "weekly":
        return amount(0)
    if question.kind == "date":
        return "1946-01-01"
    if question.kind == "many":
        return ["none"]
    if question.choices:
        return "no" if question.kind == "yes_no" else question.choices[0][0]
    return question.least


def to_the_end(pack: Pack, **changed: Any) -> Walk:
    """Answer whatever is asked as Agnes would, but for what is changed."""
    said: dict[str, Any] = {}
    answers = AGNES | changed
    while (way := queries.walk(said, pack)).question is not None:
        asked = way.question
        said[asked.key] = answers.get(asked.key, plain(asked))
    return way


def asked(way: Walk) -> list[str]:
    """The keys of what was asked, in order."""
    return [question.key for question, _ in way.path]

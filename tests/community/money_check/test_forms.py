"""Each answer is taken or refused beside its box."""

from datetime import date
from typing import Any

import pytest

from ownway.community.money_check.forms import Asked
from ownway.community.money_check.queries import catalogue
from ownway.policy import packs

ALDERBROOK = packs.load("alderbrook", on=date(2026, 1, 6))


def _asked(key: str, said: str) -> Any:
    question = catalogue.question(key, ALDERBROOK)
    return Asked({"said": said, "every": "week"}, question=question)


@pytest.mark.parametrize("key", ["budget_pence", "direct_care_pence"])
def test_support_never_has_a_price_of_nothing(key: str) -> None:
    form = _asked(key, "0.00")

    assert not form.is_valid()
    assert form.errors["said"] == ["Enter what it costs, or leave the box empty if you do not know"]


@pytest.mark.parametrize(
    ("key", "said", "pence"),
    [("budget_pence", "", None), ("budget_pence", "0.01", 1), ("housing_costs_pence", "0", 0)],
)
def test_a_price_not_known_and_a_cost_of_nothing_are_taken(
    key: str, said: str, pence: int | None
) -> None:
    form = _asked(key, said)

    assert form.is_valid()
    assert form.answer == {"pence": pence, "every": "week"}

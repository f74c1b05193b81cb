"""A sum as rungs, spoken to whoever reads it."""

import pytest

from ownway.design.ladder import Table, rungs_of, to_you
from ownway.policy.decision import Row, Step


@pytest.mark.parametrize(
    ("of_somebody", "to_somebody"),
    [
        ("You’s income each week", "Your income each week"),
        ("so you pays what you has", "so you pay what you have"),
        ("The help you needs", "The help you need"),
        ("Who you lives with", "Who you live with"),
        ("What Sam pays", "What Sam pays"),
    ],
)
def test_what_is_said_of_you_is_said_to_you(of_somebody: str, to_somebody: str) -> None:
    assert to_you(of_somebody) == to_somebody


def _step(**known: object) -> Step:
    plain: dict[str, object] = {
        "name": "need", "label": "The help you needs", "sign": "", "value": 4, "unit": "points",
        "shown": "4 points", "figure": "4", "after": "points", "note": "", "source": "",
        "inputs": (),
    }  # fmt: skip
    return Step(**(plain | known))  # type: ignore[arg-type]


def _table(step: Step) -> Table:
    return Table(
        "", ("a", "b", "c"), tuple((r.label, r.said, r.shown) for r in step.rows), ("", "")
    )


def test_the_last_rung_is_the_end_and_says_what_it_comes_to() -> None:
    first, last = rungs_of([_step(), _step(sign="=")], table=_table)

    assert (first.end, last.end) == (False, True)
    assert (last.said, last.total) == ("Comes to:", False)


def test_only_a_step_with_answers_opens() -> None:
    rows = (Row("eating", "Eating", "Some help", 4, "4"),)

    open_, shut = rungs_of([_step(rows=rows), _step(sign="=")], table=_table)

    assert open_.show
    assert open_.table is not None
    assert (shut.show, shut.table) == ("", None)

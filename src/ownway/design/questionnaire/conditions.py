"""Which items are asked, given the answers so far (FHIR `enableWhen`).

An item is asked when the items around it are, and its own conditions hold. A question that is
not asked has no answer, whatever was said before. As FHIR R4 has it, “=” holds when at least
one answer is equal, and “!=” when none is, so also when nothing is answered.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ownway.design.questionnaire.answers import Answers, Spot
from ownway.design.questionnaire.model import (
    Coding,
    Condition,
    Item,
    Quantity,
    Questionnaire,
    Value,
)

_MORE_OR_LESS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


class Asked:
    """Says what is asked for one set of answers; remembers what it has worked out."""

    def __init__(self, form: Questionnaire, answers: Answers) -> None:
        self.form = form
        self.answers = answers
        self._seen: dict[Spot, bool] = {}
        self._places: dict[str, list[Spot]] = {}
        for spot, values in answers.items():
            if values and spot.link_id in form.by_link_id:
                self._places.setdefault(spot.link_id, []).append(spot)

    def is_asked(self, spot: Spot) -> bool:
        """Whether the item in this place is asked."""
        if spot not in self._seen:
            self._seen[spot] = self._work_out(spot)
        return self._seen[spot]

    def _work_out(self, spot: Spot) -> bool:
        item = self.form.by_link_id[spot.link_id]
        around = self.form.above[spot.link_id]
        if around and not self._holds_around(around[-1], spot):
            return False
        if not item.conditions:
            return True
        met = (self._is_met(condition, spot) for condition in item.conditions)
        return any(met) if item.any_condition else all(met)

    def _holds_around(self, around: Item, spot: Spot) -> bool:
        rows = spot.rows[: len(self.form.rows_above(around.link_id))]
        if not self.is_asked(Spot(around.link_id, rows)):
            return False
        return not around.is_question or bool(self.answers.get(Spot(around.link_id, rows)))

    def _is_met(self, condition: Condition, spot: Spot) -> bool:
        found = [
            value
            for place in self._in_reach(condition.question, spot)
            if self.is_asked(place)
            for value in self.answers[place]
        ]
        if condition.operator == "exists":
            return bool(found) == condition.answer
        if condition.operator == "!=":
            return not any(is_equal(value, condition.answer) for value in found)
        if condition.operator == "=":
            return any(is_equal(value, condition.answer) for value in found)
        compare = _MORE_OR_LESS[condition.operator]
        return any(_compares(compare, value, condition.answer) for value in found)

    def _in_reach(self, link_id: str, spot: Spot) -> list[Spot]:
        """The answers a condition looks at: in its own row where both stand in one."""
        theirs, ours = self.form.rows_above(link_id), self.form.rows_above(spot.link_id)
        own = self.form.by_link_id[spot.link_id]
        ours = (*ours, spot.link_id) if own.is_many_rows else ours
        shared = sum(1 for one, other in zip(theirs, ours, strict=False) if one == other)
        shared = min(shared, len(spot.rows))
        places = self._places.get(link_id, [])
        return [place for place in places if place.rows[:shared] == spot.rows[:shared]]


def is_equal(found: Value, wanted: Value) -> bool:
    """Whether an answer is the one a condition waits for; a code without a system fits any."""
    if isinstance(found, Coding) and isinstance(wanted, Coding):
        systems_agree = not wanted.system or found.system == wanted.system
        return systems_agree and (found.code or found.display) == (wanted.code or wanted.display)
    if isinstance(found, bool) is not isinstance(wanted, bool):
        return False
    return _compares(operator.eq, found, wanted)


def _compares(compare: Callable[[Any, Any], bool], found: Value, wanted: Value) -> bool:
    if isinstance(found, Quantity) and isinstance(wanted, Quantity):
        same_unit = (found.code or found.unit) == (wanted.code or wanted.unit)
        return same_unit and compare(found.value, wanted.value)
    if isinstance(found, date) and isinstance(wanted, date):
        found, wanted = _moment(found, wanted)
    elif isinstance(found, int | Decimal) and isinstance(wanted, int | Decimal):
        found, wanted = Decimal(found), Decimal(wanted)
    elif type(found) is not type(wanted):
        return False
    return compare(found, wanted)


def _moment(one: date, other: date) -> tuple[date, date]:
    """Two dates, or two moments; of one each, both as dates."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one, other
    return (
        one.date() if isinstance(one, datetime) else one,
        other.date() if isinstance(other, datetime) else other,
    )

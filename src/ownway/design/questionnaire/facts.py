"""What the record already knows, put into a form so that it is not asked again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from ownway.design.questionnaire.answers import Answers, Spot, Values
from ownway.design.questionnaire.model import Coding, Item, Kind, Questionnaire, Value

Facts: TypeAlias = Mapping[str, Any]


def with_known(form: Questionnaire, answers: Answers, facts: Facts) -> dict[Spot, Values]:
    """The answers with every known fact in its place, over anything said before."""
    known = known_answers(form, facts)
    groups = {spot.rows and form.rows_above(spot.link_id)[0] for spot in known}
    kept = {
        spot: values
        for spot, values in answers.items()
        if not (spot.rows and form.rows_above(spot.link_id)[0] in groups)
    }
    return {**kept, **known}


def known_answers(form: Questionnaire, facts: Facts) -> dict[Spot, Values]:
    """The places that the record can fill, with what it says."""
    return dict(_filled(form.items, (), facts))


def known_ids(form: Questionnaire, facts: Facts) -> frozenset[str]:
    """The link ids of what need not be asked: questions, and repeating groups as a whole."""
    found = set()
    for spot in known_answers(form, facts):
        found.add(spot.link_id)
        found.update(form.rows_above(spot.link_id)[:1])
    return frozenset(found)


def _filled(
    items: Sequence[Item], rows: tuple[int, ...], facts: Facts
) -> Iterator[tuple[Spot, Values]]:
    for item in items:
        fact = facts.get(item.known) if item.known else None
        if item.is_many_rows:
            listed = fact if isinstance(fact, Sequence) and not isinstance(fact, str) else ()
            for row, one in enumerate(listed):
                if isinstance(one, Mapping):
                    yield from _filled(item.items, (*rows, row), one)
        elif fact not in (None, "") and item.is_question:
            values = _as_values(item, fact)
            if values:
                yield Spot(item.link_id, rows), values
        if not item.is_many_rows:
            yield from _filled(item.items, rows, facts)


def _as_values(item: Item, fact: object) -> Values:
    """A fact as this question's answer; nothing when it does not fit the question."""
    facts = fact if isinstance(fact, list | tuple) else (fact,)
    values = tuple(value for one in facts if (value := _as_value(item, one)) is not None)
    return values if len(values) == len(facts) and (item.repeats or len(values) == 1) else ()


def _as_value(item: Item, fact: object) -> Value | None:
    if item.options:
        return _picked(item, fact)
    if item.kind in (Kind.STRING, Kind.TEXT):
        return str(fact) if isinstance(fact, str | int) and not isinstance(fact, bool) else None
    fits: dict[Kind, tuple[type, ...]] = {
        Kind.BOOLEAN: (bool,),
        Kind.DATE: (date,),
        Kind.INTEGER: (int,),
        Kind.DECIMAL: (int, Decimal),
    }
    if not isinstance(fact, fits.get(item.kind, ())):
        return None
    if item.kind is Kind.DECIMAL and isinstance(fact, int | Decimal):
        return Decimal(fact)
    return fact if isinstance(fact, bool | int | date) else None


def _picked(item: Item, fact: object) -> Value | None:
    for option in item.options:
        value = option.value
        said = {value.code, value.display} if isinstance(value, Coding) else {value}
        if fact == value or (isinstance(fact, str) and fact in said):
            return value
    return fact if isinstance(fact, str) and item.kind is Kind.OPEN_CHOICE else None

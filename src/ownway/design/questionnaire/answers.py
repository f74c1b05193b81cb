"""What has been answered: a flat table of places in the form and the values found there.

A place is a link id and, for each repeating group around it, the row it stands in. Flat, two
people's answers can be compared and brought together field by field.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ownway.design.questionnaire.model import Coding, Item, Kind, Questionnaire, Value

Values: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One place to answer: a question, in these rows of the repeating groups around it."""

    link_id: str
    rows: tuple[int, ...] = ()


Answers: TypeAlias = Mapping[Spot, Values]


def rows_within(form: Questionnaire, group: Spot, answers: Answers) -> int:
    """How many rows of a repeating group have anything in them."""
    depth = len(group.rows)
    found = [
        spot.rows[depth]
        for spot, values in answers.items()
        if values
        and len(spot.rows) > depth
        and spot.rows[:depth] == group.rows
        and form.rows_above(spot.link_id)[depth : depth + 1] == (group.link_id,)
    ]
    return max(found, default=-1) + 1


def begun(form: Questionnaire) -> dict[Spot, Values]:
    """The answers a form starts with: its `initial` values and options chosen beforehand."""
    started = {}
    for item, _ in form.walk():
        values = item.initial or tuple(option.value for option in item.options if option.chosen)
        if values and item.is_question:
            rows = tuple(0 for _ in form.rows_above(item.link_id))
            started[Spot(item.link_id, rows)] = _as_offered(item, values)
    return started


def _as_offered(item: Item, values: Values) -> Values:
    """Values in the words of the list they were picked from."""
    offered = {option.value: option.value for option in item.options}
    by_code = {value.code: value for value in offered if isinstance(value, Coding)}
    return tuple(
        offered.get(
            value,
            by_code.get(value.code, value) if isinstance(value, Coding) else value,
        )
        for value in values
    )


def squeezed(form: Questionnaire, answers: Answers) -> dict[Spot, Values]:
    """The same answers with empty values left out and rows closed up from the first."""
    kept = {spot: values for spot, values in answers.items() if values}
    for depth in range(max((len(spot.rows) for spot in kept), default=0)):
        kept = _closed_up(form, kept, depth)
    return kept


def _closed_up(form: Questionnaire, answers: Answers, depth: int) -> dict[Spot, Values]:
    used: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for spot in answers:
        if len(spot.rows) > depth:
            used.setdefault(_group_at(form, spot, depth), set()).add(spot.rows[depth])
    ranks = {key: {row: n for n, row in enumerate(sorted(rows))} for key, rows in used.items()}
    moved = {}
    for spot, values in answers.items():
        rows = spot.rows
        if len(rows) > depth:
            rank = ranks[_group_at(form, spot, depth)][rows[depth]]
            rows = (*rows[:depth], rank, *rows[depth + 1 :])
        moved[Spot(spot.link_id, rows)] = values
    return moved


def _group_at(form: Questionnaire, spot: Spot, depth: int) -> tuple[str, tuple[int, ...]]:
    return form.rows_above(spot.link_id)[depth], spot.rows[:depth]


def without_row(form: Questionnaire, answers: Answers, group: Spot, row: int) -> dict[Spot, Values]:
    """The answers with one row of a repeating group taken out."""
    depth = len(group.rows)
    return squeezed(
        form,
        {
            spot: values
            for spot, values in answers.items()
            if not (
                spot.rows[: depth + 1] == (*group.rows, row)
                and form.rows_above(spot.link_id)[depth : depth + 1] == (group.link_id,)
            )
        },
    )


def spots(
    form: Questionnaire, items: Iterable[Item], rows: tuple[int, ...], answers: Answers
) -> Iterator[tuple[Item, Spot]]:
    """Every question under these items with its place, once for each row that is there."""
    for item in items:
        if item.is_question:
            yield item, Spot(item.link_id, rows)
        if item.is_many_rows:
            for row in range(rows_within(form, Spot(item.link_id, rows), answers)):
                yield from spots(form, item.items, (*rows, row), answers)
        elif item.kind is not Kind.DISPLAY:
            yield from spots(form, item.items, rows, answers)

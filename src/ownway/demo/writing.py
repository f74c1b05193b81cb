"""Rows written by the thousand: COPY takes a tenth of the time of inserts, triggers and all."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def write(model: type[M], rows: Iterable[M]) -> list[M]:
    """Write rows of one table; their keys are set. What they point at is written before them."""
    made = list(rows)
    number(row for row in made if row.pk is None)
    meta = model._meta
    cells = [_cell(field) for field in meta.concrete_fields]
    names = ", ".join(f'"{field.column}"' for field in meta.concrete_fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in made:
            copy.write_row([cell(row) for cell in cells])
    return made


def number(rows: Iterable[M]) -> list[M]:
    """Give rows their keys before they are written."""
    made = list(rows)
    if not made:
        return made
    meta = made[0]._meta
    sequence = f"{meta.db_table}_{meta.pk.column}_seq"
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, len(made)])
        for row, (key,) in zip(made, cursor.fetchall(), strict=True):
            row.pk = key
    return made


def _cell(field: "models.Field[Any, Any]") -> Callable[[models.Model], Any]:
    """How the value of a field is read: as it is, but for JSON and the key of another row."""
    if isinstance(field, models.JSONField):
        return lambda row: field.get_db_prep_save(getattr(row, field.attname), connection)
    if isinstance(field, models.ForeignKey):
        return lambda row: _key(field, row)
    return attrgetter(field.attname)


def _key(field: "models.ForeignKey[Any, Any]", row: models.Model) -> Any:
    """Whoever had no key yet when the row was made has one by now."""
    other = field.get_cached_value(row, default=None)
    return getattr(row, field.attname) if other is None else other.pk

"""Ways to ask the database with a whole list as one value: many values one by one take longer."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, Lookup
from django.db.models.sql.compiler import SQLCompiler


class _AsOneValue(Lookup):
    prepare_rhs = False
    written: ClassVar[str]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """The column and the value, as they are written."""
        column, values = self.process_lhs(compiler, connection)
        return self.written.format(column=column), (*values, self.rhs)


@ArrayField.register_lookup
class Shares(_AsOneValue):
    """A list that has any of these words; an index can answer."""

    lookup_name, written = "shares", "{column} && %s::varchar[]"


@ArrayField.register_lookup
class HasAll(_AsOneValue):
    """A list that has all of these words, asked row by row: for words that very many have."""

    lookup_name, written = "has_all", "({column} || '{{}}') @> %s::varchar[]"


@BigAutoField.register_lookup
class AnyOf(_AsOneValue):
    """One of these row numbers."""

    lookup_name, written = "any_of", "{column} = ANY(%s::bigint[])"

"""The database that migrations made is the one the models speak of."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from pgtrigger import registered

pytestmark = pytest.mark.django_db


def _names(sql: str) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


def _models() -> list[type[Model]]:
    """All that have a table of their own."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def test_every_table_has_every_column() -> None:
    there = _names(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public'"
    )
    meant = {
        (model._meta.db_table, field.column)
        for model in _models()
        for field in model._meta.local_concrete_fields
    }

    assert meant <= there, sorted(meant - there)


def test_every_constraint_and_index_is_there() -> None:
    there = _names(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint "
        "UNION SELECT tablename, indexname FROM pg_indexes"
    )
    meant = {
        (model._meta.db_table, rule.name)
        for model in _models()
        for rule in [*model._meta.constraints, *model._meta.indexes]
    }

    assert meant <= there, sorted(meant - there)


def test_every_relation_is_held_by_the_database() -> None:
    there = _names(
        "SELECT conrelid::regclass::text, a.attname FROM pg_constraint c "
        "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
        "WHERE c.contype = 'f'"
    )
    meant = {
        (model._meta.db_table, field.column)
        for model in _models()
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.db_constraint  # type: ignore[attr-defined]
    }

    assert meant <= there, sorted(meant - there)


def test_every_trigger_is_there() -> None:
    there = _names("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
    meant = {(model._meta.db_table, trigger.get_pgid(model)) for model, trigger in registered()}

    assert meant <= there, sorted(meant - there)

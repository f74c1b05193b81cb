"""The demonstration is emptied; nothing else is."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ownway.demo.management.commands import empty_demo
from ownway.foundation.council.models import Identity
from ownway.foundation.people.models import Person


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is connected: test runs beside this one have databases of their own."""
    monkeypatch.setattr(empty_demo, "OTHERS", "SELECT 0")


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def test_our_own_connections_are_nobody_elses(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(empty_demo.OTHERS)
        assert cursor.fetchone() == (0,)


def test_the_demo_is_emptied_of_every_table(council: None, alone: None) -> None:
    assert Identity.objects.get().is_invented
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    call_command("empty_demo")

    assert _tables() == []


def test_a_real_council_is_never_emptied(council: None, harold: Person, alone: None) -> None:
    Identity.objects.update(is_invented=False)

    with pytest.raises(CommandError, match="does not hold the demo"):
        call_command("empty_demo")

    assert Person.objects.filter(pk=harold.pk).exists()


def test_tables_of_somebody_else_are_never_emptied(db: None, alone: None) -> None:
    assert not Identity.objects.exists()

    with pytest.raises(CommandError, match="does not hold the demo"):
        call_command("empty_demo")

    assert _tables()


def test_a_demo_that_somebody_uses_is_not_emptied(
    council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(empty_demo, "OTHERS", "SELECT 1")

    with pytest.raises(CommandError, match="Stop it first"):
        call_command("empty_demo")

    assert Identity.objects.exists()

"""A database of a measurement's own, thrown away after it, and the fastest way to fill it."""

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def own_database(*apps: str) -> Iterator[Path]:
    """A folder, and Django set up on a new database with the tables of these apps.

    Nothing is written through to the disk and nothing is cleaned up on the side, so that loading
    is quick and no measurement is disturbed; what is read is the same.
    """
    from ownway.commands.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="ownway-bench-") as name:
        Path(name).chmod(0o755)
        server = EmbeddedPostgres(Path(name) / "data", for_tests=True)
        os.environ["DATABASE_URL"] = server.start()
        try:
            with told("tables made"):
                _set_up(apps)
            yield Path(name)
        finally:
            _let_go()
            server.stop(force=True)


def _set_up(apps: tuple[str, ...]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ownway.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    for app in apps:
        call_command("migrate", app, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say how long a step took, and how busy the machine was."""
    begun = time.perf_counter()
    yield
    spent, load = time.perf_counter() - begun, os.getloadavg()[0]
    said = f"  {what} in {spent:.1f} s; {load:.1f} processes wanted the cores"
    print(said, file=sys.stderr, flush=True)


def copy_in(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Copy rows in; a column that they do not give has the value a new row would have.

    The history of rows that nobody will read takes longer than the rows: it is left out.
    """
    from django.db import connection

    new = model()
    table = model._meta.db_table
    columns = [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated and not field.has_db_default()
    ]
    names = ", ".join(f'"{field.column}"' for field in columns)
    usual = {field.column: _written(getattr(new, field.attname)) for field in columns}
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([_written(row.get(name, value)) for name, value in usual.items()])
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _written(value: Any) -> Any:
    return "{}" if value == [] or isinstance(value, dict) else value


def settle() -> None:
    """Let the planner know what there is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

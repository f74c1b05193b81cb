"""Empty the database of the demonstration, so that it begins anew. Refuses any other."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from ownway.foundation.council.models import Identity

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
    AND application_name <> current_setting('application_name')
"""


class Command(BaseCommand):
    """All or nothing: nothing of a real council is touched, nor what somebody else is using."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Drop every table; the next migration makes them again."""
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.introspection.table_names(cursor):
                return
            _refuse_another_council(connection.introspection.table_names(cursor))
            cursor.execute(OTHERS)
            if cursor.fetchone()[0]:
                raise CommandError(
                    "Another demo uses this database. Stop it first, then begin anew."
                )
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def _refuse_another_council(tables: list[str]) -> None:
    is_ours = Identity._meta.db_table in tables
    council = Identity.objects.first() if is_ours else None
    if council is None or not council.is_invented:
        raise CommandError(
            "This database does not hold the demo, so nothing in it is thrown away. "
            "Unset DATABASE_URL, or name the demo’s own database."
        )

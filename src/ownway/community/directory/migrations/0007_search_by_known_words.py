"""Search asks for known words instead of beginnings, and finds marked entries on their own."""

from typing import Any

import django.contrib.postgres.indexes
from django.db import migrations
from django.db.models import Q


def note_words(apps: Any, schema_editor: Any) -> None:
    """Let search know every word of the names, headlines and tags there are."""
    from ownway.community.directory.actions import finding

    finding.note_words()


class Migration(migrations.Migration):
    """Index, then note every word."""

    dependencies = [("directory", "0006_homes_roughly")]
    operations = [
        *(
            migrations.AddIndex(
                model_name="entry",
                index=django.contrib.postgres.indexes.GinIndex(
                    fields=[field], name=f"entry_marked_{field}", condition=Q(mark__gt=0)
                ),
            )
            for field in ("head_stems", "head_words", "narrowed_by")
        ),
        migrations.RunPython(note_words, migrations.RunPython.noop),
    ]

"""Fails when a model has changed and its migration is missing. Asks no database."""

import os
import sys


def main() -> int:
    """Compare the models with the migrations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownway.config.settings")
    import warnings

    import django
    from django.core.management import call_command

    warnings.filterwarnings(
        "ignore", message="Got an error checking a consistent migration history"
    )
    django.setup()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit as found:
        return int(found.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())

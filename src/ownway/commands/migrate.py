"""`ownway migrate`: bring the database up to date."""

import argparse


def main(argv: list[str]) -> int:
    """Apply the migrations, or with --dry-run say which would be."""
    parser = argparse.ArgumentParser(prog="ownway migrate", description=__doc__)
    parser.add_argument("--dry-run", action="store_true")
    wanted = parser.parse_args(argv)
    from django.core.management import call_command

    if wanted.dry_run:
        call_command("migrate", plan=True)
    else:
        bring_up_to_date()
    return 0


def bring_up_to_date(*, verbosity: int = 1) -> None:
    """Apply every migration that is not applied yet, and make the table of the cache."""
    from django.core.management import call_command

    from ownway.commands.migrations_in_place import in_place

    with in_place():
        call_command("migrate", verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)

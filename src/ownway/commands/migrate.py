"""`ownway migrate`: bring the database up to date."""

import argparse


def main(argv: list[str]) -> int:
    """Apply the migrations, or with --dry-run say which would be."""
    parser = argparse.ArgumentParser(prog="ownway migrate", description=__doc__)
    parser.add_argument("--dry-run", action="store_true")
    wanted = parser.parse_args(argv)
    from django.core.management import call_command

    call_command("migrate", plan=wanted.dry_run)
    if not wanted.dry_run:
        call_command("createcachetable")
    return 0

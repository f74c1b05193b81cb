"""`ownway migrate`: bring the database up to date."""

import argparse
from typing import Any


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
    from pgtrigger.migrations import AddTrigger

    usual = AddTrigger.state_forwards
    AddTrigger.state_forwards = _note_trigger  # type: ignore[method-assign]
    try:
        call_command("migrate", verbosity=verbosity)
    finally:
        AddTrigger.state_forwards = usual  # type: ignore[method-assign]
    call_command("createcachetable", verbosity=verbosity)


def _note_trigger(self: Any, app_label: str, state: Any) -> None:
    """Note a trigger on its model, without drawing the model and all its relations anew.

    A trigger changes no field, and there are hundreds: drawn anew for each, a first start takes
    twice as long, for the same tables, triggers and constraints.
    """
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]

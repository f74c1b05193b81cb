"""`ownway work`: run the jobs."""

import argparse
import os

from ownway.commands import children


def main(argv: list[str]) -> int:
    """Become the jobs process."""
    argparse.ArgumentParser(prog="ownway work", description=__doc__).parse_args(argv)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ownway.config.settings"}
    command = children.jobs_command()
    os.execvpe(command[0], command, environment)  # noqa: S606 (our own command, no shell)

"""`ownway serve`: the web pages of a real council, refused when it would be unsafe."""

import argparse
import os
import sys

from ownway.commands import children
from ownway.commands.assets import COLLECTING


def main(argv: list[str]) -> int:
    """Check, collect the static files, and serve."""
    parser = argparse.ArgumentParser(prog="ownway serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args(argv)
    if faults := list(unsafe(os.environ)):
        print("Not started, for it would not be safe:", *faults, sep="\n  ", file=sys.stderr)
        return 1
    from django.core.management import call_command

    call_command("collectstatic", **COLLECTING)
    command = children.web_command(host=wanted.host, port=wanted.port, workers=wanted.workers)
    os.execvpe(command[0], command, os.environ)  # noqa: S606 (our own command, no shell)


def unsafe(environment: "os._Environ[str] | dict[str, str]") -> list[str]:
    """Everything that makes serving real people's records unsafe; empty when all is well."""
    faults = []
    if len(environment.get("OWNWAY_SECRET_KEY", "")) < 50:
        faults.append("Set OWNWAY_SECRET_KEY to at least 50 characters that nobody can guess.")
    if not environment.get("OWNWAY_HOSTS"):
        faults.append("Set OWNWAY_HOSTS to the names people reach you by, with commas between.")
    if environment.get("OWNWAY_TLS", "").lower() not in {"1", "true", "yes", "on"}:
        faults.append("Serve over TLS and set OWNWAY_TLS=1.")
    if "/ownway?host=" in environment.get("DATABASE_URL", ""):
        faults.append("Set DATABASE_URL: the embedded database is for demonstration only.")
    if environment.get("OWNWAY_DEMO") or environment.get("OWNWAY_TESTING"):
        faults.append("Unset OWNWAY_DEMO and OWNWAY_TESTING: anybody could move the clock.")
    return faults

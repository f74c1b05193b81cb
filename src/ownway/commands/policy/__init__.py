"""`ownway policy`: read the rule packs, and decide from a file of facts. No database needed.

Each module here adds a group of commands: its `add(commands)` is called once below.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ownway.commands.policy import calibration, decisions, equality, packs, populations, saying
from ownway.policy.refusals import PolicyRefused

GROUPS = (packs, decisions, populations, calibration, equality)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with a sentence, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        said = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        code: int = said.run(said)
    except PolicyRefused as refusal:
        saying.refuse(refusal)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway policy",
        description="Read the rule packs, and decide from a file of facts. No database is needed.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands)
    return parser

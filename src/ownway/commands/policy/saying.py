"""How `ownway policy` reads its words and answers: options that many commands share."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ownway.policy import packs
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, PolicyRefused


def add(commands: Any, name: str, run: Callable[[Any], int], words: str) -> Any:
    """Add one command that can answer in JSON; `run` gives its exit code."""
    command = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)
    return command


def add_pack(command: argparse.ArgumentParser) -> None:
    """Ask which pack, as an option that must be given, and its profile and day."""
    command.add_argument("--pack", required=True, help="a pack, a council profile, or its file")
    add_profile(command)


def add_profile(command: argparse.ArgumentParser) -> None:
    """Ask for a council's profile and a day."""
    command.add_argument("--profile", help="a council’s numbers over the pack")
    command.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day; today if not said")


def day(text: str) -> date:
    """A day as it is written in an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-04-06") from None


def loaded(said: argparse.Namespace) -> Pack:
    """The pack that was asked for, on the day that was asked for; either may be a file."""
    if said.pack.endswith(".toml"):
        over = Path(said.profile) if said.profile else None
        return packs.read_file(Path(said.pack), over=over, on=said.on or date.today())
    if said.profile and said.profile.endswith(".toml"):
        path, on = packs.path_of(said.pack), said.on or date.today()
        return packs.read_file(path, over=Path(said.profile), on=on)
    usual = packs.usual_day(said.pack) if said.profile is None else None
    return packs.load(said.pack, profile=said.profile, on=said.on or usual or date.today())


def long_day(on: date) -> str:
    """A day in words: 6 April 2026."""
    return f"{on.day} {on:%B %Y}"


def print_json(value: Any) -> None:
    """Answer in JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def refuse(refusal: PolicyRefused) -> None:
    """Say each problem on a line of its own."""
    if isinstance(refusal, FactsMissing):
        print("Cannot decide yet. Still to find out:", file=sys.stderr)
    for problem in refusal.problems:
        print(str(problem), file=sys.stderr)

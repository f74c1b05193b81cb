"""The command line: one module a group, each with `main(argv) -> exit code`.

Exit codes: 0 done, 1 refused with a sentence, 2 wrong usage.
"""

import importlib
import os
import sys
from dataclasses import dataclass

READ_ENOUGH = 141
"""What a shell shows of a command whose reader has gone."""


@dataclass(frozen=True)
class Command:
    """A command: the module that runs it, what it does, and what must be ready before it runs."""

    module: str
    does: str
    database: bool = False


COMMANDS = {
    "demo": Command("demo", "set up and serve the invented council of Alderbrook"),
    "serve": Command("serve", "serve the web pages", database=True),
    "work": Command("work", "run the jobs", database=True),
    "migrate": Command("migrate", "bring the database up to date", database=True),
    "council": Command("council", "name a council, its teams and its staff", database=True),
    "contact": Command("contact", "take e-mails into the access desk’s list", database=True),
    "policy": Command("policy", "read, prove and run the rules"),
    "forms": Command("forms", "bring in and take out forms (FHIR Questionnaires)", database=True),
    "directory": Command("directory", "bring in a directory feed", database=True),
    "ledger": Command("ledger", "prove that the ledger balances", database=True),
    "pay": Command("pay", "run the payments that are due", database=True),
    "bench": Command("bench", "measure every figure we publish"),
    "test": Command("test", "run the tests (words choose which)"),
    "check": Command("check", "run what must pass before a merge"),
    "fix": Command("fix", "format the code and mend what can be mended"),
    "lock": Command("lock", "resolve dependencies again into the locks"),
    "assets": Command("assets", "build the front-end assets"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"help", "-h", "--help"}:
        print(_help())
        return 0
    name, rest = words[0], words[1:]
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no command called {name!r}. Try: ./ownway help", file=sys.stderr)
        return 2
    if command.database and not _asks_for_help(rest):
        ready_database()
    run = importlib.import_module(f"ownway.commands.{command.module}").main
    try:
        code = int(run(rest))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough, as `head` does: what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ_ENOUGH
    return code


def ready_database() -> None:
    """Make sure a database answers and Django is set up, once a process."""
    from ownway.commands.postgres import ensure_database

    ensure_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownway.config.settings")
    import django

    django.setup()


def _asks_for_help(words: list[str]) -> bool:
    return any(word in {"-h", "--help"} for word in words)


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.does}" for name, command in COMMANDS.items()]
    return "\n".join(
        ["Ownway: ./ownway COMMAND [--help]", "", *lines, "", "Start with: ./ownway demo"]
    )

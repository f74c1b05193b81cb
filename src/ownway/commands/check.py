"""`ownway check`: what must pass before a merge. `ownway fix` mends what it can."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Gate:
    """One thing that must hold: a command that exits 0, or a function that lists faults."""

    name: str
    command: tuple[str, ...] = ()
    faults: Callable[[], list[str]] | None = None


def main(argv: list[str]) -> int:
    """Try every gate, say each, and fail when one fails."""
    parser = argparse.ArgumentParser(prog="ownway check", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of gates; all when left out")
    wanted = parser.parse_args(argv)
    unknown = set(wanted.only) - {gate.name for gate in GATES}
    if unknown:
        print(f"There is no gate called {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    chosen = [gate for gate in GATES if not wanted.only or gate.name in wanted.only]
    failed = [gate.name for gate in chosen if not _passes(gate)]
    print(f"Failed: {', '.join(failed)}" if failed else "All gates passed")
    return 1 if failed else 0


def _passes(gate: Gate) -> bool:
    start = time.monotonic()
    if gate.faults:
        found = gate.faults()
        output = "\n".join(found)
    else:
        environment = os.environ | {"OWNWAY_TESTING": "1", "DATABASE_URL": "postgresql:///none"}
        done = subprocess.run(
            [str(BIN / gate.command[0]), *gate.command[1:]],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        found = [] if done.returncode == 0 else ["failed"]
        output = done.stdout + done.stderr
    spent = time.monotonic() - start
    print(f"{'failed' if found else 'passed'}  {gate.name:<12} {spent:5.1f} s", flush=True)
    if found:
        print(output)
    return not found


def lock_faults() -> list[str]:
    """Locks carry hashes and no host, and pin every dependency that is declared."""
    faults = []
    files = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if re.search(r"https?://", line):
                faults.append(f"{file.name}:{number} names a host: {line.strip()}")
        if file.suffix == ".txt" and "--hash=sha256:" not in file.read_text():
            faults.append(f"{file.name} has no hashes")
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        faults.append("package-lock.json says where packages were resolved from")
    faults += [f"requirements/run.txt does not pin {name}" for name in _not_pinned()]
    return faults


def _not_pinned() -> list[str]:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = (ROOT / "requirements/run.txt").read_text().lower()
    names = [re.split(r"[\[~=<>! ]", line)[0].lower() for line in project["dependencies"]]
    return [
        n
        for n in names
        if not re.search(rf"^{re.escape(n.replace('.', '-'))}(\[.*\])?==", pinned, re.M)
        and not re.search(rf"^{re.escape(n)}==", pinned, re.M)
    ]


GATES = [
    Gate("format", ("ruff", "format", "--check", "src", "tests", "bench")),
    Gate("lint", ("ruff", "check", "src", "tests", "bench")),
    Gate("types", ("mypy",)),
    Gate("imports", ("lint-imports", "--no-cache")),
    Gate("templates", ("djlint", "src", "--lint", "--quiet", "--extension", "html")),
    Gate("migrations", ("python", "-m", "ownway.commands.migrations_complete")),
    Gate("locks", faults=lock_faults),
]

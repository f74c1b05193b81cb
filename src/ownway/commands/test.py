"""`ownway test [words]`: every test, or those whose names hold the words."""

import argparse
import os
import subprocess
import sys

from ownway.commands.check import ROOT


def main(argv: list[str]) -> int:
    """Run all tests three at a time: while one waits for a browser, two go on."""
    parser = argparse.ArgumentParser(prog="ownway test", description=__doc__)
    parser.add_argument("words", nargs="*", help="words of the tests' names or a path")
    parser.add_argument("--quick", action="store_true", help="leave the browser's tests out")
    wanted = parser.parse_args(argv)
    if wanted.words:
        return _pytest(*_chosen(wanted.words))
    quick = ("-m", "not browser") if wanted.quick else ()
    return _pytest("-n", "3", "--dist", "worksteal", *quick)


def _chosen(words: list[str]) -> list[str]:
    if any("/" in word or word.endswith(".py") for word in words):
        return words
    return ["-k", " and ".join(words)]


def _pytest(*options: str) -> int:
    environment = os.environ | {"OWNWAY_TESTING": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", *options]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

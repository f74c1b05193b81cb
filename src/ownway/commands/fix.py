"""`ownway fix`: format the code and mend what the linter can mend."""

import argparse
import subprocess
import sys

from ownway.commands.check import BIN, ROOT


def main(argv: list[str]) -> int:
    """Run the formatter and the linter's own fixes."""
    argparse.ArgumentParser(prog="ownway fix", description=__doc__).parse_args(argv)
    for words in (("format",), ("check", "--fix")):
        done = subprocess.run(
            [str(BIN / "ruff"), *words, "src", "tests", "bench"], cwd=ROOT, check=False
        )
    print(
        "What is left needs a person." if done.returncode else "Nothing is left to mend.",
        file=sys.stderr,
    )
    return done.returncode

"""`ownway lock`: resolve the dependencies again, with hashes and without hosts."""

import argparse
import subprocess

from ownway.commands.check import ROOT


def main(argv: list[str]) -> int:
    """Write both locks anew."""
    argparse.ArgumentParser(prog="ownway lock", description=__doc__).parse_args(argv)
    sets = {"run": ["--extra", "embedded"], "dev": ["--all-extras", "--group", "dev"]}
    for name, more in sets.items():
        command = [".boot/bin/uv", "pip", "compile", "--python-version", "3.11", "--quiet"]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-header"]
        command += [*more, "pyproject.toml", "-o", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)
    return 0

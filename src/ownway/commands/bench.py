"""`ownway bench NAME`: measure what we publish, as a ratio against a baseline in the same run."""

import argparse
import os
import subprocess
import sys

from ownway.commands.check import ROOT


def main(argv: list[str]) -> int:
    """Run one measurement; without a name, list them."""
    single = {path.stem for path in (ROOT / "bench").glob("[a-z]*.py")}
    names = sorted(single | {path.parent.name for path in (ROOT / "bench").glob("*/__main__.py")})
    parser = argparse.ArgumentParser(prog="ownway bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=names)
    wanted, rest = parser.parse_known_args(argv)
    if wanted.name is None:
        print("\n".join(["Measurements:", *(f"  {name}" for name in names)]))
        return 0
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "OWNWAY_DEMO": "1"}
    command = [sys.executable, "-m", f"bench.{wanted.name}", *rest]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

"""The budget of a whole population: our runs against OpenFisca-Core, taking turns in one run.

Every engine works the same declared policy on the same invented people, in a process of its own,
and all must come to the same whole pence or the bench fails. OpenFisca is put into an environment
of its own from the package index; where that cannot be, it is left out with a word. Time is
processor time, medians over the rounds; what is compared is ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.ras import single, stream

ROOT = Path(__file__).resolve().parents[1]
OPENFISCA = "openfisca-core>=46,<47"
OURS = ("numpy", "numba", "interpreter")
GOALS = {"numba": 10.0, "numpy": 5.0}
"""How many times less processor time than OpenFisca each is to take."""


class Worker:
    """An engine in a process of its own."""

    def __init__(self, name: str, people: int, *, python: str) -> None:
        """Start it; it says when it is ready."""
        self.name = name
        place = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [python, "-m", "bench.ras.worker", name, str(people)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=place, cwd=ROOT,
        )  # fmt: skip
        self.people = int(self._heard()["people"])

    def ask(self, word: str) -> dict[str, Any]:
        """One turn."""
        assert self.process.stdin
        print(word, file=self.process.stdin, flush=True)
        return self._heard()

    def _heard(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} stopped; what it said is above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """Let it go."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


def main() -> int:
    """Measure, print, and fail when engines disagree by a penny."""
    said = _said()
    workers = list(_workers(said))
    rounds = [{w.name: w.ask("go") for w in workers} for _ in range(said.rounds)]
    ones = {w.name: w.ask("one")["one"] for w in workers}
    for worker in workers:
        worker.stop()
    rows = {w.name: _row([one[w.name] for one in rounds], w.people) for w in workers}
    equal = _all_equal(rows.values(), people=said.people)
    answer: dict[str, Any] = {"people": said.people, "rounds": said.rounds, "equal": equal,
                              "engines": rows, "one_traced": ones}  # fmt: skip
    answer |= {"single": single.measure(), "stream": stream.measure(said.stream)}
    print(json.dumps(answer, indent=2) if said.json else "\n".join(_lines(answer)))
    return 0 if equal else 1


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ownway bench allocation", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stream", type=int, default=0, metavar="PEOPLE",
                        help="also run so many from Parquet to Parquet, as 10000000")  # fmt: skip
    parser.add_argument("--without-openfisca", action="store_true", help="install nothing")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser.parse_args()


# -- Engines -----------------------------------------------------------------------------------


def _workers(said: argparse.Namespace) -> Iterator[Worker]:
    python = None if said.without_openfisca else _openfisca()
    if python:
        yield Worker("openfisca", said.people, python=python)
    for name in OURS:
        if name == "numba" and not _has_numba():
            _tell("numba is not installed, so it is left out: pip install 'ownway[fast]'")
            continue
        yield Worker(name, said.people, python=sys.executable)


def _has_numba() -> bool:
    import importlib.util

    return importlib.util.find_spec("numba") is not None


def _openfisca() -> str | None:
    """A Python with OpenFisca, in an environment that is kept for the next time."""
    import venv

    import numpy

    place = Path(tempfile.gettempdir()) / f"ownway-bench-openfisca-{os.getuid()}"
    python = place / "bin" / "python"
    if _has_openfisca(python):
        return str(python)
    _tell(f"Putting {OPENFISCA} into {place} …")
    try:
        venv.create(place, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", OPENFISCA,
                   f"numpy=={numpy.__version__}"]  # fmt: skip
        subprocess.run(install, check=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as wrong:
        _tell(f"OpenFisca could not be installed, so it is left out: {wrong}")
        return None
    return str(python) if _has_openfisca(python) else None


def _has_openfisca(python: Path) -> bool:
    if not python.exists():
        return False
    asked = [str(python), "-c", "import openfisca_core"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


# -- What it comes to --------------------------------------------------------------------------


def _row(turns: list[dict[str, Any]], people: int) -> dict[str, Any]:
    """Medians over the rounds, in nanoseconds a person; the most bytes any round took."""
    return {
        "people": people,
        "cpu_ns": median(turn["cpu"] for turn in turns) * 1e9,
        "wall_ns": median(turn["wall"] for turn in turns) * 1e9,
        "bytes_a_person": max(turn["extra"] for turn in turns),
        "all": {turn["all"] for turn in turns}.pop(),
        "sample": {turn["sample"] for turn in turns}.pop(),
        "steady": len({turn["all"] for turn in turns}) == 1,
    }


def _all_equal(rows: Iterable[dict[str, Any]], *, people: int) -> bool:
    """Every engine the same on everyone, and the interpreter on those it worked out."""
    rows = list(rows)
    whole = {row["all"] for row in rows if row["people"] == people}
    return len(whole) == 1 and len({r["sample"] for r in rows}) == 1 and all(
        row["steady"] for row in rows)  # fmt: skip


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    rows, ones = answer["engines"], answer["one_traced"]
    base = rows.get("openfisca")
    yield f"{answer['people']:,} people, {answer['rounds']} rounds; processor time, medians"
    yield f"{'':<14}{'ns a person':>12}{'times less':>12}{'bytes more':>12}   one traced"
    for name, row in sorted(rows.items(), key=lambda item: item[1]["cpu_ns"]):
        less = base["cpu_ns"] / row["cpu_ns"] if base else None
        said = "-" if less is None else f"{less:.1f}"
        yield (f"{name:<14}{row['cpu_ns']:>12.1f}{said:>12}{row['bytes_a_person']:>12.0f}"
               f"{ones[name] * 1e6:>10.0f} µs{_met(name, less)}")  # fmt: skip
    yield f"all equal to the penny: {'yes' if answer['equal'] else 'NO'}"
    yield ""
    yield from single.lines(answer["single"], ones)
    yield from stream.lines(answer["stream"])


def _met(name: str, less: float | None) -> str:
    goal = GOALS.get(name)
    if goal is None or less is None:
        return ""
    return f"  goal {goal:.0f}: {'met' if less >= goal else 'missed'}"


if __name__ == "__main__":
    sys.exit(main())

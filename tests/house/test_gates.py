"""Each gate of `ownway check` turns red on a fault planted for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _append(path: str, text: str) -> Callable[[Path], None]:
    def plant(house: Path) -> None:
        with open(house / path, "a") as file:
            file.write(text)

    return plant


FAULTS = {
    "format": _append("src/ownway/design/money.py", "\nx   =  1\n"),
    "lint": _append("src/ownway/design/money.py", "\nimport os\n"),
    "types": _append("src/ownway/design/money.py", '\nwrong: int = pounds("twelve")\n'),
    "imports": _append("src/ownway/policy/domains.py", "\nimport django\n"),
    "templates": _append("src/ownway/pages/templates/pages/your_rights.html", "\n<div>\n"),
    "migrations": _append(
        "src/ownway/foundation/council/models.py",
        "\n\nclass Planted(models.Model):\n    name = models.CharField(max_length=9)\n",
    ),
    "locks": _append("requirements/run.txt", "\n# https://example.org/simple\n"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house to plant faults in."""
    copy = tmp_path_factory.mktemp("house")
    for name in ("src", "tests", "bench", "requirements", ".mypy_cache"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "package-lock.json", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy / name)
    return copy


def _check(house: Path, gate: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(house / "src")}
    command = [sys.executable, "-P", "-m", "ownway.commands", "check", gate]
    return subprocess.run(
        command, cwd=house, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("gate", list(FAULTS))
def test_a_gate_turns_red_on_a_planted_fault(gate: str, house: Path) -> None:
    touched = {
        p: p.read_text()
        for p in (*house.rglob("*.py"), *house.rglob("*.html"), *house.rglob("*.txt"))
    }
    FAULTS[gate](house)

    done = _check(house, gate)

    for path, text in touched.items():
        if path.read_text() != text:
            path.write_text(text)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"failed  {gate}" in done.stdout

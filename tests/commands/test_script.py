"""The script `ownway`: it says why it cannot set up, sets up once, and helps without any."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
PYTHON = """#!/bin/sh
case "$*" in *assets*) echo built >>assets.log; mkdir -p build ;; *) echo "ran $*" ;; esac
"""
FAILING_NPM = """#!/bin/sh
echo "npm error code ENOTFOUND" >&2
echo "npm error getaddrinfo ENOTFOUND mirror.example" >&2
exit 1
"""
SLOW_NPM = """#!/bin/sh
echo fetched >>npm.log
sleep 1
mkdir -p node_modules/govuk-frontend
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose Python packages are there, and whose front-end packages are not."""
    for name in ("ownway", "package-lock.json", "requirements", "assets"):
        whole, here = HERE / name, tmp_path / name
        shutil.copytree(whole, here) if whole.is_dir() else shutil.copy(whole, here)
    shutil.copytree(HERE / "src/ownway/commands", tmp_path / "src/ownway/commands")
    (tmp_path / "src/ownway/__init__.py").touch()
    _program(tmp_path / ".venv/bin/python", PYTHON)
    lock = "requirements/run.txt"
    sum_of_lock = (
        subprocess.run(
            ["cksum"], input=(tmp_path / lock).read_bytes(), capture_output=True, check=True
        )
        .stdout.decode()
        .strip()
    )
    (tmp_path / ".venv/.ownway").write_text(f"{lock} {sum_of_lock}")
    return tmp_path


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _environment(clone: Path, npm: str) -> Mapping[str, str]:
    _program(clone / "bin/npm", npm)
    return os.environ | {"PATH": f"{clone / 'bin'}:{os.environ['PATH']}"}


def _start(clone: Path, words: str, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["./ownway", *words.split()],
        cwd=clone,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_npm_said_is_shown_with_what_to_do(clone: Path) -> None:
    run = _start(clone, "serve", _environment(clone, FAILING_NPM))

    out, err = run.communicate(timeout=30)

    assert run.returncode == 1
    assert "getaddrinfo ENOTFOUND mirror.example" in err
    assert "The front-end assets could not be fetched" in err
    assert "ran" not in out
    assert not (clone / "node_modules").exists()


def test_two_first_runs_at_once_set_up_once(clone: Path) -> None:
    environment = _environment(clone, SLOW_NPM)

    runs = [_start(clone, words, environment) for words in ("serve", "ledger")]
    said = [run.communicate(timeout=60) for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert sorted(out.strip() for out, _ in said) == [
        "ran -m ownway.commands ledger",
        "ran -m ownway.commands serve",
    ]
    assert (clone / "npm.log").read_text() == "fetched\n"
    assert sum("Waiting for it" in err for _, err in said) <= 1


def test_help_needs_nothing_set_up(clone: Path) -> None:
    shutil.rmtree(clone / ".venv")

    run = _start(clone, "help", _environment(clone, FAILING_NPM))
    out, err = run.communicate(timeout=30)

    assert (run.returncode, err) == (0, "")
    assert "demo" in out
    assert not (clone / ".venv").exists()
    assert not (clone / "node_modules").exists()

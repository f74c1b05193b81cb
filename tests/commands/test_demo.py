"""`ownway demo` serves, is mended when a part is killed, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser  # run alone: it starts a whole product


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder of the demo's own."""
    with tempfile.TemporaryDirectory(prefix="ownway-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"


class Running:
    """A demo that runs: its output, its processes, and a way to ask it for a page."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.port = _free_port()
        without = {"DATABASE_URL", "OWNWAY_TESTING", "DJANGO_SETTINGS_MODULE"}
        environment = {k: v for k, v in os.environ.items() if k not in without}
        environment |= {"OWNWAY_DATA_DIR": str(folder), "PYTHONPATH": "src"}
        command = [sys.executable, "-m", "ownway.commands", "demo", "--people", "40", *more]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = self._until_ready()

    def _until_ready(self) -> str:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C stops everything" in line:
                return "".join(lines)
        raise AssertionError("The demo did not start:\n" + "".join(lines))

    def ended(self) -> int:
        """Wait for its end and say how it ended."""
        code = self.process.wait(40)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def page(self, path: str) -> str:
        """The text of a page; tries for a while, for it may just be starting again."""
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}{path}", timeout=5
                ) as answer:
                    return str(answer.read().decode())
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def children(self) -> list[int]:
        """The processes below the demo, however deep."""
        found, look = [], [self.process.pid]
        while look:
            parent = look.pop()
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    parts = stat.read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if int(parts[1]) == parent and parts[0] != "Z":
                    found.append(int(stat.parent.name))
                    look.append(int(stat.parent.name))
        return found


def _gone(pids: list[int]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        alive = []
        for pid in pids:
            try:
                state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
                alive += [pid] if state not in "ZX" else []
            except OSError:
                continue
        if not alive:
            return True
        time.sleep(0.1)
    return False


def test_the_demo_is_mended_when_killed_keeps_what_was_there_and_begins_anew_when_asked(
    folder: Path,
) -> None:
    demo = Running(folder)
    assert f"in {folder.resolve()}" in demo.said
    assert "./ownway demo --again" in demo.said
    for role in (
        "Resident",
        "Access officer",
        "Social worker",
        "Team manager",
        "Finance officer",
        "Broker",
        "Provider",
        "Commissioner",
        "Policy owner",
    ):
        assert role in demo.said, f"no way in for: {role}"
    assert "What do you need?" in demo.page("/")

    for pid in demo.children():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    assert re.search("ready", demo.page("/health/ready"))

    below = demo.children()
    demo.process.kill()
    demo.ended()
    second = Running(folder)
    assert "is there already" in second.said
    assert "What do you need?" in second.page("/")

    below += second.children()
    second.process.send_signal(signal.SIGINT)
    assert second.ended() == 0
    assert _gone(below)

    again = Running(folder, "--again")
    assert "is there already" not in again.said
    assert "What do you need?" in again.page("/")
    again.process.send_signal(signal.SIGINT)
    assert again.ended() == 0

"""The embedded database starts, is shared, and loses nothing when anything is killed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ownway.commands.postgres import EmbeddedPostgres

CLIENT = """
import sys, time
from pathlib import Path
from ownway.commands.postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).start(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the server's owner may enter."""
    with tempfile.TemporaryDirectory(prefix="ownway-pg-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"


def _pid(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().split("\n")[0])


def _write(address: str, text: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (words text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [text])


def _kept(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [row[0] for row in connection.execute("SELECT words FROM kept ORDER BY 1")]


def test_what_was_written_is_there_after_a_stop_and_a_second_start(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    _write(server.start(), "first")
    server.stop()

    again = EmbeddedPostgres(folder)

    assert _kept(again.start()) == ["first"]
    again.stop()


def test_what_was_written_is_there_after_the_server_is_killed(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    _write(server.start(), "before the kill")
    os.kill(_pid(server), signal.SIGKILL)
    assert server.process is not None
    server.process.wait(10)

    again = EmbeddedPostgres(folder)

    assert _kept(again.start()) == ["before the kill"]
    again.stop(force=True)


def test_a_server_that_died_is_revived_by_the_one_who_started_it(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    address = server.start()
    _write(address, "kept")
    os.kill(_pid(server), signal.SIGKILL)
    assert server.process is not None
    server.process.wait(10)
    assert not server.is_alive()

    server.revive()

    assert _kept(address) == ["kept"]
    server.stop(force=True)


def test_the_last_one_out_stops_the_server_even_when_another_was_killed(folder: Path) -> None:
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(folder)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "src"},
    )
    assert client.stdout is not None
    assert client.stdout.readline()
    mine = EmbeddedPostgres(folder)
    mine.start()
    pid = _pid(mine)
    client.kill()
    client.wait()
    client.stdout.close()

    mine.stop()

    end = time.monotonic() + 10
    while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < end:
        if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.05)
    assert not (mine.data / "postmaster.pid").exists()


def test_the_application_is_no_superuser(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    with psycopg.connect(server.start()) as connection:
        row = connection.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert row == (False,)
    server.stop()

"""What every command does alike."""

import subprocess
import sys

from ownway.commands import READ_ENOUGH


def test_a_reader_that_has_read_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "ownway.commands", "policy", "show", "careact-2014"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        told = run.stderr.read()

    assert told == b""
    assert run.returncode == READ_ENOUGH

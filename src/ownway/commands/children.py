"""Starting the web pages and the jobs as children that never outlive the one who started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent is gone, even killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """The command that serves the web pages."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "ownway.config.wsgi:application",
    ]


def jobs_command() -> list[str]:
    """The command that runs the jobs."""
    return [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"]


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only its keeper."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ownway.config.settings"}
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def stop(child: subprocess.Popen[bytes], *, patience: float = 10.0) -> None:
    """Ask a child to end, and end it when it does not."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()

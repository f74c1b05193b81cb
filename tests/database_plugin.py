"""Start a throw-away PostgreSQL before Django reads its settings; parallel runs share it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from ownway.commands.postgres import EmbeddedPostgres

os.environ["OWNWAY_TESTING"] = "1"
if not os.environ.get("DATABASE_URL"):
    base = Path(tempfile.mkdtemp(prefix="ownway-test-"))
    server = EmbeddedPostgres(base, for_tests=True)
    if server.owner:
        os.chown(base, *server.owner)
    os.environ["DATABASE_URL"] = server.start()

    def _end() -> None:
        server.stop(force=True)
        shutil.rmtree(base, ignore_errors=True)

    atexit.register(_end)

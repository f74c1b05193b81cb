"""Where a feed tells of what: kept on disk while it is read, so that memory stays flat."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from django.conf import settings

from ownway.community.directory.forms.jsonfeed import CannotRead, FeedFile, Span
from ownway.design.questionnaire.jsontext import Path as Steps

TABLES: Final = """
CREATE TABLE told (
    number INTEGER PRIMARY KEY, role TEXT, key TEXT, file INTEGER, start INTEGER, stop INTEGER,
    line INTEGER, label TEXT, steps TEXT, size INTEGER, is_first INTEGER
);
CREATE INDEX by_key ON told (role, key);
CREATE INDEX by_file ON told (file, is_first);
CREATE TABLE offered (key TEXT PRIMARY KEY, owner TEXT) WITHOUT ROWID;
"""
MENTION: Final = "SELECT file, start, stop, line, label, steps, size FROM told"
AT_ONCE: Final = 500


class Mention(NamedTuple):
    """Where a feed tells of something: a file, an object in it, and the way down inside."""

    file: FeedFile
    span: Span
    steps: Steps
    size: int


Row = tuple[int, int, int, int, str, str, int]


class Index:
    """What a feed holds, by the identifiers it uses."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: list[FeedFile] = []
        # No name: a file of its own that is gone with the connection.
        self._base = sqlite3.connect("", check_same_thread=False)
        self._base.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;" + TABLES)
        self._many = 0

    def add(self, role: str, key: str, mention: Mention) -> None:
        """Keep where something is told of.

        Raises:
            CannotRead: the feed tells of more than is taken.
        """
        self._many += 1
        if self._many > settings.FEED_MOST_ITEMS:
            told = f"The feed tells of more than {settings.FEED_MOST_ITEMS:,} things"
            raise CannotRead(self.name, 0, told)
        if not self.files or self.files[-1] is not mention.file:
            self.files.append(mention.file)
        span, steps = mention.span, json.dumps(mention.steps)
        self._base.execute(
            "INSERT INTO told (role, key, file, start, stop, line, label, steps, size, is_first) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM told WHERE role = ? AND "
            "key = ?))",
            (role, key, len(self.files) - 1, span.start, span.end, span.line, span.label, steps,
             mention.size, role, key),
        )  # fmt: skip

    def offer(self, key: str, *, owner: str) -> None:
        """Keep who offers a service that is told of inside its owner."""
        self._base.execute("INSERT OR IGNORE INTO offered VALUES (?, ?)", (key, owner))

    def offered_by(self, key: str) -> str:
        """Who offers it, as far as its owner says so."""
        row = self._base.execute("SELECT owner FROM offered WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def of(self, role: str, key: str) -> list[Mention]:
        """Every place that tells of something, the first one first."""
        rows = self._base.execute(
            f"{MENTION} WHERE role = ? AND key = ? ORDER BY number", (role, key)
        )
        return [self._mention(row) for row in rows]

    def knows(self, key: str, *roles: str) -> bool:
        """Whether anything tells of it."""
        asked = "SELECT 1 FROM told WHERE key = ? AND role = ?"
        return any(self._base.execute(asked, (key, role)).fetchone() for role in roles)

    def count(self, *roles: str) -> int:
        """How many things of these kinds there are."""
        asked = f"SELECT count(*) FROM told WHERE is_first AND role IN ({_marks(roles)})"  # noqa: S608
        return int(self._base.execute(asked, roles).fetchone()[0])

    def names(self, *roles: str) -> list[str]:
        """The names of the files that first tell of things of these kinds."""
        asked = f"SELECT DISTINCT file FROM told WHERE is_first AND role IN ({_marks(roles)})"  # noqa: S608
        return sorted({self.files[row[0]].name for row in self._base.execute(asked, roles)})

    def keys(self, *roles: str, name: str | None) -> Iterator[tuple[str, str]]:
        """Each thing that is first told of in a file, or anywhere: its kind and its key."""
        files = [n for n, file in enumerate(self.files) if name in (None, file.name)]
        for file in files:
            last = 0
            while rows := self._some(file, roles, last):
                yield from ((role, key) for _, role, key in rows)
                last = rows[-1][0]

    def _some(self, file: int, roles: tuple[str, ...], last: int) -> list[tuple[int, str, str]]:
        return self._base.execute(
            "SELECT number, role, key FROM told WHERE file = ? AND is_first AND number > ? "  # noqa: S608
            f"AND role IN ({_marks(roles)}) ORDER BY number LIMIT {AT_ONCE}",
            (file, last, *roles),
        ).fetchall()

    def _mention(self, row: Row) -> Mention:
        file, start, stop, line, label, steps, size = row
        span = Span(start, stop, line, label)
        return Mention(self.files[file], span, tuple(json.loads(steps)), size)


def _marks(roles: tuple[str, ...]) -> str:
    return ", ".join("?" * len(roles))

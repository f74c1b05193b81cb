"""`ownway directory postcodes`: where postcodes lie, from the national list of them."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ownway.commands.directory.telling import listed

if TYPE_CHECKING:
    from ownway.community.directory.forms import PostcodeFile


class BadRows(Exception):
    """A file has rows that are bad, and only the whole of it was wanted."""


def run(given: argparse.Namespace) -> int:
    """Load them."""
    from ownway.community.directory import actions
    from ownway.community.directory.forms import PostcodeFile

    file = PostcodeFile(given.path)
    try:
        rows = file.rows() if given.keep_good else _all_good(file)
        loaded = actions.load_postcodes(rows, dry_run=given.dry_run)
    except BadRows:
        loaded = 0
    listed("Refused", file.faults)
    if file.faults and not given.keep_good:
        print("Nothing was loaded. Mend what is listed, or load the good rows with --keep-good")
    would = "Would load" if given.dry_run else "Loaded"
    print(
        f"{would} {loaded:,} postcodes; {file.without_place:,} have no place on the grid; "
        f"{len(file.faults):,} refused"
    )
    return 1 if file.faults else 0


def _all_good(file: "PostcodeFile") -> Iterator[tuple[str, int, int, bool]]:
    """Every row of a file without bad rows; a bad one stops the loading at the end of the file."""
    yield from file.rows()
    if file.faults:
        raise BadRows

"""Files of people: which kind one is, the row that spoils it, and what is there already.

Rows are people: the first line under the header is row 1, as it is wherever rows are named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ownway.policy.refusals import FactsRefused, Problem


def refuse_if_there(path: Path) -> None:
    """Keep what is there: nobody can bring back a file that was written over.

    Raises:
        FactsRefused: a file of this name is there.
    """
    if path.exists():
        mend = "Move it away, or name another."
        raise FactsRefused([Problem(str(path), "is there already.", mend)])


def is_parquet(path: Path) -> bool:
    """Whether a file says that it is Parquet, by its first bytes.

    Raises:
        FactsRefused: its name says so, and its bytes do not.
    """
    with path.open("rb") as file:
        said = file.read(4) == b"PAR1"
    if path.suffix == ".parquet" and not said:
        mend = "Give the file as it was written, or name it .csv if it is CSV."
        raise FactsRefused([Problem(str(path), "is called .parquet and is not Parquet.", mend)])
    return said


def uneven_row(path: Path) -> Problem | None:
    """The first row of a CSV file with more or fewer cells than the header, if one has."""
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        try:
            return next(_uneven(path, csv.reader(file)), None)
        except csv.Error:
            return None


def _uneven(path: Path, reader: Any) -> Iterator[Problem]:
    wanted, row = len(next(reader, ())), 0
    for cells in reader:
        if not cells and wanted != 1:
            continue
        row += 1
        if len(cells) > wanted or (cells and len(cells) < wanted):
            held = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            said = f"has {held}, and the header has {wanted}."
            mend = "Give it one for each column. Put a cell with a comma in it in quotes."
            yield Problem(f"{path}, row {row:,} (line {reader.line_num:,})", said, mend)

"""An invented council written to a file, a block at a time, so that any number of people fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ownway.policy import tables
from ownway.policy.refusals import FactsRefused, Problem
from ownway.policy.synthetic.council import Columns, Council

_BLOCK = 100_000


def write(council: Council, path: Path, *, people: int) -> int:
    """Write so many people to CSV or Parquet, by the name's ending; say how many rows that is.

    Raises:
        FactsRefused: the name has another ending or is taken, or the file cannot be written.
    """
    if path.suffix not in (".csv", ".parquet"):
        raise FactsRefused([Problem(str(path), "is neither CSV nor Parquet.", _MEND)])
    tables.refuse_if_there(path)
    try:
        return _write(council, path, people)
    except OSError as wrong:
        reason = f"cannot be written: {wrong.strerror or wrong}."
        raise FactsRefused([Problem(str(path), reason)]) from None


_MEND = "End its name with .csv or .parquet."


def _write(council: Council, path: Path, people: int) -> int:
    import pyarrow.csv
    import pyarrow.parquet

    open_file = {".csv": pyarrow.csv.CSVWriter, ".parquet": pyarrow.parquet.ParquetWriter}
    rows, writer = 0, None
    try:
        for table in _tables(council, people):
            writer = writer or open_file[path.suffix](path, table.schema)
            writer.write_table(table)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _tables(council: Council, people: int) -> Iterator[Any]:
    for first in range(0, people, _BLOCK):
        yield _table(council.people(min(_BLOCK, people - first), first=first))


def _table(columns: Columns) -> Any:
    import pyarrow

    return pyarrow.table(
        {
            name: pyarrow.array(np.asarray(column), mask=np.ma.getmaskarray(column))
            if isinstance(column, np.ma.MaskedArray)
            else pyarrow.array(column)
            for name, column in columns.items()
        }
    )

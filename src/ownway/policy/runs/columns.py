"""A batch of a population file as whole numbers, and every row that cannot be one of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import tables
from ownway.policy.graph import Node
from ownway.policy.refusals import FactsRefused, Problem

BATCH = 1 << 17
CARRIED = ("person",)
"""Columns that are carried to the answers wherever they are there."""
_DIGITS = re.compile(r"\s*[+-]?[0-9]+\s*")
_WHOLE = r"^\s*[+-]?[0-9]{1,18}\s*$"


@dataclass(frozen=True)
class BadRow:
    """A row, counted from 1 as the first person, with the column and what is wrong there."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Read as one line."""
        return f"row {self.row:,}, {self.column}: {self.reason}"


@dataclass(frozen=True)
class Batch:
    """Some rows of a file: `first` is the number of the first of them."""

    place: int
    first: int
    table: Any

    @property
    def rows(self) -> int:
        """How many."""
        return int(self.table.num_rows)

    def digest(self, carried: Sequence[str], coded: Iterable[NDArray[Any]]) -> str:
        """Tells these rows apart from any other: by what is carried, and the facts that count."""
        import pyarrow

        sink = pyarrow.BufferOutputStream()
        picked = self.table.select(list(carried)).combine_chunks()
        with pyarrow.ipc.new_stream(sink, picked.schema) as stream:
            stream.write_table(picked)
        told = hashlib.blake2b(sink.getvalue(), digest_size=16)
        for column in coded:
            told.update(column.tobytes())
        return told.hexdigest()


class Source:
    """A population file, read a batch at a time."""

    def __init__(self, path: Path, wanted: Iterable[str], carried: Sequence[str]) -> None:
        """Open a file and see that it has the columns.

        Raises:
            FactsRefused: it cannot be read, or a column is not in it.
        """
        self.path = path
        self.names: list[str] = []
        try:
            self.names = self._header()
        except FactsRefused:
            raise
        except OSError as wrong:
            raise _refused(path, f"cannot be read: {wrong.strerror or wrong}.") from None
        except ValueError as wrong:
            raise self._unread(wrong, "is not a table that can be read") from None
        self.wanted = tuple(wanted)
        self.carried = tuple(name for name in carried if name in self.names)
        self.read = tuple(dict.fromkeys((*self.carried, *self.wanted)))
        twice = sorted({name for name in self.names if self.names.count(name) > 1})
        if twice:
            raise FactsRefused([Problem(name, "is the name of two columns.") for name in twice])
        needed = dict.fromkeys((*self.wanted, *(name for name in carried if name not in CARRIED)))
        missing = [name for name in needed if name not in self.names]
        mend = "Add it. `ownway policy schema run` prints every column and what it may be."
        if missing:
            raise FactsRefused(Problem(n, "is not a column of this file.", mend) for n in missing)

    @cached_property
    def is_csv(self) -> bool:
        """Whether the file is text; a Parquet file says what it is in its first bytes."""
        return not tables.is_parquet(self.path)

    def _header(self) -> list[str]:
        if self.is_csv:
            with self._csv() as reader:
                names: list[str] = reader.schema.names
                return names
        import pyarrow.parquet

        with pyarrow.parquet.ParquetFile(self.path) as file:
            names = file.schema_arrow.names
            return names

    def _csv(self, names: Sequence[str] = ()) -> Any:
        """Every cell as text: a word among numbers must be named by its row, not fail a block."""
        import pyarrow.csv

        options = pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pyarrow.string()), null_values=["", "null"],
            strings_can_be_null=True, include_columns=list(names),
        )  # fmt: skip
        # Where there is one column, an empty line is somebody whose fact is unknown.
        skipped = pyarrow.csv.ParseOptions(ignore_empty_lines=len(self.names) != 1)
        return pyarrow.csv.open_csv(self.path, convert_options=options, parse_options=skipped)

    @property
    def people(self) -> int | None:
        """How many rows there are, where the file says so."""
        if self.is_csv:
            return None
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(self.path).num_rows)

    def batches(self) -> Iterator[Batch]:
        """The rows, some at a time; no more than one batch is held."""
        import pyarrow

        first = 1
        try:
            for place, table in enumerate(self._tables()):
                yield Batch(place, first, table)
                first += table.num_rows
        except (OSError, pyarrow.ArrowException) as wrong:
            raise self._unread(wrong, f"cannot be read past row {first - 1:,}") from None

    def _unread(self, wrong: Exception, said: str) -> FactsRefused:
        """Name the row of a CSV file that spoils it; where there is none, what the reader says."""
        uneven = tables.uneven_row(self.path) if self.is_csv else None
        return (
            FactsRefused([uneven]) if uneven else _refused(self.path, f"{said}: {_first(wrong)}.")
        )

    def _tables(self) -> Iterator[Any]:
        import pyarrow.parquet

        if self.is_csv:
            with self._csv(self.read) as reader:
                yield from (pyarrow.Table.from_batches([part]) for part in reader)
            return
        with pyarrow.parquet.ParquetFile(self.path) as file:
            # Group by group: asked for all at once, the reader keeps each group to the end.
            for group in range(file.num_row_groups):
                for part in file.iter_batches(BATCH, row_groups=[group], columns=list(self.read)):
                    yield pyarrow.Table.from_batches([part])


def whole_numbers(
    batch: Batch, inputs: Sequence[Node]
) -> tuple[dict[str, NDArray[Any]], list[BadRow]]:
    """The facts of a batch, and each cell that is unknown, not a whole number, or out of range."""
    columns: dict[str, NDArray[Any]] = {}
    bad: list[BadRow] = []
    for node in inputs:
        column, wrong = _column(batch.table[node.name].combine_chunks(), node)
        columns[node.name] = column
        bad += [BadRow(batch.first + row, node.name, reason) for row, reason in wrong]
    return columns, sorted(bad, key=lambda one: one.row)


def _column(column: Any, node: Node) -> tuple[NDArray[Any], list[tuple[int, str]]]:
    import pyarrow
    import pyarrow.compute

    pc: Any = pyarrow.compute  # its functions are made as it is imported
    kind = column.type
    said = f"must be a whole number from {node.least:,} to {node.most:,}"
    if pyarrow.types.is_boolean(kind):
        column = column.cast(pyarrow.int8())
    elif pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind):
        fits = pc.match_substring_regex(column, _WHOLE)
        numbers = pc.if_else(fits, pc.utf8_trim_whitespace(column), None).cast(pyarrow.int64())
        return _checked(column, numbers, node, said, of_words=True)
    elif pyarrow.types.is_floating(kind):
        whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 2.0**53))
        numbers = pc.if_else(whole, column, None).cast(pyarrow.int64())
        return _checked(column, numbers, node, said)
    elif not pyarrow.types.is_integer(kind):
        return np.zeros(len(column), np.int64), [(0, f"{said}; the column holds {kind}.")]
    return _checked(column, column, node, said)


def _checked(
    given: Any, numbers: Any, node: Node, said: str, *, of_words: bool = False
) -> tuple[NDArray[Any], list[tuple[int, str]]]:
    wrong: list[tuple[int, str]] = []
    if numbers.null_count:
        unknown = given.is_null().to_numpy(zero_copy_only=False)
        lost = numbers.is_null().to_numpy(zero_copy_only=False) & ~unknown
        asked = "is not known. Find it, or leave this person out."
        wrong = [(int(row), asked) for row in np.flatnonzero(unknown)]
        for row in np.flatnonzero(lost):
            words = of_words and not _DIGITS.fullmatch(str(given[int(row)]))
            wrong.append((int(row), f"{said}, not words." if words else f"{said}."))
        numbers = numbers.fill_null(node.least)
    column = numbers.to_numpy(zero_copy_only=False)
    if len(column) and (column.min() < node.least or column.max() > node.most):
        outside = np.flatnonzero((column < node.least) | (column > node.most))
        wrong += [(int(row), f"{said}; it is {column[row]:,}.") for row in outside]
    return column, wrong


def _refused(path: Path, reason: str) -> FactsRefused:
    return FactsRefused([Problem(str(path), reason)])


def _first(wrong: Exception) -> str:
    said = str(wrong).splitlines()
    return ascii(said[0][:200] if said else "it is empty").strip("'\"").rstrip(".")

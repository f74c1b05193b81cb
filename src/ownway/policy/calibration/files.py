"""A table in a file, CSV or Parquet, as told-apart texts: the same for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import tables
from ownway.policy.refusals import FactsRefused, Problem


@dataclass(frozen=True)
class Table:
    """Columns by name. Lines are counted as an editor counts them: in CSV the header is line 1."""

    arrow: Any
    first_line: int

    @property
    def names(self) -> list[str]:
        """The columns, in order."""
        names: list[str] = self.arrow.column_names
        return names

    @property
    def rows(self) -> int:
        """How many people."""
        return int(self.arrow.num_rows)

    def at(self, row: int, column: str = "") -> str:
        """Where a row is, for whoever mends it: "line 12, level.eating"."""
        word = "line" if self.first_line > 1 else "row"
        return f"{word} {row + self.first_line}" + (f", {column}" if column else "")

    def told_apart(self, name: str) -> tuple[Sequence[str], NDArray[np.int64]]:
        """The different texts of a column, and which of them each row has; blank is "".

        Numbers, dates and words all come as text, so that one reader serves both kinds of file.
        """
        import pyarrow

        column = self.arrow[name].combine_chunks()
        try:
            coded = column.dictionary_encode(null_encoding="encode")
        except pyarrow.ArrowNotImplementedError:
            # Lists and other things that are not one value: told apart as they are printed.
            printed = [_text(one) for one in column.to_pylist()]
            apart = sorted(set(printed))
            return apart, np.searchsorted(apart, printed).astype(np.int64)
        texts = [_text(value) for value in coded.dictionary.to_pylist()]
        return texts, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def read(path: Path) -> Table:
    """Read a table whole.

    Raises:
        FactsRefused: there is no such file, it is neither CSV nor Parquet, it is cut short, two
            columns have one name, or nobody is in it.
    """
    import pyarrow

    try:
        table = _read(path)
    except OSError as wrong:
        raise _refusal(path, f"cannot be read: {_reason(wrong)}.") from None
    except (pyarrow.ArrowException, UnicodeDecodeError) as wrong:
        if not tables.is_parquet(path) and (uneven := tables.uneven_row(path)):
            raise FactsRefused([uneven]) from None
        raise _refusal(path, f"is not a table that can be read: {_reason(wrong)}.") from None
    twice = {name for name in table.names if table.names.count(name) > 1}
    if twice:
        raise _refusal(path, f"has two columns called {sorted(twice)[0]!r}.")
    if not table.rows:
        raise _refusal(path, "has nobody in it.")
    return table


def _read(path: Path) -> Table:
    import pyarrow.csv
    import pyarrow.parquet

    if tables.is_parquet(path):
        return Table(pyarrow.parquet.read_table(path), 1)
    # Every column as text: a word among numbers must be seen, not guessed around.
    header = pyarrow.csv.open_csv(path).schema.names
    options = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(header, pyarrow.string()),
        null_values=[""],
        strings_can_be_null=True,
    )
    return Table(pyarrow.csv.read_csv(path, convert_options=options), 2)


def _reason(wrong: Exception) -> str:
    said = getattr(wrong, "strerror", None) or str(wrong)
    first = said.splitlines()[0] if said else "it is empty"
    return ascii(first[:200]).strip("'\"").rstrip(".")


def _refusal(path: Path, reason: str) -> FactsRefused:
    return FactsRefused([Problem(str(path), reason)])

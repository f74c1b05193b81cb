"""Several small sums carried in one whole number, so that one look-up a code adds to them all.

Points after help, outcomes that cannot be met and the tally of unpaid help are three sums over
the same nine codes. Each gets as many bits as its greatest value needs, so none spills over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy.compile.codes import Code
from ownway.policy.compile.folding import Folded, Table

_BITS = 62


@dataclass(frozen=True)
class Field:
    """Where one sum sits in its word, and what to add to have it back."""

    word: int
    shift: int
    bits: int
    offset: int


@dataclass(frozen=True)
class Word:
    """Some sums in one number: a table for each code, to be added up."""

    tables: Mapping[int, NDArray[Any]]
    bits: int


@dataclass(frozen=True)
class Words:
    """The packed sums, by the name of their node."""

    fields: Mapping[str, Field]
    words: tuple[Word, ...]


def pack(
    sums: Iterable[tuple[str, Mapping[int, Table]]], codes: tuple[Code, ...], folded: Folded
) -> Words:
    """Pack every sum over two codes or more; sums over the same codes share a word."""
    fields: dict[str, Field] = {}
    drafts: list[tuple[frozenset[int], int, dict[int, NDArray[np.int64]]]] = []
    for name, by_code in sums:
        if len(by_code) < 2:
            continue
        rows = {place: codes[place].laid_out(table) for place, table in by_code.items()}
        offset = sum(int(row.min()) for row in rows.values())
        raised = {place: row - row.min() for place, row in rows.items()}
        bits = max(1, sum(int(row.max()) for row in raised.values()).bit_length())
        if bits <= _BITS:
            fields[name] = _placed(drafts, frozenset(rows), bits, raised, offset)
    return Words(fields, tuple(_word(tables, bits) for _, bits, tables in drafts))


def _placed(
    drafts: list[tuple[frozenset[int], int, dict[int, NDArray[np.int64]]]],
    over: frozenset[int], bits: int, rows: Mapping[int, NDArray[np.int64]], offset: int,
) -> Field:  # fmt: skip
    for place, (codes, used, tables) in enumerate(drafts):
        if codes == over and used + bits <= _BITS:
            for code, row in rows.items():
                tables[code] = tables[code] + (row << used)
            drafts[place] = (codes, used + bits, tables)
            return Field(place, used, bits, offset)
    drafts.append((over, bits, dict(rows)))
    return Field(len(drafts) - 1, 0, bits, offset)


def _word(tables: Mapping[int, NDArray[np.int64]], bits: int) -> Word:
    narrow = np.int32 if bits <= 31 else np.int64
    return Word({code: row.astype(narrow) for code, row in tables.items()}, bits)

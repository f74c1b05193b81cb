"""How facts travel: inputs that are looked up together are held as one small whole number.

Five answers of five levels and four kinds of help are one number below 12,500, so a person of
63 facts is held in 21 bytes, and one look-up stands for all that follows from those six.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy.compile.folding import MOST_STATES, Folded, Table, size, spread
from ownway.policy.graph import Node

Column: TypeAlias = NDArray[Any]
_TOGETHER = 4096
"""Most states of inputs that only share a sum: tables this small stay in the nearest memory."""
_SMALL = 256
"""Most states of inputs that share nothing but a byte."""


@dataclass(frozen=True)
class Code:
    """Some inputs held as one number, the first changing slowest; or one input as it is."""

    inputs: tuple[Node, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many values each input may take."""
        return tuple(node.most - node.least + 1 for node in self.inputs)

    @cached_property
    def states(self) -> int:
        """How many numbers this may be."""
        return prod(self.sizes)

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs it holds."""
        return tuple(node.name for node in self.inputs)

    @property
    def is_plain(self) -> bool:
        """Whether it is one input of too many values to look up, held as it is."""
        return self.states > MOST_STATES

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        """The narrowest that holds it."""
        least, most = (0, self.states - 1)
        if self.is_plain:
            least, most = self.inputs[0].least, self.inputs[0].most
        for kind in (np.uint8, np.uint16, np.int32, np.int64):
            if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max:
                return np.dtype(kind)
        raise AssertionError("no span is wider than 64 bits")

    def encode(self, columns: Mapping[str, Column], out: Column) -> None:
        """Fill `out` with the code of each person."""
        if self.is_plain:
            np.copyto(out, columns[self.inputs[0].name], casting="unsafe")
            return
        offset = 0
        for place, (node, many) in enumerate(zip(self.inputs, self.sizes, strict=True)):
            column = columns[node.name]
            if place == 0:
                np.copyto(out, column, casting="unsafe")
            else:
                np.multiply(out, out.dtype.type(many), out=out)
                np.add(out, column, out=out, casting="unsafe")
            offset = offset * many + node.least
        if offset:
            # Wraps around on the way where it must; the end is what it should be.
            np.subtract(out, np.int64(offset).astype(out.dtype), out=out, casting="unsafe")

    def laid_out(self, table: Table) -> NDArray[np.int64]:
        """A table over some of these inputs as one row with a value for each code."""
        return np.ascontiguousarray(spread(table, self.names, self.sizes)).ravel()


def choose(
    alone: Iterable[frozenset[str]], together: Iterable[Sequence[frozenset[str]]], folded: Folded
) -> tuple[Code, ...]:
    """Say which inputs travel together.

    `alone` are sets of inputs some table is over; `together` are such sets whose tables end in
    one sum, which merge while their joint table stays small.
    """
    groups = [list(group) for group in together]
    bins = _greatest({*alone, *(one for group in groups for one in group)})
    for group in groups:
        touched = [b for b in bins if any(one <= b for one in group)]
        bins = [b for b in bins if b not in touched] + _merged(touched, _TOGETHER, folded)
    small = [b for b in bins if folded.states(b) <= _SMALL]
    bins = [b for b in bins if b not in small] + _merged(small, _SMALL, folded)
    order = {node.name: place for place, node in enumerate(folded.graph.inputs)}
    made = [Code(tuple(folded.graph.by_name[n] for n in sorted(b, key=order.__getitem__)))
            for b in _greatest(bins)]  # fmt: skip
    return tuple(sorted(made, key=lambda code: order[code.names[0]]))


def _greatest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Those that are not within another, in an order that does not change from run to run."""
    unique = sorted(set(sets), key=lambda one: (-len(one), sorted(one)))
    kept: list[frozenset[str]] = []
    for one in unique:
        if not any(one <= other for other in kept):
            kept.append(one)
    return kept


def _merged(sets: Sequence[frozenset[str]], most: int, folded: Folded) -> list[frozenset[str]]:
    """Merge sets, greatest first, into the first that keeps within `most` states."""
    bins: list[frozenset[str]] = []
    for one in sorted(sets, key=lambda one: (-folded.states(one), sorted(one))):
        for place, other in enumerate(bins):
            if folded.states(one | other) <= most:
                bins[place] = one | other
                break
        else:
            bins.append(one)
    return bins


def holding(codes: Sequence[Code], names: Iterable[str]) -> int:
    """The place of the smallest code that holds all these inputs."""
    wanted = set(names)
    fits = [place for place, code in enumerate(codes) if wanted <= set(code.names)]
    return min(fits, key=lambda place: codes[place].states)


__all__ = ["Code", "choose", "holding", "size"]

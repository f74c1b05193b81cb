"""A declared policy compiled for whole populations: one graph, several runs that cannot differ.

How to use it::

    from ownway.policy import compile, packs

    pack = packs.load("alderbrook", on=day)
    budget = compile.compiled(pack.graph("person_levels, then person_by_price"), pack.numbers,
                              wanted=["weekly"])
    weekly = budget.run(columns)["weekly"]            # whole pence, a column for each fact
    coded = budget.encode(columns)                    # once, some twenty bytes a person
    weekly = budget.run(coded)["weekly"]              # and as often as is wanted
    weekly = budget.run(coded, by="numba")["weekly"]  # in machine code, with the extra `fast`

`folding` works out at compile time all that takes few values, `plan` writes what is left as a
straight line of operations, `blocks` and `machine` run that line, and `sql` writes the graph as
one statement for a database. The interpreter stays the record; tests hold all of them equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from ownway.policy.compile import blocks
from ownway.policy.compile.codes import Column
from ownway.policy.compile.plan import Plan, plan
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsMissing, FactsRefused, Problem

if TYPE_CHECKING:
    from ownway.policy.compile.machine import Machine

By = Literal["numpy", "numba"]
Columns = Mapping[str, Column]
_CHUNK = 1 << 17
_ROWS_NAMED = 20


@dataclass(frozen=True)
class Coded:
    """People at rest: a column for each code of the plan they were coded for."""

    plan: Plan
    columns: tuple[Column, ...]
    people: int

    @property
    def bytes_a_person(self) -> int:
        """What one person takes."""
        return sum(column.itemsize for column in self.columns)


@dataclass(frozen=True)
class Compiled:
    """A plan, ready to run."""

    plan: Plan

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The facts it asks for: those that reach what is wanted."""
        return self.plan.inputs

    def encode(self, columns: Columns) -> Coded:
        """Check everyone's facts and hold them as codes.

        Raises:
            FactsMissing: a column is not there, or there is none to count people by.
            FactsRefused: rows hold values outside what the policy covers; the first are named.
        """
        self.check(columns)
        return self.coded(columns, people=_people(columns))

    def coded(self, columns: Columns, *, people: int) -> Coded:
        """Hold facts as codes that have been checked already."""
        return Coded(self.plan, self._encoded(columns, people), people)

    def check(self, columns: Columns) -> None:
        """Refuse columns that are not there, not whole numbers, not of one length or outside."""
        missing = [node.name for node in self.inputs if node.name not in columns]
        if missing:
            raise FactsMissing(Problem(name, "is not a column here.") for name in missing)
        if not columns:
            mend = "Give one column at least, of any fact."
            raise FactsMissing(
                [Problem("columns", "are not there, so nobody can be counted.", mend)]
            )
        wrong = [problem for node in self.inputs for problem in outside(node, columns[node.name])]
        if len(set(map(len, columns.values()))) > 1:
            wrong.append(Problem("columns", "are not all of one length."))
        if wrong:
            raise FactsRefused(wrong)

    def run(self, people: Columns | Coded, *, by: By = "numpy") -> dict[str, Column]:
        """Work out what is wanted for everyone.

        Shapes: each answer (people,), in the narrowest whole numbers it is proved to fit.
        Raises:
            FactsMissing, FactsRefused: as `encode` does; or a rate that somebody needs is not
                known, or `by` is "numba" and the extra is not installed.
        """
        if isinstance(people, Coded):
            return self._run(people.columns, people.people, by)
        self.check(people)
        many = _people(people)
        out = self._empty(many)
        for start in range(0, many, _CHUNK):
            end = min(many, start + _CHUNK)
            here = {node.name: people[node.name][start:end] for node in self.inputs}
            part = {name: column[start:end] for name, column in out.items()}
            self._fill(self._encoded(here, end - start), part, by)
        return out

    def _run(self, coded: Sequence[Column], people: int, by: By) -> dict[str, Column]:
        out = self._empty(people)
        self._fill(coded, out, by)
        return out

    def _empty(self, people: int) -> dict[str, Column]:
        return {name: np.empty(people, self.plan.dtype(name)) for name in self.plan.answers}

    def _fill(self, coded: Sequence[Column], out: dict[str, Column], by: By) -> None:
        if by == "numba":
            self._machine.run(coded, out)
        else:
            blocks.run(self.plan, coded, out)

    @cached_property
    def _machine(self) -> Machine:
        """The loop in machine code, made when it is first asked for."""
        from ownway.policy.compile.machine import Machine

        return Machine(self.plan)

    def _encoded(self, columns: Columns, people: int) -> tuple[Column, ...]:
        made = []
        for code in self.plan.codes:
            out = np.empty(people, code.dtype)
            code.encode(columns, out)
            made.append(out)
        return tuple(made)


def compiled(graph: Graph, numbers: Mapping[str, Number], *, wanted: Iterable[str]) -> Compiled:
    """Compile a graph for everyone, keeping only what is wanted.

    Raises:
        PackRefused: a wanted node is not there, or a step could grow too large.
        FactsMissing: a rate that everyone needs is not known on this date.
    """
    return Compiled(plan(graph, numbers, wanted=wanted))


def outside(node: Node, column: Column) -> Sequence[Problem]:
    """The rows of a column that a policy does not cover, the first of them by number."""
    if column.dtype.kind not in "iub":
        return [Problem(node.name, "is not a column of whole numbers.")]
    if not len(column) or (node.least <= column.min() and column.max() <= node.most):
        return []
    rows = np.flatnonzero((column < node.least) | (column > node.most))
    said = f"must be from {node.least} to {node.most}; it is not in {len(rows)} rows."
    return [Problem(f"{node.name}, row {row}", said) for row in rows[:_ROWS_NAMED]]


def _people(columns: Columns) -> int:
    return len(next(iter(columns.values())))


__all__ = ["By", "Coded", "Compiled", "compiled", "outside"]

"""A whole population from a file to a file, a batch at a time, and never half a file.

How to use it::

    job = runs.Job(pack, graph="person_levels, then person_by_price", wanted=("weekly",))
    report = runs.run(Path("people.parquet"), Path("budgets.parquet"), job=job)

Each batch is checked whole before any of it is worked out. What is done is kept beside the
answer, in `OUT.part`, and only the finished whole takes the name OUT; a run that stopped goes on
from there, and a batch whose rows have changed since is worked out again. One row in a thousand
is worked out by the interpreter too, and a difference stops the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import compile as compiling
from ownway.policy import interpret, units
from ownway.policy.compile import By, Compiled
from ownway.policy.graph import Graph, Node
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, PolicyRefused, Problem
from ownway.policy.runs.columns import CARRIED, BadRow, Batch, Source, whole_numbers

CHECKED = 1000
"""One row in this many is worked out by the interpreter too."""
_NAMED = 20
_LOCK = "lock"
Progress = Callable[[int, int | None], None]


class RunStopped(PolicyRefused):
    """The run went no further than a batch. What was finished before it is kept."""


@cache
def engine() -> str:
    """A mark of the code that works people out, which changes when any of it does."""
    mark = hashlib.sha256()
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        mark.update(file.read_bytes())
    return mark.hexdigest()


@dataclass(frozen=True)
class Job:
    """What to work out: a graph of a pack, the nodes wanted, and the columns carried along."""

    pack: Pack
    graph: str
    wanted: tuple[str, ...] = ("weekly",)
    carried: tuple[str, ...] = CARRIED
    by: By = "numpy"

    @cached_property
    def compiled(self) -> Compiled:
        """The graph compiled down to what is wanted."""
        return compiling.compiled(self.whole, self.pack.numbers, wanted=self.wanted)

    @property
    def whole(self) -> Graph:
        """The graph as declared."""
        return self.pack.graph(self.graph)

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The facts it needs: one column each."""
        return self.compiled.inputs

    def column(self, name: str) -> str:
        """What an answer is called in a file: amounts end in _pence."""
        pence = self.whole.by_name[name].unit in units.PENCE and not name.endswith("_pence")
        return f"{name}_pence" if pence else name

    @property
    def key(self) -> dict[str, Any]:
        """What makes two runs the same work."""
        return {
            "engine": engine(),
            "pack": self.pack.hash,
            "on": self.pack.on.isoformat(),
            "graph": self.graph,
            "wanted": list(self.wanted),
            "carried": list(self.carried),
        }


@dataclass(frozen=True)
class Report:
    """What a run came to."""

    people: int
    checked: int
    kept: int
    totals: Mapping[str, int]
    not_nothing: Mapping[str, int]


def run(source: Path, target: Path, *, job: Job, progress: Progress | None = None) -> Report:
    """Work out everyone in a file and write the answers to another.

    Raises:
        FactsRefused: the file cannot be read, has no such column, or the target cannot be written.
        RunStopped: a batch has bad rows, all named, or the interpreter came to something else.
    """
    _refuse_target(target)
    wanted = [node.name for node in job.inputs]
    _refuse_clash(job)
    rows = Source(source, wanted, job.carried)
    try:
        with _held(target) as folder:
            return _everyone(rows, _Pieces(folder, job), target, job=job, progress=progress)
    except OSError as wrong:
        said = f"cannot be written: {wrong.strerror or wrong}."
        raise FactsRefused([Problem(str(target), said)]) from None


def _everyone(
    rows: Source, pieces: _Pieces, target: Path, *, job: Job, progress: Progress | None
) -> Report:
    tally = _Tally(job)
    for batch in rows.batches():
        tally.add(batch, *_worked(batch, rows, pieces, job))
        if progress:
            progress(tally.people, rows.people)
    pieces.finish(target, rows)
    return tally.report


@contextmanager
def _held(target: Path) -> Iterator[Path]:
    """The folder for the pieces of an answer, kept from any other run until this one ends."""
    folder = target.with_name(f"{target.name}.part")
    folder.mkdir(exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            mend = "Wait until it has ended, or name another."
            said = "is being written by another run."
            raise FactsRefused([Problem(str(target), said, mend)]) from None
        _refuse_target(target)
        yield folder


def _refuse_target(target: Path) -> None:
    if target.suffix != ".parquet":
        raise FactsRefused([Problem(str(target), "must end in .parquet.", "Name it so.")])
    if target.exists():
        mend = "Move it away, or name another."
        raise FactsRefused([Problem(str(target), "is there already.", mend)])


def _refuse_clash(job: Job) -> None:
    """A column that is carried may not have the name of an answer."""
    clash = sorted({job.column(name) for name in job.wanted} & set(job.carried))
    if clash:
        mend = "Give the column another name, or do not keep it."
        raise FactsRefused(Problem(name, "is the name of an answer.", mend) for name in clash)


def _worked(batch: Batch, rows: Source, pieces: _Pieces, job: Job) -> tuple[Any, int]:
    """The answers of a batch, from its piece where it is done already; and how many checked."""
    columns, bad = whole_numbers(batch, job.inputs)
    if bad:
        raise RunStopped(_said(bad, batch, pieces))
    coded = job.compiled.coded(columns, people=batch.rows)
    digest = batch.digest(rows.carried, coded.columns)
    done = pieces.done(batch.place, digest)
    if done is not None:
        return done, 0
    answers = job.compiled.run(coded, by=job.by)
    checked = _check(columns, answers, batch, job)
    return pieces.keep(batch, digest, answers, job), checked


def _said(bad: Sequence[BadRow], batch: Batch, pieces: _Pieces) -> list[Problem]:
    named = [Problem(f"row {b.row:,}, {b.column}", b.reason) for b in bad[:_NAMED]]
    if len(bad) > _NAMED:
        named.append(Problem("and more", f"{len(bad) - _NAMED:,} in the same batch."))
    last = batch.first + batch.rows - 1
    kept = f"Rows before {batch.first:,} are kept in {pieces.folder}." if batch.first > 1 else ""
    reason = f"Nothing of rows {batch.first:,} to {last:,} is written. {kept}".rstrip()
    return [*named, Problem("stopped", reason, "Mend the rows and run the same command again.")]


def _check(
    columns: Mapping[str, NDArray[Any]], answers: Mapping[str, NDArray[Any]], batch: Batch, job: Job
) -> int:
    """Work out one row in a thousand by the interpreter, and refuse any difference."""
    usual = {node.name: node.least for node in job.whole.inputs}
    places = range((-batch.first) % CHECKED, batch.rows, CHECKED)
    for place in places or range(min(1, batch.rows)):
        facts = usual | {name: int(column[place]) for name, column in columns.items()}
        values = interpret.run(job.whole, inputs=facts, numbers=job.pack.numbers)
        for name in job.wanted:
            if values[name] != int(answers[name][place]):
                reason = f"came to {answers[name][place]}, and to {values[name]} by the record."
                mend = "Nothing is written. Report this: it is a fault in Ownway."
                row = batch.first + place
                raise RunStopped([Problem(f"row {row:,}, {name}", reason, mend)])
    return len(places) or min(1, batch.rows)


class _Tally:
    """Totals so far."""

    def __init__(self, job: Job) -> None:
        self.people = self.checked = self.kept = 0
        self.totals = {job.column(name): 0 for name in job.wanted}
        self.not_nothing = dict(self.totals)

    def add(self, batch: Batch, answers: Any, checked: int) -> None:
        self.people += batch.rows
        self.checked += checked
        self.kept += batch.rows if batch.rows and not checked else 0
        for name in self.totals:
            column = answers[name].to_numpy()
            self.totals[name] += int(column.sum(dtype=np.int64))
            self.not_nothing[name] += int(np.count_nonzero(column))

    @property
    def report(self) -> Report:
        return Report(self.people, self.checked, self.kept, self.totals, self.not_nothing)


class _Pieces:
    """Finished batches, each in a file of its own, until all are put together."""

    def __init__(self, folder: Path, job: Job) -> None:
        self.folder = folder
        said = folder / "run.json"
        key = json.dumps(job.key, indent=2)
        if not said.is_file() or said.read_text("utf-8") != key:
            for other in folder.iterdir():
                if other.name != _LOCK:
                    other.unlink()
        said.write_text(key, "utf-8")
        self.used: list[Path] = []

    def done(self, place: int, digest: str) -> Any | None:
        """The answers of a batch with these very rows, if they are here."""
        import pyarrow.parquet

        piece = self._piece(place, digest)
        if not piece.exists():
            return None
        self.used.append(piece)
        return pyarrow.parquet.read_table(piece)

    def keep(
        self, batch: Batch, digest: str, answers: Mapping[str, NDArray[Any]], job: Job
    ) -> Any:  # fmt: skip
        """Write the answers of a batch; the name is given only to the whole of it."""
        import pyarrow.parquet

        there = batch.table.schema.names
        carried = {name: batch.table[name] for name in job.carried if name in there}
        made = {job.column(name): pyarrow.array(column) for name, column in answers.items()}
        table = pyarrow.table(carried | made)
        piece = self._piece(batch.place, digest)
        _written(table, piece)
        self.used.append(piece)
        return table

    def finish(self, target: Path, rows: Source) -> None:
        """Put the pieces together under a name of their own, then give the whole its name."""
        import pyarrow.parquet

        if not self.used:
            shutil.rmtree(self.folder)
            raise FactsRefused([Problem(str(rows.path), "has nobody in it.")])
        whole = self.folder / "whole"
        schema = pyarrow.parquet.read_schema(self.used[0])
        with pyarrow.parquet.ParquetWriter(whole, schema) as out:
            for piece in self.used:
                out.write_table(pyarrow.parquet.read_table(piece))
        _sync(whole)
        os.replace(whole, target)
        shutil.rmtree(self.folder)

    def _piece(self, place: int, digest: str) -> Path:
        return self.folder / f"{place:06d}-{digest}.parquet"


def _written(table: Any, path: Path) -> None:
    import pyarrow.parquet

    partial = path.with_suffix(".writing")
    pyarrow.parquet.write_table(table, partial)
    _sync(partial)
    os.replace(partial, path)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())

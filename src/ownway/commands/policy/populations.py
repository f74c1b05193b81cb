"""`ownway policy run`, `whatif`, `sql`: the rules over everyone in a file."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ownway.commands.policy import pages, saying
from ownway.commands.policy.pages import whatif as whatif_page
from ownway.policy import runs, units, whatif
from ownway.policy.compile import sql
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, Problem
from ownway.policy.runs import describing
from ownway.policy.runs.columns import CARRIED, Source, whole_numbers
from ownway.policy.whatif import Prepared, Totals

_EVERY = 0.25
"""Seconds between two lines of progress."""


def add(commands: Any) -> None:
    """Add what works on a population file."""
    run = saying.add(commands, "run", _run, "work out everyone in a CSV or Parquet file")
    _add_graph(run)
    run.add_argument("--want", action="append", metavar="NODE",
                     help="a node to work out; repeat for more")  # fmt: skip
    run.add_argument("--keep", action="append", metavar="COLUMN", default=list(CARRIED),
                     help="a column to carry to the answers; person always is")  # fmt: skip
    run.add_argument("--by", choices=("numpy", "numba"), default="numpy",
                     help="numba needs the extra `fast`")  # fmt: skip
    run.add_argument("source", type=Path, metavar="IN", help="people, one row each")
    run.add_argument("target", type=Path, metavar="OUT.parquet", help="the answers; not there yet")
    what = saying.add(commands, "whatif", _whatif, "what a change would do to everyone in a file")
    _add_graph(what)
    what.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                      help="a number of the pack given anew; repeat for more")  # fmt: skip
    what.add_argument("--envelope", type=int, metavar="PENCE",
                      help="whole pence a week; find the greatest share within it")  # fmt: skip
    pages.add(what)
    what.add_argument("source", type=Path, metavar="POPULATION", help="CSV or Parquet")
    text = saying.add(commands, "sql", _sql, "write a sum as one statement for PostgreSQL")
    _add_graph(text)
    text.add_argument("--table", default="people", help="the table with a column for each fact")
    text.add_argument("--key", default="id", help="the column that tells people apart")


def _add_graph(command: argparse.ArgumentParser) -> None:
    saying.add_pack(command)
    command.add_argument("--graph", help="which sum, by its name or how that begins")


def _graph(said: argparse.Namespace, pack: Pack) -> tuple[str, str]:
    graph = describing.graph_named(pack, said.graph)
    return graph, describing.result_of(pack, graph)


# -- Everyone ----------------------------------------------------------------------------------


def _run(said: argparse.Namespace) -> int:
    pack = saying.loaded(said)
    graph, result = _graph(said, pack)
    wanted = tuple(dict.fromkeys(said.want or [result]))
    job = runs.Job(pack, graph, wanted, tuple(dict.fromkeys(said.keep)), said.by)
    began = time.monotonic()
    progress = _Progress()
    try:
        report = runs.run(said.source, said.target, job=job, progress=progress)
    finally:
        progress.end()
    spent = time.monotonic() - began
    if said.json:
        saying.print_json(_report(report, job, said, spent))
    else:
        print("\n".join(_lines(report, job, said, spent)))
    return 0


def _report(
    report: runs.Report, job: runs.Job, said: argparse.Namespace, spent: float
) -> dict[str, Any]:  # fmt: skip
    return {
        "people": report.people, "checked": report.checked, "kept": report.kept,
        "totals": dict(report.totals), "not_nothing": dict(report.not_nothing),
        "pack": job.pack.name, "profile": job.pack.profile, "pack_hash": job.pack.hash,
        "on": job.pack.on.isoformat(), "graph": job.graph, "out": str(said.target),
        "seconds": round(spent, 3),
    }  # fmt: skip


def _lines(
    report: runs.Report, job: runs.Job, said: argparse.Namespace, spent: float
) -> Iterator[str]:  # fmt: skip
    over = f" with {job.pack.profile}" if job.pack.profile else ""
    yield f"{report.people:,} people worked out in {spent:.1f} s: {job.pack.name}{over}"
    yield f"{job.graph}, on {saying.long_day(job.pack.on)}"
    for name, node in zip(report.totals, job.wanted, strict=True):
        unit = job.whole.by_name[node].unit
        total = units.shown(report.totals[name], unit) if unit in units.PENCE else (
            f"{report.totals[name]:,}")  # fmt: skip
        yield f"    {name}: {total} in all; not nothing for {report.not_nothing[name]:,}"
    if report.kept:
        yield f"    {report.kept:,} were kept from a run that stopped"
    yield f"    {report.checked:,} were worked out by the interpreter too, and came to the same"
    yield f"Written to {said.target}"


class _Progress:
    """One line that is written over, where somebody is watching."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty()
        self.last = 0.0

    def __call__(self, done: int, people: int | None) -> None:
        """Say how far it is, now and then."""
        now = time.monotonic()
        if not self.watched or now - self.last < _EVERY:
            return
        self.last = now
        share = f" of {people:,} people, {done * 100 // people}%" if people else " people"
        print(f"\r{done:,}{share}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Wipe the line."""
        if self.watched:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


# -- What if -----------------------------------------------------------------------------------


def _whatif(said: argparse.Namespace) -> int:
    pages.refuse_name(said.page)
    pack = saying.loaded(said)
    graph, result = _graph(said, pack)
    settings = dict(map(_setting, said.set))
    prepared = Prepared(pack, _columns(said.source, pack, graph, result), graph=graph,
                        result=result)  # fmt: skip
    before, after = prepared.weekly(), prepared.weekly(settings)
    share = None
    if said.envelope is not None:
        share = prepared.deflator(said.envelope, settings=settings)
    answer = {
        "settings": settings,
        "now": _totals(prepared.totals()),
        "then": _totals(prepared.totals(settings)),
        "more": int((after > before).sum()),
        "less": int((after < before).sum()),
        "same": int((after == before).sum()),
        "deflator": None if share is None else _share(share),
    }
    if said.page:
        pages.write(said.page, whatif_page.page(answer, pack=pack, source=said.source.name))
    if said.json:
        saying.print_json(answer)
    else:
        print("\n".join(_effect(answer)))
    return 0


def _setting(text: str) -> tuple[str, Any]:
    """A number given anew: name=1300, name=0.95, name=[0, 2, 4] or name=a word."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise FactsRefused([Problem(text, "is not NAME=VALUE.", "Write point_price_pence=1300.")])
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _columns(path: Path, pack: Pack, graph: str, result: str) -> dict[str, Any]:
    """The whole file as columns; what changes nothing under this pack may be left out."""
    job = runs.Job(pack, graph, (result,))
    source = Source(path, (node.name for node in job.inputs), ())
    held: dict[str, list[Any]] = {node.name: [] for node in job.inputs}
    people = 0
    for batch in source.batches():
        columns, bad = whole_numbers(batch, job.inputs)
        if bad:
            raise FactsRefused(Problem(f"row {b.row:,}, {b.column}", b.reason) for b in bad[:20])
        people += batch.rows
        for name, column in columns.items():
            held[name].append(column)
    usual = {node.name: np.full(people, node.least) for node in job.whole.inputs}
    return usual | {name: np.concatenate(parts) for name, parts in held.items() if parts}


def _totals(totals: Totals) -> dict[str, int]:
    return {"people": totals.people, "with_budget": totals.with_budget,
            "weekly_pence": totals.weekly_pence}  # fmt: skip


def _share(share: whatif.Deflator) -> dict[str, Any]:
    return {"factor": share.ratio, "weekly_pence": share.weekly_pence,
            "envelope_pence": share.envelope_pence, "next_pence": share.next_pence}  # fmt: skip


def _effect(answer: dict[str, Any]) -> Iterator[str]:
    now, then, share = answer["now"], answer["then"], answer["deflator"]
    change = then["weekly_pence"] - now["weekly_pence"]
    yield f"{now['people']:,} people"
    for word, one in (("now", now), ("then", then)):
        money = _pounds(one["weekly_pence"])
        yield f"    {word:<7}{money:>18} a week, {one['with_budget']:,} with money"
    yield f"    change {_pounds(change):>18} a week"
    yield f"    {answer['more']:,} get more, {answer['less']:,} less, {answer['same']:,} the same"
    if share:
        yield f"To keep within {_pounds(share['envelope_pence'])} a week:"
        money = _pounds(share["weekly_pence"])
        yield f"    the greatest share is {share['factor']}: {money} a week"
        if share["next_pence"] is not None:
            yield f"    one ten-thousandth more comes to {_pounds(share['next_pence'])}"


def _pounds(pence: int) -> str:
    return units.shown(pence, "pence")


# -- SQL ---------------------------------------------------------------------------------------


def _sql(said: argparse.Namespace) -> int:
    pack = saying.loaded(said)
    graph, result = _graph(said, pack)
    text = sql.statement(pack.graph(graph), pack.numbers, wanted=[result], source=said.table,
                         key=said.key)  # fmt: skip
    if said.json:
        saying.print_json({"graph": graph, "pack_hash": pack.hash, "sql": text})
        return 0
    over = f" with {pack.profile}" if pack.profile else ""
    print(f"-- {graph}: {pack.name}{over}, version {pack.version}, on {pack.on}")
    print(f"-- hash {pack.hash}\n{text};")
    return 0

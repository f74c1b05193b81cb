"""`ownway directory import`: a feed or a sheet, from a file, a folder or the web."""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownway.commands.directory.telling import as_json, is_address, listed, opened

if TYPE_CHECKING:
    from ownway.community.directory.actions import Tally
    from ownway.community.directory.forms import Fault, Reading, Trial


@dataclass
class Outcome:
    """What an import did: its tally, what went, and the files of which nothing was taken."""

    tally: "Tally"
    refused: list[str] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)
    gone: int = 0
    not_gone: str = ""


def run(given: argparse.Namespace) -> int:
    """Bring it in."""
    from django.utils.text import slugify

    source = slugify(given.source or _name(given.path))[:60]
    if not source:
        print("Give the source a name with letters: --source NAME", file=sys.stderr)
        return 2
    with _here(given) as (path, missing):
        reading = opened(path, source=source)
        reading.faults += missing
        outcome = _taken(reading, source=source, given=given, whole=not missing)
        return _report(outcome, reading.faults, reading.notes, source=source, given=given)


def _name(place: str) -> str:
    """What to call a source of which only the place was given."""
    if is_address(place):
        below = place.partition("://")[2].partition("?")[0].rstrip("/").removesuffix("/services")
        return re.sub(r"[^A-Za-z0-9]+", "-", below).strip("-") or "web"
    return Path(place).stem


@contextmanager
def _here(given: argparse.Namespace) -> "Iterator[tuple[Path, list[Fault]]]":
    """The feed as files; one on the web is fetched whole before anything of it is taken."""
    if not is_address(given.path):
        yield Path(given.path), []
        return
    from ownway.commands.postgres import data_folder
    from ownway.community.directory.forms import Crawl, folder_for
    from ownway.foundation.council.queries import now

    folder = folder_for(given.path, within=data_folder() / "feeds", at=now())
    crawl = Crawl(given.path, folder)
    crawl.whole()
    yield folder, crawl.faults
    if not given.dry_run:
        shutil.rmtree(folder, ignore_errors=True)


def _taken(reading: "Reading", *, source: str, given: argparse.Namespace, whole: bool) -> Outcome:
    from ownway.community.directory.actions import Tally
    from ownway.community.directory.forms import tried

    outcome = Outcome(Tally())
    if not whole and not given.keep_good:
        outcome.not_taken.append(
            "Nothing was taken: the feed did not answer whole. Run it again, or take what came "
            "with --keep-good"
        )
        return outcome
    for batch in reading.batches():
        trial = tried(reading, batch, source=source)
        if trial.bad and not given.keep_good:
            _refuse(batch, trial, reading, outcome)
        else:
            _take(batch, reading, outcome, source=source, given=given)
    _let_go(reading, outcome, source=source, given=given)
    return outcome


def _refuse(batch: str, trial: "Trial", reading: "Reading", outcome: Outcome) -> None:
    reading.faults += [fault for fault in trial.faults if fault not in reading.faults]
    outcome.refused += trial.not_ours
    outcome.not_taken.append(
        f"{batch}: nothing was taken ({trial.bad:,} bad, {trial.good:,} good). Mend what is "
        "listed, or take the good with --keep-good"
    )


def _take(
    batch: str, reading: "Reading", outcome: Outcome, *, source: str, given: argparse.Namespace
) -> None:
    from ownway.community.directory import actions
    from ownway.foundation.council.queries import now

    for tally in actions.bring_in(
        reading.read(batch),
        source_name=source,
        at=now(),
        dry_run=given.dry_run,
        taxonomies=reading.read_taxonomies(batch),
    ):
        _add(outcome.tally, tally)
        _progress(outcome.tally, given)
        outcome.refused += [f"{facts.name}: {reason}" for facts, reason in tally.refused]


def _let_go(
    reading: "Reading", outcome: Outcome, *, source: str, given: argparse.Namespace
) -> None:
    """Take out of sight what a whole and faultless feed tells of no more."""
    from ownway.community.directory import actions
    from ownway.community.directory.forms import Feed
    from ownway.foundation.council.queries import now

    bad = reading.faults or outcome.refused or outcome.not_taken
    if bad or not isinstance(reading, Feed) or not reading.is_whole:
        return
    gone = actions.gone_from(source, holds=reading.holds)
    if given.dry_run:
        outcome.gone = len(gone)
        return
    try:
        outcome.gone = actions.mark_gone(
            gone, source_name=source, at=now(), most=given.most_are_gone
        )
    except actions.TooManyGone as refusal:
        outcome.not_gone = str(refusal)


def _add(total: "Tally", one: "Tally") -> None:
    total.new += one.new
    total.changed += one.changed
    total.same += one.same


def _progress(tally: "Tally", given: argparse.Namespace) -> None:
    done = tally.new + tally.changed + tally.same
    if sys.stderr.isatty() and not given.json:
        print(f"\r{done:,} entries", end="", file=sys.stderr, flush=True)


def _report(
    outcome: Outcome,
    faults: "list[Fault]",
    notes: "list[Fault]",
    *,
    source: str,
    given: argparse.Namespace,
) -> int:
    bad = len(faults) + len(outcome.refused)
    code = 1 if bad or outcome.not_gone else 0
    if given.json:
        print(json.dumps(_answer(outcome, faults, notes, source), indent=2))
        return code
    listed("Refused", [*faults, *outcome.refused])
    listed("Left out or mended", notes)
    listed("Not taken", outcome.not_taken)
    listed("Not taken out of sight", [outcome.not_gone] if outcome.not_gone else [])
    tally, would = outcome.tally, "Would be" if given.dry_run else "Entries"
    gone = f", {outcome.gone:,} gone" if outcome.gone else ""
    print(
        f"{would}: {tally.new:,} new, {tally.changed:,} changed, {tally.same:,} the same{gone}, "
        f"{bad:,} refused (source: {source})"
    )
    return code


def _answer(
    outcome: Outcome, faults: "list[Fault]", notes: "list[Fault]", source: str
) -> dict[str, Any]:
    return {
        "source": source,
        "new": outcome.tally.new,
        "changed": outcome.tally.changed,
        "same": outcome.tally.same,
        "gone": outcome.gone,
        "not_gone": outcome.not_gone,
        "refused": [*map(as_json, faults), *({"reason": reason} for reason in outcome.refused)],
        "not_taken": outcome.not_taken,
        "notes": [as_json(note) for note in notes],
    }

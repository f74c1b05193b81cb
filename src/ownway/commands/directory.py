"""The directory from the command line: import, export, validate, postcodes."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ownway.community.directory.actions import Tally
    from ownway.community.directory.forms import Fault, PostcodeFile, Reading, Trial

SHOWN_FAULTS = 200


def main(argv: list[str]) -> int:
    """Run one of the directory's commands. Exit: 0 done, 1 something was refused, 2 wrong usage."""
    try:
        given = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    from ownway.community.directory.forms import CannotRead

    try:
        return int(given.run(given))
    except CannotRead as problem:
        print(f"Refused, nothing was taken: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What is in stays in; run it again to go on.", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"Refused: {problem.filename}: {problem.strerror}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway directory", description="Bring a directory in, take it out, check a feed."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _import_words(commands.add_parser("import", help="bring in a feed or a sheet"))
    out = commands.add_parser("export", help="write the directory as Open Referral UK 3.0 JSON")
    out.add_argument("file", metavar="FILE", help="where to write it, or - for the screen")
    out.add_argument("--source", default="", help="only the entries of this source")
    out.set_defaults(run=_export)
    check = commands.add_parser("validate", help="say all that is wrong with a feed")
    check.add_argument("path", type=Path, metavar="FILE|FOLDER")
    check.add_argument(
        "--schemas", type=Path, metavar="FOLDER", help="the standard's schemas (not shipped)"
    )
    check.add_argument("--json", action="store_true", help="answer in JSON")
    check.set_defaults(run=_validate)
    codes = commands.add_parser("postcodes", help="load where postcodes lie (ONSPD columns)")
    codes.add_argument("path", type=Path, metavar="FILE")
    codes.add_argument(
        "--keep-good", action="store_true", help="load the good rows of a file with bad ones"
    )
    codes.add_argument("--dry-run", action="store_true", help="read it all and change nothing")
    codes.set_defaults(run=_postcodes)
    return parser


def _import_words(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Bring in an Open Referral UK 3.0 or Outpost feed (a file, or a folder with a file an "
        "endpoint), or a CSV sheet. A file with a bad item in it is refused whole, and all that is "
        "bad is listed with its line; --keep-good takes the good items and lists the bad. The "
        "same feed twice changes nothing; a stopped run goes on when it is run again."
    )
    parser.add_argument("path", type=Path, metavar="FILE|FOLDER")
    parser.add_argument(
        "--source", metavar="NAME", help="what to call where it comes from (default: its name)"
    )
    parser.add_argument(
        "--keep-good", action="store_true", help="take the good items of a file with bad ones"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, do nothing")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.set_defaults(run=_import)


@dataclass
class Outcome:
    """What an import did: its tally, and the files of which nothing was taken."""

    tally: "Tally"
    refused: list[str] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)


def _import(given: argparse.Namespace) -> int:
    from django.utils.text import slugify

    from ownway.community.directory.actions import Tally
    from ownway.community.directory.forms import tried

    source = slugify(given.source or given.path.stem)[:60]
    if not source:
        print("Give the source a name with letters: --source NAME", file=sys.stderr)
        return 2
    reading, outcome = _opened(given.path, source=source), Outcome(Tally())
    for batch in reading.batches():
        trial = tried(reading, batch, source=source)
        if trial.bad and not given.keep_good:
            _refuse(batch, trial, reading, outcome)
        else:
            _take(batch, reading, outcome, source=source, given=given)
    return _report(outcome, reading.faults, reading.notes, source=source, given=given)


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


def _opened(path: Path, *, source: str) -> "Reading":
    """A feed or a sheet: both read entries and keep what was wrong."""
    from ownway.community.directory.forms import CannotRead, Sheet, read_feed

    if not path.exists():
        raise CannotRead(path.name, 0, "There is no such file or folder")
    if not (path.is_dir() or path.is_file()):
        raise CannotRead(path.name, 0, "This is neither a file nor a folder")
    if path.suffix.lower() == ".csv":
        return Sheet.of(path, source=source)
    return read_feed(path, source=source)


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
    if given.json:
        print(json.dumps(_answer(outcome, faults, notes, source), indent=2))
        return 1 if bad else 0
    _list("Refused", [*map(str, faults), *outcome.refused])
    _list("Left out or mended", [str(note) for note in notes])
    _list("Not taken", outcome.not_taken)
    tally, would = outcome.tally, "Would be" if given.dry_run else "Entries"
    print(
        f"{would}: {tally.new:,} new, {tally.changed:,} changed, {tally.same:,} the same, "
        f"{bad:,} refused (source: {source})"
    )
    return 1 if bad else 0


def _answer(
    outcome: Outcome, faults: "list[Fault]", notes: "list[Fault]", source: str
) -> dict[str, Any]:
    return {
        "source": source,
        "new": outcome.tally.new,
        "changed": outcome.tally.changed,
        "same": outcome.tally.same,
        "refused": [*map(_fault, faults), *({"reason": reason} for reason in outcome.refused)],
        "not_taken": outcome.not_taken,
        "notes": [_fault(note) for note in notes],
    }


def _fault(fault: "Fault") -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "path": fault.path,
        "reason": fault.reason,
    }


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    print(f"{title}:")
    for line in lines[:SHOWN_FAULTS]:
        print(f"  {line}")
    if len(lines) > SHOWN_FAULTS:
        print(f"  and {len(lines) - SHOWN_FAULTS:,} more (--json lists all)")


def _export(given: argparse.Namespace) -> int:
    from ownway.community.directory import queries

    total = queries.to_publish(given.source).count()
    pieces = _written(queries.services(given.source), total=total)
    if given.file == "-":
        sys.stdout.writelines(pieces)
        return 0
    with Path(given.file).open("w", encoding="utf-8") as file:
        file.writelines(pieces)
    print(f"Wrote {total:,} services to {given.file}")
    return 0


def _written(services: Iterable[dict[str, Any]], *, total: int) -> Iterator[str]:
    """The page as text, piece by piece, so that memory stays flat."""
    from ownway.community.directory import queries

    head = json.dumps(queries.page([], total=total) | {"size": total, "empty": not total})
    yield head.removesuffix("[]}")
    yield "["
    for number, service in enumerate(services):
        yield ("," if number else "") + "\n" + json.dumps(service, ensure_ascii=False)
    yield "\n]}\n"


def _validate(given: argparse.Namespace) -> int:
    reading = _opened(given.path, source="validate")
    good = sum(1 for _ in reading.read())
    list(reading.read_taxonomies())
    faults = list(reading.faults)
    if given.schemas:
        from ownway.community.directory.forms.schemas import faults_by_schema

        faults += faults_by_schema(given.path, given.schemas)
    if given.json:
        print(json.dumps({"services": good, "faults": [*map(_fault, faults)]}, indent=2))
        return 1 if faults else 0
    _list("Wrong", [str(fault) for fault in faults])
    _list("Would be left out or mended", [str(note) for note in reading.notes])
    against = "" if given.schemas else "; give --schemas to check it against the standard's own"
    print(f"{good:,} services can be read, {len(faults):,} errors{against}")
    return 1 if faults else 0


class BadRows(Exception):
    """A file has rows that are bad, and only the whole of it was wanted."""


def _postcodes(given: argparse.Namespace) -> int:
    from ownway.community.directory import actions
    from ownway.community.directory.forms import PostcodeFile

    file = PostcodeFile(given.path)
    try:
        rows = file.rows() if given.keep_good else _all_good(file)
        loaded = actions.load_postcodes(rows, dry_run=given.dry_run)
    except BadRows:
        loaded = 0
    _list("Refused", [str(fault) for fault in file.faults])
    if file.faults and not given.keep_good:
        print("Nothing was loaded. Mend what is listed, or load the good rows with --keep-good")
    would = "Would load" if given.dry_run else "Loaded"
    print(
        f"{would} {loaded:,} postcodes; {file.without_place:,} have no place on the grid; "
        f"{len(file.faults):,} refused"
    )
    return 1 if file.faults else 0


def _all_good(file: "PostcodeFile") -> Iterator[tuple[str, int, int, bool]]:
    """Every row of a file without bad rows; a bad one stops the loading at the end of the file."""
    yield from file.rows()
    if file.faults:
        raise BadRows

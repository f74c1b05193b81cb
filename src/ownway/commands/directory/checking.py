"""`ownway directory validate`: all that is wrong with a feed, and whether it passes."""

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ownway.commands.directory.telling import as_json, is_address, listed, opened

if TYPE_CHECKING:
    from ownway.community.directory.forms import Fault

VERDICTS = {
    "pass": "Passes",
    "warn": "Passes with warnings",
    "fail": "Fails",
}


def run(given: argparse.Namespace) -> int:
    """Say all that is wrong."""
    with _here(given.path) as (path, missing):
        good, faults, notes = _checked(path, schemas=given.schemas)
    advice = [one for one in faults if _is_advice(one)]
    faults = [one for one in faults if not _is_advice(one)] + missing
    verdict = _verdict(faults)
    if given.json:
        answer = {
            "verdict": verdict,
            "services": good,
            "faults": [as_json(one) | {"is_warning": _only_warns(one)} for one in faults],
            "advice": [as_json(one) for one in advice],
            "notes": [as_json(note) for note in notes],
        }
        print(json.dumps(answer, indent=2))
        return 1 if faults else 0
    listed("Wrong", [one for one in faults if not _only_warns(one)])
    listed("Warnings", [one for one in faults if _only_warns(one)])
    listed("Worth mending", advice)
    listed("Would be left out or mended", notes)
    print(f"{VERDICTS[verdict]}: {good:,} services can be read, {len(faults):,} errors")
    return 1 if faults else 0


@contextmanager
def _here(place: str) -> "Iterator[tuple[Path, list[Fault]]]":
    """The feed as files: one on the web is fetched, its nine addresses and not services alone."""
    if not is_address(place):
        yield Path(place), []
        return
    from ownway.community.directory.forms import Crawl
    from ownway.community.directory.forms.crawling import LISTED

    with tempfile.TemporaryDirectory(prefix="ownway-feed-") as name:
        crawl = Crawl(place, Path(name))
        crawl.whole(lists=LISTED)
        crawl.examples(*LISTED)
        yield Path(name), crawl.faults


def _checked(path: Path, *, schemas: Path | None) -> "tuple[int, list[Fault], list[Fault]]":
    """How many services can be read, all that is wrong, and what would be mended."""
    from ownway.community.directory.forms.schemas import faults_by_schema

    reading = opened(path, source="validate")
    walked = list(reading.faults)
    good = sum(1 for _ in reading.read())
    if path.suffix.lower() == ".csv":
        return good, reading.faults, reading.notes
    faults = faults_by_schema(path, schemas)
    known = {(one.file, one.line) for one in faults}
    faults += [one for one in walked if (one.file, one.line) not in known]
    return good, faults, reading.notes


def _is_advice(fault: "Fault") -> bool:
    from ownway.community.directory.forms.schemas import ADVICE

    return fault.kind == ADVICE


def _only_warns(fault: "Fault") -> bool:
    from ownway.community.directory.forms.schemas import MUST

    return fault.kind not in MUST


def _verdict(faults: "list[Fault]") -> str:
    if not faults:
        return "pass"
    return "warn" if all(map(_only_warns, faults)) else "fail"

"""From files to a frozen Pack: read, merge, check, and take the values of one day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ownway.policy import domains, graph, numbers
from ownway.policy.graph import Graph
from ownway.policy.packs import checks
from ownway.policy.packs.standing import Pack, Written, digest, standing
from ownway.policy.refusals import PackRefused, Problem

PACKS = Path(__file__).parent
PARTS = PACKS / "parts"
PROFILES = PACKS.parent / "profiles"
Raw = dict[str, Any]
_MOST_BYTES = 5_000_000
_TWICE = re.compile(r"Cannot declare \((.*)\) twice(.*)")


def usual_day(name: str) -> date | None:
    """The day a pack of the past is usually decided for, where no day is said."""
    day = _file(PACKS / f"{name}.toml").get("usual_day") if name in names() else None
    return day if isinstance(day, date) else None


def names() -> tuple[str, ...]:
    """The shipped packs, by name."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml")))


def profiles() -> tuple[str, ...]:
    """The shipped council profiles, by name."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.toml")))


@lru_cache(maxsize=4096)
def load(name: str, *, profile: str | None = None, on: date) -> Pack:
    """Load a pack, with a council's profile over it, as it stands on a day.

    A profile's own name may be given as `name`: the pack it is written over is used. Days
    between which no number changes share what was read.

    Raises:
        PackRefused: there is no such pack or profile, or it is not fit to decide with.
    """
    if name not in names() and name in profiles() and profile is None:
        name, profile = str(_file(PROFILES / f"{name}.toml").get("base")), name
    written = _written(name, profile)
    _refuse_before(written, on)
    turned = max((day for day in written.turns if day <= on), default=None)
    if turned is None:
        return standing(written, on)
    return replace(_since(name, profile, turned), on=on)


@lru_cache(maxsize=64)
def _since(name: str, profile: str | None, day: date) -> Pack:
    return standing(_written(name, profile), day)


@lru_cache(maxsize=64)
def _written(name: str, profile: str | None) -> Written:
    raw = _file(_path(PACKS, name, names(), "pack"))
    over = _file(_path(PROFILES, profile, profiles(), "profile")) if profile else None
    return _read(raw, over)


def _path(folder: Path, name: str, known: Iterable[str], what: str) -> Path:
    if name not in known:
        mend = f"Use one of: {', '.join(dict.fromkeys((*known, *profiles())))}."
        said = f"there is no {what} of this name."
        raise PackRefused([Problem(ascii(str(name)[:80]).strip("'"), said, mend)])
    return folder / f"{name}.toml"


@lru_cache(maxsize=64)
def _file(path: Path) -> Raw:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def path_of(name: str) -> Path:
    """Where a shipped pack is written.

    Raises:
        PackRefused: there is no pack of this name.
    """
    return _path(PACKS, name, names(), "pack")


def read_file(path: Path, *, over: Path | None = None, on: date) -> Pack:
    """A pack or a council's profile kept in a file of its own.

    A profile names the shipped pack it is written over as its `base`. A pack may be given with a
    profile's file over it.

    Raises:
        PackRefused: a file cannot be read, or is not fit to decide with.
    """
    raw = _council_file(path)
    if "base" not in raw and {"graphs", "parts"} & set(raw):
        return read_pack(raw, _council_file(over) if over else None, on=on)
    base = raw.get("base")
    if over or not isinstance(base, str) or base not in names():
        mend = f"Write base = one of: {', '.join(names())}. A pack has graphs instead."
        raise PackRefused([Problem(f"{path}: base", "does not name a pack.", mend)])
    return read_pack(_file(PACKS / f"{base}.toml"), raw, on=on)


def _council_file(path: Path) -> Raw:
    """What a file says; where it is not TOML, the line is told."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is larger than 5 MB")
        return tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except OSError as wrong:
        raise PackRefused([Problem(str(path), f"cannot be read: {wrong.strerror}.")]) from None
    except (ValueError, RecursionError) as wrong:
        mend = "Mend that line. Write names = values, and words in quotes."
        said = f"is not TOML that can be read: {_plain(wrong)}."
        raise PackRefused([Problem(str(path), said, mend)]) from None


def _plain(wrong: Exception) -> str:
    if twice := _TWICE.match(str(wrong)):
        table = ".".join(re.findall("'([^']*)'", twice[1]))
        return f"[{table}] is there twice{twice[2]}"
    return str(wrong).replace("\n", " ") or type(wrong).__name__


def read_pack(raw: Raw, over: Raw | None = None, *, on: date) -> Pack:
    """Check a pack as written, with a profile over it, and freeze the values of one day.

    Raises:
        PackRefused: naming each place that is wrong, and the mend.
    """
    written = _read(raw, over)
    _refuse_before(written, on)
    return standing(written, on)


def _read(raw: Raw, over: Raw | None) -> Written:
    merged = _merge(raw, over)
    checks.refuse_bad_numbers(merged)
    checks.refuse_bad_followers(merged["numbers"])
    checks.refuse_bad_lists(merged["lists"], merged["graphs"])
    pieces = {
        name: graph.read(name, nodes, lists=merged["lists"])
        for name, nodes in merged["graphs"].items()
    }
    graphs = _runs(pieces, merged["runs"])
    checks.refuse_bad_graphs(graphs, merged["numbers"])
    checks.refuse_bad_exceptions(merged["exceptions"], graphs)
    return Written(
        name=merged["name"],
        profile=over["name"] if over else None,
        title=over["title"] if over else merged["title"],
        version=(over or merged)["version"],
        starts=raw.get("starts"),
        hash=digest(merged),
        numbers=merged["numbers"],
        lists=merged["lists"],
        graphs=graphs,
        turns=frozenset(_turns(merged["numbers"])),
        exceptions=tuple(merged["exceptions"]),
    )


def _turns(declared: Mapping[str, Raw]) -> Iterator[date]:
    for item in declared.values():
        for span in () if numbers.goes_by_birth(item) else item["values"]:
            yield from (span[key] for key in ("from", "to") if key in span)


def _refuse_before(written: Written, on: date) -> None:
    if written.starts and on < written.starts:
        reason = f"is in force from {written.starts}, not yet on {on}."
        raise PackRefused([Problem(written.name, reason, "Use a later date, or another pack.")])


def _runs(pieces: Mapping[str, Graph], runs: Iterable[str]) -> dict[str, Graph]:
    """The graphs that can be worked: each run, and each graph that is not a piece of one."""
    whole = {run: _joined(pieces, run) for run in runs}
    used = {name for run in whole for name in run.split(", then ")}
    return {name: piece for name, piece in pieces.items() if name not in used} | whole


def _joined(pieces: Mapping[str, Graph], run: str) -> Graph:
    names = run.split(", then ")
    unknown = [name for name in names if name not in pieces]
    if unknown:
        mend = f"Name one of: {', '.join(sorted(pieces))}."
        raise PackRefused(Problem(f"runs {run!r}", f"has no graph {n!r}.", mend) for n in unknown)
    whole = pieces[names[0]]
    for name in names[1:]:
        clashes = [
            Problem(f"runs {run!r}: {node.name}", f"is {made.unit} above, {node.unit} below.")
            for node in pieces[name].nodes
            if (made := whole.by_name.get(node.name))
            and (made.unit != node.unit or node.kind != "input")
        ]
        if clashes:
            raise PackRefused(clashes)
        whole = whole.then(pieces[name])
    return whole


def _merge(raw: Raw, over: Raw | None) -> Raw:
    """One pack from its own file, the parts it names, and the council's numbers."""
    checks.refuse_bad_shape(raw, over)
    merged: Raw = {"numbers": {}, "lists": _domains(), "graphs": {}, "runs": []}
    checks.refuse_unknown_parts(raw.get("parts", ()), known=_parts())
    parts = {name: _file(PARTS / f"{name}.toml") for name in raw.get("parts", ())} | {"": raw}
    checks.refuse_twice_given(parts)
    for part in parts.values():
        for key in ("numbers", "lists", "graphs"):
            merged[key] |= part.get(key, {})
        merged["runs"] += part.get("runs", [])
    merged |= {key: raw[key] for key in ("name", "title", "version")}
    merged["exceptions"] = _exceptions(raw, over)
    if over:
        merged |= {"profile": over["name"], "profile_version": over["version"]}
        merged["numbers"] = _over(merged["numbers"], over, pack=merged["name"])
    return merged


def _exceptions(raw: Raw, over: Raw | None) -> Any:
    """Those of the pack and those of the council; what is not a list is left for the check."""
    for own in (raw, over or {}):
        if not isinstance(own.get("exceptions", []), list):
            return own["exceptions"]
    return [*raw.get("exceptions", []), *(over or {}).get("exceptions", [])]


def _parts() -> tuple[str, ...]:
    """The shipped parts that a pack may bring in."""
    return tuple(sorted(path.stem for path in PARTS.glob("*.toml")))


def _domains() -> Raw:
    """The two lists every pack has: parts of daily life, and parts of a carer's life."""
    return {
        "domains": [{"key": one.key, "name": one.name} for one in domains.NINE],
        "carer_domains": [{"key": one.key, "name": one.name} for one in domains.CARER_NINE],
    }


def _over(base: Raw, over: Raw, *, pack: str) -> Raw:
    checks.refuse_bad_profile(over, base, pack=pack, packs=names())
    own = checks.profile_numbers(over, pack)
    whose = {"profile": over["name"]}
    return base | {name: base[name] | changed | whose for name, changed in own.items()}

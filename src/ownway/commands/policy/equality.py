"""`ownway policy equality`: gaps between groups, in a file of people."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.commands.policy import pages, saying
from ownway.commands.policy.pages import gaps as gap_pages
from ownway.policy import equality
from ownway.policy.calibration import files
from ownway.policy.equality import GroupGap
from ownway.policy.refusals import FactsRefused, Problem


def add(commands: Any) -> None:
    """Add the command."""
    command = saying.add(
        commands, "equality", _equality, "compare groups: gaps, intervals, what cannot be seen"
    )
    command.add_argument("people", type=Path, metavar="PEOPLE", help="CSV or Parquet, one a row")
    command.add_argument("--by", required=True, action="append", metavar="COLUMN",
                         help="the group; give it again for another")  # fmt: skip
    pairs = command.add_argument_group("what is compared: one pair of columns")
    pairs.add_argument("--actual", metavar="COLUMN", help="what was spent on each person")
    pairs.add_argument("--expected", metavar="COLUMN", help="what their needs lead one to expect")
    pairs.add_argument("--before", metavar="COLUMN", help="each budget under one policy")
    pairs.add_argument("--after", metavar="COLUMN", help="each budget under another, in pence")
    command.add_argument("--cluster", metavar="COLUMN", help="the team, where people come in teams")
    command.add_argument("--leave-out", choices=["nothing"],
                         help="leave out, and count, people with an amount of nothing")  # fmt: skip
    command.add_argument(
        "--margin", type=float, metavar="0.05",
        help="call groups equal within this: a share of cost, or pence between two policies",
    )  # fmt: skip
    pages.add(command)


def _equality(said: argparse.Namespace) -> int:
    pair = _pair(said)
    pages.refuse_name(said.page)
    table = files.read(said.people)
    wanted = [*pair, *said.by, *([said.cluster] if said.cluster else [])]
    _refuse_missing(table, wanted)
    clusters = _words(table, said.cluster) if said.cluster else None
    one, other = (_numbers(table, name) for name in pair)
    kept = np.flatnonzero((one > 0) & (other > 0)) if said.leave_out else np.arange(table.rows)
    found = {
        by: _found(said, one[kept], other[kept], _some(_words(table, by), kept),
                   clusters and _some(clusters, kept))
        for by in dict.fromkeys(said.by)
    }  # fmt: skip
    if said.page:
        pages.write(said.page, _page(said, pair, found, left_out=table.rows - len(kept)))
    if said.json:
        saying.print_json({
            "of": list(pair), "left_out": table.rows - len(kept),
            "by": {by: [gap.as_json() for gap in gaps] for by, gaps in found.items()},
        })  # fmt: skip
        return 0
    if said.leave_out:
        print(f"{table.rows - len(kept):,} people with an amount of nothing are left out\n")
    say = _say(said)
    for by, gaps in found.items():
        print(_title(said, pair, by))
        print("\n".join(f"    {line}".rstrip() for line in equality.lines(gaps, say=say)))
        print()
    return 0


def _say(said: argparse.Namespace) -> equality.Say:
    return equality.as_share if said.actual else equality.as_pence


def _title(said: argparse.Namespace, pair: tuple[str, str], by: str) -> str:
    first, word, second = (
        (pair[1], "from", pair[0]) if said.before else (pair[0], "against", pair[1])
    )
    return f"{first} {word} {second}, by {by}"


def _page(
    said: argparse.Namespace, pair: tuple[str, str], found: Mapping[str, Sequence[GroupGap]], *,
    left_out: int,
) -> pages.Page:  # fmt: skip
    note = f" {left_out:,} people with an amount of nothing are left out." if said.leave_out else ""
    return pages.Page(
        title="Gaps between groups",
        lead=f"{_title(said, pair, ' and '.join(found))}.",
        made_from=f"From {said.people.name}.{note}",
        sections=tuple(
            gap_pages.section(_title(said, pair, by), gaps, say=_say(said))
            for by, gaps in found.items()
        ),
    )


def _pair(said: argparse.Namespace) -> tuple[str, str]:
    pairs = ((said.actual, said.expected), (said.before, said.after))
    given = [pair for pair in pairs if any(pair)]
    if len(given) != 1 or not all(given[0]):
        mend = "Give --actual and --expected, or --before and --after."
        raise FactsRefused([Problem("columns", "are not one pair to compare.", mend)])
    one, other = given[0]
    return one, other


def _found(
    said: argparse.Namespace, one: NDArray[np.float64], other: NDArray[np.float64],
    groups: Sequence[str], clusters: Sequence[str] | None,
) -> list[GroupGap]:  # fmt: skip
    if said.before:
        return equality.by_group(one, other, groups, clusters=clusters, margin=said.margin)
    margin = 0.05 if said.margin is None else said.margin
    return equality.after_needs(one, other, groups, clusters=clusters, margin=margin)


def _refuse_missing(table: files.Table, wanted: Sequence[str]) -> None:
    missing = [name for name in dict.fromkeys(wanted) if name not in table.names]
    if missing:
        mend = f"It has: {', '.join(table.names[:40])}."
        raise FactsRefused(Problem(name, "is not a column here.", mend) for name in missing)


def _words(table: files.Table, name: str) -> list[str]:
    texts, places = table.told_apart(name)
    return [texts[place] for place in places]


def _some(words: Sequence[str], kept: NDArray[np.int64]) -> list[str]:
    return [words[row] for row in kept]


def _numbers(table: files.Table, name: str) -> NDArray[np.float64]:
    """A column of amounts.

    Raises:
        FactsRefused: naming the lines that hold no number.
    """
    texts, places = table.told_apart(name)
    known = np.array([_number(text) for text in texts])
    values: NDArray[np.float64] = known[places]
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        raise FactsRefused(
            Problem(table.at(row, name), f"{texts[places[row]][:40]!a} is not a number.")
            for row in wrong[:20]
        )
    return values


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")

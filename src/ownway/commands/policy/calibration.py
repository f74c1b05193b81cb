"""`ownway policy synthetic` and `calibrate`: an invented council, and a formula from a history."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from ownway.commands.policy import pages, saying
from ownway.commands.policy.pages import calibrated
from ownway.policy import calibration, packs, synthetic, tables
from ownway.policy.refusals import FactsRefused, Problem

_MOST_PEOPLE = 100_000_000


def add(commands: Any) -> None:
    """Add both commands."""
    _add_synthetic(commands)
    _add_calibrate(commands)


def _add_synthetic(commands: Any) -> None:
    command = saying.add(commands, "synthetic", _synthetic, "invent a council with a known truth")
    command.add_argument("--preset", required=True, choices=sorted(synthetic.PRESETS))
    command.add_argument("--seed", type=int, default=1, help="another seed is another council")
    command.add_argument("--people", type=_people, help="how many; the preset’s own if not said")
    command.add_argument(
        "--gap", action="append", default=[], metavar="group=asian:-8%",
        help="plant a gap in what a group’s plans cost, by ethnic group (group), sex or reason",
    )  # fmt: skip
    command.add_argument("--questions", type=int, default=1, help="about each part of life")
    for name, words in (
        ("scatter", "what panels decide beyond need, log standard deviation"),
        ("tangle", "parts of life that cost more together, which points cannot write: 0 to 1"),
        ("drift", "how much dearer the same plan is a year later, as 0.03"),
        ("missing", "the share of answers left blank"),
        ("repeated", "the share of people who are there twice"),
        ("wrong-dates", "the share of people whose dates cannot be"),
    ):
        usual = 0.40 if name == "scatter" else 0.0
        command.add_argument(f"--{name}", type=float, default=usual, help=words)
    command.add_argument("out", type=Path, metavar="OUT",
                         help="a name ending .csv or .parquet, not there yet")  # fmt: skip


def _add_calibrate(commands: Any) -> None:
    command = saying.add(
        commands, "calibrate", _calibrate, "find points and a price from a council’s history"
    )
    command.add_argument("history", type=Path, metavar="HISTORY", help="CSV or Parquet")
    command.add_argument("--pack", required=True, help="the pack the draft is a profile over")
    command.add_argument("--on", type=saying.day, metavar="YYYY-MM-DD",
                         help="the day the draft starts; today if not said")  # fmt: skip
    command.add_argument(
        "--percentile", type=_percentile, metavar="80",
        help="let the curve cover so many plans in 100; the mean if not said",
    )  # fmt: skip
    command.add_argument(
        "--budget", type=int, metavar="PENCE",
        help="what all these people may have together, whole pence a week",
    )  # fmt: skip
    command.add_argument("--keep-at-least", type=_share, default=0.0, metavar="0.2",
                         help="the share of a need that unpaid help never takes off")  # fmt: skip
    command.add_argument(
        "--leave-out", type=_leave_out, default=(), metavar="WHAT",
        help=f"leave out and count, with commas between: {', '.join(calibration.LEAVE_OUT)}",
    )  # fmt: skip
    command.add_argument("--fewest", type=int, default=calibration.FEWEST,
                         help="refuse a history of fewer people")  # fmt: skip
    command.add_argument("--no-challenger", action="store_true",
                         help="do not compare with a black box")  # fmt: skip
    pages.add(command)
    command.add_argument("out", type=Path, metavar="OUT.toml",
                         help="where the draft is written; not there yet")  # fmt: skip


def _people(text: str) -> int:
    people = int(text)
    if not 1 <= people <= _MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"must be from 1 to {_MOST_PEOPLE:,}")
    return people


def _percentile(text: str) -> float:
    share = float(text) / 100
    if not 0.05 <= share <= 0.99:
        raise argparse.ArgumentTypeError("must be from 5 to 99")
    return share


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError("must be from 0 to below 1")
    return share


def _leave_out(text: str) -> tuple[str, ...]:
    wanted = tuple(text.split(","))
    if unknown := sorted(set(wanted) - set(calibration.LEAVE_OUT)):
        known = ", ".join(calibration.LEAVE_OUT)
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of: {known}")
    return wanted


# -- An invented council -----------------------------------------------------------------------


def _synthetic(said: argparse.Namespace) -> int:
    knobs = synthetic.Knobs(
        said.questions, said.scatter, said.tangle, said.drift, said.missing, said.repeated,
        said.wrong_dates, tuple(map(synthetic.read_gap, said.gap)),
    )  # fmt: skip
    preset = synthetic.PRESETS[said.preset]
    council = synthetic.Council(preset, said.seed, knobs)
    rows = synthetic.write(council, said.out, people=said.people or preset.people)
    if said.json:
        saying.print_json({
            "written": str(said.out), "rows": rows, "preset": preset.name, "seed": said.seed,
            "sources": dict(preset.sources), "assumptions": dict(preset.assumptions),
        })  # fmt: skip
        return 0
    print(f"{rows:,} rows in {said.out}. {preset.title}, invented: nobody in it is real.")
    for word, found in (("Source", preset.sources), ("Assumption", preset.assumptions)):
        for name, words in found.items():
            print(f"    {word}, {name}: {words}")
    return 0


# -- A formula from a history ------------------------------------------------------------------


def _calibrate(said: argparse.Namespace) -> int:
    today = date.today()
    on = said.on or today
    _refuse_name(said.out)
    pages.refuse_name(said.page)
    pack = packs.load(said.pack, on=packs.usual_day(said.pack) or on)
    history = calibration.read(
        said.history, leave_out=said.leave_out, on=today, fewest=max(said.fewest, 20)
    )
    report = calibration.calibrate(
        history, pack,
        choices=calibration.Choices(said.percentile, said.keep_at_least),
        budget_pence=said.budget, with_challenger=not said.no_challenger,
    )  # fmt: skip
    _write(said.out, calibration.draft(report, name=_name(said.out), on=on))
    if said.page:
        pages.write(said.page, calibrated.page(report))
    if said.json:
        print(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
        return 0
    print("\n".join(report.lines()))
    print(f"\nThe draft is in {said.out}. Try it:")
    print(f"    ownway policy prove {said.out}")
    print(f"    ownway policy allocate FACTS.json --pack {said.out}")
    return 0


def _name(path: Path) -> str:
    return path.stem or "draft"


def _refuse_name(path: Path) -> None:
    """Refuse before the work is done, not after."""
    if path.suffix != ".toml":
        raise FactsRefused([Problem(str(path), "is not a name for a draft.", "End it in .toml.")])
    tables.refuse_if_there(path)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as wrong:
        reason = f"cannot be written: {wrong.strerror}."
        raise FactsRefused([Problem(str(path), reason)]) from None

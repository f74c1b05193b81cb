"""A formula from a council's history: how long it takes, how near it comes, and what it can see.

Time is this process's own, on one thread, median of the runs. Its baselines are what the libraries
offer for the same fit on the whole table of people and answers. Accuracy is on people left out,
beside gradient boosting and beside the truth, which an invented council lets us know. The council
is ours, and friendlier to points than life: `--tangle` puts into it what points cannot write.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402

from ownway.policy import allocation, calibration, equality, packs, synthetic  # noqa: E402
from ownway.policy.calibration import History, points, scoring, whole  # noqa: E402
from ownway.policy.calibration.checking import folds as folds_of  # noqa: E402
from ownway.policy.synthetic import Council, Knobs  # noqa: E402

ON = date(2026, 1, 30)
GAP = "group=asian:-8%"


def main(argv: list[str]) -> int:
    """Measure time, accuracy, bands and planted gaps, and print them."""
    parser = argparse.ArgumentParser(prog="ownway bench calibration", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="for the time")
    parser.add_argument("--questions", type=int, default=5, help="about each part, for the time")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--near", type=int, default=14_745, help="people, for the accuracy")
    parser.add_argument("--gaps", type=int, default=20, help="councils with a planted gap")
    parser.add_argument("--no-baseline", action="store_true", help="leave the slow libraries out")
    wanted = parser.parse_args(argv)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(prefix="ownway-bench-") as folder:
        file = Path(folder) / "history.parquet"
        _time(file, wanted)
        for tangle in (0.0, 0.5):
            _accuracy(file, wanted.near, tangle)
        _gaps(file, wanted.gaps)
    return 0


def _history(
    file: Path, people: int, *, preset: str = "load", seed: int = 1, **knobs: object
) -> History:
    council = Council(synthetic.PRESETS[preset], seed, Knobs(**knobs))  # type: ignore[arg-type]
    file.unlink(missing_ok=True)
    synthetic.write(council, file, people=people)
    return calibration.read(file, on=ON)


# -- Time --------------------------------------------------------------------------------------


def _time(file: Path, wanted: argparse.Namespace) -> None:
    history = _history(file, wanted.people, questions=wanted.questions)
    asked = len(history.questions)
    ours = _median(lambda: calibration.formula(history), wanted.runs)
    print(
        f"\n{history.people:,} people, {asked} questions; CPU seconds, {wanted.runs} runs, median"
    )
    print(f"    {'the whole calibration':<58}{ours:>8.2f}")
    fitted, loss = points.fit(history)
    fit = _median(lambda: points._with_steps(history, fitted, loss), wanted.runs)
    print(f"    {'one fit of all points inside it':<58}{fit:>8.2f}      1.0")
    if not wanted.no_baseline:
        for name, seconds in _baselines(history, fitted, loss):
            print(f"    {name:<58}{seconds:>8.2f}  {seconds / fit:>7.1f}")


def _median(run: Callable[[], object], runs: int) -> float:
    run()
    return statistics.median(_cpu(run) for _ in range(runs))


def _cpu(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _baselines(
    history: History, fitted: points.Fitted, loss: points.Loss
) -> list[tuple[str, float]]:
    """The same fit by the libraries' own entries, on the whole table; once each, being slow."""
    from scipy.optimize import nnls
    from sklearn.linear_model import LinearRegression

    cost, weights = points._unpriced(history, fitted, loss)
    shares, root = points._shares(history, fitted), np.sqrt(weights)
    table = np.stack([
        *((history.answers[place] >= level) * shares[question.part] * root
          for place, question in enumerate(history.questions) for level in range(1, 5)),
        (history.night >= 1) * root, (history.night >= 2) * root,
    ], axis=1)  # fmt: skip
    model = LinearRegression(positive=True, fit_intercept=False)
    return [
        ("scikit-learn LinearRegression(positive=True), whole table",
         _cpu(lambda: model.fit(table, cost * root))),
        ("scipy nnls, whole table", _cpu(lambda: nnls(table, cost * root, maxiter=20_000))),
    ]  # fmt: skip


# -- Accuracy and bands ------------------------------------------------------------------------


def _accuracy(file: Path, people: int, tangle: float) -> None:
    history = _history(file, people, preset="dudley-2012", tangle=tangle)
    pack = packs.load("facs-2010", on=date(2010, 10, 1))
    report = calibration.calibrate(history, pack)
    truth = Council(synthetic.PRESETS["dudley-2012"], 1, Knobs(tangle=tangle)).people(people)
    plain = _plain_sum(history)
    print(f"\n{people:,} people left out in turn, tangle {tangle}: of how costs differ, explained")
    for name, score in (
        ("the truth, which nobody knows", scoring.score(history.cost, truth["truth_pence"])),
        ("gradient boosting", report.challenger),
        ("points and curve", report.across),
        ("a plain sum of levels, and a table of means that rises", plain),
    ):
        if score:
            print(f"    {name:<58}{score.explained:>8.3f}   within 20%: {score.within_20:.0%}")
    print(f"    {'points over gradient boosting':<58}{report.of_the_challenger or 0:>8.1%}")
    fresh = _history(file, people, preset="dudley-2012", seed=2, tangle=tangle)
    given = whole.weekly(fresh, report.formula, pack)
    reasons = np.array(allocation.REASONS)[fresh.reason]
    for band in (one for one in report.bands if one.people >= 500):
        mine = (reasons == band.group) & (given > 0)
        apart = fresh.cost[mine] / given[mine]
        held = np.mean((apart >= band.low) & (apart <= band.high))
        name = f"band of four in five, {band.group}, another {mine.sum():,} people"
        print(f"    {name:<58}{held:>8.1%}")


def _plain_sum(history: History) -> scoring.Score:
    """Every question alike, 0 to 4, nothing else known: what a simple table would give."""
    summed = history.answers.sum(axis=0, dtype=np.int64)
    given = np.zeros(history.people)
    folds = folds_of(history)
    for fold in np.unique(folds):
        inside = folds == fold
        mean = np.bincount(summed[~inside], history.cost[~inside].astype(float), 4 * 9 + 1)
        many = np.bincount(summed[~inside], minlength=4 * 9 + 1)
        table = np.maximum.accumulate(mean / np.maximum(many, 1))
        given[inside] = table[summed[inside]]
    return scoring.score(history.cost, given)


# -- Planted gaps ------------------------------------------------------------------------------


def _gaps(file: Path, runs: int) -> None:
    print(f"\nA gap of 8% planted in what one group's plans cost; {runs} councils of each size")
    gap = synthetic.read_gap(GAP)
    for preset, people in (("slough-2010", 3_500), ("dudley-2012", 14_745)):
        found, least = 0, []
        for seed in range(runs):
            history = _history(file, people, preset=preset, seed=100 + seed, gaps=(gap,))
            one = _gap(history, seed)
            found += one.finding == "less"
            least.append(one.least_detectable)
        name = f"{preset}, {people:,} people: found"
        print(f"    {name:<58}{found / runs:>8.0%}   least: {statistics.median(least):.1%}")


def _gap(history: History, seed: int) -> equality.Gap:
    """The gap by a formula from one half of the people, in the other."""
    half = np.random.default_rng(seed).random(history.people) < 0.5
    given = np.zeros(history.people)
    for inside in (half, ~half):
        formula = calibration.formula(history.rows(~inside))
        at = whole.standing(history.rows(inside), formula)
        x, y = np.array(formula.knots, dtype=np.float64).T
        given[inside] = at.weekly(np.interp(at.points, x, y / 52))
    told = (given > 0) & (history.cost > 0)
    groups = history.groups["ethnic_group"][told]
    found = equality.after_needs(history.cost[told], given[told], groups)
    gap = next(one.gap for one in found if one.group == "asian")
    if gap is None:
        raise SystemExit("Too few people were invented to look for a gap.")
    return gap


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

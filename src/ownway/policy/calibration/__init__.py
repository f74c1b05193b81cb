"""A formula from a council's own history: points for each answer, a price for the points.

How to use it::

    history = calibration.read(Path("history.parquet"), on=today)
    report = calibration.calibrate(history, packs.load("facs-2010", on=day), budget_pence=None)
    report.lines()                                   # to read
    report.as_json()                                 # to draw
    calibration.draft(report, name="draft", on=today)     # a profile, as TOML

Points never fall as need rises, by construction. Everything reported is of the whole-number
formula, run by the same engine that will give the budgets. Accuracy is on people the formula had
not seen, beside a black box that may use the facts in any way. What was spent is not need: the
report says by group how the two differ, and what could not be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.policy import allocation, equality, whatif
from ownway.policy.calibration import challenger as challengers
from ownway.policy.calibration import checking, scoring, whole
from ownway.policy.calibration.checking import Choices
from ownway.policy.calibration.draft import profile as draft
from ownway.policy.calibration.history import FEWEST, LEAVE_OUT, History, read
from ownway.policy.calibration.report import Report
from ownway.policy.calibration.scoring import Score
from ownway.policy.calibration.whole import Formula
from ownway.policy.equality import GroupGap
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, Problem

__all__ = [
    "FEWEST",
    "LEAVE_OUT",
    "Choices",
    "Formula",
    "History",
    "Report",
    "calibrate",
    "draft",
    "formula",
    "read",
]


def formula(history: History, choices: Choices | None = None) -> Formula:
    """Only the formula, with nothing checked: what `bench` times."""
    return checking.formula(history, choices or Choices())[0]


def calibrate(
    history: History, pack: Pack, *, choices: Choices | None = None,
    budget_pence: int | None = None, with_challenger: bool = True,
) -> Report:  # fmt: skip
    """Find a formula, and everything that should be known of it before anyone uses it.

    Units: the budget is what all these people together may have, whole pence a week.
    Raises:
        FactsRefused: no share keeps to the budget, or no answer says anything of the cost.
        PackRefused: the pack has not the numbers that a formula gives.
    """
    chosen = choices or Choices()
    _refuse_profile(pack)
    found, loss = checking.formula(history, chosen)
    _refuse_unless_told(history, found)
    checked = checking.across(history, pack, chosen)
    spent = history.cost.astype(np.float64)
    box, why_not = _challenger(history, checked.folds, with_challenger)
    given = whole.weekly(history, found, pack)
    reasons = np.array(allocation.REASONS)[history.reason]
    return Report(
        name=history.name, pack=pack.name, people=history.people, left_out=history.left_out,
        not_known=_not_known(history), brought_in=loss.brought_in, by_level=history.by_level,
        questions=tuple(question.column for question in history.questions),
        formula=found, percentile=chosen.percentile,
        published=scoring.score(spent, given),
        across=scoring.score(spent, checked.mean),
        across_chosen=scoring.score(spent, checked.given),
        as_spent=_as_spent(history, pack, chosen, checked.folds),
        forward=checking.forward(history, pack, replace(chosen, percentile=None)),
        challenger=box, why_no_challenger=why_not, frontier=checked.frontier,
        bands=scoring.bands(spent, checked.given, reasons, checked.folds),
        tenths=scoring.tenths(spent, checked.mean),
        gaps=_gaps(history, checked.mean, reasons),
        nothing_left=int(np.sum(whole.standing(history, found).points == 0)),
        deflator=_deflator(history, found, pack, budget_pence),
    )  # fmt: skip


def _refuse_profile(pack: Pack) -> None:
    if pack.profile:
        mend = f"Use {pack.name}, and add the council’s other numbers to the draft."
        raise FactsRefused([Problem(pack.profile, "is a profile, not a pack.", mend)])


def _refuse_unless_told(history: History, found: Formula) -> None:
    """Refuse a history in which more need does not go with more cost anywhere."""
    if not found.tables.any():
        reason = "has no answer that goes with a higher cost, so no points can be found."
        mend = "Check that the answers and the costs are of the same people."
        raise FactsRefused([Problem(history.name, reason, mend)])


def _not_known(history: History) -> tuple[str, ...]:
    wanted = ("two_people", "night", "living", "reason", "decided_on")
    return tuple(name for name in wanted if name not in history.given)


def _challenger(
    history: History, folds: NDArray[np.int64], wanted: bool
) -> tuple[Score | None, str]:
    if not wanted:
        return None, "not asked for"
    if not challengers.is_here():
        return None, challengers.MISSING
    return scoring.score(history.cost, challengers.given(history, folds)), ""


def _as_spent(history: History, pack: Pack, chosen: Choices, folds: NDArray[np.int64]) -> Score:
    """The same without bringing in the cost of plans far from the rest."""
    plain = replace(chosen, percentile=None)
    given = np.zeros(history.people)
    for fold in np.unique(folds):
        inside = folds == fold
        found, _ = checking.formula(history.rows(~inside), plain, bring_in=False)
        given[inside] = whole.weekly(history.rows(inside), found, pack)
    return scoring.score(history.cost, given)


def _gaps(
    history: History, given: NDArray[np.float64], reasons: NDArray[np.str_]
) -> Mapping[str, tuple[GroupGap, ...]]:
    groups: dict[str, Any] = {name: history.groups[name] for name in history.groups}
    if "reason" in history.given:
        groups["reason"] = reasons
    told = (history.cost > 0) & (given > 0)
    if not told.any():
        return {}
    return {
        by: tuple(equality.after_needs(history.cost[told], given[told], column[told]))
        for by, column in groups.items()
    }


def _deflator(
    history: History, found: Formula, pack: Pack, budget_pence: int | None
) -> whatif.Deflator | None:
    if budget_pence is None:
        return None
    ready = whole.pack_with(found, pack)
    prepared = whatif.Prepared(ready, whole.columns(history, found), graph=whole.graph_of(history))
    return prepared.deflator(budget_pence)

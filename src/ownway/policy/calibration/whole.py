"""From a fitted formula to one of whole numbers that can be published, tried as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import allocation, domains, population
from ownway.policy.calibration import curve, points
from ownway.policy.calibration.history import History
from ownway.policy.calibration.points import Fitted, Loss
from ownway.policy.money import RATIO
from ownway.policy.packs import Pack

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
MOST_POINTS = 1_000
"""The greatest need in every part of life together, in points."""
_WEEKS = 52
_PLACES = 100
"""Ratios are published to two decimals."""
_SWEEP_PEOPLE = 50_000


@dataclass(frozen=True)
class Formula:
    """A formula in whole numbers, as a pack holds it.

    Shapes: tables (questions, 5) points; kept (4,); night (3,), living (2,), reason (8,).
    Units: night and the amounts of knots are pence a year; kept, two_people, living and reason
        are ten-thousandths.
    """

    tables: Whole
    kept: Whole
    two_people: int
    night: Whole
    living: Whole
    reason: Whole
    knots: tuple[tuple[int, int], ...]
    parts: tuple[int, ...]

    def settings(self) -> dict[str, Any]:
        """The numbers of the pack that this formula gives, as a pack writes them.

        Where a part of life has several questions, its level is worth what that level of all of
        them is worth together.
        """
        found: dict[str, Any] = {"ras_method": "table"}
        for part, key in enumerate(domains.KEYS):
            mine = [place for place, one in enumerate(self.parts) if one == part]
            found[f"level_points_{key}"] = self.tables[mine].sum(axis=0).tolist()
        found["help_shares"] = [_ratio(RATIO - int(one)) for one in self.kept]
        found["points_table"] = [list(knot) for knot in self.knots]
        found["two_person_uplift"] = 0
        found["two_person_more_points"] = _ratio(self.two_people)
        found["night_sleep_in_year_pence"] = int(self.night[1])
        found["night_waking_year_pence"] = int(self.night[2])
        found["living_with_others_factor"] = _ratio(int(self.living[0]))
        found["living_alone_factor"] = _ratio(int(self.living[1]))
        for place, reason in enumerate(allocation.REASONS):
            found[f"reason_{reason}_factor"] = _ratio(int(self.reason[place]))
        return found


def _ratio(whole: int) -> float | int:
    return whole // RATIO if whole % RATIO == 0 else whole / RATIO


def _two_decimals(share: NDArray[Any] | float) -> Any:
    return np.rint(np.asarray(share) * _PLACES).astype(np.int64) * (RATIO // _PLACES)


def rounded(history: History, fitted: Fitted, loss: Loss) -> Formula:
    """Round a fitted formula, draw its curve, and mend what the rounding cost.

    The curve is drawn through the rounded points, so it takes up what rounding moved; the points
    are then tried one up and one down, keeping what makes the loss of the whole formula less.
    """
    whole = float(fitted.points[:, -1].sum())
    scale = MOST_POINTS / whole if whole > 0 else 0.0
    tables = np.rint(fitted.points * scale).astype(np.int64)
    formula = Formula(
        tables=tables,
        kept=_two_decimals(fitted.kept),
        two_people=int(_two_decimals(fitted.two_people)),
        night=np.rint(fitted.night * _WEEKS / 100).astype(np.int64) * 100,
        living=_two_decimals(fitted.living),
        reason=_two_decimals(fitted.reason),
        knots=((0, 0), (max(int(tables[:, -1].sum()), 1), 0)),
        parts=tuple(question.part for question in history.questions),
    )
    formula = with_mean_line(history, formula, loss)
    return with_mean_line(history, _swept(history, formula, loss), loss)


# -- The curve through whole points ------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where people stand under a formula: points that count, prices, and nights a week."""

    points: Whole
    priced: Floats
    night: Floats

    def money(self, cost: Floats) -> Floats:
        """What a cost says the curve should be at a person's points."""
        money: Floats = cost / self.priced - self.night
        return money

    def weekly(self, line: Floats) -> Floats:
        """The week of each person where the curve is so high at their points."""
        weekly: Floats = (line + self.night) * self.priced
        return weekly


def standing(history: History, formula: Formula) -> Standing:
    """Where everyone stands, points rounded as the pack rounds them."""
    left = _left(history, formula)
    for_two = np.sum(left * history.two_people, axis=0)
    return Standing(
        left.sum(axis=0) + _more_points(for_two, formula.two_people),
        formula.living[history.living] * formula.reason[history.reason] / RATIO**2,
        formula.night[history.night] / _WEEKS,
    )


def _more_points(for_two: Whole, share: int) -> Whole:
    """Points that help for two people adds, half up as in the pack."""
    return (2 * for_two * share + RATIO) // (2 * RATIO)


def _left(history: History, formula: Formula) -> Whole:
    """Points still to find in each part of life. Shapes: (9, people)."""
    need = points.needs(history, formula.tables).astype(np.int64)
    return need - need * (RATIO - formula.kept[history.help]) // RATIO


def with_mean_line(history: History, formula: Formula, loss: Loss) -> Formula:
    """The formula with the curve that is nearest to what plans cost."""
    at = standing(history, formula)
    knots = curve.knots_for(at.points, most=_most(formula))
    weights = loss.weights * at.priced**2
    places, money = at.points.astype(np.float64), at.money(loss.cost)
    line = curve.mean_line(places, money, weights, knots.astype(np.float64))
    return replace(formula, knots=_knots(knots, line))


def with_percentile(history: History, formula: Formula, share: float) -> Formula:
    """The formula with the curve that so great a share of plans came in under."""
    at = standing(history, formula)
    told = at.points > 0
    actual = at.money(history.cost - history.breaks / _WEEKS)[told]
    knots = np.array([points for points, _ in formula.knots], dtype=np.float64)
    line = curve.percentile_line(at.points[told].astype(np.float64), actual, share, knots)
    return replace(formula, knots=_knots(knots.astype(np.int64), line))


def _most(formula: Formula) -> int:
    """The most points there can be, with two people for all of it."""
    whole = np.array([int(formula.tables[:, -1].sum())])
    return max(int((whole + _more_points(whole, formula.two_people))[0]), 1)


def _knots(places: Whole, weekly: Floats) -> tuple[tuple[int, int], ...]:
    """A curve as a pack holds it: whole points, and whole pounds a year that never fall."""
    yearly = np.maximum.accumulate(np.rint(np.maximum(weekly, 0) * _WEEKS / 100)) * 100
    return tuple((int(x), int(y)) for x, y in zip(places, yearly, strict=True))


# -- Points tried one up and one down ----------------------------------------------------------


def _swept(history: History, formula: Formula, loss: Loss) -> Formula:
    """Move each number of each table by a point where that makes the whole formula nearer."""
    if history.people > _SWEEP_PEOPLE:
        some = np.arange(0, history.people, -(-history.people // _SWEEP_PEOPLE))
        history, loss = history.rows(some), Loss(loss.cost[some], loss.weights[some])
    sweep = _Sweep(history, formula, loss)
    for place, question in enumerate(history.questions):
        for level in range(1, formula.tables.shape[1]):
            for step in (1, -1):
                if sweep.try_step(place, question.part, level, step):
                    break
    return replace(formula, tables=sweep.tables)


class _Sweep:
    """The standing of people under tables that change a point at a time."""

    def __init__(self, history: History, formula: Formula, loss: Loss) -> None:
        self.history, self.loss, self.two = history, loss, formula.two_people
        self.tables = formula.tables.copy()
        self.taken = RATIO - formula.kept[history.help]
        self.need = points.needs(history, formula.tables).astype(np.int64)
        left = _left(history, formula)
        self.left = left.sum(axis=0)
        self.for_two = np.sum(left * history.two_people, axis=0)
        self.at = standing(history, formula)
        x, y = np.array(formula.knots, dtype=np.float64).T
        room = np.arange(2 * _most(formula) + 8 * len(history.questions))
        self.line = np.interp(room, x, y / _WEEKS)

    def try_step(self, place: int, part: int, level: int, step: int) -> bool:
        """Move one number if it may be moved and that helps; say whether it was."""
        row = self.tables[place]
        moved = row[level] + step
        above = row[level + 1] if level + 1 < len(row) else moved
        who = np.flatnonzero(self.history.answers[place] == level)
        if not row[level - 1] <= moved <= above or not len(who):
            return False
        need, taken = self.need[part, who], self.taken[part, who]
        change = step - ((need + step) * taken // RATIO - need * taken // RATIO)
        if self._lost(who, part, change) >= self._lost(who, part, 0 * change):
            return False
        row[level] = moved
        self.need[part, who] += step
        self.left[who] += change
        self.for_two[who] += change * self.history.two_people[part, who]
        return True

    def _lost(self, who: Whole, part: int, change: Whole) -> float:
        """What these people's budgets are off by, where their points in a part change so."""
        for_two = self.for_two[who] + change * self.history.two_people[part, who]
        counted = self.left[who] + change + _more_points(for_two, self.two)
        weekly = (self.line[counted] + self.at.night[who]) * self.at.priced[who]
        return float(np.sum(self.loss.weights[who] * (self.loss.cost[who] - weekly) ** 2))


# -- The formula run as the pack it will be ----------------------------------------------------


def pack_with(formula: Formula, pack: Pack) -> Pack:
    """A pack with the formula's numbers in it, and everyone starting with all of it."""
    return pack.with_settings(formula.settings() | {"factor": 1})


def graph_of(history: History) -> str:
    """The graph that works these people out: from levels, or from points where parts have more."""
    return f"person_{'levels' if history.by_level else 'points'}, then person_by_table"


def columns(history: History, formula: Formula) -> Mapping[str, Whole]:
    """People as the graph's inputs."""
    found: dict[str, Whole] = {
        "night": history.night, "living": history.living, "reason": history.reason,
        "breaks": history.breaks,
    }  # fmt: skip
    need = points.needs(history, formula.tables).astype(np.int64)
    for part, key in enumerate(domains.KEYS):
        found[f"two_people.{key}"] = history.two_people[part].astype(np.int64)
        if history.by_level:
            found[f"level.{key}"] = history.answers[part].astype(np.int64)
            found[f"help.{key}"] = history.help[part].astype(np.int64)
        else:
            taken = RATIO - formula.kept[history.help[part]]
            found[f"needs.{key}"] = need[part]
            found[f"helped.{key}"] = need[part] * taken // RATIO
    return found


def weekly(history: History, formula: Formula, pack: Pack) -> Whole:
    """What the formula gives each person, whole pence a week, by the engine that will give it."""
    ready = pack_with(formula, pack)
    worked = population.run(
        ready.graph(graph_of(history)),
        inputs=columns(history, formula),
        numbers=ready.numbers,
    )
    return worked["weekly"]

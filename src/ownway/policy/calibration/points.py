"""Points for every answer, never falling as need rises, from what plans cost.

An answer of 3 is worth what 1, 2 and 3 each add, and no part adds less than nothing: so a table
can only rise. What help takes off, what two people, nights and living alone add, and how prices
differ by what help is for, are found in turn, each with the rest held still.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import allocation, domains
from ownway.policy.calibration import squares
from ownway.policy.calibration.history import LEVELS, History

Floats: TypeAlias = NDArray[np.float64]
PARTS = len(domains.KEYS)
ROUNDS = 4
_BLOCK = 16_384
_STEPS = LEVELS - 1
_PRIOR_PEOPLE = 20.0
"""A table is pulled to even steps as if this many more people had said so."""
_FEWEST_PRICED = 50
_FAR = 0.005
"""The share of plans at either end whose cost counts as the edge of the rest."""
_MOST_TWO = 2.0


@dataclass(frozen=True)
class Fitted:
    """A formula with real numbers, before it is rounded to one that can be published.

    Shapes: steps (questions, 4) what each level adds; kept (4,) the share still to find by how
        much help there is; night (3,), living (2,), reason (8,).
    Units: steps and night are pence a week; the rest are shares.
    """

    steps: Floats
    kept: Floats
    two_people: float
    night: Floats
    living: Floats
    reason: Floats

    @property
    def points(self) -> Floats:
        """What each answer is worth. Shapes: (questions, 5)."""
        start = np.zeros((len(self.steps), 1))
        return np.concatenate([start, np.cumsum(self.steps, axis=1)], axis=1)


@dataclass(frozen=True)
class Loss:
    """What is made least: squares over what each plan is thought to cost, edges brought in.

    Weighting by the fitted cost, never the actual one: a plan that came out cheap by chance
    would else count for more, and the total would come out short.
    """

    cost: Floats
    weights: Floats
    brought_in: int = 0


def fit(history: History, *, least_kept: float = 0.0, bring_in: bool = True) -> tuple[Fitted, Loss]:
    """Find the formula nearest to what plans cost.

    `least_kept` is the share of a need that unpaid help can never take off.
    """
    fitted = _start(history, least_kept)
    actual = (history.cost - history.breaks / 52).astype(np.float64)
    loss = Loss(actual, np.ones(history.people))
    for turn in range(ROUNDS):
        fitted = _with_steps(history, fitted, loss)
        if turn < ROUNDS - 1 or not np.any(fitted.kept != 1):
            fitted = _with_kept(history, fitted, loss, least_kept)
        fitted = _with_two_people(history, fitted, loss)
        fitted = _with_prices(history, fitted, loss)
        loss = _loss(actual, _weekly(history, fitted), bring_in)
    return fitted, loss


def _start(history: History, least_kept: float) -> Fitted:
    kept = np.maximum([1.0, 0.8, 0.55, 0.3], least_kept)
    ones = np.ones(len(allocation.REASONS))
    two = 0.4 if "two_people" in history.given else 0.0
    steps = np.ones((len(history.questions), _STEPS))
    return Fitted(steps, kept, two, np.zeros(3), np.ones(2), ones)


def _loss(actual: Floats, fitted: Floats, bring_in: bool) -> Loss:
    floor = max(float(np.quantile(fitted, 0.1)), 1.0)
    weights = 1.0 / np.maximum(fitted, floor)
    weights *= len(weights) / weights.sum()
    if not bring_in:
        return Loss(actual, weights)
    apart = actual / np.maximum(fitted, floor)
    low, high = np.quantile(apart, [_FAR, 1 - _FAR])
    edge = np.maximum(fitted, floor)
    within = np.clip(actual, low * edge, high * edge)
    return Loss(within, weights, int(np.sum(within != actual)))


# -- How people stand under a formula ----------------------------------------------------------


def prices(history: History, fitted: Fitted) -> Floats:
    """What multiplies each person's week: who they live with, and what their help is for."""
    priced: Floats = fitted.living[history.living] * fitted.reason[history.reason]
    return priced


def needs(history: History, points: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
    """What people need in each part of life. Shapes: points (questions, 5), answer (9, people)."""
    found = np.zeros((PARTS, history.people))
    for place, question in enumerate(history.questions):
        found[question.part] += points[place][history.answers[place]]
    return found


def _shares(history: History, fitted: Fitted) -> Floats:
    """What a point of need in each part comes to, after help and with two people."""
    return fitted.kept[history.help] * (1 + fitted.two_people * history.two_people)


def _weekly(history: History, fitted: Fitted) -> Floats:
    found = np.sum(needs(history, fitted.points) * _shares(history, fitted), axis=0)
    weekly: Floats = (found + fitted.night[history.night]) * prices(history, fitted)
    return weekly


def _unpriced(history: History, fitted: Fitted, loss: Loss) -> tuple[Floats, Floats]:
    """Cost and weights with who people live with, and what their help is for, taken out."""
    priced = prices(history, fitted)
    return loss.cost / priced, loss.weights * priced**2


# -- Each thing in turn ------------------------------------------------------------------------


def _with_steps(history: History, fitted: Fitted, loss: Loss) -> Fitted:
    cost, weights = _unpriced(history, fitted, loss)
    products, against = _products(history, _shares(history, fitted), cost, weights)
    answers = len(history.questions) * _STEPS
    even = _even_step(products, against, answers)
    pull = _PRIOR_PEOPLE * float(weights.mean())
    products[np.arange(answers), np.arange(answers)] += pull
    against[:answers] += pull * even
    found = squares.solve(products, against)
    night = np.r_[0.0, np.cumsum(found[answers:])]
    return replace(fitted, steps=found[:answers].reshape(-1, _STEPS), night=night)


def _even_step(products: Floats, against: Floats, answers: int) -> float:
    """One step for every level of every question: a plain sum of levels, at its best price."""
    whole = float(products[:answers, :answers].sum())
    return max(float(against[:answers].sum()) / whole, 0.0) if whole > 0 else 0.0


def _products(
    history: History, shares: Floats, cost: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Products of the columns "answered at least this", and of the nights, added over people.

    Each answer is marked once in a block of 32-bit columns, one for each level; sums of levels
    turn those products into the products of "at least" columns, exactly.
    """
    wide = len(history.questions) * LEVELS
    total, right = np.zeros((wide + 2, wide + 2)), np.zeros(wide + 2)
    root = np.sqrt(weights)
    block = np.zeros((min(_BLOCK, history.people), wide + 2), np.float32)
    for start in range(0, history.people, _BLOCK):
        rows = slice(start, min(start + _BLOCK, history.people))
        marked = _marked(history, shares, root, rows, block)
        total += marked.T @ marked
        right += (root[rows] * cost[rows]).astype(np.float32) @ marked
    sums = _at_least(len(history.questions))
    return sums.T @ total @ sums, sums.T @ right


def _marked(
    history: History, shares: Floats, root: Floats, rows: slice, block: NDArray[np.float32]
) -> NDArray[np.float32]:
    count = rows.stop - rows.start
    marked = block[:count]
    marked[:] = 0
    people = np.arange(count)
    scaled = (shares[:, rows] * root[rows]).astype(np.float32)
    for place, question in enumerate(history.questions):
        columns = place * LEVELS + history.answers[place, rows].astype(np.int64)
        marked[people, columns] = scaled[question.part]
    nights = history.night[rows]
    marked[:, -2] = (nights >= 1) * root[rows]
    marked[:, -1] = (nights >= 2) * root[rows]
    return marked


def _at_least(questions: int) -> Floats:
    """From one column a level to one column "at least this level". Shapes: (5q + 2, 4q + 2)."""
    one = np.tril(np.ones((LEVELS, LEVELS)))[:, 1:]
    sums = np.zeros((questions * LEVELS + 2, questions * _STEPS + 2))
    sums[:-2, :-2] = np.kron(np.eye(questions), one)
    sums[-2:, -2:] = np.eye(2)
    return sums


def _with_kept(history: History, fitted: Fitted, loss: Loss, least_kept: float) -> Fitted:
    """What is still to find by how much help there is: falling shares, from all to the least."""
    cost, weights = _unpriced(history, fitted, loss)
    need = needs(history, fitted.points) * (1 + fitted.two_people * history.two_people)
    target = cost - fitted.night[history.night] - least_kept * need.sum(axis=0)
    levels = len(allocation.HELP)
    columns = np.stack([np.sum(need * (history.help <= one), axis=0) for one in range(levels)])
    weighted = columns * weights
    drops = squares.solve_shares(weighted @ columns.T, weighted @ target, whole=1 - least_kept)
    return replace(fitted, kept=least_kept + np.cumsum(drops[::-1])[::-1])


def _with_two_people(history: History, fitted: Fitted, loss: Loss) -> Fitted:
    if "two_people" not in history.given or not history.two_people.any():
        return replace(fitted, two_people=0.0)
    cost, weights = _unpriced(history, fitted, loss)
    left = needs(history, fitted.points) * fitted.kept[history.help]
    for_two = np.sum(left * history.two_people, axis=0)
    rest = cost - fitted.night[history.night] - left.sum(axis=0)
    whole = float(np.sum(weights * for_two**2))
    found = float(np.sum(weights * rest * for_two)) / whole if whole else 0.0
    return replace(fitted, two_people=float(np.clip(found, 0, _MOST_TWO)))


def _with_prices(history: History, fitted: Fitted, loss: Loss) -> Fitted:
    """Prices by living and by reason, each against the commonest, where enough people tell."""
    if "living" in history.given:
        fitted = replace(fitted, living=np.ones(2))
        ratio = _ratios(history.living, _weekly(history, fitted), loss, 2)
        fitted = replace(fitted, living=np.clip(ratio / ratio[0], 0.5, 2.0))
    if "reason" in history.given:
        count = len(allocation.REASONS)
        fitted = replace(fitted, reason=np.ones(count))
        ratio = _ratios(history.reason, _weekly(history, fitted), loss, count)
        fitted = replace(fitted, reason=np.clip(ratio, 0.2, 5.0))
    return fitted


def _ratios(codes: NDArray[np.int64], weekly: Floats, loss: Loss, count: int) -> Floats:
    """Cost over the formula in each group, against the largest group; 1 where few people tell."""
    people = np.bincount(codes, minlength=count)
    top = np.bincount(codes, loss.weights * loss.cost * weekly, count)
    bottom = np.bincount(codes, loss.weights * weekly**2, count)
    told = (people >= _FEWEST_PRICED) & (bottom > 0)
    if not told.any():
        return np.ones(count)
    ratio = top / np.where(bottom > 0, bottom, 1)
    largest = int(np.argmax(np.where(told, people, 0)))
    return np.where(told, ratio / ratio[largest], 1.0)

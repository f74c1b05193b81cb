"""A black box beside the formula: an estimate of how well any formula could do. Never published.

Source: gradient boosting of trees, Friedman 2001, as in scikit-learn (the extra `challenger`).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy.calibration.history import History

Floats: TypeAlias = NDArray[np.float64]
MISSING = "scikit-learn is not here. Install it with: pip install 'ownway[challenger]'"
ROUNDS = 400
_LOSSES = ("squared_error", "gamma")


def is_here() -> bool:
    """Say whether scikit-learn is installed."""
    return find_spec("sklearn") is not None


def given(history: History, folds: NDArray[np.int64], *, seed: int = 0) -> Floats:
    """What the black box says of each person, from people in other folds; the better of two.

    It sees all the facts that the formula sees, and may let any of them work together.
    """
    facts = _facts(history)
    actual = history.cost.astype(np.float64)
    losses = _LOSSES if actual.min() > 0 else _LOSSES[:1]
    tried = [_across(facts, actual, folds, loss, seed) for loss in losses]
    return min(tried, key=lambda one: float(np.sum((actual - one) ** 2)))


def _across(
    facts: NDArray[np.float32], actual: Floats, folds: NDArray[np.int64], loss: str, seed: int
) -> Floats:
    found = np.empty(len(actual))
    for fold in np.unique(folds):
        inside = folds == fold
        model = _model(facts.shape[1], loss, seed, people=int(np.sum(~inside)))
        model.fit(facts[~inside], actual[~inside])
        found[inside] = model.predict(facts[inside])
    return found


def _model(columns: int, loss: str, seed: int, *, people: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    leaves = 31 if people > 10_000 else 12
    return HistGradientBoostingRegressor(
        loss=loss, max_iter=ROUNDS, learning_rate=0.06, max_leaf_nodes=leaves,
        early_stopping=True, n_iter_no_change=20, random_state=seed,
        categorical_features=[columns - 1],
    )  # fmt: skip


def _facts(history: History) -> NDArray[np.float32]:
    rows = [*history.answers, *history.help, *history.two_people, history.night, history.living,
            history.breaks, history.reason]  # fmt: skip
    return np.stack(rows, axis=1).astype(np.float32)

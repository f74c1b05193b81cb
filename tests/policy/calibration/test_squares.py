"""The small matrices give what the large ones would, and curves never fall."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, nnls

from ownway.policy.calibration import curve, points, squares
from ownway.policy.calibration.points import Loss

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_small_matrix_gives_what_the_whole_table_would(seed):
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((60, 6))
    target = table @ rng.normal(0, 1, 6) + 0.1 * rng.standard_normal(60)

    small = squares.solve(table.T @ table, table.T @ target, ridge=0)

    assert small == pytest.approx(nnls(table, target)[0], abs=1e-7)


def test_shares_that_must_add_up_do_and_are_the_nearest():
    rng = np.random.default_rng(3)
    table, target = rng.random((80, 3)), rng.random(80) * 4

    shares = squares.solve_shares(table.T @ table, table.T @ target, whole=0.8)

    assert shares.sum() == pytest.approx(0.8)
    lost = np.sum((target - table @ shares) ** 2)
    for other in rng.dirichlet(np.ones(3), 500) * 0.8:
        assert lost <= np.sum((target - table @ other) ** 2) * (1 + 1e-6)


def test_products_added_in_blocks_are_those_of_the_columns_they_stand_for(history):
    rng = np.random.default_rng(5)
    shares = rng.uniform(0.2, 1.5, (9, history.people))
    cost, weights = rng.random(history.people), rng.random(history.people)
    columns = [
        (history.answers[place] >= level) * shares[question.part]
        for place, question in enumerate(history.questions)
        for level in range(1, 5)
    ]
    table = np.stack([*columns, history.night >= 1, history.night >= 2], axis=1)

    products, against = points._products(history, shares, cost, weights)

    weighted = table * weights[:, None]
    assert products == pytest.approx(weighted.T @ table, rel=1e-4, abs=1e-3)
    assert against == pytest.approx(weighted.T @ cost, rel=1e-4, abs=1e-3)


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_every_curve_rises_whatever_the_history_says(seed):
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 300, 150)
    money = rng.normal(100, 80, 150) - at * rng.normal(0, 1)
    knots = curve.knots_for(at, most=400).astype(float)

    mean = curve.mean_line(at.astype(float), money, rng.random(150), knots)
    high = curve.percentile_line(at.astype(float), money, 0.8, knots)

    assert np.all(np.diff(mean) >= 0)
    assert np.all(np.diff(high) >= 0)
    assert mean[0] == high[0] == 0


def test_a_percentile_curve_loses_no_more_than_an_exact_solver():
    rng = np.random.default_rng(8)
    at = rng.integers(1, 200, 400).astype(float)
    money = at * rng.lognormal(0, 0.5, 400)
    knots = np.array([0, 40, 90, 150, 200.0])

    line = curve.percentile_line(at, money, 0.8, knots)

    ramps, people = squares.ramps(at, knots), len(at)
    table = np.hstack([ramps, np.eye(people), -np.eye(people)])
    price = np.r_[np.zeros(ramps.shape[1]), np.full(people, 0.8), np.full(people, 0.2)]
    best = linprog(price, A_eq=table, b_eq=money, method="highs").fun / people
    given_ = np.interp(at, knots, line)
    assert curve.pinball(money, given_, 0.8) <= best * 1.002
    assert np.mean(money <= given_) == pytest.approx(0.8, abs=0.02)


@given(SEEDS)
@settings(max_examples=12, deadline=None)
def test_points_never_fall_as_need_rises_even_where_the_money_did(history_of_seed, seed):
    history = history_of_seed(seed)

    fitted, _ = points.fit(history)

    assert np.all(np.diff(fitted.points, axis=1) >= 0)
    assert np.all(np.diff(fitted.kept) <= 1e-12)
    assert fitted.kept[0] == pytest.approx(1)


@pytest.fixture(scope="module")
def history_of_seed(history):
    """The same people with costs that have nothing to do with their answers."""

    def made(seed):
        rng = np.random.default_rng(seed)
        turned = history.cost.max() - history.cost
        cost = rng.permutation(history.cost) if seed % 2 else turned
        return type(history)(**{**vars(history), "cost": cost})

    return made


@pytest.mark.parametrize("least", [0.0, 0.3, 0.6])
def test_unpaid_help_never_takes_off_more_than_the_floor_lets_it(history, least):
    fitted, _ = points.fit(history, least_kept=least)

    assert fitted.kept.min() >= least - 1e-9


def test_costs_are_brought_in_only_at_the_edges_and_only_when_asked(history):
    odd = history.cost.copy()
    odd[3] = 10**7
    spoilt = type(history)(**{**vars(history), "cost": odd})

    _, brought = points.fit(spoilt)
    _, plain = points.fit(spoilt, bring_in=False)

    assert 1 <= brought.brought_in <= 0.011 * history.people + 1
    assert brought.cost[3] < 10**6
    assert plain == Loss(plain.cost, plain.weights, 0)
    assert plain.cost[3] == 10**7

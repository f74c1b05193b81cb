"""Least squares whose answers may not be negative, solved on a small matrix of products.

Adding up products of columns takes one pass over people; what is solved after that is as small as
the number of columns, however many people there are.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
_HEAVY = 1e4


def solve(products: Floats, against: Floats, *, ridge: float = 1e-9) -> Floats:
    """The x ≥ 0 that makes x'Gx − 2x'b least (non-negative least squares on its Gram matrix).

    Shapes: products (columns, columns), against (columns,), answer (columns,).
    Source: with G = U'U this is the nearest point to U⁻ᵀb, Lawson and Hanson 1974.
    """
    from scipy.optimize import nnls

    steady = products + ridge * max(float(np.trace(products)), 1e-300) / len(products) * np.eye(
        len(products)
    )
    factor = np.linalg.cholesky(steady).T
    answer: Floats = nnls(factor, np.linalg.solve(factor.T, against), maxiter=100 * len(against))[0]
    return answer


def solve_shares(products: Floats, against: Floats, *, whole: float) -> Floats:
    """As `solve`, with the answers adding up to a whole: a heavy row holds them to it."""
    weight = _HEAVY * max(float(np.trace(products)), 1e-300)
    ones = np.ones_like(products)
    shares = solve(products + weight * ones, against + weight * whole * np.ones(len(against)))
    return shares * (whole / shares.sum()) if shares.sum() else shares


def ramps(at: Floats, knots: Floats) -> Floats:
    """A column for each stretch between knots: how much of the stretch lies below each point.

    Shapes: at (people,), knots (k,), answer (people, k − 1). A line with these columns and no
        negative slope never falls.
    """
    return np.minimum(np.maximum(at[:, None] - knots[:-1], 0), np.diff(knots))

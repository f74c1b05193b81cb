"""Histories that the tests of calibration share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ownway.policy import calibration, packs, synthetic
from ownway.policy.calibration import History
from ownway.policy.packs import Pack
from ownway.policy.synthetic import Council, Knobs

ON = date(2026, 1, 30)


@pytest.fixture(scope="session")
def history_of(tmp_path_factory) -> Callable[..., History]:
    """The history of an invented council of a few people, with any knobs turned."""

    def made(people: int = 600, *, preset: str = "dudley-2012", seed: int = 1, **knobs: Any):
        file = tmp_path_factory.mktemp("history") / "history.parquet"
        council = Council(synthetic.PRESETS[preset], seed, Knobs(**knobs))
        synthetic.write(council, file, people=people)
        return calibration.read(file, on=ON)

    return made


@pytest.fixture(scope="session")
def history(history_of) -> History:
    return history_of()


@pytest.fixture(scope="session")
def csv(tmp_path_factory) -> Path:
    """A good history of 250 people, as CSV."""
    file = tmp_path_factory.mktemp("csv") / "history.csv"
    synthetic.write(Council(synthetic.PRESETS["slough-2010"]), file, people=250)
    return file


@pytest.fixture(scope="session")
def pack() -> Pack:
    return packs.load("facs-2010", on=date(2010, 10, 1))

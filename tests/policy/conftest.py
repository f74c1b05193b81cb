"""Packs and example facts that the policy tests share."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ownway.policy import packs
from ownway.policy.packs import Pack

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "policy"


@pytest.fixture(scope="session")
def example() -> Callable[..., dict[str, Any]]:
    """An example file of facts by name, with any facts changed."""

    def read(name: str, **changes: Any) -> dict[str, Any]:
        facts = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
        return {**facts, **changes}

    return read


@pytest.fixture(scope="session")
def alderbrook() -> Pack:
    return packs.load("facs-2010", profile="alderbrook", on=date(2026, 1, 30))


@pytest.fixture(scope="session")
def facs() -> Pack:
    return packs.load("facs-2010", on=date(2010, 10, 1))


@pytest.fixture(scope="session")
def dudley() -> Pack:
    return packs.load("dudley-2013", on=date(2013, 5, 1))


@pytest.fixture(scope="session")
def care_act() -> Pack:
    return packs.load("careact-2014", on=date(2026, 6, 1))

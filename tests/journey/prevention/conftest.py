"""Answers about Mr Jones."""

import pytest

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.journey.prevention import actions
from ownway.journey.prevention.models import EquipmentCheck
from tests.conftest import NOON

ANSWERS = {
    "now": [],
    "memory": ["day", "out"],
    "falls": ["none"],
    "moving": [],
    "home": [],
    "skin": ["no"],
    "alone": ["yes"],
}


@pytest.fixture
def check(gwen: Staff, harold: Person, edith: Person) -> EquipmentCheck:
    """The questions, answered with Mrs Jones."""
    return actions.answer_questions(harold, ANSWERS, by=gwen, at=NOON)

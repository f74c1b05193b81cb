"""The Joneses before they choose, and after."""

import pytest

from ownway.demo.cast import staff_named
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.journey.budgets.models import Agreement
from tests.journey.budgets import joneses
from tests.journey.budgets.joneses import Joneses


@pytest.fixture
def owen(council: None) -> Staff:
    """A second finance officer."""
    return staff_named("Owen Tarrant")


@pytest.fixture
def unrecorded(harold: Person, edith: Person, edith_in: SignIn) -> Joneses:
    """The Joneses while no record of capacity names her."""
    return joneses.raise_joneses(harold, edith, edith_in)


@pytest.fixture
def both(unrecorded: Joneses) -> Joneses:
    """The Joneses, ready to choose."""
    joneses.record_suitable(unrecorded)
    return unrecorded


@pytest.fixture
def agreed(both: Joneses) -> Agreement:
    """What they agreed to."""
    return joneses.agree_as_told(both)

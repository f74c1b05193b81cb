"""The Joneses, at three of five points and at five."""

import pytest

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from tests.journey.allocation import joneses


@pytest.fixture
def three_of_five(harold: Person, edith: Person, edith_in: SignIn, dev: Staff) -> Person:
    """Assessed and excepted from reablement; two points are still open."""
    joneses.name_dev(harold, edith, dev=dev)
    joneses.assess(harold, "adult", dev=dev)
    joneses.assess(edith, "carer", dev=dev)
    joneses.except_from_reablement(harold, dev=dev)
    joneses.settle_points(harold, joneses.FIRST_THREE, dev=dev)
    return harold


@pytest.fixture
def ready(three_of_five: Person, dev: Staff) -> Person:
    """All five points are settled."""
    joneses.settle_points(three_of_five, joneses.LAST_TWO, dev=dev)
    return three_of_five

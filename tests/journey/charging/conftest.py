"""The Joneses with their budgets worked out."""

import pytest

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.journey.allocation import actions
from tests.journey.allocation.conftest import ready, three_of_five
from tests.journey.allocation.joneses import HALF_PAST_NINE

__all__ = ["ready", "three_of_five"]


@pytest.fixture
def budgeted(ready: Person, dev: Staff) -> Person:
    """£171.00 for him, £38.00 for her."""
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    return ready

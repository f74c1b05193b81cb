"""The Joneses with their budgets worked out, and rules that change."""

from datetime import date
from typing import Any

import pytest

from ownway.demo.cast import staff_named
from ownway.foundation.council import actions as council
from ownway.foundation.council.models import SettingsVersion, Staff
from ownway.foundation.council.queries import figures_key
from ownway.foundation.people.models import Person
from ownway.journey.allocation import actions
from tests.journey.allocation.conftest import ready, three_of_five
from tests.journey.allocation.joneses import HALF_PAST_NINE, TEN

__all__ = ["ready", "three_of_five"]

EQUAL = {
    "change": "A change made for a test, which says so here.",
    "data": "Nobody real was looked at.",
    "groups": "Age, sex, ethnic group, disability and carers were thought of.",
    "finding": "Sample: no group is found to lose.",
    "mitigation": "None is needed for a test.",
    "decision": "Go on with it.",
    "review_on": date(2027, 1, 5),
}


@pytest.fixture
def budgeted(ready: Person, dev: Staff) -> Person:
    """£171.00 for him, £38.00 for her."""
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    return ready


def new_rules(own: dict[str, Any], *, on: date, profile: str = "alderbrook") -> SettingsVersion:
    """Rules published by two people, in force from a day."""
    lena = staff_named("Lena Marchbank")
    version = council.draft_settings(
        profile=profile, own=own, starts_on=on, because="For a test", by=lena, at=TEN
    )
    of = figures_key(version)
    council.assess_equality(version, said=EQUAL, measured=[], of=of, by=lena, at=TEN)
    return council.publish_settings(version, by=staff_named("Sol Whitcombe"), at=TEN)

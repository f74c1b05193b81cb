"""The guide of Alderbrook as the demonstration has it, and somebody who reads with the panel."""

import pytest

from ownway.community.information import actions
from ownway.community.information.models import Reader, Version
from ownway.demo.cast import way_in
from ownway.demo.information import fill_guide
from ownway.foundation.council.models import Staff
from tests.conftest import NOON


@pytest.fixture
def guide(council: None) -> None:
    """Every shipped page is published, but for one that waits for the panel."""
    fill_guide(at=NOON)


@pytest.fixture
def joy(guide: None) -> Reader:
    """A volunteer of the readers' panel."""
    return actions.join_panel(way_in("Joy Thistlewood"), at=NOON)


@pytest.fixture
def waiting(guide: None) -> Version:
    """“Breaks for carers”, which the panel reads now."""
    return Version.objects.get(page__slug="breaks-for-carers")


@pytest.fixture
def draft(lena: Staff) -> Version:
    """A page that Lena has begun and written."""
    version = actions.begin_page(
        title="Parking", group="help", audiences=["everybody"], owner=lena, by=lena, at=NOON
    )
    said = {"title": "Parking", "summary": "Where to park.", "body": "Park here."}
    actions.write_text(version, language="en-GB", form="plain", said=said, by=lena, at=NOON)
    return version

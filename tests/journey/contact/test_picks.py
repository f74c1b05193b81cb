"""The directory beside the call: what is found, and what may have been meant."""

from collections.abc import Callable

import pytest

from ownway.foundation.council.models import Staff
from ownway.journey.contact.models import Contact
from tests.community.directory.conftest import fill
from tests.journey.contact.conftest import TEN, As

__all__ = ["fill"]


@pytest.fixture(autouse=True)
def at_ten(the_time: Callable[..., None]) -> None:
    """It is ten o'clock on the sixth."""
    the_time(TEN)


def test_what_is_not_found_is_said_and_what_may_be_meant_is_offered(
    as_: As, gwen: Staff, call: Contact, fill: Callable[[], object]
) -> None:
    fill()
    desk, page = as_(gwen), f"/desk/contacts/{call.pk}/"

    typed = desk.post(page + "entries/", {"looked_for": "lonly"}).text
    nothing = desk.post(page + "entries/", {"looked_for": "xzzq"}).text
    meant = desk.post(page, {"looked_for": "lonly", "meant": "lonely"}).text

    assert "Nothing found for “lonly”. Did you mean" in typed
    assert 'name="meant" value="lonely"' in typed
    assert "Nothing found for “xzzq”. Try other words." in nothing
    assert "Nothing found" not in meant
    call.refresh_from_db()
    assert call.looked_for == "lonely"

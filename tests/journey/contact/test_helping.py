"""Help to find things out for oneself is counted, at a contact point and at the desk."""

from datetime import date

import pytest

from ownway.community.directory.queries import Spot
from ownway.community.information import actions as keeping
from ownway.community.information import queries as information
from ownway.community.information.models import ContactPoint
from ownway.foundation.council.models import Staff
from ownway.journey.contact import actions
from ownway.journey.contact.models import Contact
from tests.community.information.test_points import SAID
from tests.journey.contact.conftest import TEN, As


@pytest.fixture
def quayside(ruth: Staff) -> ContactPoint:
    spot = Spot(452_300, 288_700, "AL1 2BD")
    return keeping.register_point(None, said=SAID, spot=spot, owner=ruth, by=ruth)


def test_what_was_used_together_at_a_visit_is_counted_where_it_was(
    as_: As, gwen: Staff, quayside: ContactPoint
) -> None:
    typed = {"place": "quayside library", "reason": "daily", "done": "Found Green Gate",
             "minutes": "20", "did": ["directory", "printed"], "key": "k"}  # fmt: skip
    for _ in range(2):  # Sent twice, it is one visit.
        as_(gwen).post("/desk/contacts/visit/", typed)

    given = information.help_given(since=date(2020, 1, 1), until=date(2099, 1, 1))[quayside.pk]

    assert (given.visits, given.minutes) == (1, 20)
    assert set(given.did) == {"Looked for help in the directory", "Printed something to take home"}


def test_help_to_find_things_out_by_telephone_is_counted_at_the_desk(
    call: Contact, as_: As, gwen: Staff
) -> None:
    page = as_(gwen)
    actions.settle_by_signpost(call, by=gwen, at=TEN, words="Read the guide")
    settled = page.get(f"/desk/contacts/{call.pk}/").text
    assert f"/desk/contacts/{call.pk}/helped/" in settled

    typed = {"did": ["guide", "money"], "settled": "yes"}
    told = page.post(f"/desk/contacts/{call.pk}/helped/", typed, follow=True).text

    assert "Read the guide, Did the money check" in told
    given = information.help_given(since=date(2020, 1, 1), until=date(2099, 1, 1))[None]
    assert (given.visits, given.settled) == (1, 1)
    assert "The access desk" in page.get("/council/information/contact-points/").text

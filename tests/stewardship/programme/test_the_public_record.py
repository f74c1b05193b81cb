"""What anybody reads of the versions goes by their days, and says which version a figure is from.

Each test begins with three versions: 1 in force, 2 from July, and 3, published last, from May.
"""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion, Staff
from ownway.stewardship.programme import actions
from tests.stewardship.programme.conftest import MONDAY, published

MAY = date(2026, 5, 1)
SHIPPED = date(2010, 4, 1)

pytestmark = pytest.mark.usefixtures("monday", "three")


@pytest.fixture
def three(draft: SettingsVersion, lena: Staff, sol: Staff) -> None:
    """Two changes of the price: the one that is published last starts first."""
    published(draft, lena=lena, sol=sol)
    sooner = actions.draft_change(
        {"point_price_pence": 1300}, starts_on=MAY, because="Pay", by=lena, at=MONDAY
    )
    published(sooner, lena=lena, sol=sol)


def test_a_number_that_was_changed_says_since_when_by_which_version_and_by_whom() -> None:
    price = council.told_rules(MAY).number("point_price_pence")

    assert (price.value, price.since) == (1300, MAY)
    assert price.source == "The council’s rules version 3, published by Sol Whitcombe"


def test_a_number_that_was_not_sure_is_not_surer_for_being_changed() -> None:
    before, after = (council.told_rules(on).number("point_price_pence") for on in (SHIPPED, MAY))

    assert before.source != after.source
    assert after.confirmed == before.confirmed


def test_a_number_nobody_changed_is_told_as_it_came() -> None:
    told, shipped = council.told_rules(MAY), council.default_rules(MAY)

    assert told.number("factor") == shipped.number("factor")


def test_telling_changes_no_sum_and_no_mark() -> None:
    assert council.told_rules(MAY).hash == council.rules(MAY).hash


def test_a_number_put_back_holds_since_it_was_put_back(lena: Staff, sol: Staff) -> None:
    day = date(2026, 8, 1)
    back = actions.draft_change(
        {"point_price_pence": 1200}, starts_on=day, because="Back", by=lena, at=MONDAY
    )
    published(back, lena=lena, sol=sol)

    price = council.told_rules(day).number("point_price_pence")

    assert (price.value, price.since) == (1200, day)
    assert "rules version 4" in price.source


def test_a_later_version_that_says_the_same_does_not_make_a_number_younger(
    lena: Staff, sol: Staff
) -> None:
    same = actions.draft_change(
        {"point_price_pence": 1240, "factor": 0.9},
        starts_on=date(2026, 9, 1), because="Less", by=lena, at=MONDAY,
    )  # fmt: skip
    published(same, lena=lena, sol=sol)

    told = council.told_rules(date(2026, 9, 2))

    assert told.number("point_price_pence").since == date(2026, 7, 1)
    assert told.number("factor").since == date(2026, 9, 1)


def test_what_was_there_before_goes_by_its_first_day_and_not_by_its_number(
    client: Client, the_time
) -> None:
    the_time(MONDAY.replace(month=5, day=4))

    text = unescape(client.get(reverse("transparency-record")).content.decode())

    assert "Version 1, from 5 January 2026. It can still be read." in text
    assert "£13.00, since 1 May 2026. From: The council’s rules version 3" in text
    assert "Given with the facts" not in text


def test_each_version_says_whether_it_is_in_use_or_still_to_come(client: Client, the_time) -> None:
    the_time(MONDAY.replace(month=5, day=4))

    versions = client.get(reverse("transparency-json")).json()["versions"]

    assert [(one["number"], one["state"]) for one in versions] == [
        (2, "To come"),
        (3, "In force"),
        (1, "Before"),
    ]


def test_the_page_of_the_rules_names_the_version_and_keeps_the_mark(
    client: Client, the_time
) -> None:
    before = client.get(reverse("how-a-budget-is-worked-out")).content.decode()
    the_time(MONDAY.replace(month=5, day=4))

    text = client.get(reverse("how-a-budget-is-worked-out")).content.decode()

    assert "1 May 2026. The council’s rules version 3, published by Sol Whitcombe" in text
    assert text.count(" *<br>") == before.count(" *<br>")

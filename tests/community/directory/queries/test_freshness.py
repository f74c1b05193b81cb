"""When an entry counts as not checked, by the months of the rules in force."""

from datetime import date

import pytest

from ownway.community.directory import queries
from ownway.community.directory.models import Entry
from ownway.community.directory.queries.listings import listings

TODAY = date(2026, 1, 6)


def _is_overdue(checked_on: date | None, on: date = TODAY) -> bool:
    Entry.objects.filter(name="Hedge and Co").update(checked_on=checked_on)
    key = Entry.objects.get(name="Hedge and Co").pk
    return listings([key], on=on)[0].is_overdue


@pytest.mark.parametrize(
    ("checked_on", "overdue"),
    [
        (date(2025, 1, 5), True),
        (date(2025, 1, 6), False),
        (date(2025, 12, 2), False),
        (None, True),
    ],
)
def test_an_entry_is_overdue_when_not_checked_for_twelve_months(
    town: None, checked_on: date | None, overdue: bool
) -> None:
    assert _is_overdue(checked_on) is overdue


def test_a_check_on_a_leap_day_is_good_until_the_last_of_february(town: None) -> None:
    assert not _is_overdue(date(2024, 2, 29), date(2025, 2, 28))
    assert _is_overdue(date(2024, 2, 29), date(2025, 3, 1))


def test_a_council_that_checks_every_six_months_says_so_on_its_public_pages(
    town: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {"directory_check_months": 6}
    setting = "ownway.community.directory.queries.freshness.council.setting"
    monkeypatch.setattr(setting, lambda name, on: rules[name])

    page = queries.entry_page("green-gate", on=TODAY)

    assert _is_overdue(date(2025, 7, 5))
    assert not _is_overdue(date(2025, 7, 6))
    assert page is not None
    assert page.next_check == date(2026, 5, 3)

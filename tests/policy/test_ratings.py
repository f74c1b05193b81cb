"""Ratings: what they come to, what they ask for, and what looks like a campaign."""

from datetime import date, timedelta

import pytest

from ownway.policy.ratings import Given, average_tenths, is_held, patterns, tally

DAY = date(2026, 4, 10)
SINCE = date(2025, 10, 10)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five_stars(stars, dudley):
    with pytest.raises(ValueError, match="from 1 to 5 stars"):
        is_held(stars, pack=dudley)


@pytest.mark.parametrize(
    ("stars", "tenths"),
    [([], None), ([5], 50), ([5, 5, 5, 4, 4], 46), ([1, 2], 15), ([4, 4, 5], 43)],
)  # fmt: skip
def test_an_average_is_in_tenths_half_up(stars, tenths):
    assert average_tenths(stars) == tenths


def counted(*given: Given, pack, audited_on=None, decided_on=None):
    return tally(given, audited_on=audited_on, decided_on=decided_on, since=SINCE, pack=pack)


def poor(*days: date) -> list[Given]:
    return [Given(2, day) for day in days]


def test_the_third_poor_rating_in_the_window_asks_for_an_audit(dudley):
    two = poor(date(2026, 3, 11), date(2026, 3, 26))

    assert not counted(*two, pack=dudley).asks_for_audit
    assert counted(*two, Given(1, DAY), pack=dudley).asks_for_audit


def test_a_poor_rating_before_the_window_counts_no_more(dudley):
    found = counted(*poor(SINCE - timedelta(days=1), DAY, DAY), pack=dudley)

    assert (found.count, found.poor, found.asks_for_audit) == (2, 2, False)


def test_an_audit_that_was_settled_is_not_asked_for_again_by_the_same_ratings(dudley):
    settled = poor(date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))

    found = counted(*settled, *poor(DAY), pack=dudley, audited_on=date(2026, 3, 20))

    assert (found.poor, found.asks_for_audit) == (4, False)


def test_the_fifth_poor_rating_asks_for_a_delisting_decision_though_an_audit_was_made(dudley):
    five = poor(*[date(2026, 3, n) for n in (11, 26, 27)], DAY, DAY)

    assert counted(*five, pack=dudley, audited_on=date(2026, 4, 2)).asks_for_delisting
    assert not counted(*five, pack=dudley, decided_on=DAY).asks_for_delisting


def test_a_low_average_asks_for_a_decision_only_once_enough_have_rated(dudley):
    low = [Given(1, DAY)] * 4 + [Given(3, DAY)] * 3

    assert not counted(*low, pack=dudley).asks_for_delisting
    assert counted(*low, Given(1, DAY), pack=dudley).words == "5 poor ratings of 8, 1.8 stars"
    assert counted(*low, Given(1, DAY), pack=dudley).asks_for_delisting


def test_many_poor_ratings_in_a_short_time_are_a_pattern(dudley):
    days = [DAY - timedelta(days=6), DAY - timedelta(days=1), DAY]

    assert list(patterns(by_source=days, of_entry=[DAY], on=DAY, pack=dudley)) == [
        "3 poor ratings by the same person within 7 days"
    ]
    assert list(patterns(by_source=[DAY], of_entry=days, on=DAY, pack=dudley)) == [
        "3 poor ratings of the same entry within 7 days"
    ]


def test_poor_ratings_over_a_longer_time_are_no_pattern(dudley):
    days = [DAY - timedelta(days=7), DAY - timedelta(days=1), DAY]

    assert list(patterns(by_source=days, of_entry=days, on=DAY, pack=dudley)) == []

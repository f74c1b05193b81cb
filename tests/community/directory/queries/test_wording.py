"""How times, prices and checks read."""

from datetime import date, time
from typing import Any

import pytest

from ownway.community.directory.models import Cost, Times
from ownway.community.directory.queries import wording

TODAY = date(2026, 1, 6)
TEN, TWELVE = time(10), time(12)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"days": "TH", "opens_at": TEN, "closes_at": TWELVE}, "Thu 10:00 to 12:00"),
        ({"days": "MO,TU,WE,TH,FR"}, "Mon to Fri"),
        ({"days": "TU,TH", "opens_at": TEN}, "Tue and Thu 10:00"),
        ({"days": "MO,WE,FR"}, "Mon, Wed and Fri"),
        ({"days": "MO,TU,WE,TH,FR,SA,SU", "opens_at": TEN}, "Every day 10:00"),
        ({"days": "MO", "interval": 2}, "Every other Mon"),
        ({"days": "1TU", "monthly": True, "opens_at": time(18, 30)}, "1st Tue, 18:30"),
        ({"days": "-1FR", "monthly": True}, "Last Fri"),
        ({"month_days": "2,3", "monthly": True}, "Day 2, 3 of the month"),
        ({"words": "Mon to Sat, days and evenings"}, "Mon to Sat, days and evenings"),
        ({}, ""),
    ],
)
def test_times_read_as_people_say_them(known: dict[str, Any], words: str) -> None:
    assert wording.time_words(Times(**known)) == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"pence": 1700, "each": "an hour"}, "£17.00 an hour"),
        ({"pence": 0}, "Free"),
        ({"pence": 3500, "each": "each", "whom": "over 60s"}, "£35.00 each (over 60s)"),
        ({"pence": None, "each": "Ask us"}, "Ask us"),
    ],
)
def test_prices_read_in_pounds(known: dict[str, Any], words: str) -> None:
    assert wording.price_words(Cost(**known)) == words


def test_a_price_that_has_ended_is_not_shown() -> None:
    ended = Cost(pence=3500, valid_to=date(2022, 12, 31))

    assert wording.all_prices([ended], TODAY) == []
    assert wording.all_prices([ended], date(2022, 12, 31)) == ["£35.00"]

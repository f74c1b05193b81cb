"""What the letter about a charge says: to the person themself, and of the days before it."""

from datetime import date, timedelta

import pytest

from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.journey.charging import actions, queries
from tests.journey.allocation.joneses import TEN

LATER = date(2026, 3, 2)


def _give(person: Person, by, *, pence: int, starts_on: date, hours: int) -> str:
    """Decide from a day; what the last letter says."""
    at = TEN + timedelta(hours=hours)
    facts = {"income_pence": pence}
    actions.give_finances(person, facts=facts, by=by, at=at, starts_on=starts_on, note="Checked.")
    return str(Letter.objects.filter(kind="charge").order_by("-pk")[0].body)


def test_until_then_is_what_is_paid_on_the_day_before_not_what_was_replaced(
    budgeted: Person, edith_in
) -> None:
    _give(budgeted, edith_in, pence=24_500, starts_on=TEN.date(), hours=0)
    _give(budgeted, edith_in, pence=26_000, starts_on=LATER, hours=1)

    text = _give(budgeted, edith_in, pence=28_000, starts_on=LATER, hours=2)

    assert "£65.00 a week" in text
    assert "Until then it is £30.00 a week" in text
    assert "£45.00" not in text


def test_decided_anew_from_the_first_day_nothing_was_paid_until_then(
    budgeted: Person, edith_in
) -> None:
    _give(budgeted, edith_in, pence=24_500, starts_on=TEN.date(), hours=0)

    text = _give(budgeted, edith_in, pence=26_000, starts_on=TEN.date(), hours=1)

    assert "Until then" not in text


@pytest.mark.parametrize("kind", ["refuses_details", "passported"])
def test_a_letter_speaks_to_its_reader_throughout(budgeted: Person, priya, kind: str) -> None:
    actions.give_finances(budgeted, facts={"light_touch": kind}, by=priya.sign_in, at=TEN)

    letter = Letter.objects.get(kind="charge")
    assert letter.title.startswith("What you pay")
    assert "Harold" not in str(letter.body)
    assert queries.contribution(budgeted, on=TEN.date()) is not None


def test_who_did_not_tell_is_told_so_as_you(budgeted: Person, priya) -> None:
    given = {"light_touch": "refuses_details"}
    actions.give_finances(budgeted, facts=given, by=priya.sign_in, at=TEN)

    said = str(Letter.objects.get(kind="charge").body)
    assert "You chose not to give details of money, so you pay the full cost" in said

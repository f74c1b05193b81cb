"""A consent stands until it is taken back or runs out, and not a moment longer."""

from datetime import timedelta

from ownway.foundation.council.models import SignIn
from ownway.foundation.people import actions, queries
from ownway.foundation.people.models import Consent, Person
from tests.conftest import NOON

SOON = NOON + timedelta(minutes=1)


def test_a_consent_that_stands_is_not_given_twice(edith: Person, edith_in: SignIn) -> None:
    for at in (NOON, SOON):
        actions.give_consent(edith, scope="plan", given_to="Millrace", by=edith_in, at=at)

    assert Consent.objects.count() == 1


def test_a_consent_taken_back_ends_at_once_and_may_be_given_again(
    edith: Person, edith_in: SignIn
) -> None:
    actions.give_consent(edith, scope="plan", given_to="Millrace", by=edith_in, at=NOON)

    assert actions.withdraw_consent(edith, scope="plan", at=NOON)
    assert queries.consent_to(edith, scope="plan", at=NOON) is None
    assert not actions.withdraw_consent(edith, scope="plan", at=SOON)

    again = actions.give_consent(edith, scope="plan", given_to="Millrace", by=edith_in, at=SOON)
    assert queries.consents_of(edith, at=SOON) == [again]


def test_a_consent_with_an_end_runs_out(edith: Person, edith_in: SignIn) -> None:
    actions.give_consent(edith, scope="plan", given_to="Millrace", by=edith_in, at=NOON, until=SOON)

    assert queries.consent_to(edith, scope="plan", at=NOON)
    assert queries.consent_to(edith, scope="plan", at=SOON) is None

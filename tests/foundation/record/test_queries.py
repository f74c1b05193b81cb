"""What is asked of the record."""

from datetime import timedelta

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions, queries
from tests.conftest import NOON


def test_the_same_look_on_the_same_day_stands_once_in_short(
    edith: Person, edith_in: SignIn, gwen: Staff
) -> None:
    for minutes in (0, 1, 2):
        at = NOON + timedelta(minutes=minutes)
        actions.log_look(gwen.sign_in, edith, what="your facts", why="To help you", at=at)
    later = NOON + timedelta(days=1)
    actions.log_look(gwen.sign_in, edith, what="your facts", why="To help you", at=later)

    found = queries.newest_looks(edith_in, edith, at=later, most=5)

    assert [look.at for look in found] == [later, NOON + timedelta(minutes=2)]
    assert queries.looks_at(edith_in, edith, at=later).count() == 4

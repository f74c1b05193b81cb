"""Volunteers take what is due, and say what they find."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.directory.actions import checking, freshness
from ownway.community.directory.models import Check, Entry, Mistake, Owner, Round, Rung
from ownway.community.directory.queries import keeping
from ownway.foundation.council.models import OrganisationMember, SignIn, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.directory.conftest import NOON, TODAY
from tests.community.directory.keeping.conftest import entry_named


def test_what_is_due_is_on_the_list_until_somebody_takes_it(teapot: Entry, joy: SignIn) -> None:
    before = list(keeping.checks_to_take(on=TODAY))

    checking.take(teapot, by=joy, at=NOON)

    assert before == [teapot]
    assert not keeping.checks_to_take(on=TODAY).exists()


def test_a_change_that_a_volunteer_reports_reminds_the_owner_and_is_a_keepers_task(
    teapot: Entry, joy: SignIn, gwen: Staff
) -> None:
    check = checking.take(teapot, by=joy, at=NOON)

    checking.answer(check, says="changed", way="went", words="Fridays now", by=joy, at=NOON)

    message = Outbox.objects.get()
    assert message.address == "hello@teapot.example"
    assert "Fridays now" in message.text
    assert Task.objects.get(kind="directory.reported").owner == gwen
    assert entry_named("Teapot Café").checked_on != TODAY
    assert Round.objects.get().rung == Rung.VOLUNTEER


def test_who_could_not_find_out_puts_it_back(teapot: Entry, joy: SignIn) -> None:
    check = checking.take(teapot, by=joy, at=NOON)

    checking.answer(check, says="unknown", way="", words="", by=joy, at=NOON)

    assert list(keeping.checks_to_take(on=TODAY)) == [teapot]


def test_one_entry_is_taken_by_one_person(teapot: Entry, joy: SignIn, gwen: Staff) -> None:
    checking.take(teapot, by=gwen.sign_in, at=NOON)

    with pytest.raises(checking.CannotCheck, match="Somebody else"):
        checking.take(teapot, by=joy, at=NOON)


def test_taking_the_same_twice_is_taking_it_once(teapot: Entry, joy: SignIn) -> None:
    first = checking.take(teapot, by=joy, at=NOON)

    assert checking.take(teapot, by=joy, at=NOON) == first


def test_what_is_not_due_is_not_taken(teapot: Entry, joy: SignIn) -> None:
    with pytest.raises(checking.CannotCheck, match="checked already"):
        checking.take(entry_named("Sit-Awhile"), by=joy, at=NOON)


def test_nobody_holds_more_than_five(teapot: Entry, joy: SignIn) -> None:
    Entry.objects.update(checked_on=None)
    for entry in Entry.objects.all()[:5]:
        checking.take(entry, by=joy, at=NOON)

    with pytest.raises(checking.CannotCheck, match="You have 5"):
        checking.take(Entry.objects.all()[5], by=joy, at=NOON)


def test_what_is_not_answered_in_time_goes_back(teapot: Entry, joy: SignIn) -> None:
    check = checking.take(teapot, by=joy, at=NOON)

    early = checking.let_go_late(at=NOON + timedelta(days=7))
    late = checking.let_go_late(at=NOON + timedelta(days=8))

    assert (early, late) == (0, 1)
    with pytest.raises(checking.CannotCheck):
        checking.answer(check, says="right", way="read", words="", by=joy, at=NOON)


def test_an_answer_counts_once(teapot: Entry, joy: SignIn) -> None:
    check = checking.take(teapot, by=joy, at=NOON)
    checking.answer(check, says="unknown", way="", words="", by=joy, at=NOON)

    with pytest.raises(checking.CannotCheck):
        checking.answer(check, says="right", way="read", words="", by=joy, at=NOON)

    assert Check.objects.get().answer == "unknown"


def test_an_organisations_own_do_not_check(teapot: Entry, hana: OrganisationMember) -> None:
    with pytest.raises(PermissionDenied):
        checking.take(teapot, by=hana.sign_in, at=NOON)


def test_what_volunteers_took_is_over_once_the_owner_checked(teapot: Entry, joy: SignIn) -> None:
    checking.take(teapot, by=joy, at=NOON)

    freshness.checked(teapot, on=TODAY, who="its owner", by=None, at=NOON)

    assert not keeping.own_checks(joy).exists()


def test_an_owner_is_asked_about_what_somebody_says_is_wrong(teapot: Entry, gwen: Staff) -> None:
    mistake = Mistake.objects.create(entry=teapot, about="times", words="Shut", told_at=NOON)

    address = checking.ask_owner(mistake, by=gwen, at=NOON)
    checking.ask_owner(mistake, by=gwen, at=NOON)

    assert address == "hello@teapot.example"
    assert "Shut" in Outbox.objects.get().text


def test_without_an_address_nobody_is_asked(teapot: Entry, gwen: Staff) -> None:
    Owner.objects.update(email="")
    mistake = Mistake.objects.create(entry=entry_named("Teapot Café"), about="times", told_at=NOON)

    assert checking.ask_owner(mistake, by=gwen, at=NOON) == ""

"""Every page that lists asks the database as often for many rows as for a few."""

from datetime import timedelta

import pytest
from django.test import Client

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.foundation.record import actions as record
from ownway.journey.contact import actions as contact
from tests.conftest import NOON

PAGES = [
    ("dev.marlowe", "/desk/"),
    ("ruth.calloway", "/desk/?whose=team"),
    ("gwen.applegarth", "/desk/contacts/"),
    ("gwen.applegarth", "/desk/people/?q=jones"),
    ("gwen.applegarth", "/desk/outbox/"),
    ("ruth.calloway", "/desk/plans/"),
    ("ruth.calloway", "/desk/forms/"),
    ("priya.fenwick", "/desk/payments/"),
    ("ruth.calloway", "/council/indicators/"),
    ("lena.marchbank", "/council/policy/"),
    ("nell.harker", "/partner/"),
    ("edith.jones", "/my/letters/"),
    ("edith.jones", "/my/record/"),
    ("edith.jones", "/my/plan/"),
]


def _one_more(number: int, gwen: Staff, dev: Staff, edith: Person, edith_in: SignIn) -> None:
    """One more of everything that is listed."""
    at = NOON + timedelta(minutes=number)
    person = people.add_person(
        first_name=f"Ada{number}",
        last_name="Jones",
        by=gwen.sign_in,
        at=at,
        not_a_duplicate_because="Another",
    )
    people.name_worker(person, staff=dev, at=at)
    record.give_task("test", person=person, words="Ring", owner=dev, due_at=at, at=at)
    record.open_person(gwen.sign_in, edith.pk, what="your record", why="To help", at=at)
    record.write("note.written", about=edith, by=gwen.sign_in, at=at, words="A note was written")
    letters.write_letter(
        "test",
        about=edith,
        to=edith,
        title=f"Letter {number}",
        by=gwen.sign_in,
        at=at,
        body=[{"kind": "text", "text": "Hello"}],
    )
    taken = contact.begin(by=gwen, at=at)
    contact.use_person(taken, person, side="caller", by=gwen, at=at)
    plan = plans.open_plan(person, by=dev.sign_in, at=at)
    Plan.objects.filter(pk=plan.pk).update(status="offered", offered_at=at)
    own = plans.open_plan(edith, by=edith_in, at=at)
    plans.add_line(own, wish=f"Wish {number}", paid_from="community", by=edith_in, at=at)


@pytest.mark.parametrize(("who", "page"), PAGES, ids=[p for _, p in PAGES])
def test_a_list_page_asks_as_often_for_many_as_for_few(
    who: str, page: str, client: Client, gwen: Staff, dev: Staff, edith: Person, edith_in: SignIn
) -> None:
    client.force_login(SignIn.objects.get(email=f"{who}@alderbrook.example"))
    for number in range(2):
        _one_more(number, gwen, dev, edith, edith_in)
    client.get(page)
    few = _asked(client, page)

    for number in range(2, 9):
        _one_more(number, gwen, dev, edith, edith_in)

    assert _asked(client, page) == few


def _asked(client: Client, page: str) -> int:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return int(answer["Server-Timing"].split('desc="')[1].split('"')[0])

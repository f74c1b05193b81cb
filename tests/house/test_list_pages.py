"""Every page that lists asks the database as often for many rows as for a few."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.test import Client

from ownway.community.directory.actions import changing, publishing
from ownway.community.directory.models import Owner, Source
from ownway.community.directory.queries import Spot
from ownway.community.information import actions as information
from ownway.community.information.models import Page, Version
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.foundation.record import actions as record
from ownway.journey.contact import actions as contact
from ownway.journey.prevention import actions as prevention
from ownway.journey.prevention.models import EquipmentCheck, Offer, OrderedItem, StockLine
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
    ("lena.marchbank", "/council/information/"),
    ("lena.marchbank", "/council/information/contact-points/"),
    ("lena.marchbank", "/council/information/campaigns/"),
    ("edith.jones", "/guide/"),
    ("edith.jones", "/my/panel/"),
    ("nell.harker", "/partner/"),
    ("nell.harker", "/partner/directory/"),
    ("gwen.applegarth", "/desk/directory/?show=all"),
    ("gwen.applegarth", "/desk/directory/changes/"),
    ("edith.jones", "/my/directory-checks/"),
    ("edith.jones", "/my/letters/"),
    ("edith.jones", "/my/record/"),
    ("edith.jones", "/my/plan/"),
    ("edith.jones", "/my/things/"),
    ("gwen.applegarth", "/desk/equipment/"),
    ("gwen.applegarth", "/desk/equipment/loans/"),
    ("gwen.applegarth", "/desk/equipment/store/fall_detector/"),
    ("ivo.stannard", "/desk/partners/"),
]


def _one_more(number: int, gwen: Staff, dev: Staff, edith: Person, edith_in: SignIn) -> None:
    """One more of everything that is listed."""
    at = NOON + timedelta(minutes=number)
    _one_more_entry(number, at=at)
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
    _one_more_to_read(number, gwen, edith_in)
    own = plans.open_plan(edith, by=edith_in, at=at)
    _a_thing_on_loan(person, number, by=gwen)
    _a_thing_on_loan(edith, number, by=gwen)
    plans.add_line(own, wish=f"Wish {number}", paid_from="community", by=edith_in, at=at)


def _one_more_to_read(number: int, gwen: Staff, edith_in: SignIn) -> None:
    """A page that is live, one with the panel, a contact point and a campaign."""
    at, lena = NOON + timedelta(minutes=number), Staff.objects.get(name="Lena Marchbank")
    for word in ("Live", "Waiting"):
        version = information.begin_page(
            title=f"{word} {number}", group="help", audiences=["everybody"], owner=lena, by=lena,
            at=at,
        )  # fmt: skip
        if word == "Live":
            sent = {"sent_at": at, "published_at": at, "published_by": lena}
            Version.objects.filter(pk=version.pk).update(status="published", **sent)
            due = {"checked_on": at.date(), "next_check_on": at.date()}
            Page.objects.filter(pk=version.page_id).update(live=version, **due)
        else:
            Version.objects.filter(pk=version.pk).update(status="with_panel", sent_at=at)
    reader = information.join_panel(edith_in, at=at)
    information.say(version, reader=reader, is_yes=True, words="Good", at=at)
    said = {
        "name": f"Point {number}", "kind": "library", "address": "1 Street", "phone": "",
        "opening": {}, "busy": "", "access": "", "is_independent": False,
    }  # fmt: skip
    ruth = Staff.objects.get(name="Ruth Calloway")
    spot = Spot(452_300, 288_700, "AL1 2BD")
    point = information.register_point(None, said=said, spot=spot, owner=ruth, by=ruth)
    information.record_help(point, did=["guide"], minutes=5, is_settled=True, by=gwen, on=at.date())
    plan = {
        "name": f"Campaign {number}", "audience": "All", "message": "Hello", "leads_to": "/guide/",
        "owner": lena, "starts_on": at.date(), "ends_on": at.date(),
    }  # fmt: skip
    information.plan_campaign(None, said=plan, channels=["website"], by=lena)


def _one_more_entry(number: int, *, at: datetime) -> None:
    """An entry of Brightsteps that is due for a check, and a change of it that waits."""
    organisation = Organisation.objects.get(name="Brightsteps")
    source, _ = Source.objects.get_or_create(name="own")
    owner, _ = Owner.objects.get_or_create(
        key=uuid5(NAMESPACE_URL, "brightsteps"),
        defaults={"name": "Brightsteps", "source": source, "organisation": organisation},
    )
    said = {"name": f"Home help {number}", "what": "Help at home", "times": ["Mon 09:00 to 17:00"]}
    entry = publishing.add(said, owner=owner, how=publishing.How.STAFF, by=None, at=at)
    change = changing.begin(entry, by=None, by_words="Its owner", at=at)
    change = changing.save_part(change, {"fees": "Cash"}, version=0, by=None, by_words="Its owner")
    changing.send(change, version=change.version, at=at)


def _a_thing_on_loan(person: Person, number: int, *, by: Staff) -> None:
    """One more line of the store, one more of it lent out, and one more partner asked."""
    line, _ = StockLine.objects.get_or_create(key="fall_detector", defaults={"name": "Fall"})
    StockLine.objects.get_or_create(key=f"line-{number}", defaults={"name": f"Line {number}"})
    prevention.receive(line, number=2, words="", by=by, at=NOON)
    check = EquipmentCheck.objects.create(person=person, at=NOON, by=by.sign_in)
    item = OrderedItem.objects.create(
        check_made=check, person=person, key=f"thing-{number}", name=f"Thing {number}",
        kind="telecare", price_pence=100, stock=line, is_loan=True, ordered_at=NOON,
        ordered_by=by.sign_in,
    )  # fmt: skip
    prevention.hand_over(item, by=by, at=NOON)
    offer, _ = Offer.objects.get_or_create(
        key=f"offer-{number}", defaults={"kind": "falls", "name": f"Offer {number}", "does": "x"}
    )
    prevention.refer(person, offer, because="To walk", consent_by="Them", by=by, at=NOON)


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

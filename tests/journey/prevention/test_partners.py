"""People sent to partners as they agreed: asked, answered, and what came of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from ownway.foundation.council.models import Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record.models import Event, Task
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.models import Offer, PartnerReferral
from tests.conftest import NOON

Clock = Callable[[datetime], None]


@pytest.fixture
def brook_house(council: None) -> Offer:
    """Extra care flats, three of them free."""
    return Offer.objects.create(
        key="brook-house", kind="extra_care", name="Brook House", does="Flats with care",
        email="hello@brook.example", homes=48, vacant=3, counted_on=NOON.date(),
    )  # fmt: skip


def asked(person: Person, offer: Offer, *, by: Staff) -> PartnerReferral:
    return actions.refer(
        person, offer, because="He cannot stay alone at night", consent_by="Mr Jones", by=by,
        at=NOON,
    )  # fmt: skip


def test_a_partner_is_asked_with_consent_and_the_answer_is_due(
    harold: Person, brook_house: Offer, gwen: Staff
) -> None:
    asked(harold, brook_house, by=gwen)

    task = Task.objects.get(kind="partner.answer")
    assert (task.owner, task.due_at.date()) == (gwen, date(2026, 1, 13))
    assert people.consent_to(harold, scope="partner:brook-house", at=NOON) is not None
    mail = Outbox.objects.get(address="hello@brook.example")
    assert "Jones" not in mail.text
    assert "Harold" not in mail.text


def test_nobody_is_sent_without_consent_or_twice(
    harold: Person, brook_house: Offer, gwen: Staff
) -> None:
    with pytest.raises(actions.CannotRefer, match="who agreed"):
        actions.refer(harold, brook_house, because="He falls", consent_by=" ", by=gwen, at=NOON)
    assert not PartnerReferral.objects.exists()

    asked(harold, brook_house, by=gwen)
    with pytest.raises(actions.CannotRefer, match="was asked already"):
        asked(harold, brook_house, by=gwen)


def test_a_yes_goes_into_the_plan_and_takes_a_free_home(
    harold: Person, brook_house: Offer, gwen: Staff
) -> None:
    sent = asked(harold, brook_house, by=gwen)

    actions.answer_referral(
        sent, answer="yes", words="Flat 12", starts_on=date(2026, 2, 2), by=gwen, at=NOON
    )

    plan = plans.plan_of(harold)
    assert plan is not None
    assert [(line.support, line.cost_pence) for line in plans.lines_of(plan)] == [
        ("Brook House", 0)
    ]
    assert queries.vacant_homes() == 2
    assert Task.objects.get(done_at=None).kind == "partner.outcome"


def test_a_no_says_why_and_closes_it(harold: Person, brook_house: Offer, gwen: Staff) -> None:
    sent = asked(harold, brook_house, by=gwen)

    with pytest.raises(actions.CannotRefer, match="Say why"):
        actions.answer_referral(sent, answer="no", words="", starts_on=None, by=gwen, at=NOON)
    actions.answer_referral(
        sent, answer="no", words="Needs a nurse at night", starts_on=None, by=gwen, at=NOON
    )

    assert not Task.objects.filter(done_at=None).exists()
    assert queries.open_to(harold) == {}
    with pytest.raises(actions.CannotRefer, match="has ended"):
        actions.end_referral(sent, outcome="Nothing", by=gwen, at=NOON)


def test_homes_with_room_come_first_when_a_care_home_is_asked_for(brook_house: Offer) -> None:
    Offer.objects.create(key="full", kind="extra_care", name="A Full House", does="x",
                         homes=4, vacant=0, counted_on=NOON.date())  # fmt: skip
    Offer.objects.create(key="steady", kind="falls", name="Up and Steady", does="Balance")

    groups = queries.offers_by_kind(housing_first=True, on=NOON.date(), days=14)

    assert [group.kind for group in groups] == ["extra_care", "falls"]
    assert [one.name for one, _ in groups[0].offers] == ["Brook House", "A Full House"]


# -- By the link it was sent ---------------------------------------------------------------------


def _link(person: Person, offer: Offer, *, by: Staff) -> str:
    """Brook House is asked, and finds a link in its e-mail."""
    actions.refer(
        person, offer, because="He falls at night", consent_by="Mr Jones", by=by, at=NOON,
        site="http://testserver/",
    )  # fmt: skip
    text = Outbox.objects.get(address="hello@brook.example").text
    found = re.search(r"http://testserver(/can-you-take/\S+)", text)
    assert found is not None
    assert "Jones" not in text
    return found.group(1)


def test_a_partner_answers_by_a_link_without_an_account(
    harold: Person, brook_house: Offer, gwen: Staff, client: Client, the_time: Clock
) -> None:
    link = _link(harold, brook_house, by=gwen)
    the_time(NOON + timedelta(days=1))

    asked = client.get(link).text
    refused = client.post(link, {"answer": "no"})
    told = client.post(link, {"answer": "yes", "words": "From Monday"}, follow=True).text

    assert "Harold Jones" in asked
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    assert "You answered: yes, they help" in told
    assert "Harold Jones" not in client.get(link).text
    kinds = list(Task.objects.filter(person=harold, done_at=None).values_list("kind", flat=True))
    assert kinds == ["partner.outcome"]
    event = Event.objects.get(kind="partner.answered")
    assert (event.by, event.detail) == (None, "From Monday")


def test_a_no_by_the_link_is_a_task_that_the_one_who_asked_can_finish(
    harold: Person, brook_house: Offer, gwen: Staff, client: Client, the_time: Clock
) -> None:
    link = _link(harold, brook_house, by=gwen)
    the_time(NOON + timedelta(days=1))

    client.post(link, {"answer": "no", "words": "We are full"})
    client.post(link, {"answer": "yes"})

    task = Task.objects.get(person=harold, done_at=None)
    assert (task.words, task.owner) == ("Brook House said no: find something else", gwen)
    referral = PartnerReferral.objects.get()
    assert referral.answer == "no"
    actions.end_referral(referral, outcome="Asked Willow Court", by=gwen, at=NOON)
    assert not Task.objects.filter(person=harold, done_at=None).exists()


def test_a_link_that_is_old_or_not_ours_opens_nothing_of_anybody(
    harold: Person, brook_house: Offer, gwen: Staff, client: Client, the_time: Clock
) -> None:
    link = _link(harold, brook_house, by=gwen)
    the_time(NOON + timedelta(days=400))

    page = client.get(link).text

    assert "This link has ended" in page
    assert "Harold" not in page
    assert client.get("/can-you-take/1:forged/").status_code == 404

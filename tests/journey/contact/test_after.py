"""What follows a contact: badge, own pages, facts, call-back; and what comes from the public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person, PersonSignIn
from ownway.foundation.plan import actions as opening
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Plan
from ownway.foundation.record.models import Clock, Event, Task
from ownway.journey.contact import actions, queries
from ownway.journey.contact.models import Application, Contact, Signpost
from tests.conftest import NOON
from tests.journey.contact.conftest import SIT_AWHILE, TEAPOT, TEN

TWENTIETH = TEN + timedelta(days=14)
ASKED: dict[str, Any] = {
    "said": "Stairs", "hope": "", "reason": "daily", "urgency": "today", "name": "Nadia Brambleby",
    "email": "nadia@example.com",
}  # fmt: skip


@pytest.fixture
def sent(call: Contact, gwen: Staff) -> list[Signpost]:
    """Two entries that were told about."""
    for one in (SIT_AWHILE, TEAPOT):
        actions.pick(call, one, by=gwen, at=TEN)
    actions.settle_by_signpost(call, by=gwen, at=TEN)
    return list(Signpost.objects.all())


def test_an_application_has_a_number_and_is_received(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    made = actions.apply_for("parking_badge", person=harold, contact=call, by=gwen, at=TEN)

    assert (made.status, made.number) == ("received", f"PB-{made.pk:05d}")


def test_the_same_application_is_not_opened_twice(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    actions.apply_for("parking_badge", person=harold, contact=call, by=gwen, at=TEN)

    with pytest.raises(actions.AlreadyApplied, match="Mr Jones has applied for a parking badge"):
        actions.apply_for("parking_badge", person=harold, contact=call, by=gwen, at=TEN)

    assert Application.objects.count() == 1


def test_a_way_in_goes_by_e_mail_and_lets_her_act_for_him_on_his_word(
    gwen: Staff, edith: Person, harold: Person
) -> None:
    invitation = actions.Invitation(edith, "Edith@Example.com", harold, "He agreed, on the phone")

    sign_in = actions.invite(
        invitation, sign_in_at="https://care.example/sign-in/code/", by=gwen, at=TEN
    )

    mail = Outbox.objects.get(channel="email")
    assert mail.address == "edith@example.com"
    assert "https://care.example/sign-in/code/" in mail.text
    assert people.own_person(sign_in) == edith
    assert people.acted_for(sign_in, at=NOON) == [harold]


def test_a_way_in_is_not_sent_to_another_address_than_the_one_typed(
    gwen: Staff, edith: Person, edith_in: SignIn
) -> None:
    with pytest.raises(actions.CannotGiveWayIn, match="goes in with edith"):
        actions.invite(
            actions.Invitation(edith, "new@example.com"), sign_in_at="x", by=gwen, at=TEN
        )

    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("email", "authority", "field"),
    [("edith@example.com", " ", "authority"), ("gwen.applegarth@alderbrook.example", "x", "email")],
)
def test_a_way_in_without_authority_or_to_somebody_elses_address_is_refused(
    gwen: Staff, edith: Person, harold: Person, email: str, authority: str, field: str
) -> None:
    with pytest.raises(actions.CannotGiveWayIn) as refusal:
        actions.invite(
            actions.Invitation(edith, email, harold, authority), sign_in_at="x", by=gwen, at=TEN
        )

    assert refusal.value.field == field
    assert not PersonSignIn.objects.exists()
    assert not Outbox.objects.exists()


def test_facts_asked_once_are_kept_with_one_event(gwen: Staff, edith: Person) -> None:
    actions.keep_facts(
        edith, by=gwen, at=TEN, on=date(2026, 1, 6), formats=["large_print"],
        ethnic_group="White British",
    )  # fmt: skip

    edith.refresh_from_db()
    assert edith.ethnic_group == "White British"
    assert people.needs_large_print(edith)
    assert Event.objects.get(kind="person.facts_kept").facts["fields"] == ["ethnic_group", "format"]


def test_the_call_back_keeps_what_suits_and_why_not_and_closes_the_task(
    sent: list[Signpost], call: Contact, gwen: Staff
) -> None:
    results = {
        sent[0].pk: actions.Result("suits"),
        sent[1].pk: actions.Result("does_not_suit", "transport", "There is no bus"),
    }

    actions.record_results(call, results, by=gwen, at=TWENTIETH)

    assert [one.result for one in Signpost.objects.all()] == ["suits", "does_not_suit"]
    assert not Task.objects.filter(kind="contact.call_back", done_at=None).exists()
    gaps = queries.what_does_not_suit(since=date(2026, 1, 1), until=date(2026, 1, 31))
    assert gaps == [("Teapot Café", "transport", 1)]


def test_what_does_not_suit_leaves_a_plan_that_is_being_written(
    sent: list[Signpost], call: Contact, gwen: Staff, edith: Person
) -> None:
    results = {
        sent[0].pk: actions.Result("suits"),
        sent[1].pk: actions.Result("does_not_suit", "transport"),
    }

    actions.record_results(call, results, by=gwen, at=TWENTIETH)

    plan = plans.plan_of(edith)
    assert plan is not None
    assert [line.support for line in plans.lines_of(plan)] == ["Sit-Awhile"]
    told = Event.objects.filter(kind="contact.called_back", person=edith).order_by("pk")
    assert [event.detail for event in told] == ["", "We took it out of your plan"]


def test_a_plan_that_is_agreed_is_left_alone_and_the_record_says_so(
    call: Contact, gwen: Staff, ruth: Staff, edith: Person
) -> None:
    plan = opening.open_plan(edith, by=gwen.sign_in, at=TEN)
    for status in ("offered", "agreed"):
        Plan.objects.filter(pk=plan.pk).update(
            status=status, agreed_at=TEN, agreed_by=ruth, agreed_weekly_pence=0,
            review_on=date(2026, 7, 6),
        )  # fmt: skip
    actions.pick(call, TEAPOT, by=gwen, at=TEN)

    actions.settle_by_signpost(call, by=gwen, at=TEN)

    assert not plans.lines_of(plan)
    told = Event.objects.get(kind="contact.signposted", person=edith)
    assert told.detail == "Your plan stays as it is. Add what suits you, if you like"


def test_a_call_back_with_no_why_is_refused_and_keeps_nothing(
    sent: list[Signpost], call: Contact, gwen: Staff
) -> None:
    results = {sent[0].pk: actions.Result("suits"), sent[1].pk: actions.Result("does_not_suit")}

    with pytest.raises(actions.CannotCallBack, match="why Teapot Café does not suit"):
        actions.record_results(call, results, by=gwen, at=TWENTIETH)

    assert not Signpost.objects.exclude(result="").exists()
    assert Task.objects.filter(kind="contact.call_back", done_at=None).exists()


def test_what_is_sent_twice_online_is_one_contact_with_an_owner(gwen: Staff) -> None:
    first = actions.ask_for_help(key="k", at=TEN, **ASKED)

    again = actions.ask_for_help(key="k", at=TEN, **ASKED)

    assert (first.pk, first.owner) == (again.pk, gwen)
    assert Outbox.objects.get().address == "nadia@example.com"


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_many_times_at_once_sends_one_contact(gwen: Staff) -> None:
    def send(_: int) -> int:
        try:
            return actions.ask_for_help(key="one-key", at=NOON, **ASKED).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(send, range(6)))

    assert found == {Contact.objects.get().pk}
    assert (Task.objects.count(), Clock.objects.count(), Outbox.objects.count()) == (1, 1, 1)


def test_a_concern_from_outside_stands_before_older_contacts(call: Contact, gwen: Staff) -> None:
    concern = actions.report_concern(key="c", at=NOON, who="Mr X", said="Bruises")

    assert [one.pk for one in queries.open_contacts(gwen.sign_in, at=NOON)] == [concern.pk, call.pk]


def test_four_of_five_settled_in_24_hours_are_80_percent_and_meet_the_target(gwen: Staff) -> None:
    for hours in (1, 2, 24, 3, 30):
        contact = actions.begin(by=gwen, at=TEN)
        actions.keep(contact, by=gwen, at=TEN, reason="other", said="Asked")
        actions.settle_by_signpost(
            contact, by=gwen, at=TEN + timedelta(hours=hours), words="Advice"
        )
    actions.begin(by=gwen, at=TWENTIETH)

    share = queries.settled_in_time(since=TEN, until=TWENTIETH, target=8000)

    assert (share.in_time, share.of, share.percent, share.is_met) == (4, 5, 80, True)


def test_nothing_counted_is_no_share(council: None) -> None:
    share = queries.settled_in_time(since=TEN, until=TWENTIETH, target=8000)

    assert (share.percent, share.is_met) == (None, False)


def test_a_second_sign_in_of_the_same_person_is_not_made(gwen: Staff, edith: Person) -> None:
    for _ in range(2):
        actions.invite(
            actions.Invitation(edith, "edith@example.com"), sign_in_at="x", by=gwen, at=TEN
        )

    assert SignIn.objects.filter(email="edith@example.com").count() == 1

"""A carer pays nothing for support of their own, so nobody asks what money they have."""

import pytest
from django.urls import reverse

from ownway.foundation.council.queries import rules
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event, Task
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import actions, queries
from ownway.journey.charging.models import Statement
from tests.journey.allocation.joneses import TEN
from tests.journey.charging.conftest import new_rules


@pytest.fixture
def sent(budgeted: Person, edith: Person, edith_in, priya) -> Statement:
    """What she sent about her own money before nobody asked for it, and the item it made."""
    made = Statement.objects.create(
        person=edith, status="sent", refuses=True, begun_at=TEN, begun_by=edith_in,
        sent_at=TEN, sent_by=edith_in,
    )  # fmt: skip
    Task.objects.create(
        kind="charge.decide", person=edith, words="Edith Jones: decide what is paid", owner=priya,
        due_at=TEN, made_at=TEN, address=reverse("charge", args=[edith.pk]),
    )  # fmt: skip
    return made


def test_only_who_has_to_do_with_us_as_a_carer_is_not_asked(
    budgeted: Person, edith: Person
) -> None:
    pack = budgets.pack_of(budgets.budget_of(edith, side="carer").decision)

    assert queries.only_cares(edith, pack=pack)
    assert not queries.only_cares(budgeted, pack=pack)


def test_a_carer_reads_that_nothing_is_asked(
    as_, edith_in, edith: Person, budgeted: Person, the_time
) -> None:
    the_time(TEN)
    page, address = as_(edith_in), reverse("my-finances", args=[edith.pk])

    text = page.get(address).content.decode()
    page.post(address)
    refusal = page.post(reverse("my-finances-refuse", args=[edith.pk]), {"sure": "on"})

    assert "You pay nothing, so we do not ask" in text
    assert "full cost" not in text
    assert refusal["Location"] == address
    assert not Statement.objects.filter(person=edith).exists()
    assert not Task.objects.filter(person=edith, kind__startswith="charge.").exists()


def test_nothing_can_be_sent_for_a_carer(sent: Statement, edith: Person, edith_in) -> None:
    with pytest.raises(actions.CannotChange, match="we do not ask"):
        actions.begin(edith, by=edith_in, at=TEN)


def test_the_desk_says_it_beside_the_carers_budget_and_closes_what_is_open(
    as_, priya, sent: Statement, edith: Person, the_time
) -> None:
    the_time(TEN)
    page, address = as_(priya), reverse("charge", args=[edith.pk])

    before = page.get(address).content.decode()
    after = page.post(reverse("charge-not-asked", args=[edith.pk]), follow=True).content.decode()

    assert "On a budget of £38.00 a week as a carer: nothing" in before
    assert "Close it" in before
    assert "Close it" not in after
    sent.refresh_from_db()
    assert sent.status == "decided"
    assert not Task.objects.filter(person=edith, kind="charge.decide", done_at=None).exists()
    assert Event.objects.filter(person=edith, kind="charge.not_asked").count() == 1


def test_who_may_be_charged_is_not_closed_this_way(
    as_, priya, budgeted: Person, edith_in, the_time
) -> None:
    the_time(TEN)
    actions.send(actions.begin(budgeted, by=edith_in, at=TEN), by=edith_in, at=TEN, refuses=True)

    page = as_(priya).post(reverse("charge-not-asked", args=[budgeted.pk]), follow=True)

    assert "Decide what is paid" in page.content.decode()
    assert Task.objects.filter(person=budgeted, kind="charge.decide", done_at=None).exists()


def test_where_carers_may_be_charged_they_are_asked(edith: Person, budgeted: Person) -> None:
    new_rules({"carers_pay": "means_test"}, on=TEN.date())

    assert not queries.only_cares(edith, pack=rules(TEN.date()))

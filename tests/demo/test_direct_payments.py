"""Those of the invented people who take money have it in the ledger, by two people."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from ownway.demo import direct_payments, histories, population
from ownway.foundation.council.models import Staff
from ownway.foundation.record.models import Task
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.models import Agreement, Payment, Transaction
from tests.conftest import LONDON

AT = datetime(2026, 1, 6, 9, 50, tzinfo=LONDON)


@pytest.fixture
def filled(council: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small council in which everybody who can takes money."""
    monkeypatch.setattr(direct_payments, "SHARE_TAKING_MONEY", 1.0)
    lives = population.make_lives(count=60, at=AT)
    list(histories.live(lives, at=AT))
    direct_payments.take_money(lives, at=AT)


def test_the_ledger_balances_and_every_payment_made_is_in_it(filled: None) -> None:
    proof = queries.prove()
    sent = Payment.objects.filter(status="sent")

    assert proof.faults == ()
    assert Agreement.objects.count() > 10
    assert sent.count() >= Agreement.objects.count()
    assert not sent.filter(transaction=None).exists()
    assert {payment.due_on <= date(2026, 1, 6) for payment in sent} == {True}


def test_what_is_written_is_what_the_run_of_the_day_would_have_written(filled: None) -> None:
    before = Transaction.objects.count()

    ran = actions.run(on=date(2026, 1, 6), at=AT)

    assert (ran.starts, ran.sessions, ran.sent) == ([], [], [])
    assert Transaction.objects.count() == before


def test_sums_are_those_of_the_agreement(filled: None) -> None:
    for agreement in Agreement.objects.all():
        total = queries.sum_agreed(agreement)
        paid = set(Payment.objects.filter(agreement=agreement).values_list("pence", flat=True))
        assert paid == {total.four_weeks_pence}


def test_finance_has_payments_to_release_and_to_prepare(
    filled: None, priya: Staff, client: Client
) -> None:
    client.force_login(priya.sign_in)
    soon = Payment.objects.filter(due_on__gt=AT.date(), due_on__lte=AT.date() + timedelta(days=14))

    assert set(soon.values_list("status", flat=True)) == {"prepared", "planned"}
    assert Task.objects.filter(kind="payments.release").exists()
    assert client.get("/desk/payments/").status_code == 200

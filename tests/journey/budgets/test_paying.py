"""Two people let a payment go, it is sent once, and everybody can see where each pound is."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from ownway.commands import pay as command
from ownway.foundation.council.models import Organisation, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import PlanLine
from ownway.foundation.record.models import Event, Task
from ownway.journey.budgets import actions, jobs, queries
from ownway.journey.budgets.models import (
    Account,
    Agreement,
    Kind,
    Payment,
    PaymentStatus,
    Transaction,
)
from tests.journey.budgets.joneses import CHOSEN, FIRST_DAY, Joneses, agree_as_told
from tests.journey.budgets.test_ledger import in_parallel, settle_now

MONDAY = date(2026, 2, 16)


@pytest.fixture
def first(agreed: Agreement) -> Payment:
    """Their first payment."""
    return Payment.objects.filter(agreement=agreed)[0]


@pytest.fixture
def released(first: Payment, both: Joneses) -> Payment:
    """Their first payment, prepared by Priya and released by Owen."""
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)
    actions.release([first.pk], by=both.owen, at=CHOSEN)
    return first


def test_step_56_sends_546_pounds_and_pays_the_first_session_of_millrace(
    released: Payment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["run", "--on", "2026-02-16"]) == 0

    said = capsys.readouterr().out
    assert "Payment £546.00 sent to PayPath account of Edith Jones" in said
    assert "Millrace account +£52.00 (session 1)" in said
    settle_now()
    assert queries.prove().faults == ()


def test_where_each_pound_of_the_first_payment_went(released: Payment) -> None:
    actions.run(on=MONDAY, at=FIRST_DAY)

    released.refresh_from_db()
    assert released.transaction is not None
    entries = {e.account.name: e.pence for e in queries.entries_of(released.transaction)}
    assert entries == {
        "The council’s care budget": -66600,
        "PayPath account of Edith Jones": 54600,
        "What Harold Jones pays": 12000,
    }


def test_yours_promised_spent_and_left_after_the_first_morning(
    released: Payment, both: Joneses
) -> None:
    actions.run(on=MONDAY, at=FIRST_DAY)

    money = queries.money_of([both.edith, both.harold], on=date(2026, 2, 17), reader=both.edith)

    assert money is not None
    assert (money.yours, money.promised, money.spent, money.left) == (83600, 69200, 5200, 9200)
    assert money.yours == money.promised + money.spent + money.left
    assert (money.starts_on, money.ends_on) == (MONDAY, date(2026, 3, 15))
    assert money.last_payment == released
    assert money.next_payment is not None
    assert money.next_payment.due_on == date(2026, 3, 16)


def test_before_the_first_day_no_figure_is_shown(agreed: Agreement, both: Joneses) -> None:
    money = queries.money_of([both.edith], on=CHOSEN.date(), reader=both.edith)

    assert money is not None
    assert not money.has_started
    assert money.starts_on == MONDAY


def test_nothing_is_shown_while_no_way_is_agreed(both: Joneses) -> None:
    assert queries.money_of([both.edith], on=MONDAY) is None


def test_running_again_does_nothing_twice(released: Payment) -> None:
    actions.run(on=MONDAY, at=FIRST_DAY)
    before = Transaction.objects.count()

    again = actions.run(on=MONDAY, at=FIRST_DAY)

    assert (again.starts, again.sessions, again.sent) == ([], [], [])
    assert Transaction.objects.count() == before == 4


def test_a_week_of_missed_mornings_is_made_up(released: Payment) -> None:
    actions.run(on=MONDAY + timedelta(days=15), at=FIRST_DAY + timedelta(days=15))

    millrace = Account.objects.get(kind=Kind.PROVIDER, name="Millrace")
    assert queries.balance(millrace) == 3 * 5200
    released.refresh_from_db()
    assert released.status == PaymentStatus.SENT


def test_seven_mondays_of_millrace_come_to_364_pounds(released: Payment) -> None:
    for week in range(7):
        day = MONDAY + timedelta(weeks=week)
        actions.run(on=day, at=FIRST_DAY + timedelta(weeks=week))

    [millrace] = queries.trading_accounts()
    assert (millrace.holds, millrace.sessions) == (36400, 7)  # type: ignore[attr-defined]


def test_the_second_four_weeks_begin_anew(released: Payment, both: Joneses) -> None:
    for week in range(5):
        actions.run(on=MONDAY + timedelta(weeks=week), at=FIRST_DAY + timedelta(weeks=week))

    money = queries.money_of([both.edith], on=date(2026, 3, 16))

    assert money is not None
    assert (money.yours, money.spent) == (83600, 5200)
    assert money.starts_on == date(2026, 3, 16)


def test_what_was_not_released_waits_and_is_said(first: Payment) -> None:
    ran = actions.run(on=MONDAY, at=FIRST_DAY)

    assert ran.sent == []
    assert ran.waiting == [first]


def test_nobody_releases_what_they_prepared(first: Payment, both: Joneses) -> None:
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)

    with pytest.raises(actions.CannotPay, match="second person"):
        actions.release([first.pk], by=both.priya, at=CHOSEN)

    first.refresh_from_db()
    assert first.status == PaymentStatus.PREPARED


def test_the_database_itself_refuses_one_person_twice(first: Payment, both: Joneses) -> None:
    with pytest.raises(DatabaseError, match="released_by_a_second_person"), transaction.atomic():
        Payment.objects.filter(pk=first.pk).update(
            prepared_by=both.priya, released_by=both.priya, prepared_at=CHOSEN, released_at=CHOSEN
        )


@pytest.mark.parametrize("status", ["released", "sent"])
def test_the_database_itself_refuses_to_skip_a_step(first: Payment, status: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=first.pk).update(status=status)


def test_a_role_without_the_power_neither_prepares_nor_releases(
    first: Payment, both: Joneses, ruth: Staff
) -> None:
    with pytest.raises(PermissionDenied):
        actions.prepare([first.pk], by=ruth, at=CHOSEN)
    with pytest.raises(PermissionDenied):
        actions.release([first.pk], by=both.dev, at=CHOSEN)


def test_one_that_is_refused_leaves_the_others_as_they_were(
    agreed: Agreement, both: Joneses
) -> None:
    one, two = Payment.objects.filter(agreement=agreed)[:2]
    actions.prepare([one.pk], by=both.owen, at=CHOSEN)
    actions.release([one.pk], by=both.priya, at=CHOSEN)

    with pytest.raises(actions.CannotPay, match="is released"):
        actions.prepare([one.pk, two.pk], by=both.priya, at=CHOSEN)

    two.refresh_from_db()
    assert two.status == PaymentStatus.PLANNED


def test_pressing_twice_prepares_once(first: Payment, both: Joneses) -> None:
    for _ in range(2):
        actions.prepare([first.pk], by=both.priya, at=CHOSEN)

    assert Event.objects.filter(kind="payment.prepared").count() == 2
    assert Task.objects.filter(kind="payments.release").count() == 1


def test_preparing_gives_the_release_to_another(first: Payment, both: Joneses) -> None:
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)

    assert Task.objects.get(kind="payments.prepare").done_at == CHOSEN
    assert Task.objects.get(kind="payments.release").owner == both.owen


def test_what_is_taken_back_is_looked_at_by_two_people_again(
    released: Payment, both: Joneses
) -> None:
    actions.take_back(released, because="Wrong account", by=both.owen, at=CHOSEN)

    ran = actions.run(on=MONDAY, at=FIRST_DAY)
    assert ran.sent == []
    assert Event.objects.filter(kind="payment.taken_back", detail="Wrong account").exists()


def test_what_was_sent_is_not_taken_back(released: Payment, both: Joneses) -> None:
    actions.run(on=MONDAY, at=FIRST_DAY)

    with pytest.raises(actions.CannotPay, match="is sent"):
        actions.take_back(released, because="Too late", by=both.owen, at=FIRST_DAY)


def test_each_of_them_reads_that_it_was_paid_and_she_is_told_once(
    released: Payment, both: Joneses
) -> None:
    Person.objects.filter(pk=both.edith.pk).update(email="edith@alderbrook.example")

    actions.run(on=MONDAY, at=FIRST_DAY)

    words = dict(Event.objects.filter(kind="payment.sent").values_list("person", "words"))
    assert words == {
        both.edith.pk: "£546.00 was paid to your PayPath account",
        both.harold.pk: "£546.00 was paid to Edith’s PayPath account",
    }
    assert Outbox.objects.filter(key=f"payment:{released.pk}:email").count() == 1


def test_arranged_support_is_paid_to_its_provider_after_the_four_weeks(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)
    actions.agree(agreement, by=both.edith_in, at=CHOSEN)
    actions.run(on=MONDAY, at=FIRST_DAY)
    brightsteps = Payment.objects.filter(to__name="Brightsteps")[0]
    actions.prepare([brightsteps.pk], by=both.priya, at=FIRST_DAY)
    actions.release([brightsteps.pk], by=both.owen, at=FIRST_DAY)

    actions.run(on=date(2026, 3, 16), at=FIRST_DAY + timedelta(days=28))

    assert brightsteps.due_on == date(2026, 3, 16)
    assert queries.balance(brightsteps.to) == 27200
    settle_now()
    assert queries.prove().faults == ()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    released: Payment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["run", "--on", "2026-02-16", "--dry-run"]) == 0

    said = capsys.readouterr().out
    assert "Payment £546.00 would be sent" in said
    assert "Nothing was changed" in said
    assert not Transaction.objects.exists()


def test_two_people_let_money_go_from_the_command_line(
    first: Payment, capsys: pytest.CaptureFixture[str]
) -> None:
    on = ["--on", "2026-02-06"]
    priya, owen = "priya.fenwick@alderbrook.example", "owen.tarrant@alderbrook.example"

    assert command.main(["prepare", "--by", priya, *on]) == 0
    assert command.main(["release", "--by", priya, *on]) == 1
    assert "second person" in capsys.readouterr().err
    assert command.main(["release", "--by", owen, *on]) == 0
    assert command.main(["release", "--by", "nobody@alderbrook.example", *on]) == 1

    first.refresh_from_db()
    assert first.status == PaymentStatus.RELEASED


def test_the_morning_job_waits_for_eight_oclock(released: Payment) -> None:
    assert jobs.pay_what_is_due(FIRST_DAY - timedelta(minutes=1)) == 0
    assert jobs.pay_what_is_due(FIRST_DAY) == 1


def test_an_agreed_plan_without_a_way_is_somebodys_task_until_it_has_one(both: Joneses) -> None:
    event = Event.objects.create(kind="plan.agreed", person=both.harold, at=CHOSEN, words="Agreed")

    jobs.ask_to_choose(event, CHOSEN)
    task = Task.objects.get(kind="money.choose")
    agree_as_told(both)

    task.refresh_from_db()
    assert (task.owner, task.done_at) == (both.dev, CHOSEN)


def test_where_the_council_pays_a_cost_that_comes_once_goes_to_the_provider_once(
    both: Joneses,
) -> None:
    line = PlanLine.objects.get(plan__person=both.harold, support="Garden companion")
    PlanLine.objects.filter(pk=line.pk).update(often="once")
    at_source = PlanLine.objects.get(plan__person=both.harold, support="Day service")
    PlanLine.objects.filter(pk=at_source.pk).update(often="once")

    _council_pays(both)

    gardener, service = (
        list(Payment.objects.filter(to__organisation=one.organisation).values_list("pence"))
        for one in (line, at_source)
    )
    assert gardener == [(3800,)]
    assert service == [(5200,)]


def test_what_was_promised_for_a_cost_that_comes_once_is_spent_when_it_is_paid(
    both: Joneses,
) -> None:
    PlanLine.objects.filter(support="Garden companion").update(often="once")
    _council_pays(both)
    payment = Payment.objects.get(to__name="Pottering About")
    actions.prepare([payment.pk], by=both.priya, at=CHOSEN)
    actions.release([payment.pk], by=both.owen, at=CHOSEN)

    actions.run(on=payment.due_on, at=FIRST_DAY)

    payment.refresh_from_db()
    assert payment.transaction is not None
    entries = {e.account.name: e.pence for e in queries.entries_of(payment.transaction)}
    assert entries["Harold Jones: spent"] == 3800
    settle_now()
    assert queries.prove().faults == ()


def test_finance_finds_out_whom_to_pay_where_the_plan_names_nobody(both: Joneses) -> None:
    _council_pays(both)

    task = Task.objects.get(kind="money.find_payee")
    assert (task.person, task.owner) == (both.edith, queries.who_may("pay.prepare"))
    assert "Swim and coffee with friends, £18.00 a week; Taxi, £10.00 a week" in task.words
    assert task.address == f"/desk/people/{both.edith.pk}/payees/"


def test_a_payee_once_named_is_paid_in_every_four_weeks_and_the_task_ends(both: Joneses) -> None:
    agreement = _council_pays(both)
    brightsteps = Organisation.objects.get(name="Brightsteps")
    before = {p.pk: p.pence for p in agreement.payments.filter(to__organisation=brightsteps)}
    swim, taxi = queries.without_payee(both.edith)

    actions.name_payee(swim, organisation=brightsteps, by=both.priya, at=CHOSEN)
    assert Task.objects.get(kind="money.find_payee").done_at is None
    actions.name_payee(taxi, organisation=brightsteps, by=both.priya, at=CHOSEN)
    actions.name_payee(taxi, organisation=brightsteps, by=both.priya, at=CHOSEN)

    after = {p.pk: p.pence for p in agreement.payments.filter(to__organisation=brightsteps)}
    assert len(before) == len(after) > 10
    assert {after[key] - before[key] for key in before} == {4 * 2800}
    assert Task.objects.get(kind="money.find_payee").done_at == CHOSEN
    assert Event.objects.filter(kind="money.payee_named", person=both.edith).count() == 2


def test_only_who_prepares_payments_names_a_payee(both: Joneses) -> None:
    _council_pays(both)
    line = queries.without_payee(both.edith)[0]

    with pytest.raises(PermissionDenied):
        actions.name_payee(line, organisation=Organisation.objects.all()[0], by=both.dev, at=CHOSEN)

    line.refresh_from_db()
    assert line.organisation is None


def _council_pays(both: Joneses) -> Agreement:
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)
    return actions.agree(agreement, by=both.edith_in, at=CHOSEN)


def test_a_bank_holiday_is_paid_on_the_working_day_before() -> None:
    assert queries.pay_day(date(2026, 4, 6)) == date(2026, 4, 2)
    assert queries.pay_day(date(2026, 2, 16)) == MONDAY


def test_the_first_monday_is_seven_days_away_at_least() -> None:
    found = {day: queries.first_monday(date(2026, 2, day), at_least=7) for day in (6, 8, 9, 10)}

    assert found == {
        6: date(2026, 2, 16),
        8: date(2026, 2, 16),
        9: date(2026, 2, 16),
        10: date(2026, 2, 23),
    }


@pytest.mark.django_db(transaction=True)
def test_the_morning_run_many_times_at_once_pays_once(released: Payment) -> None:
    found = in_parallel([lambda: actions.run(on=MONDAY, at=FIRST_DAY)] * 4)

    assert sum(len(ran.sent) for ran in found if isinstance(ran, actions.Ran)) == 1
    assert Transaction.objects.count() == 4
    assert queries.prove().faults == ()
    connection.close()

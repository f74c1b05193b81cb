"""Taking a budget: who may hold it, what it comes to, and what is kept when it is agreed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import Organisation
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record.models import Event, Task
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.models import Agreement, Payment, Share, ShareLine
from tests.journey.budgets import joneses
from tests.journey.budgets.joneses import CHOSEN, Joneses, agree_as_told


def test_the_sum_of_step_52_to_the_penny(agreed: Agreement, both: Joneses) -> None:
    total = queries.sum_agreed(agreed)

    shown = [(row.words, row.shown) for row in queries.rows(total, reader=both.edith)]

    assert shown == [
        ("Your two budgets, each week", "£209.00"),
        ("Take away Millrace, which we pay for you", "− £52.00"),
        ("Take away what Harold pays", "− £30.00"),
        ("Add PayPath’s fee, which we give you on top", "+ £9.50"),
        ("Each week", "£136.50"),
        ("Every four weeks", "£546.00"),
    ]
    assert agreed.starts_on == date(2026, 2, 16)


def test_nobody_pays_more_towards_the_money_than_their_plan_costs(both: Joneses) -> None:
    PlanLine.objects.filter(plan__person=both.harold).exclude(cost_pence=1300).delete()

    agreed = agree_as_told(both)

    total = queries.sum_agreed(agreed)
    shares = {share.person.first_name: share.pays_week_pence for share in total.shares}
    assert shares == {"Harold": 1300, "Edith": 0}
    assert total.still_to_pay_week_pence == 0
    assert total.week_pence == 3800 + 950


def test_payments_of_a_year_are_planned_the_first_on_16_february(
    agreed: Agreement,
) -> None:
    planned = list(Payment.objects.filter(agreement=agreed))

    assert len(planned) == 14
    assert {payment.pence for payment in planned} == {54600}
    assert [payment.due_on for payment in planned[:3]] == [
        date(2026, 2, 16),
        date(2026, 3, 16),
        date(2026, 4, 13),
    ]
    assert planned[0].to.name == "PayPath account of Edith Jones"


def test_a_suitable_person_is_refused_until_a_record_names_them(unrecorded: Joneses) -> None:
    both = unrecorded
    agreement = actions.begin_with(both.harold, way="simple", by=both.edith_in, at=CHOSEN)

    with pytest.raises(actions.CannotChoose, match="No record names Edith Jones") as refusal:
        actions.choose_holder(agreement, holder=both.edith, by=both.edith_in, at=CHOSEN)

    assert "Dev Marlowe" in str(refusal.value)
    agreement.refresh_from_db()
    assert agreement.holder is None


def test_somebody_who_cannot_manage_money_is_not_given_it(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="own", by=both.edith_in, at=CHOSEN)

    with pytest.raises(actions.CannotChoose, match="cannot look after money"):
        actions.choose_holder(agreement, holder=both.harold, by=both.edith_in, at=CHOSEN)


def test_nothing_is_chosen_before_the_plan_is_agreed(both: Joneses) -> None:
    Plan.objects.filter(person=both.harold).update(status="open")

    with pytest.raises(actions.CannotChoose, match="not agreed yet"):
        actions.begin(both.harold, by=both.edith_in, at=CHOSEN)

    assert not Agreement.objects.exists()


def test_only_those_whose_money_it_is_agree(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)

    with pytest.raises(PermissionDenied):
        actions.agree(agreement, by=both.dev.sign_in, at=CHOSEN)

    agreement.refresh_from_db()
    assert agreement.status == "choosing"


def test_an_open_question_stops_agreeing(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="simple", by=both.edith_in, at=CHOSEN)

    with pytest.raises(actions.CannotChoose, match="before this one"):
        actions.agree(agreement, by=both.edith_in, at=CHOSEN)

    assert not Payment.objects.exists()


def test_agreeing_twice_is_agreeing_once(agreed: Agreement, both: Joneses) -> None:
    actions.agree(agreed, by=both.edith_in, at=CHOSEN)

    assert Payment.objects.count() == 14
    assert ShareLine.objects.count() == 7
    assert Event.objects.filter(kind="money.way_agreed").count() == 2


def test_when_the_council_pays_for_everything_no_money_is_paid_out_and_collecting_is_a_task(
    both: Joneses,
) -> None:
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)

    agreement = actions.agree(agreement, by=both.edith_in, at=CHOSEN)

    total = queries.sum_agreed(agreement)
    assert (total.week_pence, total.still_to_pay_week_pence) == (0, 3000)
    to = set(Payment.objects.values_list("to__name", "pence"))
    assert to == {("Brightsteps", 27200), ("Pottering About", 15200)}
    assert Task.objects.get(kind="money.collect").words.endswith("Harold Jones pays £30.00 a week")


def test_some_of_each_pays_for_what_was_picked_and_pays_out_the_rest(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="mixed", by=both.edith_in, at=CHOSEN)
    home_help = next(
        line for line in queries.lines_to_pick(agreement) if line.support == "Home help"
    )
    actions.choose_lines(agreement, lines=[home_help.pk], by=both.edith_in, at=CHOSEN)
    actions.choose_holder(agreement, holder=both.edith, by=both.edith_in, at=CHOSEN)
    actions.choose_bank(agreement, **joneses.BANK, by=both.edith_in, at=CHOSEN)

    agreement = actions.agree(agreement, by=both.edith_in, at=CHOSEN)

    assert queries.sum_agreed(agreement).week_pence == 20900 - 5200 - 6800 - 3000


def test_a_managed_account_has_the_fee_on_top_and_needs_no_holder(both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="managed", by=both.edith_in, at=CHOSEN)
    paypath = Organisation.objects.get(name="PayPath")
    actions.choose_helper(agreement, helper=paypath, by=both.edith_in, at=CHOSEN)

    agreement = actions.agree(agreement, by=both.edith_in, at=CHOSEN)

    assert queries.sum_agreed(agreement).week_pence == 13650
    assert set(Share.objects.values_list("held_as", flat=True)) == {"organisation"}


def test_her_own_budget_alone_goes_to_herself(both: Joneses) -> None:
    Plan.objects.filter(person=both.harold).update(status="ended")
    agreement = actions.begin_with(both.edith, way="own", by=both.edith_in, at=CHOSEN)
    actions.choose_holder(agreement, holder=both.edith, by=both.edith_in, at=CHOSEN)
    actions.choose_bank(agreement, **joneses.BANK, by=both.edith_in, at=CHOSEN)

    agreement = actions.agree(agreement, by=both.edith_in, at=CHOSEN)

    total = queries.sum_agreed(agreement)
    words = [row.words for row in queries.rows(total, reader=both.edith)]
    assert (total.week_pence, words[0]) == (3800, "Your budget, each week")


def test_a_thing_bought_once_comes_with_the_first_payment_only(both: Joneses) -> None:
    plan = Plan.objects.get(person=both.edith)
    line = plan.lines.get(support="Taxi")
    line.often, line.cost_pence = "once", 20000
    line.save()

    agreed = agree_as_told(both)

    pence = list(Payment.objects.filter(agreement=agreed).values_list("pence", flat=True)[:2])
    assert pence == [4 * 12650 + 20000, 4 * 12650]


def test_finance_is_asked_to_prepare_the_first_payment(agreed: Agreement) -> None:
    task = Task.objects.get(kind="payments.prepare")

    assert task.owner.role == "finance_officer"
    assert task.due_at.date() == date(2026, 2, 12)


def test_a_second_agreement_for_the_same_person_is_refused_by_the_database(
    agreed: Agreement, both: Joneses
) -> None:
    again = actions.begin(both.harold, by=both.edith_in, at=CHOSEN)

    assert again == agreed
    with pytest.raises(actions.CannotChoose, match="agreed already"):
        actions.choose_way(again, way="council", by=both.edith_in, at=CHOSEN)

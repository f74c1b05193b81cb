"""What a person pays is the same however the budget is taken, and payments follow it by its day."""

from datetime import date, timedelta

import pytest

from ownway.foundation.council.models import Organisation
from ownway.foundation.record.models import Task
from ownway.jobs.answers import answer_now
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.models import Kind, Payment, Share
from ownway.journey.charging import actions as charging
from ownway.journey.charging import queries as charges
from tests.journey.budgets import joneses
from tests.journey.budgets.joneses import CHOSEN, FIRST_DAY
from tests.journey.charging.conftest import new_rules


@pytest.fixture
def both(harold, edith, edith_in) -> joneses.Joneses:
    """Both plans agreed, nothing chosen."""
    made = joneses.raise_joneses(harold, edith, edith_in)
    joneses.record_suitable(made)
    return made


def _choose(both: joneses.Joneses, way: str):
    by = both.edith_in
    agreement = actions.begin_with(both.harold, way=way, by=by, at=CHOSEN)
    if way == "mixed":
        picked = [line.pk for line in queries.lines_to_pick(agreement)][:1]
        actions.choose_lines(agreement, lines=picked, by=by, at=CHOSEN)
    if way in ("own", "simple", "mixed"):
        actions.choose_holder(agreement, holder=both.edith, by=by, at=CHOSEN)
    if way in ("own", "mixed"):
        actions.choose_bank(agreement, **joneses.BANK, by=by, at=CHOSEN)
    if way in ("simple", "managed"):
        paypath = Organisation.objects.get(name="PayPath")
        actions.choose_helper(agreement, helper=paypath, by=by, at=CHOSEN)
    return actions.agree(agreement, by=by, at=CHOSEN)


@pytest.mark.parametrize("way", ["own", "simple", "managed", "council", "mixed"])
def test_what_he_pays_is_the_same_however_the_budget_is_taken(
    both: joneses.Joneses, way: str
) -> None:
    agreement = _choose(both, way)

    total = queries.sum_agreed(agreement)

    assert total.contribution_week_pence == 3000
    assert total.kept_week_pence + total.still_to_pay_week_pence == 3000
    assert charges.contribution(both.harold, on=CHOSEN.date()).charge_pence == 3000


def _pays(both: joneses.Joneses, pence: int, *, starts_on: date, at=CHOSEN) -> None:
    facts = {"income_pence": 21_500 + pence}
    charging.give_finances(both.harold, facts=facts, by=both.edith_in, at=at, starts_on=starts_on)
    answer_now(both.edith_in, at=at)


def _out(agreement) -> list[tuple[date, int]]:
    out = Payment.objects.filter(agreement=agreement, to__kind=Kind.PAYEE).order_by("starts_on")
    return [(one.starts_on, one.pence) for one in out]


def test_payments_follow_a_new_charge_from_the_monday_it_has_begun(both: joneses.Joneses) -> None:
    agreement = _choose(both, "simple")
    before = dict(_out(agreement))

    _pays(both, 5000, starts_on=date(2026, 3, 30))

    after = dict(_out(agreement))
    first, second, third = sorted(after)[:3]
    assert (first, second, third) == (date(2026, 2, 16), date(2026, 3, 16), date(2026, 4, 13))
    assert after[first] == before[first] == 54_600
    assert after[second] == 54_600 - 2 * 2000
    assert after[third] == 54_600 - 4 * 2000


def test_a_share_says_what_its_person_pays_from_the_first_day(both: joneses.Joneses) -> None:
    _choose(both, "simple")
    _pays(both, 5000, starts_on=date(2026, 3, 30))
    share = Share.objects.get(person=both.harold)

    before = share.contribution_week_pence
    actions.keep_parts_that_begin(on=date(2026, 3, 30))

    share.refresh_from_db()
    assert (before, share.contribution_week_pence) == (3000, 5000)


def test_what_was_sent_stays_and_what_was_prepared_is_asked_back(both: joneses.Joneses) -> None:
    agreement = _choose(both, "simple")
    first = Payment.objects.filter(agreement=agreement, to__kind=Kind.PAYEE)[0]
    actions.prepare([first.pk], by=both.priya, at=CHOSEN + timedelta(hours=1))

    _pays(both, 5000, starts_on=date(2026, 2, 9), at=CHOSEN + timedelta(hours=2))

    first.refresh_from_db()
    assert first.pence == 54_600
    assert Task.objects.filter(kind="money.prepared_before", done_at=None).count() == 1


def test_a_charge_as_high_as_the_budget_leaves_nothing_to_pay_out(
    both: joneses.Joneses,
) -> None:
    agreement = _choose(both, "own")

    _pays(both, 17_100, starts_on=date(2026, 2, 16))
    at_most = dict(_out(agreement))
    _pays(both, 3000, starts_on=date(2026, 2, 16), at=CHOSEN + timedelta(hours=1))

    assert dict(_out(agreement))[date(2026, 2, 16)] == 4 * (20_900 - 5_200 - 3_000)
    assert at_most == {}


def test_paid_gross_all_of_it_goes_out_and_what_he_pays_is_billed(both: joneses.Joneses) -> None:
    new_rules({"direct_payment_terms": "gross"}, on=date(2026, 2, 1))

    agreement = _choose(both, "simple")

    total = queries.sum_agreed(agreement)
    assert total.is_gross
    assert total.week_pence == 13_650 + 3000
    assert (total.kept_week_pence, total.still_to_pay_week_pence) == (0, 3000)
    assert Task.objects.filter(kind="money.collect", done_at=None).count() == 1
    words = [row.words for row in queries.rows(total, reader=both.edith)]
    assert "We send a bill for, each week" in words
    assert not any("Take away what Harold pays" in one for one in words)


def test_the_ledger_has_what_was_kept_of_a_payment_whatever_is_paid_later(
    both: joneses.Joneses,
) -> None:
    agreement = _choose(both, "simple")
    first = Payment.objects.filter(agreement=agreement, to__kind=Kind.PAYEE)[0]
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)
    actions.release([first.pk], by=both.owen, at=CHOSEN)
    _pays(both, 5000, starts_on=date(2026, 2, 16), at=CHOSEN + timedelta(hours=2))
    Share.objects.filter(person=both.harold).update(contribution_week_pence=5000)

    sent = actions.send(first.pk, at=FIRST_DAY)

    assert sent is not None
    kept = queries.account(Kind.CONTRIBUTION, person=both.harold)
    assert kept is not None
    assert queries.balance(kept) == 4 * 3000

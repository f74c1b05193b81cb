"""Some of the invented people take their budget as money: agreements, payments and the ledger.

Written in bulk as the actions would have written it, four weeks by four weeks: what is granted,
what was paid out by two people, what waits for the second of them, and what is planned ahead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from ownway.demo.cast import staff_named
from ownway.demo.population import SEED, Life, by_whom
from ownway.demo.writing import number, write
from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Organisation, Staff
from ownway.foundation.plan.models import Often, PaidFrom, Plan, PlanLine, Status
from ownway.foundation.record.models import Event
from ownway.journey.budgets import queries
from ownway.journey.budgets.actions.paying import care_budget
from ownway.journey.budgets.actions.schedule import ask_to_prepare, ask_to_release
from ownway.journey.budgets.models import (
    Account,
    Agreement,
    Entry,
    HeldAs,
    Kind,
    PaidBy,
    Payment,
    PaymentStatus,
    Share,
    ShareLine,
    Transaction,
    Way,
)
from ownway.journey.budgets.models import Status as AgreementStatus
from ownway.journey.budgets.queries.payments import AHEAD
from ownway.journey.budgets.queries.sums import WEEKS
from ownway.journey.charging.models import Charge
from ownway.journey.charging.queries import paid_of_plan

SHARE_TAKING_MONEY = 0.18
PERIODS_BACK = 7
PERIODS_AHEAD = 8
PREPARED = timedelta(days=7)


@dataclass
class Taken:
    """One budget taken as money: whose, from which plan, and what is paid every four weeks."""

    life: Life
    plan: Plan
    lines: list[PlanLine]
    agreement: Agreement
    share: Share
    accounts: dict[str, Account]
    payments: list[Payment]

    @property
    def granted(self) -> int:
        """What the budget comes to in four weeks."""
        return WEEKS * self.share.budget_week_pence

    @property
    def paid_out(self) -> int:
        """What is paid out in four weeks: what they pay themselves is kept from it."""
        return WEEKS * (self.share.budget_week_pence + self.agreement.add_on_week_pence) - self.kept

    @property
    def kept(self) -> int:
        """What of four weeks they pay themselves."""
        return WEEKS * self.share.contribution_week_pence

    @property
    def left(self) -> int:
        """What of that is put by."""
        return WEEKS * sum(line.cost_pence for line in self.lines if line.is_reserve)

    @property
    def first(self) -> date:
        """The Monday it started on."""
        assert self.agreement.starts_on is not None
        return self.agreement.starts_on

    def periods(self, *, until: date) -> list[date]:
        """The Mondays on which four weeks of it begin."""
        return queries.mondays(self.first, since=self.first, until=until, step=queries.FOUR_WEEKS)


def take_money(lives: Sequence[Life], *, at: datetime) -> str:
    """Write the direct payments of those who chose one; say how many."""
    on = timezone.localtime(at).date()
    taken = list(_taken(lives, on=on))
    write(Agreement, [one.agreement for one in taken])
    write(Share, [one.share for one in taken])
    write(ShareLine, [line for one in taken for line in _share_lines(one)])
    write(Account, [account for one in taken for account in one.accounts.values()])
    _book_periods(taken, on=on)
    _book_payments(taken, on=on, at=at)
    _ask(taken, on=on, at=at)
    sent = sum(p.status == PaymentStatus.SENT for one in taken for p in one.payments)
    return f"{len(taken):,} direct payments agreed, {sent:,} payments made, each in the ledger"


def _taken(lives: Iterable[Life], *, on: date) -> Iterator[Taken]:
    rng = np.random.default_rng(SEED + 2)
    chosen = [one for one in lives if one.stage == "active" and rng.random() < SHARE_TAKING_MONEY]
    plans = {
        plan.person_id: plan
        for plan in Plan.objects.filter(
            person__in=[one.person for one in chosen], status=Status.AGREED
        )
    }
    lines = _weekly_lines(plans.values())
    pays = _contributions(plans, on=on)
    terms = council.rules(on)
    paypath = Organisation.objects.get(name="PayPath")
    for life in chosen:
        plan = plans.get(life.person.pk)
        first = _first_monday(rng, plan, on=on) if plan else None
        if plan is None or first is None or not lines.get(plan.pk):
            continue
        helper = paypath if rng.random() < 0.4 else None
        fee = terms.value("money_management_pence") if helper else 0
        agreement = _agreement(life, first, helper=helper, fee=fee, rules=terms.hash)
        one = _one(life, plan, lines[plan.pk], agreement, pays=pays.get(life.person.pk, 0))
        if one.paid_out:
            yield one


def _contributions(people: Iterable[int], *, on: date) -> dict[int, int]:
    """What each person pays a week, by what was decided for them."""
    charges = Charge.objects.filter(person__in=list(people), starts_on__lte=on)
    return dict(charges.order_by("starts_on", "pk").values_list("person", "charge_pence"))


def _weekly_lines(plans: Iterable[Plan]) -> dict[int, list[PlanLine]]:
    found: dict[int, list[PlanLine]] = {}
    paid = PlanLine.objects.filter(
        plan__in=list(plans), paid_from=PaidFrom.BUDGET, often=Often.WEEKLY, cost_pence__gt=0
    )
    for line in paid.order_by("plan", "place", "pk"):
        found.setdefault(line.plan_id, []).append(line)
    return found


def _first_monday(rng: np.random.Generator, plan: Plan, *, on: date) -> date | None:
    """A Monday some four weeks ago at which the plan had started; its day is one of four."""
    this_monday = on - timedelta(days=on.weekday())
    current = this_monday - queries.WEEK * int(rng.integers(0, 4))
    back = int(rng.integers(0, PERIODS_BACK))
    possible = [current - queries.FOUR_WEEKS * n for n in range(back + 1)]
    fitting = [day for day in possible if plan.starts_on is not None and day >= plan.starts_on]
    return fitting[-1] if fitting else None


def _agreement(
    life: Life, first: date, *, helper: Organisation | None, fee: int, rules: str
) -> Agreement:
    agreed = _moment(first - timedelta(days=10), 11)
    return Agreement(
        status=AgreementStatus.AGREED,
        way=Way.SIMPLE if helper else Way.OWN,
        holder=life.person,
        helper=helper,
        # No bank has this sort code.
        **(
            {}
            if helper
            else {
                "bank_name": life.person.name[:70],
                "bank_sort_code": "999999",
                "bank_number": f"{life.person.pk:08d}",
            }
        ),
        begun_at=agreed - timedelta(minutes=20),
        agreed_at=agreed,
        agreed_by=by_whom(life),
        starts_on=first,
        add_on_week_pence=fee,
        pack_hash=rules,
    )


def _one(
    life: Life, plan: Plan, lines: list[PlanLine], agreement: Agreement, *, pays: int
) -> Taken:
    person = life.person
    weekly = sum(line.cost_pence for line in lines)
    pays = paid_of_plan(pays, weekly_pence=weekly)
    kinds = [Kind.GRANTED, Kind.LEFT, Kind.PROMISED]
    accounts = {
        str(kind): Account(kind=kind, person=person, name=f"{person.name}: {kind.label.lower()}")
        for kind in kinds
    }
    keeper = agreement.helper
    name = f"{keeper.name} account of {person.name}" if keeper else f"{person.name}’s own account"
    accounts[str(Kind.PAYEE)] = Account(
        kind=Kind.PAYEE, person=person, organisation=keeper, name=name[:160]
    )
    if pays:
        name = f"What {person.name} pays"
        accounts[str(Kind.CONTRIBUTION)] = Account(kind=Kind.CONTRIBUTION, person=person, name=name)
    share = Share(
        agreement=agreement,
        person=person,
        held_as=HeldAs.SELF,
        budget_week_pence=weekly,
        contribution_week_pence=pays,
    )
    return Taken(life, plan, lines, agreement, share, accounts, [])


def _share_lines(one: Taken) -> Iterator[ShareLine]:
    for line in one.lines:
        yield ShareLine(
            share=one.share,
            plan_line=line,
            words=(line.support or line.wish)[:200],
            paid_by=PaidBy.RESERVE if line.is_reserve else PaidBy.HOLDER,
            week_pence=line.cost_pence,
        )


def _book_periods(taken: Iterable[Taken], *, on: date) -> None:
    """Every four weeks begun so far: what is granted is promised, and the rest is left."""
    booked: list[tuple[Transaction, list[tuple[Account, int]]]] = []
    for one in taken:
        amounts = {
            Kind.GRANTED: -one.granted,
            Kind.LEFT: one.left,
            Kind.PROMISED: one.granted - one.left,
        }
        entries = [(one.accounts[kind], pence) for kind, pence in amounts.items() if pence]
        for day in one.periods(until=on):
            header = Transaction(
                key=f"period:{one.share.pk}:{day}",
                at=_moment(day, 7),
                counts_on=day,
                words=f"Four weeks from {day:%d %B %Y} for {one.life.person.name}"[:200],
            )
            booked.append((header, entries))
    _book(booked)


def _book_payments(taken: Sequence[Taken], *, on: date, at: datetime) -> None:
    """Payments of the past are sent and in the ledger; the next are prepared; more are planned."""
    finance = (staff_named("Priya Fenwick"), staff_named("Owen Tarrant"))
    for one in taken:
        until = on + queries.FOUR_WEEKS * PERIODS_AHEAD
        one.payments = [_payment(one, day, on=on, by=finance) for day in one.periods(until=until)]
    number(payment for one in taken for payment in one.payments)
    council_money = care_budget()
    booked: list[tuple[Transaction, list[tuple[Account, int]]]] = []
    for one in taken:
        for payment in one.payments:
            if payment.status == PaymentStatus.SENT:
                payment.transaction = _sent(payment)
                booked.append((payment.transaction, _moved(one, payment, council_money)))
    _book(booked)
    write(Payment, [payment for one in taken for payment in one.payments])
    write(Event, list(_told(taken)))


def _moved(one: Taken, payment: Payment, council_money: Account) -> list[tuple[Account, int]]:
    """The council's money to the holder, and what the person pays of it themselves."""
    moved = [(council_money, -payment.pence - one.kept), (payment.to, payment.pence)]
    return [*moved, (one.accounts[Kind.CONTRIBUTION], one.kept)] if one.kept else moved


def _payment(one: Taken, starts_on: date, *, on: date, by: tuple[Staff, Staff]) -> Payment:
    """One payment, with those of the two people who prepared and released it that have done so."""
    payment = Payment(
        agreement=one.agreement,
        to=one.accounts[Kind.PAYEE],
        starts_on=starts_on,
        ends_on=starts_on + queries.FOUR_WEEKS - timedelta(days=1),
        due_on=queries.pay_day(starts_on),
        pence=one.paid_out,
    )
    if payment.due_on <= on + PREPARED:
        payment.status = PaymentStatus.PREPARED
        payment.prepared_by = by[0]
        payment.prepared_at = _moment(min(payment.due_on - timedelta(days=6), on), 9)
    if payment.due_on <= on:
        payment.status = PaymentStatus.SENT
        payment.released_by = by[1]
        payment.released_at = _moment(payment.due_on - timedelta(days=3), 10)
        payment.sent_at = _moment(payment.due_on, 8)
    return payment


def _sent(payment: Payment) -> Transaction:
    return Transaction(
        key=f"payment:{payment.pk}:{payment.due_on}",
        at=_moment(payment.due_on, 8),
        counts_on=payment.due_on,
        words=f"{pounds(payment.pence)} to {payment.to.name}"[:200],
    )


def _book(booked: Sequence[tuple[Transaction, list[tuple[Account, int]]]]) -> None:
    write(Transaction, [header for header, _ in booked])
    write(
        Entry,
        [
            Entry(transaction=header, account=account, pence=pence)
            for header, entries in booked
            for account, pence in entries
        ],
    )


def _told(taken: Iterable[Taken]) -> Iterator[Event]:
    """The newest payment of each stands on their timeline."""
    for one in taken:
        sent = [payment for payment in one.payments if payment.status == PaymentStatus.SENT]
        if sent:
            words = queries.account_words(one.agreement)
            yield Event(
                kind="payment.sent",
                person=one.life.person,
                at=_moment(sent[-1].due_on, 8),
                words=f"{pounds(sent[-1].pence)} was paid to your {words}",
                is_key=True,
                facts={"payment": sent[-1].pk, "pence": sent[-1].pence},
            )


def _ask(taken: Iterable[Taken], *, on: date, at: datetime) -> None:
    """Each day's payments have a task: to be prepared, or to be released by a second person."""
    days: dict[date, str] = {}
    for one in taken:
        for payment in one.payments:
            if on < payment.due_on <= on + AHEAD:
                days[payment.due_on] = payment.status
    priya = staff_named("Priya Fenwick")
    for day, status in sorted(days.items()):
        if status == PaymentStatus.PREPARED:
            ask_to_release(day, prepared_by=priya, at=at)
        else:
            ask_to_prepare(day, at=at)


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))

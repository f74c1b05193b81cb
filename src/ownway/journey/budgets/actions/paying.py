"""Preparing payments, releasing them by a second person, and sending each once."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from ownway.design.dates import day_and_month
from ownway.design.money import pounds
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.budgets import queries
from ownway.journey.budgets.actions.ledger import Posting, open_account, post
from ownway.journey.budgets.actions.schedule import ask_to_release
from ownway.journey.budgets.models import Account, Kind, Payment, PaymentStatus
from ownway.journey.budgets.queries.sums import WEEKS, PaymentSum


class CannotPay(Exception):
    """A payment that may not go on yet; the message says why and what to do."""


@transaction.atomic
def prepare(payments: Iterable[int], *, by: Staff, at: datetime) -> list[Payment]:
    """Say that payments are right and may be released by a second person.

    Raises:
        PermissionDenied: `by` may not prepare payments.
        CannotPay: one of them is past being prepared.
    """
    council.require(by.sign_in, "pay.prepare")

    def move(payment: Payment) -> bool:
        if payment.status == PaymentStatus.PREPARED and payment.prepared_by_id == by.pk:
            return False
        _require(payment, PaymentStatus.PLANNED, "prepared")
        payment.prepared_by, payment.prepared_at = by, at
        payment.status = PaymentStatus.PREPARED
        return True

    moved = _move(payments, move)
    for payment in moved:
        _write("payment.prepared", payment, f"{_which(payment)} was prepared", by=by, at=at)
    for day in sorted({payment.due_on for payment in moved}):
        record.finish_tasks(
            "payments.prepare", person=None, by=by.sign_in, at=at, subject=f"payments:{day}"
        )
        ask_to_release(day, prepared_by=by, at=at)
    return moved


@transaction.atomic
def release(payments: Iterable[int], *, by: Staff, at: datetime) -> list[Payment]:
    """Let prepared payments go on their day. Nobody releases what they prepared.

    Raises:
        PermissionDenied: `by` may not release payments.
        CannotPay: one is not prepared, or `by` prepared it.
    """
    council.require(by.sign_in, "pay.release")

    def move(payment: Payment) -> bool:
        if payment.status == PaymentStatus.RELEASED and payment.released_by_id == by.pk:
            return False
        _require(payment, PaymentStatus.PREPARED, "released")
        if payment.prepared_by_id == by.pk:
            raise CannotPay(
                f"{_which(payment)} was prepared by you. A second person must release it; nothing"
                " was released"
            )
        payment.released_by, payment.released_at = by, at
        payment.status = PaymentStatus.RELEASED
        return True

    moved = _move(payments, move)
    for payment in moved:
        _write("payment.released", payment, f"{_which(payment)} was released", by=by, at=at)
    for day in sorted({payment.due_on for payment in moved}):
        record.finish_tasks(
            "payments.release", person=None, by=by.sign_in, at=at, subject=f"payments:{day}"
        )
    return moved


@transaction.atomic
def take_back(payment: Payment, *, because: str, by: Staff, at: datetime) -> Payment:
    """Put a payment back to planned, before it is sent, so that two people look again.

    Raises:
        PermissionDenied: `by` may not release payments.
        CannotPay: it was sent, or no reason was given.
    """
    council.require(by.sign_in, "pay.release")
    if not because.strip():
        raise CannotPay("Say why it is taken back")
    payment = _locked([payment.pk])[0]
    if payment.status not in (PaymentStatus.PREPARED, PaymentStatus.RELEASED):
        raise CannotPay(f"{_which(payment)} is {payment.get_status_display().lower()}")
    payment.status = PaymentStatus.PLANNED
    payment.prepared_by = payment.prepared_at = None
    payment.released_by = payment.released_at = None
    payment.save()
    words = f"{_which(payment)} was taken back"
    _write("payment.taken_back", payment, words, by=by, at=at, detail=because.strip())
    return payment


@transaction.atomic
def send(payment_id: int, *, at: datetime) -> Payment | None:
    """Send one released payment, once, however often and by however many it is asked.

    The ledger, the payment, the record and the message change in one transaction or not at all.
    """
    found = (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=payment_id, status=PaymentStatus.RELEASED)
        .select_related("to__organisation", "agreement__holder", "agreement__helper")
        .first()
    )
    if found is None:
        return None
    total = queries.sum_agreed(found.agreement)
    posting = Posting(
        key=f"payment:{found.pk}:{found.due_on}",
        counts_on=found.due_on,
        words=f"{pounds(found.pence)} to {found.to.name}",
        entries=tuple(_entries(found, total)),
    )
    found.transaction = post(posting, by=None, at=at)
    found.status, found.sent_at = PaymentStatus.SENT, at
    found.save(update_fields=["transaction", "status", "sent_at"])
    _say_sent(found, total, at=at)
    return found


def _entries(payment: Payment, total: PaymentSum) -> list[tuple[Account, int]]:
    if payment.to.kind == Kind.PROVIDER:
        return _to_provider(payment, total)
    return _to_payee(payment, total)


def _to_payee(payment: Payment, total: PaymentSum) -> list[tuple[Account, int]]:
    """The council's money, less what the people pay themselves, into the account of the holder."""
    entries, still = [(payment.to, payment.pence)], _kept_in(payment, total)
    taken = payment.pence + still
    for place, share in enumerate(total.shares, start=1):
        part = min(still, WEEKS * share.pays_week_pence)
        part = still if place == len(total.shares) else part
        if part:
            name = f"What {share.person.name} pays"
            account = open_account(Kind.CONTRIBUTION, name=name, person=share.person)
            entries.append((account, part))
            still -= part
    return [(care_budget(), -taken), *entries]


def _kept_in(payment: Payment, total: PaymentSum) -> int:
    """What of the people's own part was kept from a payment as it was planned, week by week."""
    is_first = payment.starts_on == payment.agreement.starts_on
    nobody_pays = total.paying(dict.fromkeys((share.person.pk for share in total.shares), 0))
    whole = nobody_pays.four_weeks_pence + (total.once_pence if is_first else 0)
    return max(0, whole - payment.pence)


def _to_provider(payment: Payment, total: PaymentSum) -> list[tuple[Account, int]]:
    """The council's money to a provider, and what was promised for it becomes spent."""
    entries = [(care_budget(), -payment.pence), (payment.to, payment.pence)]
    is_first = payment.starts_on == payment.agreement.starts_on
    for share in total.shares:
        pence = sum(
            line.to_provider_pence(is_first=is_first)
            for line in share.lines
            if line.organisation_id == payment.to.organisation_id
        )
        if pence:
            entries += spending(share.person, pence)
    return entries


def spending(person: Person, pence: int) -> list[tuple[Account, int]]:
    """What was promised for somebody becomes spent."""
    return [
        (budget_account(Kind.PROMISED, person), -pence),
        (budget_account(Kind.SPENT, person), pence),
    ]


def budget_account(kind: Kind, person: Person) -> Account:
    """One of somebody's four budget accounts."""
    return open_account(kind, name=f"{person.name}: {kind.label.lower()}", person=person)


def care_budget() -> Account:
    """The council's own money for care."""
    return open_account(Kind.COUNCIL, name=str(Kind.COUNCIL.label))


def _say_sent(payment: Payment, total: PaymentSum, *, at: datetime) -> None:
    amount, holder = pounds(payment.pence), payment.agreement.holder
    for share in total.shares:
        if payment.to.kind == Kind.PROVIDER:
            words = f"We paid {amount} to {payment.to.name} for you"
        elif holder is None or holder == share.person:
            words = f"{amount} was paid to your {queries.account_words(payment.agreement)}"
        else:
            account = queries.account_words(payment.agreement)
            words = f"{amount} was paid to {holder.first_name}’s {account}"
        record.write(
            "payment.sent",
            about=share.person,
            by=None,
            at=at,
            words=words,
            is_key=True,
            payment=payment.pk,
            pence=payment.pence,
        )
    if holder is not None and holder.email and payment.to.kind == Kind.PAYEE:
        letters.queue_message(
            person=holder,
            channel="email",
            address=holder.email,
            subject=f"{amount} is on its way",
            text=f"We paid {amount} to your {queries.account_words(payment.agreement)}. "
            "Sign in to see how it was worked out.",
            key=f"payment:{payment.pk}:email",
            at=at,
        )


def _move(payments: Iterable[int], move: Callable[[Payment], bool]) -> list[Payment]:
    """Lock payments in one order, move each, and save those that moved; one refusal undoes all."""
    locked = _locked(payments)
    if not locked:
        raise CannotPay("Pick at least one payment")
    moved = [payment for payment in locked if move(payment)]
    for payment in moved:
        payment.save()
    return moved


def _locked(payments: Iterable[int]) -> list[Payment]:
    rows = Payment.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=list(payments)
    )
    return list(
        rows.select_related("to", "agreement", "prepared_by", "released_by")
        .prefetch_related("agreement__shares__person")
        .order_by("pk")
    )


def _require(payment: Payment, status: PaymentStatus, done: str) -> None:
    if payment.status != status:
        now = payment.get_status_display().lower()
        raise CannotPay(f"{_which(payment)} is {now}, so it cannot be {done}; nothing was changed")


def _which(payment: Payment) -> str:
    return f"The payment of {pounds(payment.pence)} for {day_and_month(payment.due_on)}"


def _write(
    kind: str, payment: Payment, words: str, *, by: Staff, at: datetime, detail: str = ""
) -> None:
    for share in payment.agreement.shares.all():
        record.write(
            kind,
            about=share.person,
            by=by.sign_in,
            at=at,
            words=words,
            detail=detail,
            payment=payment.pk,
        )

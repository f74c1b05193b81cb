"""Planning what is paid when, and seeing that somebody prepares it in time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import actions as council
from ownway.foundation.council.models import Organisation, Staff
from ownway.foundation.record import actions as record
from ownway.journey.budgets import queries
from ownway.journey.budgets.actions.ledger import open_account
from ownway.journey.budgets.models import (
    Account,
    Agreement,
    Kind,
    Payment,
    PaymentStatus,
    ShareLine,
    Status,
    Way,
)
from ownway.journey.budgets.queries.others import charges_of
from ownway.journey.budgets.queries.payments import AHEAD
from ownway.journey.budgets.queries.sums import LineSum, PaymentSum
from ownway.journey.charging.models import Charge
from ownway.journey.charging.queries import paid_on as in_force

Charges = Mapping[int, Sequence[Charge]]
ONE_DAY = timedelta(days=1)
A_YEAR = timedelta(days=364)
HALF_A_YEAR = timedelta(days=182)


def make_schedule(agreement: Agreement, total: PaymentSum, *, until: date) -> None:
    """Plan every payment of an agreement up to a day. Those planned before stay as they are."""
    assert agreement.starts_on is not None
    starts = queries.mondays(
        agreement.starts_on, since=agreement.starts_on, until=until, step=queries.FOUR_WEEKS
    )
    charges = charges_of(share.person for share in total.shares)
    planned = [row for day in starts for row in _payments(agreement, total, charges, starts_on=day)]
    Payment.objects.bulk_create(planned, ignore_conflicts=True)


def four_weeks_pence(total: PaymentSum, charges: Charges, *, starts_on: date) -> int:
    """What is paid out for four weeks, each by what people pay on its Monday."""
    weeks = queries.mondays(
        starts_on, since=starts_on, until=starts_on + queries.FOUR_WEEKS - ONE_DAY
    )
    return sum(total.paying(paid_on(charges, day)).week_pence for day in weeks)


def paid_on(charges: Charges, day: date) -> dict[int, int]:
    """What each person pays on a day, where that is decided."""
    found = {pk: in_force(theirs, day) for pk, theirs in charges.items()}
    return {pk: charge.charge_pence for pk, charge in found.items() if charge is not None}


def _payments(
    agreement: Agreement, total: PaymentSum, charges: Charges, *, starts_on: date
) -> Iterator[Payment]:
    ends_on = starts_on + queries.FOUR_WEEKS - ONE_DAY
    is_first = starts_on == agreement.starts_on
    once = total.once_pence if is_first else 0
    if pence := four_weeks_pence(total, charges, starts_on=starts_on) + once:
        yield Payment(
            agreement=agreement,
            to=payee_account(agreement, total),
            starts_on=starts_on,
            ends_on=ends_on,
            due_on=queries.pay_day(starts_on),
            pence=pence,
        )
    for account, pence in _providers(total, is_first=is_first).items():
        yield Payment(
            agreement=agreement,
            to=account,
            starts_on=starts_on,
            ends_on=ends_on,
            due_on=queries.pay_day(ends_on + ONE_DAY),
            pence=pence,
        )


def _providers(total: PaymentSum, *, is_first: bool) -> dict[Account, int]:
    """What the council pays each provider for four weeks."""
    found: dict[Account, int] = {}
    for line in total.by_council:
        if line.organisation_id and (pence := line.to_provider_pence(is_first=is_first)):
            account = provider_account(line.organisation_id, name=line.payee)
            found[account] = found.get(account, 0) + pence
    return found


def provider_account(organisation_id: int, *, name: str) -> Account:
    """The account of a provider, or of a service of the council's own."""
    made, _ = Account.objects.get_or_create(
        kind=Kind.PROVIDER, person=None, organisation_id=organisation_id, defaults={"name": name}
    )
    return made


def payee_account(agreement: Agreement, total: PaymentSum) -> Account:
    """The account the money goes to: the holder's own, or the one a helper keeps."""
    person = agreement.holder or total.shares[0].person
    keeper = agreement.helper if agreement.way != Way.COUNCIL else None
    name = f"{keeper.name} account of {person.name}" if keeper else f"{person.name}’s own account"
    return open_account(Kind.PAYEE, name=name, person=person, organisation=keeper)


def top_up_schedules(*, on: date) -> int:
    """Plan a year ahead again where less than half a year is planned; say for how many."""
    short = (
        Agreement.objects.filter(status=Status.AGREED, ends_on=None)
        .annotate(last=Max("payments__starts_on"))
        .filter(last__lt=on + HALF_A_YEAR)
        .select_related("holder", "helper")
        .order_by("pk")
    )
    agreements = list(short)
    for agreement in agreements:
        make_schedule(agreement, queries.sum_agreed(agreement), until=on + A_YEAR)
    return len(agreements)


def wait_for_release(agreement: Agreement, *, at: datetime) -> None:
    """Ask finance to prepare a first payment that is near."""
    first = Payment.objects.filter(agreement=agreement).order_by("due_on", "pk").first()
    if first and first.due_on <= timezone.localtime(at).date() + AHEAD:
        ask_to_prepare(first.due_on, at=at)


def ask_whom_to_pay(total: PaymentSum, *, at: datetime) -> None:
    """Have finance find out whom the council pays, where the plan names nobody."""
    finance = queries.who_may("pay.prepare")
    for share in total.shares:
        lines = [line for line in share.lines if line.has_no_payee]
        if not lines or finance is None:
            continue
        record.give_task(
            "money.find_payee",
            person=share.person,
            words=f"{share.person.name}: find whom we pay for {_costs(lines)}",
            owner=finance,
            due_at=at + timedelta(days=2),
            at=at,
            address=reverse("find-payee", args=[share.person.pk]),
            subject="money.find_payee",
        )


@transaction.atomic
def name_payee(line: ShareLine, *, organisation: Organisation, by: Staff, at: datetime) -> None:
    """Say whom the council pays for a line; its payments are planned, and the task ends with it.

    Raises:
        PermissionDenied: `by` does not prepare payments.
    """
    council_access.require(by.sign_in, "pay.prepare")
    line = ShareLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if line.organisation_id is not None:
        return
    line.organisation = organisation
    line.save(update_fields=["organisation"])
    person, agreement = line.share.person, line.share.agreement
    record.write(
        "money.payee_named", about=person, by=by.sign_in, at=at, line=line.pk,
        words=f"We pay {organisation.name} for {line.words}", organisation=organisation.pk,
    )  # fmt: skip
    _plan_for_payee(agreement, organisation)
    if not queries.without_payee(person):
        record.finish_tasks("money.find_payee", person=person, by=by.sign_in, at=at)


def _plan_for_payee(agreement: Agreement, organisation: Organisation) -> None:
    """Plan what a payee gets in every four weeks nobody has prepared yet."""
    assert agreement.starts_on is not None
    total, account = (
        queries.sum_agreed(agreement),
        provider_account(organisation.pk, name=organisation.name),
    )
    last = Payment.objects.filter(agreement=agreement).aggregate(last=Max("starts_on"))["last"]
    make_schedule(agreement, total, until=(last or agreement.starts_on) + ONE_DAY)
    planned = Payment.objects.filter(
        agreement=agreement, to=account, status=PaymentStatus.PLANNED
    ).select_for_update()
    for payment in planned:
        is_first = payment.starts_on == agreement.starts_on
        payment.pence = _providers(total, is_first=is_first)[account]
        payment.save(update_fields=["pence"])


def _costs(lines: Sequence[LineSum]) -> str:
    weekly = [f"{one.words}, {pounds(one.week_pence)} a week" for one in lines if one.week_pence]
    once = [f"{one.words}, {pounds(one.once_pence)} once" for one in lines if one.once_pence]
    return "; ".join([*weekly, *once])


def ask_to_prepare(due_on: date, *, at: datetime) -> None:
    """Give somebody in finance the payments of a day to prepare; one task a day."""
    _ask(
        "payments.prepare",
        words=f"Prepare the payments of {due_on:%A} {due_on.day} {due_on:%B}",
        owner=queries.who_may("pay.prepare"),
        due_on=due_on,
        at=at,
    )


def ask_to_release(due_on: date, *, prepared_by: Staff, at: datetime) -> None:
    """Give a second person the payments of a day to release."""
    _ask(
        "payments.release",
        words=f"Release the payments of {due_on:%A} {due_on.day} {due_on:%B}",
        owner=queries.who_may("pay.release", but=prepared_by.pk),
        due_on=due_on,
        at=at,
    )


def _ask(kind: str, *, words: str, owner: Staff | None, due_on: date, at: datetime) -> None:
    if owner is None:
        return
    record.give_task(
        kind,
        person=None,
        words=words,
        owner=owner,
        due_at=_evening(two_working_days_before(due_on)),
        at=at,
        address=reverse("payments"),
        subject=f"payments:{due_on}",
    )


def two_working_days_before(day: date) -> date:
    """The day by which payments must be released to arrive on time."""
    before = day
    while council.working_days_after(before, 2) > day or before == day:
        before -= ONE_DAY
    return before


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17)))

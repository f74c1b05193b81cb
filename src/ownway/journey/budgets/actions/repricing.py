"""What people pay has changed: the payments still to come are worked out anew from its day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.budgets import queries
from ownway.journey.budgets.actions.schedule import (
    A_YEAR,
    Charges,
    four_weeks_pence,
    make_schedule,
    paid_on,
)
from ownway.journey.budgets.models import Agreement, Kind, Payment, PaymentStatus, Share, Status
from ownway.journey.budgets.queries.others import charges_of
from ownway.journey.budgets.queries.sums import PaymentSum

READY = (PaymentStatus.PREPARED, PaymentStatus.RELEASED)


@transaction.atomic
def reprice(person: Person, *, from_day: date, at: datetime) -> int:
    """Plan anew what is paid out from a day on by what people pay then; say how many changed.

    What was prepared or sent stays as it is: somebody is asked to take back what was prepared.
    """
    found = queries.agreed_for(person)
    if found is None:
        return 0
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=found.pk)
    keep_todays_part(Share.objects.filter(agreement=agreement), on=timezone.localtime(at).date())
    changed = _plan_anew(agreement, from_day=from_day, on=timezone.localtime(at).date())
    _ask_to_take_back(agreement, from_day=from_day, at=at)
    _ask_to_collect(agreement, at=at)
    return changed


def _plan_anew(agreement: Agreement, *, from_day: date, on: date) -> int:
    total = queries.sum_agreed(agreement)
    charges = charges_of(share.person for share in total.shares)
    last = Payment.objects.filter(agreement=agreement).aggregate(last=Max("starts_on"))["last"]
    out = Payment.objects.select_for_update(of=("self",)).filter(
        agreement=agreement, to__kind=Kind.PAYEE
    )
    changed = 0
    for payment in out.filter(status=PaymentStatus.PLANNED, ends_on__gte=from_day):
        once = total.once_pence if payment.starts_on == agreement.starts_on else 0
        pence = four_weeks_pence(total, charges, starts_on=payment.starts_on) + once
        if pence == payment.pence:
            continue
        changed += 1
        if pence:
            payment.pence = pence
            payment.save(update_fields=["pence"])
        else:
            payment.delete()
    make_schedule(agreement, total, until=max(last or on, on + A_YEAR))
    return changed


def _ask_to_take_back(agreement: Agreement, *, from_day: date, at: datetime) -> None:
    ready = Payment.objects.filter(
        agreement=agreement, to__kind=Kind.PAYEE, status__in=READY, ends_on__gte=from_day
    )
    total = queries.sum_agreed(agreement)
    charges = charges_of(share.person for share in total.shares)
    finance = queries.who_may("pay.prepare")
    if finance is None or not any(_is_stale(one, total, charges) for one in ready):
        return
    person = total.shares[0].person
    record.give_task(
        "money.prepared_before",
        person=person,
        words=f"{person.name}: what is paid changed after a payment was prepared. Take it back",
        owner=finance,
        due_at=at + timedelta(days=1),
        at=at,
        address=reverse("payments"),
        subject=f"agreement:{agreement.pk}",
    )


def _is_stale(payment: Payment, total: PaymentSum, charges: Charges) -> bool:
    once = total.once_pence if payment.starts_on == payment.agreement.starts_on else 0
    anew = four_weeks_pence(total, charges, starts_on=payment.starts_on) + once
    return anew != payment.pence


def _ask_to_collect(agreement: Agreement, *, at: datetime) -> None:
    total = queries.sum_agreed(agreement)
    person, pence = total.shares[0].person, total.still_to_pay_week_pence
    finance = queries.who_may("pay.prepare")
    if finance is None or not pence:
        return
    record.give_task(
        "money.collect",
        person=person,
        words=f"Arrange how {person.name} pays {pounds(pence)} a week",
        owner=finance,
        due_at=at + timedelta(days=7),
        at=at,
        subject="money.collect",
    )


def keep_todays_part(shares: Iterable[Share], *, on: date) -> int:
    """Keep with each share what its person pays today; say for how many that is new."""
    changed = 0
    for share in shares:
        pays = paid_on(charges_of([share.person]), on).get(share.person_id)
        if pays is not None and pays != share.contribution_week_pence:
            share.contribution_week_pence = pays
            share.save(update_fields=["contribution_week_pence"])
            changed += 1
    return changed


def keep_parts_that_begin(*, on: date) -> int:
    """On the first day of a charge, what a share says its person pays is that."""
    shares = Share.objects.filter(
        is_over=False,
        agreement__status=Status.AGREED,
        person__charges__starts_on=on,
        person__charges__withdrawn__isnull=True,
    )
    return keep_todays_part(shares.select_related("person").distinct(), on=on)

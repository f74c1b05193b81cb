"""Payments that are due, and how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import POWERS, Viewer
from ownway.foundation.council.models import Staff
from ownway.journey.budgets import access
from ownway.journey.budgets.models import Agreement, Payment, PaymentStatus

AHEAD = timedelta(days=14)


def payments(viewer: Viewer, *, at: datetime) -> QuerySet[Payment]:
    """Payments a viewer may see, soonest first, with whom they are for."""
    return _with_names(access.payments_for(viewer, at=at))


def due(*, by: date) -> QuerySet[Payment]:
    """Payments not yet sent that are due by a day."""
    waiting = Payment.objects.filter(due_on__lte=by).exclude(
        status__in=[PaymentStatus.SENT, PaymentStatus.STOPPED]
    )
    return _with_names(waiting)


def to_prepare(*, by: date) -> QuerySet[Payment]:
    """What is due by a day and nobody has prepared."""
    return due(by=by).filter(status=PaymentStatus.PLANNED)


def to_release(*, by: date) -> QuerySet[Payment]:
    """What is due by a day and waits for a second person."""
    return due(by=by).filter(status=PaymentStatus.PREPARED)


def to_send(*, by: date) -> list[int]:
    """The keys of what two people have let go and is due."""
    ready = Payment.objects.filter(status=PaymentStatus.RELEASED, due_on__lte=by)
    return list(ready.order_by("due_on", "pk").values_list("pk", flat=True))


def _with_names(found: QuerySet[Payment]) -> QuerySet[Payment]:
    related = found.select_related(
        "to", "prepared_by", "released_by", "agreement__holder", "agreement__helper", "transaction"
    )
    return related.prefetch_related("agreement__shares__person").order_by("due_on", "pk")


@dataclass(frozen=True)
class Desk:
    """The payments page: what waits for whom, what went lately, and its sums in pence."""

    to_prepare: list[Payment]
    to_release: list[Payment]
    released: list[Payment]
    sent: list[Payment]


def desk(viewer: Viewer, *, on: date, at: datetime) -> Desk:
    """What is due within two weeks, what waits, and what was sent in the last four weeks."""
    seen = payments(viewer, at=at).filter(
        due_on__lte=on + AHEAD, due_on__gte=on - timedelta(days=400)
    )
    open_ones = list(seen.exclude(status__in=[PaymentStatus.SENT, PaymentStatus.STOPPED]))
    sent = seen.filter(status=PaymentStatus.SENT, due_on__gte=on - timedelta(days=28))
    return Desk(
        [payment for payment in open_ones if payment.status == PaymentStatus.PLANNED],
        [payment for payment in open_ones if payment.status == PaymentStatus.PREPARED],
        [payment for payment in open_ones if payment.status == PaymentStatus.RELEASED],
        list(sent.order_by("-due_on", "-pk")[:100]),
    )


def total(found: Iterable[Payment]) -> int:
    """What some payments come to."""
    return sum(payment.pence for payment in found)


def names(agreement: Agreement) -> str:
    """Whose money it is: "Harold Jones and Edith Jones"."""
    return " and ".join(share.person.name for share in agreement.shares.all())


def who_may(power: str, *, but: int | None = None) -> Staff | None:
    """Somebody in finance who may prepare or release, another than one person."""
    may = council.staff_members().filter(role__in=POWERS[power])
    may = may.exclude(pk=but) if but is not None else may
    in_finance = may.filter(role="finance_officer").order_by("name", "pk").first()
    return in_finance or may.order_by("name", "pk").first()

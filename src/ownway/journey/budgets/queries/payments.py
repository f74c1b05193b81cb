"""Payments that are due, and how far each is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import POWERS, Viewer
from ownway.foundation.council.models import Staff
from ownway.journey.budgets import access
from ownway.journey.budgets.models import Agreement, Payment, PaymentStatus

AHEAD = timedelta(days=14)
ROWS_A_PAGE = 50


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
class Part:
    """One part of the payments page: the rows of one page, and what all its rows come to."""

    rows: list[Payment]
    page: Page[int]
    keys: list[int]
    pence: int


@dataclass(frozen=True)
class Desk:
    """The payments page: what waits for whom, and what went lately."""

    to_prepare: Part
    to_release: Part
    released: Part
    sent: Part


PARTS = {
    "to_prepare": PaymentStatus.PLANNED,
    "to_release": PaymentStatus.PREPARED,
    "released": PaymentStatus.RELEASED,
    "sent": PaymentStatus.SENT,
}


def desk(viewer: Viewer, *, on: date, at: datetime, pages: Mapping[str, str]) -> Desk:
    """What is due within two weeks, what waits, and what was sent in the last four weeks.

    `pages` says which page of which part is asked for. All rows are counted and summed by
    their keys; only those shown are loaded.
    """
    known = _known(viewer, on=on, at=at)
    turned = {
        part: Paginator([key for key, _ in known[part]], ROWS_A_PAGE).get_page(pages.get(part))
        for part in PARTS
    }
    shown = [key for page in turned.values() for key in page]
    loaded = {row.pk: row for row in _with_names(Payment.objects.filter(pk__in=shown))}
    return Desk(
        **{
            part: Part(
                [loaded[key] for key in page],
                page,
                [key for key, _ in known[part]],
                sum(pence for _, pence in known[part]),
            )
            for part, page in turned.items()
        }
    )


def _known(viewer: Viewer, *, on: date, at: datetime) -> dict[str, list[tuple[int, int]]]:
    """The key and pence of every payment of each part: the soonest first, of the sent the last."""
    lately = Q(due_on__gte=on - timedelta(days=28)) | ~Q(status=PaymentStatus.SENT)
    seen = access.payments_for(viewer, at=at).filter(
        lately, due_on__lte=on + AHEAD, due_on__gte=on - timedelta(days=400)
    )
    rows = list(seen.order_by("due_on", "pk").values_list("status", "pk", "pence"))
    found = {
        part: [(key, pence) for status, key, pence in rows if status == wanted]
        for part, wanted in PARTS.items()
    }
    found["sent"].reverse()
    return found


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

"""What is in store, where it went, who has what on loan, and what is recalled."""

from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.people.access import visible_to
from ownway.journey.prevention.models import (
    ItemStatus,
    Movement,
    OrderedItem,
    Recall,
    StockLine,
)

LEDGER, LOANS = 50, 100


def stock_lines() -> QuerySet[StockLine]:
    """Every line of the store with how many are out; what is low stands first."""
    out = Count("items", filter=Q(items__status=ItemStatus.ISSUED))
    waiting = Count("items", filter=Q(items__status=ItemStatus.ORDERED))
    lines = StockLine.objects.annotate(out=out, waiting=waiting)
    return lines.order_by((F("level") - F("least")).asc(), "name", "pk")


def stock_line(key: str) -> StockLine | None:
    """One line of the store."""
    return StockLine.objects.filter(key=key).first()


def levels() -> dict[str, int]:
    """How many of each there are, by the key of its line."""
    return dict(StockLine.objects.values_list("key", "level"))


def ledger(line: StockLine) -> QuerySet[Movement]:
    """The newest movements of a line. Whose thing it was is on that person's record alone."""
    return line.movements.select_related("by").order_by("-at", "-pk")[:LEDGER]


def on_loan(viewer: Viewer, *, at: datetime) -> QuerySet[OrderedItem]:
    """What is out on loan to people this viewer may see; what is due back or to be looked at first.

    Nobody is a viewer's to see for being on a list: see `people.access`.
    """
    out = OrderedItem.objects.filter(
        status=ItemStatus.ISSUED, is_loan=True, person__in=visible_to(viewer, at=at)
    ).select_related("person", "stock")
    return out.order_by(
        F("due_back_on").asc(nulls_last=True), F("look_again_on").asc(nulls_last=True), "pk"
    )


def count_late(on: date) -> int:
    """How many loans should have come back by now, of anybody."""
    return OrderedItem.objects.filter(status=ItemStatus.ISSUED, due_back_on__lt=on).count()


def recalls() -> QuerySet[Recall]:
    """Every recall, newest first."""
    return Recall.objects.select_related("by")


def recall(number: int) -> Recall | None:
    """One recall."""
    return recalls().filter(pk=number).first()


def holders(recalled: Recall) -> QuerySet[OrderedItem]:
    """Who still has, or is to get, what is recalled."""
    found = OrderedItem.objects.filter(
        key=recalled.key,
        status__in=(ItemStatus.ISSUED, ItemStatus.ORDERED),
        ordered_at__lte=recalled.at,
    )
    if recalled.serial_starts:
        unknown = Q(serial="") | Q(serial__istartswith=recalled.serial_starts)
        found = found.filter(unknown)
    return found.select_related("person__household").order_by("person__last_name", "pk")


def holders_for(viewer: Viewer, recalled: Recall, *, at: datetime) -> list[OrderedItem]:
    """Of those, whom this viewer may see."""
    return list(holders(recalled).filter(person__in=visible_to(viewer, at=at)))

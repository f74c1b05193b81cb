"""Moving what is in store. Every change is a line of its ledger; no level goes below nothing."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.giving import (
    STOCK,
    CannotOrder,
    day_of,
    due,
    who_does,
)
from ownway.journey.prevention.models import Movement, MovementKind, OrderedItem, StockLine

REORDER = "equipment.reorder"
MOST = 10_000


class CannotMove(Exception):
    """Why a level cannot change like this; `field` is where it is mended."""

    def __init__(self, words: str, field: str = "number") -> None:
        self.field = field
        super().__init__(words)


@transaction.atomic
def add_stock_line(
    *, key: str, name: str, least: int, place: str, by: Staff, at: datetime
) -> StockLine:
    """Begin to keep a thing in store.

    Raises:
        PermissionDenied: `by` does not keep the store.
        CannotMove: there is such a line already.
    """
    council_access.require(by.sign_in, STOCK)
    try:
        with transaction.atomic():
            return StockLine.objects.create(
                key=key, name=name.strip()[:120], least=least, place=place.strip()[:120]
            )
    except IntegrityError as same:
        raise CannotMove("There is such a line already", "name") from same


@transaction.atomic
def receive(line: StockLine, *, number: int, words: str, by: Staff, at: datetime) -> Movement:
    """Keep that more came in.

    Raises:
        PermissionDenied: `by` does not keep the store.
        CannotMove: not a number of things.
    """
    council_access.require(by.sign_in, STOCK)
    if not 1 <= number <= MOST:
        raise CannotMove(f"Enter how many came in, from 1 to {MOST:,}")
    return _move(line, MovementKind.RECEIVED, number, words=words, by=by.sign_in, at=at)


@transaction.atomic
def count(line: StockLine, *, number: int, words: str, by: Staff, at: datetime) -> Movement:
    """Set a level to what was counted; what was missing or too many stands in the ledger.

    Raises:
        PermissionDenied: `by` does not keep the store.
        CannotMove: not a number of things, or a difference without a reason.
    """
    council_access.require(by.sign_in, STOCK)
    if not 0 <= number <= MOST:
        raise CannotMove(f"Enter how many there are, from 0 to {MOST:,}")
    held = StockLine.objects.select_for_update().get(pk=line.pk)
    if held.level != number and len(words.strip()) < 3:
        raise CannotMove(f"The ledger says {held.level}. Say why it differs", "words")
    change = number - held.level
    return _move(held, MovementKind.COUNTED, change, words=words, by=by.sign_in, at=at)


def issue(line: StockLine, *, item: OrderedItem, by: SignIn, at: datetime) -> Movement:
    """One leaves the store for somebody.

    Raises:
        CannotOrder: none is left.
    """
    return _move(line, MovementKind.ISSUED, -1, item=item, by=by, at=at)


def take_back(
    line: StockLine, *, item: OrderedItem, is_scrapped: bool, by: SignIn, at: datetime
) -> None:
    """One comes back; scrapped, it leaves for good."""
    _move(line, MovementKind.RETURNED, 1, item=item, by=by, at=at)
    if is_scrapped:
        _move(line, MovementKind.SCRAPPED, -1, item=item, by=by, at=at)


def _move(
    line: StockLine,
    kind: MovementKind,
    change: int,
    *,
    by: SignIn,
    at: datetime,
    words: str = "",
    item: OrderedItem | None = None,
) -> Movement:
    line = StockLine.objects.select_for_update().get(pk=line.pk)
    if line.level + change < 0:
        raise CannotOrder(f"There is no {line.name.lower()} in store. Order more first")
    line.level += change
    line.save(update_fields=["level"])
    _watch(line, by=by, at=at)
    return Movement.objects.create(
        line=line,
        kind=kind,
        change=change,
        level_after=line.level,
        item=item,
        words=words.strip()[:200],
        at=at,
        by=by,
    )


def _watch(line: StockLine, *, by: SignIn, at: datetime) -> None:
    """What runs low is somebody's to order; what is there again is not."""
    subject = f"stock:{line.key}"
    if not line.is_low:
        record.finish_tasks(REORDER, person=None, by=by, at=at, subject=subject)
        return
    record.give_task(
        REORDER,
        person=None,
        words=f"Order more: {line.name}, {line.level} left",
        owner=who_does(),
        due_at=due(day_of(at) + timedelta(days=1), at=at),
        at=at,
        address=reverse("stock-line", args=[line.key]),
        subject=subject,
    )

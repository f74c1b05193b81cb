"""Calling a thing back from everybody who has it."""

from datetime import datetime

from django.db import transaction

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.giving import (
    STOCK,
    CannotOrder,
    by_working_day,
    day_of,
    give_about,
)
from ownway.journey.prevention.actions.keeping import withdraw
from ownway.journey.prevention.actions.trying import RECALLED
from ownway.journey.prevention.models import OrderedItem, Recall
from ownway.journey.prevention.queries import stock
from ownway.journey.prevention.queries.catalogue import catalogue


@transaction.atomic
def start_recall(
    key: str, *, serial_starts: str, because: str, what_to_do: str, by: Staff, at: datetime
) -> Recall:
    """Call a thing back: each who has it is told what to do, and fetching it is somebody's task.

    Without a serial number all are meant, and it is offered no more. Where no serial number was
    kept of a thing that is out, it is meant too: better fetched once too often.

    Raises:
        PermissionDenied: `by` does not keep the store.
        CannotOrder: there is no such thing, or it does not say why or what to do.
    """
    council_access.require(by.sign_in, STOCK)
    item = catalogue(day_of(at)).item(key)
    if item is None:
        raise CannotOrder("Choose what is recalled")
    if len(because.strip()) < 5 or len(what_to_do.strip()) < 5:
        raise CannotOrder("Say why it is recalled, and what people must do until it is fetched")
    made = Recall.objects.create(
        key=key,
        name=item.name,
        serial_starts=serial_starts.strip()[:60],
        because=because.strip()[:300],
        what_to_do=what_to_do.strip()[:300],
        at=at,
        by=by.sign_in,
    )
    out = list(stock.holders(made))
    for one in out:
        _call_back(one, made, by=by, at=at)
    Recall.objects.filter(pk=made.pk).update(reached=len(out))
    made.reached = len(out)
    if not made.serial_starts:
        withdraw(item, because=f"Recalled: {made.because}", by=by, at=at)
    return made


def _call_back(item: OrderedItem, recall: Recall, *, by: Staff, at: datetime) -> None:
    on = by_working_day("equipment_look_days", at=at)
    give_about(RECALLED, item, f"Recalled: fetch the {item.name.lower()}", on=on, at=at)
    name = item.name.lower()
    letters.write_letter(
        "equipment.recalled", about=item.person, to=item.person,
        title=f"Please read: your {name}",
        body=[
            {"kind": "text", "text": f"We must take back your {name}. {_ended(recall.because)}"},
            {"kind": "text", "text": f"Until we come: {_ended(recall.what_to_do)}"},
            {"kind": "text", "text": "We will ring you to fetch it and bring you another. "
                                     f"Or call us on {council.identity().phone}."},
        ],
        by=by.sign_in, at=at,
    )  # fmt: skip
    record.write(
        "equipment.recalled", about=item.person, by=by.sign_in, at=at, is_key=True,
        words=f"We must take back your {name}", detail=recall.because, item=item.key,
        recall=recall.pk,
    )  # fmt: skip


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."

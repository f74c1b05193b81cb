"""Handing things over, trying them, looking again, and taking them back."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from ownway.design.dates import day_and_month
from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.plan import actions as plans
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions import stocking
from ownway.journey.prevention.actions.giving import (
    DO,
    CannotOrder,
    by_working_day,
    day_of,
    give_about,
    setting,
    subject_of,
)
from ownway.journey.prevention.models import ItemStatus, OrderedItem, Trial, Way

FIT_DAYS: Final = "equipment_fit_days"
# How what is brought or measured becomes a task: its kind, what is done, and by which setting.
TASKS: Final = (
    (Way.BRING, "equipment.fit", "Fit", FIT_DAYS),
    (Way.VISIT, "equipment.measure", "Visit, measure and fit", "equipment_visit_days"),
)
ASK, AGAIN, COLLECT = "equipment.trial", "equipment.review", "equipment.collect"
RECALLED: Final = "equipment.recall"
CLEANED, SCRAPPED = "cleaned", "scrapped"


@transaction.atomic
def hand_over(
    item: OrderedItem,
    *,
    by: Staff,
    at: datetime,
    serial: str = "",
    due_back_on: date | None = None,
) -> OrderedItem:
    """Say that somebody has their thing now: it leaves the store, and its trial begins.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: they have it or gave it back, a shop hands it out, or none is in store.
    """
    council_access.require(by.sign_in, DO)
    item = locked(item)
    if item.status != ItemStatus.ORDERED:
        raise CannotOrder(f"{item.name} is not waiting to be handed over")
    if item.way == Way.SHOP:
        raise CannotOrder(f"A shop hands out the {item.name.lower()}. Keep its code as used")
    if due_back_on is not None and due_back_on <= day_of(at):
        raise CannotOrder("It is due back before it is lent. Enter a later day")
    if item.stock is not None:
        stocking.issue(item.stock, item=item, by=by.sign_in, at=at)
    item.serial, item.due_back_on = serial.strip()[:60], due_back_on
    item.save(update_fields=["serial", "due_back_on"])
    is_theirs(item, by=by.sign_in, at=at)
    finish_bringing(item, by=by, at=at)
    return item


def is_theirs(item: OrderedItem, *, by: SignIn, at: datetime) -> None:
    """They have it, from us or from a shop: on the record, and in some weeks we ask how it goes."""
    item.status, item.issued_at = ItemStatus.ISSUED, at
    item.save(update_fields=["status", "issued_at"])
    weeks = setting("equipment_trial_weeks", at=at)
    asked_on = day_of(at) + timedelta(weeks=weeks)
    give_about(ASK, item, f"Ask if it helps: {item.name}", on=asked_on, at=at)
    if item.due_back_on is not None:
        words = f"Collect what was lent: {item.name}"
        give_about(COLLECT, item, words, on=item.due_back_on, at=at)
    back = f"Due back {day_and_month(item.due_back_on)}" if item.due_back_on else ""
    record.write(
        "equipment.issued", about=item.person, by=by, at=at,
        words=f"You have your {item.name.lower()}", detail=back, item=item.key, kinds=[item.kind],
        charge_pence=item.charge_pence,
    )  # fmt: skip


def finish_bringing(item: OrderedItem, *, by: Staff, at: datetime) -> None:
    """When nothing waits any more to be brought or measured, that task is done."""
    waiting = OrderedItem.objects.filter(person=item.person, status=ItemStatus.ORDERED)
    for way, kind, _, _ in TASKS:
        if item.way == way and not waiting.filter(way=way).exists():
            record.finish_tasks(kind, person=item.person, by=by.sign_in, at=at)


@transaction.atomic
def keep_trial(
    item: OrderedItem, *, trial: str, words: str, by: Staff, at: datetime
) -> OrderedItem:
    """Say whether a thing helps, after its trial or whenever it is looked at again.

    What helps and is on loan is looked at again in some months; what helps a little, sooner;
    what does not is collected, and something better looked for.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: it is not with them yet, or it does not say how.
    """
    council_access.require(by.sign_in, DO)
    item = locked(item)
    if item.status != ItemStatus.ISSUED:
        raise CannotOrder(f"Hand over the {item.name.lower()} first, then say how it went")
    if trial != Trial.HELPS and len(words.strip()) < 3:
        raise CannotOrder("Say what is wrong with it, so that something better can be found")
    item.trial, item.trial_words, item.tried_at = Trial(trial), words.strip()[:300], at
    for kind in (ASK, AGAIN):
        finish(kind, item, by=by.sign_in, at=at)
    _what_next(item, at=at)
    item.save(update_fields=["trial", "trial_words", "tried_at", "look_again_on"])
    record.write(
        "equipment.tried", about=item.person, by=by.sign_in, at=at,
        words=f"You tried your {item.name.lower()}: {item.get_trial_display().lower()}",
        detail=item.trial_words, item=item.key, trial=trial,
    )  # fmt: skip
    return item


def _what_next(item: OrderedItem, *, at: datetime) -> None:
    on = day_of(at)
    item.look_again_on = None
    if item.trial == Trial.DOES_NOT_HELP:
        until = by_working_day("equipment_visit_days", at=at)
        words = f"Find something better than the {item.name.lower()}"
        give_about(COLLECT, item, words, on=until, at=at)
        return
    if item.trial == Trial.OTHER:
        item.look_again_on = on + timedelta(weeks=setting("equipment_trial_weeks", at=at))
    elif item.is_loan:
        item.look_again_on = months_on(on, setting("equipment_review_months", at=at))
    if item.look_again_on is not None:
        words = f"Look again: {item.name}"
        give_about(AGAIN, item, words, on=item.look_again_on, at=at)


def months_on(start: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(start.month - 1 + months, 12)
    day = start.day
    while True:
        try:
            return date(start.year + year, month + 1, day)
        except ValueError:
            day -= 1


@transaction.atomic
def give_back(item: OrderedItem, *, state: str, words: str, by: Staff, at: datetime) -> OrderedItem:
    """Take a thing back: cleaned it goes to the store again, scrapped it does not.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: it is not with them, or it is not said what became of it.
    """
    council_access.require(by.sign_in, DO)
    item = locked(item)
    if item.status != ItemStatus.ISSUED:
        raise CannotOrder(f"{item.name} is not with {item.person.formal_name}")
    if state not in (CLEANED, SCRAPPED):
        raise CannotOrder("Say if it was cleaned for the next person, or scrapped")
    if item.stock is not None:
        stocking.take_back(
            item.stock, item=item, is_scrapped=state == SCRAPPED, by=by.sign_in, at=at
        )
    item.status, item.ended_at, item.ended_words = ItemStatus.RETURNED, at, words.strip()[:300]
    item.save(update_fields=["status", "ended_at", "ended_words"])
    for kind in (ASK, AGAIN, COLLECT, RECALLED):
        finish(kind, item, by=by.sign_in, at=at)
    plans.drop_entry(item.person, f"equipment:{item.key}")
    record.write(
        "equipment.returned", about=item.person, by=by.sign_in, at=at,
        words=f"You gave back your {item.name.lower()}", detail=item.ended_words,
        item=item.key, state=state,
    )  # fmt: skip
    return item


def finish(kind: str, item: OrderedItem, *, by: SignIn, at: datetime) -> None:
    """What was to be done about one thing is done."""
    record.finish_tasks(kind, person=item.person, by=by, at=at, subject=subject_of(item))


def locked(item: OrderedItem) -> OrderedItem:
    """The thing as it stands, held to the end of the transaction."""
    rows = OrderedItem.objects.select_for_update(of=("self",)).select_related("person", "stock")
    return rows.get(pk=item.pk)

"""Ordering what the answers suggest, telling the person, and taking an order back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from ownway.design.dates import day_and_month
from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Often, PaidFrom
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.codes import make_code
from ownway.journey.prevention.actions.giving import (
    DO,
    CannotOrder,
    by_working_day,
    day_of,
    give,
    setting,
)
from ownway.journey.prevention.actions.trying import FIT_DAYS, TASKS, finish_bringing, hand_over
from ownway.journey.prevention.models import (
    EquipmentCheck,
    ItemStatus,
    OrderedItem,
    ShopCode,
    StockLine,
    Way,
)
from ownway.journey.prevention.queries.catalogue import Item, catalogue
from ownway.journey.prevention.queries.shops import shops


@transaction.atomic
def order(
    check: EquipmentCheck,
    keys: Sequence[str],
    *,
    tell: Person,
    by: Staff,
    at: datetime,
    handed_now: bool = False,
) -> list[OrderedItem]:
    """Order what was suggested: price kept, nothing to pay, a code for what a shop hands out.

    `handed_now` when whoever orders it stands there with it: what we bring is theirs at once.

    Source: equipment and small changes up to the limit of the rules are never charged for.
    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: nothing chosen, not suggested, too dear, or they have it already.
    """
    council_access.require(by.sign_in, DO)
    items = _chosen(check, keys, at=at)
    lines = {line.key: line for line in StockLine.objects.all()}
    ordered = [_order_one(check, item, stock=lines.get(item.stock), by=by, at=at) for item in items]
    _put_in_plan(check.person, items, by=by, at=at)
    names = ", ".join(one.name for one in ordered)
    record.write(
        "equipment.ordered", about=check.person, by=by.sign_in, at=at, is_key=True,
        words=f"We ordered for you: {names}", detail="Nothing to pay",
        items=[one.key for one in ordered], kinds=[one.kind for one in ordered],
        price_pence=sum(one.price_pence for one in ordered), charge_pence=0,
    )  # fmt: skip
    if handed_now:
        ordered = [one if one.way == Way.SHOP else hand_over(one, by=by, at=at) for one in ordered]
    _give_tasks(check.person, ordered, at=at)
    _tell(check.person, ordered, items, to=tell, by=by, at=at)
    return ordered


def _give_tasks(person: Person, ordered: Sequence[OrderedItem], *, at: datetime) -> None:
    """What must be brought or measured is somebody's, by a day."""
    still = [one for one in ordered if one.status == ItemStatus.ORDERED]
    for way, kind, does, days in TASKS:
        names = ", ".join(one.name for one in still if one.way == way)
        if names:
            give(kind, person, f"{does}: {names}", on=by_working_day(days, at=at), at=at)


@transaction.atomic
def cancel(item: OrderedItem, *, because: str, by: Staff, at: datetime) -> OrderedItem:
    """Take back an order before the thing is with them; its code is good no more.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: they have it, it was cancelled before, or no reason is given.
    """
    council_access.require(by.sign_in, DO)
    item = OrderedItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.status != ItemStatus.ORDERED:
        raise CannotOrder(f"{item.name} is not waiting, so it cannot be cancelled")
    if len(because.strip()) < 3:
        raise CannotOrder("Say why it is not wanted")
    item.status, item.ended_at, item.ended_words = ItemStatus.CANCELLED, at, because.strip()[:300]
    item.save(update_fields=["status", "ended_at", "ended_words"])
    ShopCode.objects.filter(item=item).update(withdrawn_at=at)
    plans.drop_entry(item.person, f"equipment:{item.key}")
    finish_bringing(item, by=by, at=at)
    record.write(
        "equipment.cancelled", about=item.person, by=by.sign_in, at=at,
        words=f"Your {item.name.lower()} was cancelled", detail=item.ended_words, item=item.key,
    )  # fmt: skip
    return item


def _chosen(check: EquipmentCheck, keys: Sequence[str], *, at: datetime) -> list[Item]:
    shelf = catalogue(day_of(at))
    items = [item for key in dict.fromkeys(keys) if (item := shelf.item(key))]
    if not items:
        raise CannotOrder("Choose what to order")
    limit = setting("free_equipment_pence", at=at)
    for item in items:
        if item.key not in check.suggested:
            raise CannotOrder(f"{item.name} is not suggested by these answers. Ask them again")
        if item.price_pence > limit:
            raise CannotOrder(
                f"{item.name} costs more than {pounds(limit)}. Ask for a visit: "
                "an occupational therapist decides"
            )
    return items


def _order_one(
    check: EquipmentCheck, item: Item, *, stock: StockLine | None, by: Staff, at: datetime
) -> OrderedItem:
    try:
        with transaction.atomic():
            made = OrderedItem.objects.create(
                check_made=check,
                person=check.person,
                key=item.key,
                name=item.name,
                kind=item.kind,
                way=item.way,
                price_pence=item.price_pence,
                charge_pence=0,
                stock=stock,
                is_loan=item.loan,
                ordered_at=at,
                ordered_by=by.sign_in,
            )
    except IntegrityError as same:
        name = check.person.formal_name
        raise CannotOrder(f"{name} has one already: {item.name.lower()}") from same
    if item.from_shop:
        make_code(made, at=at)
    return made


def _put_in_plan(person: Person, items: Sequence[Item], *, by: Staff, at: datetime) -> None:
    plan = plans.open_plan(person, by=by.sign_in, at=at)
    for item in items:
        plans.add_line(
            plan, wish=item.wish, support=item.name, paid_from=PaidFrom.EQUIPMENT,
            often=Often.ONCE, entry_key=f"equipment:{item.key}", by=by.sign_in, at=at,
        )  # fmt: skip


def _tell(
    person: Person,
    ordered: Sequence[OrderedItem],
    items: Sequence[Item],
    *,
    to: Person,
    by: Staff,
    at: datetime,
) -> None:
    rows = [[one.name, _how(one, at=at), pounds(one.charge_pence)] for one in ordered]
    weeks = setting("equipment_trial_weeks", at=at)
    whose = "you" if to == person else person.formal_name
    letters.write_letter(
        "equipment.ordered", about=person, to=to, title="Things to make home easier",
        body=[
            {"kind": "text", "text": f"We ordered these for {whose}. There is nothing to pay."},
            {"kind": "table", "caption": "What we ordered",
             "head": ["What", "How you get it", "You pay"], "rows": rows},
            {"kind": "list", "items": [f"{item.name}: {item.does}" for item in items]},
            *_where_to_collect(person, ordered, at=at),
            {"kind": "text", "text": "Try each thing for a while. "
                                     f"In {weeks} weeks we ask you if it helps."},
            {"kind": "text", "text": "Something does not work, or does not help? Call us on "
                                     f"{council.identity().phone}. We take it back."},
        ],
        by=by.sign_in, at=at,
    )  # fmt: skip


def _how(one: OrderedItem, *, at: datetime) -> str:
    if one.status == ItemStatus.ISSUED:
        return "You have it"
    if one.way == Way.SHOP:
        code = ShopCode.objects.get(item=one)
        until, worth = day_and_month(code.until_on), pounds(code.value_pence)
        return f"Collect from a shop by {until}. Show this code: {code.code}. It is worth {worth}"
    if one.way == Way.VISIT:
        until = day_and_month(by_working_day("equipment_visit_days", at=at))
        return f"We visit by {until} to measure, then fit it"
    return f"We bring it and fit it by {day_and_month(by_working_day(FIT_DAYS, at=at))}"


def _where_to_collect(
    person: Person, ordered: Sequence[OrderedItem], *, at: datetime
) -> list[dict[str, object]]:
    """The shops, nearest first, where something is to be collected."""
    if not any(one.way == Way.SHOP for one in ordered):
        return []
    postcode = person.household.postcode if person.household else ""
    rows = [[one.name, one.place, one.times] for one in shops(day_of(at), postcode=postcode)]
    if not rows:
        return []
    ask = "You may add your own money in the shop for a better one. What you get there is yours."
    head = ["Shop", "Where", "Open"]
    table: dict[str, object] = {
        "kind": "table", "caption": "Shops that take your code", "head": head, "rows": rows,
    }  # fmt: skip
    return [table, {"kind": "text", "text": ask}]

"""What the council keeps of prevention: its catalogue from a day on, shops, partners' offers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import Organisation, Staff
from ownway.journey.prevention.actions.giving import KEEP, day_of
from ownway.journey.prevention.models import CatalogueChange, Offer, Part, Retailer
from ownway.journey.prevention.queries.catalogue import (
    Catalogue,
    Condition,
    Flag,
    Item,
    catalogue,
)


class CannotKeep(Exception):
    """What stops this: every reason, by the field that mends it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def change_item(
    item: Item, *, starts_on: date, because: str, by: Staff, at: datetime
) -> CatalogueChange:
    """Have a thing of the catalogue read like this from a day on.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
        CannotKeep: a day that is past, no reason, no rule by which it is suggested, or a rule
            about an answer that nobody can give.
    """
    problems = _unfit(starts_on, because, at=at)
    shelf = catalogue(starts_on)
    if not item.when:
        problems.append(("when", "Choose at least one answer that it is suggested by"))
    if not all(_can_hold(one, shelf) for one in (*item.when, *item.unless)):
        problems.append(("when", "A rule names an answer that is not asked for"))
    if item.from_shop and (item.loan or item.visit):
        problems.append(("from_shop", "What comes from a shop is theirs, with no loan or visit"))
    says = _item_says(item)
    return _change(Part.ITEM, item.key, says, problems, starts_on, because, by=by, at=at)


@transaction.atomic
def change_flag(
    flag: Flag, *, starts_on: date, because: str, by: Staff, at: datetime
) -> CatalogueChange:
    """Have a red flag read like this from a day on.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
        CannotKeep: a day that is past, no reason, or an answer that nobody can give.
    """
    problems = _unfit(starts_on, because, at=at)
    if not flag.condition.any or not _can_hold(flag.condition, catalogue(starts_on)):
        problems.append(("when", "Choose the answers that raise it"))
    says = {
        "key": flag.key, "name": flag.name, "words": flag.words, "task": flag.task,
        "is_now": flag.is_now, "partner": flag.partner, **_condition_says(flag.condition),
    }  # fmt: skip
    return _change(Part.FLAG, flag.key, says, problems, starts_on, because, by=by, at=at)


@transaction.atomic
def stop_offering(
    item: Item, *, starts_on: date, because: str, by: Staff, at: datetime
) -> CatalogueChange:
    """Offer a thing no more from a day on.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
        CannotKeep: a day that is past, or no reason.
    """
    problems = _unfit(starts_on, because, at=at)
    says = _item_says(item)
    return _change(
        Part.ITEM, item.key, says, problems, starts_on, because, by=by, at=at, is_offered=False
    )


def withdraw(item: Item, *, because: str, by: Staff, at: datetime) -> CatalogueChange:
    """Offer a thing no more from today, for it was recalled."""
    return CatalogueChange.objects.create(
        part=Part.ITEM,
        key=item.key,
        starts_on=day_of(at),
        says=_item_says(item),
        is_offered=False,
        because=because[:200],
        at=at,
        by=by.sign_in,
    )


def _unfit(starts_on: date, because: str, *, at: datetime) -> list[tuple[str, str]]:
    problems = []
    if starts_on < day_of(at):
        problems.append(("starts_on", "Enter today or a later day: what is past stays as it was"))
    if len(because.strip()) < 5:
        problems.append(("because", "Say why it changes"))
    return problems


def _change(
    part: Part,
    key: str,
    says: Mapping[str, Any],
    problems: Sequence[tuple[str, str]],
    starts_on: date,
    because: str,
    *,
    by: Staff,
    at: datetime,
    is_offered: bool = True,
) -> CatalogueChange:
    council_access.require(by.sign_in, KEEP)
    if problems:
        raise CannotKeep(problems)
    return CatalogueChange.objects.create(
        part=part,
        key=key,
        starts_on=starts_on,
        says=says,
        is_offered=is_offered,
        because=because.strip()[:200],
        at=at,
        by=by.sign_in,
    )


def _can_hold(condition: Condition, shelf: Catalogue) -> bool:
    said = {q.key: {choice.value for choice in q.choices} for q in shelf.questions}
    return set(condition.any) <= said.get(condition.question, set())


def _item_says(item: Item) -> dict[str, Any]:
    plain = (
        "key", "name", "does", "wish", "kind", "price_pence", "from_shop", "visit", "loan",
        "children", "stock", "most_kg",
    )  # fmt: skip
    said: dict[str, Any] = {name: getattr(item, name) for name in plain}
    said["when"] = [_condition_says(one) for one in item.when]
    said["unless"] = [_condition_says(one) for one in item.unless]
    return said


def _condition_says(one: Condition) -> dict[str, Any]:
    return {"question": one.question, "any": list(one.any), "because": one.because}


@transaction.atomic
def add_shop(
    *,
    entry_key: str,
    name: str,
    from_on: date,
    by: Staff,
    organisation: Organisation | None = None,
) -> Retailer:
    """Let a shop of the directory hand things out for codes from a day on.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
        CannotKeep: it does so already.
    """
    council_access.require(by.sign_in, KEEP)
    try:
        with transaction.atomic():
            return Retailer.objects.create(
                entry_key=entry_key, name=name[:160], from_on=from_on, organisation=organisation
            )
    except IntegrityError as same:
        raise CannotKeep([("entry", f"{name} takes codes already")]) from same


@transaction.atomic
def end_shop(retailer: Retailer, *, on: date, by: Staff) -> Retailer:
    """Have a shop take no more codes after a day.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
    """
    council_access.require(by.sign_in, KEEP)
    retailer = Retailer.objects.select_for_update(of=("self",)).get(pk=retailer.pk)
    retailer.until_on = max(on, retailer.from_on)
    retailer.save(update_fields=["until_on"])
    return retailer


@transaction.atomic
def keep_offer(key: str, *, by: Staff, at: datetime, **known: Any) -> Offer:
    """Keep what a partner offers, or how many of its homes are free today.

    Raises:
        PermissionDenied: `by` does not keep the catalogue.
        CannotKeep: more homes are free than there are.
    """
    council_access.require(by.sign_in, KEEP)
    homes, vacant = known.get("homes"), known.get("vacant")
    if homes is not None and vacant is not None and vacant > homes:
        raise CannotKeep([("vacant", f"There are only {homes} homes. Check both numbers")])
    known["counted_on"] = day_of(at) if vacant is not None else None
    offer, _ = Offer.objects.update_or_create(key=key, defaults=known)
    return offer

"""Codes for shops: made once, good until a day, redeemed once."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from ownway.design.dates import plain_date
from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.giving import DO, CannotOrder, day_of, setting
from ownway.journey.prevention.actions.trying import is_theirs, locked
from ownway.journey.prevention.models import ItemStatus, OrderedItem, Retailer, ShopCode
from ownway.journey.prevention.queries.shops import as_code, retailers, shop_of

# Letters and figures that cannot be taken for one another when read aloud.
CODE_SIGNS = "CDFGHJKLMNPQRTVWXY34679"


class CannotRedeem(Exception):
    """Why a shop must not hand anything out for this code; `field` is where it is mended."""

    def __init__(self, words: str, field: str = "code") -> None:
        self.field = field
        super().__init__(words)


def make_code(item: OrderedItem, *, at: datetime) -> ShopCode:
    """Make a code for what a shop hands out: worth the price of that day, for some days."""
    return ShopCode.objects.create(
        item=item,
        code=_new_code(),
        value_pence=item.price_pence,
        until_on=day_of(at) + timedelta(days=setting("shop_code_days", at=at)),
    )


def _new_code() -> str:
    """A code to show in a shop: eight signs, 23^8 of them, so that none is guessed."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


@transaction.atomic
def renew_code(item: OrderedItem, *, by: Staff, at: datetime) -> ShopCode:
    """Give a new code in place of one that ran out or was lost; the old one is good no more.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: there is none, or it was used.
    """
    council_access.require(by.sign_in, DO)
    item = locked(item)
    code = ShopCode.objects.select_for_update().filter(item=item).first()
    if code is None or item.status != ItemStatus.ORDERED:
        raise CannotOrder(f"There is no code to renew for the {item.name.lower()}")
    code.code = _new_code()
    code.until_on = day_of(at) + timedelta(days=setting("shop_code_days", at=at))
    code.save(update_fields=["code", "until_on"])
    record.write(
        "equipment.code_renewed", about=item.person, by=by.sign_in, at=at,
        words=f"You have a new code for your {item.name.lower()}", item=item.key,
    )  # fmt: skip
    return code


def usable(typed: str, *, retailer: Retailer, by: SignIn, at: datetime) -> ShopCode:
    """The code that was typed, where this shop may hand something out for it today.

    Raises:
        CannotRedeem: no such code, used, past its day, withdrawn, or no shop that may.
    """
    if not _may_redeem(by, retailer, at=at):
        raise CannotRedeem("This shop does not take codes today")
    code = ShopCode.objects.filter(code=as_code(typed)).select_related("item").first()
    if code is None:
        raise CannotRedeem("There is no such code. Check each letter and figure")
    _refuse_stale(code, at=at)
    return code


@transaction.atomic
def redeem(
    typed: str, *, retailer: Retailer, added_pence: int, by: SignIn, at: datetime
) -> ShopCode:
    """Keep that a shop handed the thing out for its code; what the person added is theirs to add.

    `by` is staff who keep what the shop told them, or somebody of the shop itself.

    Raises:
        CannotRedeem: no such code, used, past its day, withdrawn, or no shop that may.
    """
    ShopCode.objects.select_for_update(of=("self",)).filter(code=as_code(typed)).first()
    code = usable(typed, retailer=retailer, by=by, at=at)
    code.redeemed_at, code.redeemed_by, code.retailer = at, by, retailer
    code.shop, code.added_pence = retailer.name, added_pence
    code.save()
    is_theirs(locked(code.item), by=by, at=at)
    return code


def _may_redeem(by: SignIn, retailer: Retailer, *, at: datetime) -> bool:
    on = day_of(at)
    if council_access.may(by, DO):
        return retailers(on).filter(pk=retailer.pk).exists()
    member = council_access.member_of(by)
    return member is not None and shop_of(member.organisation, on=on) == retailer


def _refuse_stale(code: ShopCode, *, at: datetime) -> None:
    if code.redeemed_at is not None:
        raise CannotRedeem(f"This code was used on {plain_date(code.redeemed_at)}")
    if code.withdrawn_at is not None or code.item.status != ItemStatus.ORDERED:
        raise CannotRedeem("This code was withdrawn. Ask the council")
    if code.until_on < day_of(at):
        words = f"This code ran out on {plain_date(code.until_on)}. The council can give a new one"
        raise CannotRedeem(words)

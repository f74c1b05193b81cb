"""Shops that hand things out for a code, and the codes."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ownway.community.directory import queries as directory
from ownway.foundation.council.models import Organisation
from ownway.journey.prevention.models import Retailer, ShopCode


@dataclass(frozen=True)
class Shop:
    """A shop as people are told of it."""

    key: str
    name: str
    place: str
    times: str
    phone: str
    distance: str
    address: str
    metres: float | None = None


def retailers(on: date) -> QuerySet[Retailer]:
    """The shops that hand things out on a day."""
    still = Q(until_on=None) | Q(until_on__gte=on)
    return Retailer.objects.filter(still, from_on__lte=on).select_related("organisation")


def all_retailers() -> QuerySet[Retailer]:
    """Every shop that ever did, those that do first."""
    return Retailer.objects.select_related("organisation").order_by("-until_on", "name", "pk")


def shops(on: date, *, postcode: str = "") -> list[Shop]:
    """The shops with where and when, from the directory; the nearest first."""
    near = directory.near_of(postcode) if postcode else None
    found = directory.entries([one.entry_key for one in retailers(on)], on=on, near=near)
    listed = [_shop(one) for one in found.values()]
    far = float("inf")
    return sorted(listed, key=lambda one: (one.metres if one.metres is not None else far, one.name))


def _shop(listing: directory.Listing) -> Shop:
    return Shop(
        key=listing.key,
        name=listing.name,
        place=listing.place,
        times=listing.times,
        phone=listing.phone,
        distance=listing.distance,
        address=f"/directory/{listing.slug}/",
        metres=listing.metres,
    )


def entry_named(name: str, *, on: date) -> directory.Listing | None:
    """The entry of the directory of just this name, in any case."""
    found = directory.suggest(name, on=on, limit=10)
    wanted = name.strip().casefold()
    return next((one for one in found if one.name.casefold() == wanted), None)


def shop_of(organisation: Organisation, *, on: date) -> Retailer | None:
    """The shop that an organisation runs, while it hands things out."""
    return retailers(on).filter(organisation=organisation).first()


def as_code(typed: str) -> str:
    """A code as it is kept, however it was typed: "abcd efgh" is ABCD-EFGH."""
    signs = re.sub(r"[^A-Za-z0-9]", "", typed).upper()
    return f"{signs[:4]}-{signs[4:]}"


def code_typed(typed: str) -> ShopCode | None:
    """The code that was typed, if there is one."""
    return ShopCode.objects.filter(code=as_code(typed)).select_related("item", "retailer").first()


def redeemed_at(retailer: Retailer) -> QuerySet[ShopCode]:
    """The newest codes this shop has taken."""
    taken = ShopCode.objects.filter(retailer=retailer).select_related("item")
    return taken.order_by("-redeemed_at", "-pk")[:30]

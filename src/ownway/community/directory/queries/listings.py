"""An entry as a page, a letter or a plan shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from ownway.community.directory.models import Entry, Mark
from ownway.community.directory.models.entries import FOUND_IN, SHOWN
from ownway.community.directory.queries import freshness, parts, places, wording
from ownway.community.directory.queries.homes import shown_place


@dataclass(frozen=True)
class Listing:
    """What is shown of an entry. `key` is what a plan line or a signpost keeps."""

    key: str
    slug: str
    name: str
    what: str
    owner: str
    kind: str
    times: str
    price: str
    price_pence: int | None
    price_each: str
    distance: str
    metres: float | None
    mark: str
    stars: Decimal | None
    rated_by: int
    checked_on: date | None
    is_overdue: bool
    is_flagged: bool
    comes_to_you: bool
    is_closed_for_now: bool
    place: str
    phone: str
    domains: tuple[str, ...]
    organisation_id: int | None


def shown() -> QuerySet[Entry]:
    """Entries the public sees."""
    return Entry.objects.filter(status__in=SHOWN, hidden_for=[]).defer(*FOUND_IN)


def listings(
    keys: Iterable[int], *, on: date, metres: dict[int, float | None] | None = None
) -> list[Listing]:
    """The listings of entries by their row numbers, in that order. Five database queries."""
    far = metres or {}
    order = list(keys)
    found = shown().select_related("owner").filter(pk__in=order).order_by()
    entries = {entry.pk: entry for entry in parts.read(list(found))}
    limit = freshness.checked_too_long_ago(on)
    return [
        listing(entries[pk], on=on, limit=limit, metres=far.get(pk))
        for pk in order
        if pk in entries
    ]


def listing(entry: Entry, *, on: date, limit: date, metres: float | None = None) -> Listing:
    """One entry, with its parts at hand, as it is shown; last checked before `limit` is overdue."""
    costs = [cost for cost in entry.costs.all() if wording.is_in_force(cost, on)]
    first = costs[0] if costs else None
    links = list(entry.at.all())
    phones = list(entry.phones.all())
    return Listing(
        key=str(entry.key),
        slug=entry.slug,
        name=entry.name,
        what=entry.what,
        owner=_other_name(entry),
        kind=entry.kind,
        times="; ".join(wording.all_times(entry.times.all(), on)[:3]),
        price="; ".join(wording.all_prices(costs, on)[:3]) or _short(entry.fees),
        price_pence=first.pence if first else None,
        price_each=first.each if first else "",
        distance=places.miles(metres),
        metres=metres,
        mark=Mark(entry.mark).label if entry.mark else "",
        stars=entry.stars if entry.rated_by else None,
        rated_by=entry.rated_by,
        checked_on=entry.checked_on,
        is_overdue=entry.checked_on is None or entry.checked_on < limit,
        is_flagged=entry.flagged_on is not None,
        comes_to_you=entry.comes_to_you,
        is_closed_for_now=entry.status == "temporarily closed",
        place=shown_place(entry, links[0].place).one_line if links else "",
        phone=phones[0].number if phones else (entry.owner.phone if entry.owner else ""),
        domains=tuple(entry.domains),
        organisation_id=entry.owner.organisation_id if entry.owner else None,
    )


def _other_name(entry: Entry) -> str:
    """Who offers it, when that is not its own name."""
    return entry.owner.name if entry.owner and entry.owner.name != entry.name else ""


def _short(text: str) -> str:
    return text if len(text) <= wording.SHORT else ""

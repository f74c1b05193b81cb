"""The parts of entries, read for many at once: times, prices, contacts, phones, places, terms.

Django's own prefetching sets up a query for each entry and each sort of part, never to ask it:
more work than reading them. Here every part is read by one query and put where `entry.times.all()`
looks first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Model, QuerySet

from ownway.community.directory.models import (
    Accessibility,
    Contact,
    Cost,
    Entry,
    EntryPlace,
    EntryTerm,
    Phone,
    Times,
)

_OF_ENTRIES: Final[dict[str, QuerySet[Any]]] = {
    "times": Times.objects.all(),
    "costs": Cost.objects.all(),
    "phones": Phone.objects.all(),
    "contacts": Contact.objects.all(),
    "at": EntryPlace.objects.select_related("place"),
    "listed_under": EntryTerm.objects.select_related("term"),
}
LISTED: Final = ("times", "costs", "phones", "at")
WHOLE: Final = tuple(_OF_ENTRIES)


def read(entries: Sequence[Entry], *, names: Iterable[str] = LISTED) -> Sequence[Entry]:
    """The same entries with these sorts of parts at hand. One query for each sort."""
    for name in names:
        _put(entries, name, of="entry_id", found=_OF_ENTRIES[name])
    return entries


def read_whole(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The same entries with all their parts, and how to get into their places. Seven queries."""
    read(entries, names=WHOLE)
    read_access([link for entry in entries for link in entry.at.all()])
    return entries


def read_access(links: Iterable[EntryPlace]) -> None:
    """How to get into the places of these links. One query."""
    places = [link.place for link in links]
    _put(places, "access", of="place_id", found=Accessibility.objects.all())


def _put(owners: Sequence[Model], name: str, *, of: str, found: QuerySet[Any]) -> None:
    by_owner: defaultdict[int, list[Any]] = defaultdict(list)
    if owners:
        for part in found.filter(**{f"{of}__in": [owner.pk for owner in owners]}):
            by_owner[getattr(part, of)].append(part)
    for owner in owners:
        answered: QuerySet[Any] = QuerySet(found.model, query=found.query)
        answered._result_cache = by_owner[owner.pk]
        at_hand: dict[str, Any] = owner.__dict__.setdefault("_prefetched_objects_cache", {})
        at_hand[name] = answered

"""Finding entries by words, place and a few choices.

Fits in names, headlines and tags come before fits in a long text; among those that fit as well,
marked entries come first, then the best and nearest.

However much is found, the work has a bound: up to `MOST` entries are all weighed; where more fit,
the best are looked for where they must be: as typed, marked, and nearest, ring by ring.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Case, Q, QuerySet, When

from ownway.community.directory.models import Entry
from ownway.community.directory.queries import spelling
from ownway.community.directory.queries.asked import Asked
from ownway.community.directory.queries.listings import Listing, listings, shown
from ownway.community.directory.queries.narrowing import Choices, narrowed
from ownway.community.directory.queries.places import Spot, postcode_in, spot_or_none
from ownway.community.directory.queries.ranking import MARKED_FIRST, NEAREST_FIRST, ranked

PAGE: Final = 20
MOST: Final = 1000
TIER: Final = 300
RINGS: Final = (2_000, 6_000, 20_000)


@dataclass(frozen=True)
class Found:
    """What a search found. `by_any_word` when no entry had all the words.

    `is_more` when more than `total` fit: counting them all would take too long. `rows` are the
    row numbers of everything found, best or not, unless there are more. `is_unread` when what was
    typed has no letter or digit that a search can read.
    """

    listings: list[Listing] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    rows: tuple[int, ...] = ()
    by_any_word: bool = False
    did_you_mean: str = ""
    is_unread: bool = False


@dataclass(frozen=True)
class Wanted:
    """Among what is looked: what fits the choices, near a place, on a day."""

    choices: Choices
    near: Spot | None
    on: date
    has_words: bool = False

    def entries(self, *, ring: float | None = None) -> QuerySet[Entry]:
        """All that fit; or those in a ring of so many metres, and maybe a little further."""
        return narrowed(
            self.choices, near=self.near, on=self.on, ring=ring, has_words=self.has_words
        )


@dataclass(frozen=True)
class Pool:
    """Those among whom the best are; all that fit, unless there are more."""

    rows: list[int]
    is_more: bool = False


def search(
    words: str,
    *,
    on: date,
    near: Spot | None = None,
    choices: Choices | None = None,
    start: int = 0,
    limit: int = PAGE,
) -> Found:
    """Entries that fit, best first. A bounded number of queries, however many are found."""
    if words.strip() and not spelling.words_in(words):
        return Found(is_unread=True)
    asked, page = Asked.of(words), slice(start, start + limit)
    wanted = Wanted(choices or Choices(), near, on, has_words=bool(asked.parts))
    pool = _pool(wanted, asked, want=page.stop)
    if pool.rows or not asked.parts:
        return _found(pool, asked, near, page, on)
    loose = asked.loosened()
    pool = _pool(wanted, loose, want=page.stop)
    by_any = _found(pool, loose, near, page, on)
    return Found(
        by_any.listings,
        by_any.total,
        is_more=by_any.is_more,
        rows=by_any.rows,
        by_any_word=bool(by_any.total),
        did_you_mean=_better(words),
    )


def suggest(words: str, *, postcode: str = "", on: date, limit: int = 6) -> list[Listing]:
    """Entries to pick from while somebody talks: any of the words will do, most of them best.

    Here the nearest come first, marked or not: the one who picks sees the mark beside the name.
    """
    near = spot_or_none(postcode or postcode_in(words))
    asked = Asked.of(words).loosened()
    if not asked.parts:
        return []
    pool = _pool(Wanted(Choices(), near, on), asked, want=limit)
    far = ranked(pool.rows, asked=asked, near=near, order=NEAREST_FIRST, page=slice(0, limit))
    return listings(far, on=on, metres=far)


def _better(words: str) -> str:
    """What may have been meant, when something is found by it."""
    better = spelling.did_you_mean(words)
    return better if better and shown().filter(Asked.of(better).anywhere).exists() else ""


def _found(pool: Pool, asked: Asked, near: Spot | None, page: slice, on: date) -> Found:
    far = ranked(pool.rows, asked=asked, near=near, order=MARKED_FIRST, page=page)
    shown_here = listings(far, on=on, metres=far)
    if pool.is_more:
        return Found(shown_here, MOST, is_more=True)
    return Found(shown_here, len(pool.rows), rows=tuple(pool.rows))


def _pool(wanted: Wanted, asked: Asked, *, want: int) -> Pool:
    fitting = wanted.entries()
    if not asked.parts:
        rows = _first(fitting, MOST + 1)
        return Pool(rows) if len(rows) <= MOST else Pool(_nearest_or_marked(wanted, want), True)
    in_head = Case(When(asked.has_in_head, then=True), default=False)
    matching = fitting.filter(asked.anywhere).order_by()
    found = list(matching.values_list("pk", in_head)[: MOST + 1])
    if len(found) <= MOST:
        return Pool([pk for pk, _ in found])
    has_many = sum(is_in_head for _, is_in_head in found) > max(TIER, want)
    best = _best(wanted, asked, want, has_many_heads=has_many)
    return Pool(list(dict.fromkeys(best)), is_more=True)


def _nearest_or_marked(wanted: Wanted, want: int) -> list[int]:
    """Where the best are of all there is: marked, and nearest when a place is given."""
    if wanted.near is None:
        return _first(wanted.entries().order_by("-mark", "name", "pk"), want)
    marked = _all_or_nearest(wanted, Q(mark__gt=0), want=want)
    return list(dict.fromkeys([*marked, *_nearest(wanted, Q(), want=want)]))


def _best(wanted: Wanted, asked: Asked, want: int, *, has_many_heads: bool) -> Iterator[int]:
    """Where the best are when too many have the words: as typed, marked, nearest."""
    most = max(TIER, want)
    if not has_many_heads:
        rows = _first(wanted.entries().filter(asked.in_head), most + 1)
        if len(rows) <= most:
            yield from rows
            yield from _nearest(wanted, asked.anywhere, want=want)
            return
    if " " in asked.phrase:
        yield from _all_or_nearest(wanted, asked.as_typed, want=want)
    yield from _all_or_nearest(wanted, asked.in_head & Q(mark__gt=0), want=want)
    yield from _nearest(wanted, asked.in_head, want=want)


def _all_or_nearest(wanted: Wanted, asked: Q, *, want: int) -> list[int]:
    """All row numbers when they are not too many, else the nearest."""
    most = max(TIER, want)
    rows = _first(wanted.entries().filter(asked), most + 1)
    if len(rows) <= most or wanted.near is None:
        return rows
    return _nearest(wanted, asked, want=want)


def _nearest(wanted: Wanted, asked: Q, *, want: int) -> list[int]:
    """Row numbers from the smallest ring round a place that has enough."""
    most = max(TIER, want)
    for metres in RINGS if wanted.near else ():
        rows = _first(wanted.entries(ring=metres).filter(asked), most)
        if len(rows) >= want:
            return rows
    return _first(wanted.entries().filter(asked), most)


def _first(found: QuerySet[Entry], most: int) -> list[int]:
    ordered = found if found.query.order_by else found.order_by()
    return list(ordered.values_list("pk", flat=True)[:most])

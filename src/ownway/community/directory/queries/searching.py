"""Finding entries by words, place and a few choices.

Words are read twice: by their stems ("cleaning" finds "cleaned"), and in names, headlines and tags
by how they start ("gard" finds "gardening"). Fits there come before fits in a long text; among
those that fit as well, marked entries come first, then the best and nearest.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import (
    Case,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Sqrt

from ownway.community.directory.models import Cost, Entry, Place, Times
from ownway.community.directory.models.details import DAYS
from ownway.community.directory.queries import spelling, wording
from ownway.community.directory.queries.listings import Listing, listings, shown
from ownway.community.directory.queries.places import METRES_A_MILE, Spot, postcode_in, spot_or_none

MOST_LETTERS: Final = 200
MOST_WORDS: Final = 12
PAGE: Final = 20
# What is offered by phone or online counts as this many metres away.
PLACELESS: Final = 8000.0
# Words people type that say nothing about what they seek.
NOISE: Final = frozenset(
    re.findall(
        r"[a-z]+",
        """a an and any at by can for from get help i in is it me my near nearby of off on or our
        please some someone that the to us want we with you your""",
    )
)


@dataclass(frozen=True)
class Choices:
    """What narrows a search."""

    miles: int | None = None
    domain: str = ""
    day: str = ""
    is_free: bool = False
    is_marked: bool = False
    comes_to_you: bool = False


@dataclass(frozen=True)
class Found:
    """What a search found. `by_any_word` when no entry had all the words.

    `is_unread` when what was typed has no letter or digit that a search can read.
    """

    listings: list[Listing] = field(default_factory=list)
    total: int = 0
    by_any_word: bool = False
    did_you_mean: str = ""
    is_unread: bool = False


def search(
    words: str,
    *,
    on: date,
    near: Spot | None = None,
    choices: Choices | None = None,
    start: int = 0,
    limit: int = PAGE,
) -> Found:
    """Entries that fit, best first. A constant number of queries, however many are found."""
    if words.strip() and not spelling.words_in(words):
        return Found(is_unread=True)
    narrowed = _narrowed(choices or Choices(), near, on)
    asked = Asked.of(words)
    page = slice(start, start + limit)
    found = _found(_measured(narrowed, asked, near), MARKED_FIRST, page, on)
    if found.total or not asked.parts:
        return found
    by_any = _found(_measured(narrowed, asked.loosened(), near), MARKED_FIRST, page, on)
    better = spelling.did_you_mean(words)
    if better and not shown().filter(_match(Asked.of(better))).exists():
        better = ""
    return Found(by_any.listings, by_any.total, bool(by_any.total), better)


def suggest(words: str, *, postcode: str = "", on: date, limit: int = 6) -> list[Listing]:
    """Entries to pick from while somebody talks: any of the words will do, most of them best.

    Here the nearest come first, marked or not: the one who picks sees the mark beside the name.
    """
    near = spot_or_none(postcode or postcode_in(words))
    asked = Asked.of(words).loosened()
    if not asked.parts:
        return []
    return _found(_measured(shown(), asked, near), NEAREST_FIRST, slice(0, limit), on).listings


def entry(key: str, *, on: date, near: Spot | None = None) -> Listing | None:
    """The entry of a key that a plan or a signpost kept; nothing when it is shown no more."""
    found = _by_key(key)
    if found is None:
        return None
    return listings([found.pk], on=on, metres=distances([found.pk], near=near))[0]


def entries(keys: list[str], *, on: date, near: Spot | None = None) -> dict[str, Listing]:
    """Several entries by their keys; those that are shown no more are left out."""
    rows = list(
        shown().filter(key__in=[k for k in keys if _is_key(k)]).values_list("pk", flat=True)
    )
    return {found.key: found for found in listings(rows, on=on, metres=distances(rows, near=near))}


def prices(keys: Iterable[str], *, on: date) -> dict[str, str]:
    """What entries cost, in words, by their keys; nothing known of it, no word. One query."""
    costs = Cost.objects.filter(
        entry__key__in=[key for key in keys if _is_key(key)], entry__in=shown().values("pk")
    ).annotate(of=F("entry__key"))
    found: dict[str, list[Cost]] = {}
    for cost in costs.order_by("pk"):
        found.setdefault(str(cost.of), []).append(cost)
    words = {key: "; ".join(wording.all_prices(own, on)[:3]) for key, own in found.items()}
    return {key: said for key, said in words.items() if said}


def _by_key(key: str) -> Entry | None:
    return shown().filter(key=key).first() if _is_key(key) else None


def _is_key(key: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key))


@dataclass(frozen=True)
class Asked:
    """What was typed, as the database is asked. Parts are alternatives, each all of its words."""

    parts: tuple[tuple[str, ...], ...]
    typed: str
    is_plain: bool = True
    is_loose: bool = False
    phrase: str = ""

    @classmethod
    def of(cls, words: str) -> "Asked":
        """Read what was typed. Commas part alternatives; quotes and minus signs are kept."""
        text = spelling.folded(words)[:MOST_LETTERS]
        found = [
            tuple(w for w in re.findall(r"[a-z0-9]+", part) if w not in NOISE)[:MOST_WORDS]
            for part in re.split(r"[,;/]|\bor\b", text)
        ]
        parts = tuple(part for part in found if part)
        plain = not re.search(r'"|(^|\s)-\w', text)
        phrase = r"\W+".join(spelling.words_in(text)) if plain and len(parts) == 1 else ""
        return cls(parts, re.sub(r"[,;/]", " or ", text), plain, phrase=phrase)

    def loosened(self) -> "Asked":
        """Any one of the words will do."""
        single = tuple(dict.fromkeys((word,) for part in self.parts for word in part))
        return Asked(single[:MOST_WORDS], "", is_loose=True, phrase=self.phrase)

    def only(self, part: tuple[str, ...]) -> "Asked":
        """One of the alternatives."""
        return Asked((part,), "")

    @property
    def stems(self) -> SearchQuery:
        """By stems."""
        text = " or ".join(" ".join(part) for part in self.parts) if self.is_plain else self.typed
        return SearchQuery(text, config="english", search_type="websearch")

    @property
    def starts(self) -> SearchQuery | None:
        """By how words start, which stems cannot do."""
        if not self.is_plain:
            return None
        parts = [
            " & ".join(f"{word}:*" if len(word) > 2 else word for word in part)
            for part in self.parts
        ]
        return SearchQuery(" | ".join(f"({p})" for p in parts), config="simple", search_type="raw")


def _narrowed(choices: Choices, near: Spot | None, on: date) -> QuerySet[Entry]:
    found = shown()
    if near and choices.miles:
        found = found.annotate(apart=_metres(near)).filter(apart__lte=choices.miles * METRES_A_MILE)
    if choices.domain:
        found = found.filter(domains__contains=[choices.domain])
    if choices.is_marked:
        found = found.filter(mark__gt=0)
    if choices.comes_to_you:
        found = found.filter(comes_to_you=True)
    if choices.is_free:
        found = found.filter(_has_part(Cost.objects.filter(pence=0), on))
    if choices.day in DAYS:
        found = found.filter(_has_part(Times.objects.filter(days__contains=choices.day), on))
    return found


def _has_part(parts: "QuerySet[Cost] | QuerySet[Times]", on: date) -> Q:
    still = parts.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    return Q(pk__in=still.values("entry"))


# A mark lifts an entry among those that fit as well; it never hides a better fit.
MARKED_FIRST: Final = "hits DESC, mark DESC, fit DESC, metres NULLS LAST, name, pk"
NEAREST_FIRST: Final = "hits DESC, fit DESC, metres NULLS LAST, name, pk"


def _found(measured: QuerySet[Any], order: str, page: slice, on: date) -> Found:
    """A page of what fits, and how many there are: one query that keeps narrow rows only."""
    narrow, values = measured.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({narrow}) "  # noqa: S608 (our own query and order)
            "SELECT pk, metres, (SELECT count(*) FROM found) FROM found "
            f"ORDER BY {order} LIMIT %s OFFSET %s",
            [*values, page.stop - page.start, page.start],
        )
        rows = cursor.fetchall()
    if not rows and page.start:
        return Found(total=measured.count())
    far = {pk: metres for pk, metres, _ in rows}
    return Found(listings(far, on=on, metres=far), rows[0][2] if rows else 0)


def _measured(found: QuerySet[Entry], asked: "Asked", near: Spot | None) -> QuerySet[Any]:
    """What fits, how well, and how far it is."""
    nothing = Value(None, output_field=FloatField())
    found = found.annotate(metres=_metres(near) if near else nothing)
    if asked.parts:
        found = found.filter(_match(asked)).annotate(hits=_hits(asked), fit=_fit(asked, near))
    else:
        found = found.annotate(hits=Value(0), fit=Value(0.0))
    return found.order_by().values_list("pk", "mark", "name", "hits", "fit", "metres")


def _match(asked: Asked) -> Q:
    match = Q(stems=asked.stems)
    return match | Q(head_words=asked.starts) if asked.starts else match


def _hits(asked: Asked) -> Combinable:
    """How many of the alternatives are in the name, the headline or the tags; the phrase counts.

    A name or headline that is what was typed comes before one that holds it, and that before
    all others, by as much as there are words.
    """
    each = [asked.only(part) for part in asked.parts] if asked.is_loose else [asked]
    hits: list[Combinable] = [
        Case(When(_in_head(one), then=1), default=0, output_field=IntegerField()) for one in each
    ]
    return reduce(add, [*hits, *_phrase(asked, worth=len(each))])


def _phrase(asked: Asked, *, worth: int) -> list[Combinable]:
    if not asked.phrase:
        return []
    whole, within = rf"^\W*{asked.phrase}\W*$", rf"\m{asked.phrase}\M"
    return [
        Case(
            When(Q(name__iregex=whole) | Q(what__iregex=whole), then=2 * worth),
            When(Q(name__iregex=within) | Q(what__iregex=within), then=worth),
            default=0,
            output_field=IntegerField(),
        )
    ]


def _in_head(asked: Asked) -> Q:
    match = Q(head_stems=asked.stems)
    return match | Q(head_words=asked.starts) if asked.starts else match


def _fit(asked: Asked, near: Spot | None) -> Combinable:
    """How well the headline fits, less the further away it is: half at five kilometres."""
    rank: Combinable = SearchRank(F("head_stems"), asked.stems)
    if asked.starts:
        rank = rank + SearchRank(F("head_words"), asked.starts) * Value(0.5)
    if near is None:
        return rank
    far = Coalesce(F("metres"), Value(PLACELESS), output_field=FloatField())
    return rank / (Value(1.0) + far / Value(5000.0))


def _metres(near: Spot) -> Case:
    """Metres to the entry, or to the nearest of its places when it has several."""
    places = Place.objects.filter(at__entry=OuterRef("pk"), easting__isnull=False)
    nearest = places.annotate(far=_apart(near)).order_by("far").values("far")[:1]
    return Case(
        When(has_more_places=True, then=Subquery(nearest)),
        default=_apart(near),
        output_field=FloatField(),
    )


def _apart(near: Spot) -> Sqrt:
    # As floats, for the square of two far places is more than a whole number here can hold.
    east = Cast("easting", FloatField()) - Value(float(near.easting))
    north = Cast("northing", FloatField()) - Value(float(near.northing))
    return Sqrt(east * east + north * north, output_field=FloatField())


def distances(rows: list[int], *, near: Spot | None) -> dict[int, float | None]:
    """Metres to the nearest place of each entry."""
    if near is None or not rows:
        return {}
    found = Entry.objects.filter(pk__in=rows).annotate(metres=_metres(near))
    return dict(found.order_by().values_list("pk", "metres"))

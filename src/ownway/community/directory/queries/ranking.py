"""The order of what was found: how well it fits, then the mark, then how near it is."""

import re
from functools import reduce
from operator import add
from typing import Any, Final

from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ownway.community.directory.models import Entry
from ownway.community.directory.queries.asked import Asked
from ownway.community.directory.queries.distance import metres_to
from ownway.community.directory.queries.places import Spot

# A mark lifts an entry among those that fit as well; it never hides a better fit.
MARKED_FIRST: Final = "hits DESC, mark DESC, fit DESC, metres NULLS LAST, name, pk"
NEAREST_FIRST: Final = "hits DESC, fit DESC, metres NULLS LAST, name, pk"
# What is offered by phone or online counts as this many metres away.
PLACELESS: Final = 8000.0
HALF_AS_FIT: Final = 5000.0


def ranked(
    rows: list[int], *, asked: Asked, near: Spot | None, order: str, page: slice
) -> dict[int, float | None]:
    """A page of these entries, best first, each with the metres to it. One database query."""
    if not rows:
        return {}
    narrow, values = _measured(rows, asked, near).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({narrow}) SELECT pk, metres FROM found "  # noqa: S608
            f"ORDER BY {order} LIMIT %s OFFSET %s",  # (our own query and order)
            [*values, page.stop - page.start, page.start],
        )
        return dict(cursor.fetchall())


def _measured(rows: list[int], asked: Asked, near: Spot | None) -> QuerySet[Any]:
    """How well each of them fits, and how far it is."""
    nothing = Value(None, output_field=FloatField())
    found = Entry.objects.filter(pk__any_of=rows)
    found = found.annotate(metres=metres_to(near) if near else nothing)
    if asked.parts:
        found = found.annotate(hits=_hits(asked), fit=_fit(asked, near))
    else:
        found = found.annotate(hits=Value(0), fit=Value(0.0))
    return found.order_by().values_list("pk", "mark", "name", "hits", "fit", "metres")


def _hits(asked: Asked) -> Combinable:
    """How many of the alternatives are in the name, the headline or the tags; the phrase counts.

    A name or headline that is what was typed comes before one that holds it, and that before
    all others, by as much as there are words.
    """
    each = [asked.only(part) for part in asked.parts] if asked.is_loose else [asked]
    hits: list[Combinable] = [
        Case(When(one.has_in_head, then=1), default=0, output_field=IntegerField()) for one in each
    ]
    return reduce(add, [*hits, *_phrase(asked, worth=len(each))])


def _phrase(asked: Asked, *, worth: int) -> list[Combinable]:
    if not asked.phrase:
        return []
    phrase = r"\W+".join(re.sub(r"(?<=\w)s$", r"\\W?s", word) for word in asked.phrase.split())
    whole, within = rf"^\W*{phrase}\W*$", rf"\m{phrase}\M"
    return [
        Case(
            When(Q(name__iregex=whole) | Q(what__iregex=whole), then=2 * worth),
            When(Q(name__iregex=within) | Q(what__iregex=within), then=worth),
            default=0,
            output_field=IntegerField(),
        )
    ]


def _fit(asked: Asked, near: Spot | None) -> Combinable:
    """How well the headline fits, less the further away it is: half at five kilometres."""
    rank: Combinable = SearchRank(F("head_stems"), asked.stems)
    if asked.starts:
        rank = rank + SearchRank(F("head_words"), asked.starts) * Value(0.5)
    if near is None:
        return rank
    far = Coalesce(F("metres"), Value(PLACELESS), output_field=FloatField())
    return rank / (Value(1.0) + far / Value(HALF_AS_FIT))

"""What search needs to know of an entry beyond its own row: kept whenever its parts change.

`Entry.narrowed_by` holds the days it opens ("TU"), "dated" and "by-month" for times that are not
of each week, "free", ways in ("way-loop"), and the squares of the map its places lie in
("s225:144"). It may say too much, as when a free offer ended; it never says too little.
"""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection

from ownway.community.directory.queries.narrowing import BY_MONTH, DATED, FREE, SQUARES, WAYS_IN

_NARROWED: Final = """
UPDATE directory_entry AS entry SET narrowed_by = ARRAY(
    SELECT DISTINCT day[1] FROM directory_times AS t,
        regexp_matches(t.days, '[A-Z]{{2}}', 'g') AS day WHERE t.entry_id = entry.id
    UNION SELECT %(dated)s FROM directory_times AS t
        WHERE t.entry_id = entry.id AND t.days = '' AND t.starts_on IS NOT NULL
    UNION SELECT %(by_month)s FROM directory_times AS t
        WHERE t.entry_id = entry.id AND t.month_days <> ''
    UNION SELECT %(free)s FROM directory_cost AS c WHERE c.entry_id = entry.id AND c.pence = 0
    UNION SELECT size || place.easting / side || ':' || place.northing / side
        FROM unnest(%(sizes)s::text[], %(sides)s::int[]) AS square (size, side),
        directory_entryplace AS at
        JOIN directory_place AS place ON place.id = at.place_id
        WHERE at.entry_id = entry.id AND place.easting IS NOT NULL
    {ways_in}
) {which}"""
_WAY_IN: Final = """
    UNION SELECT 'way-{name}' FROM directory_entryplace AS at
        JOIN directory_accessibility AS way ON way.place_id = at.place_id
        WHERE at.entry_id = entry.id AND way.words ~* '{pattern}'"""
_WORDS: Final = """
INSERT INTO directory_word (word)
SELECT DISTINCT word FROM directory_entry AS entry, unnest(tsvector_to_array(head_words)) AS word
WHERE {which} length(word) <= 40 AND word !~ '@'
ON CONFLICT DO NOTHING"""


def note(entries: Collection[int] | None = None) -> None:
    """Bring up to date what these entries, or all of them, are narrowed and spelt by."""
    if entries is not None and not entries:
        return
    ways = "".join(_WAY_IN.format(name=n, pattern=p) for n, (_, p) in WAYS_IN.items())
    these = "" if entries is None else "entry.id = ANY(%(entries)s)"
    given: dict[str, Any] = {
        "entries": list(entries or []),
        "dated": DATED,
        "by_month": BY_MONTH,
        "free": FREE,
        "sizes": list(SQUARES),
        "sides": list(SQUARES.values()),
    }
    with connection.cursor() as cursor:
        which = f"WHERE {these}" if these else ""
        cursor.execute(_NARROWED.format(ways_in=ways, which=which), given)
        cursor.execute(_WORDS.format(which=f"{these} AND" if these else ""), given)


def note_words() -> None:
    """Bring up to date the words that all entries are found and spelt by."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS.format(which=""), {})

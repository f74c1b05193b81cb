"""What somebody may have meant who misspelt a word, from the words the directory has."""

import difflib
import re
import unicodedata
from typing import Final

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max

from ownway.community.directory.models import Entry

KEPT_SECONDS: Final = 3600
LEAST_LETTERS: Final = 4
ALIKE: Final = 0.75


def folded(text: str) -> str:
    """Small letters without accents: "Café" and "cafe" are one."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).lower().replace("’", "'")


def words_in(text: str) -> list[str]:
    """The words of a text as a search reads them."""
    return re.findall(r"[a-z0-9]+", folded(text))


def did_you_mean(words: str) -> str:
    """The words with those we do not have replaced by the likest we have.

    Empty when none is replaced, and when one of them is like nothing we have: half a guess helps
    nobody.
    """
    known = vocabulary()
    typed = words_in(words)
    better = [word if word in known else _likest(word, known) for word in typed]
    is_guess = all(len(word) < LEAST_LETTERS or word in known for word in better)
    return " ".join(better) if better != typed and is_guess else ""


def _likest(word: str, known: dict[str, int]) -> str:
    if len(word) < LEAST_LETTERS:
        return word
    near = [other for other in known if abs(len(other) - len(word)) <= 2]
    likely = difflib.get_close_matches(word, near, n=5, cutoff=ALIKE)
    if not likely:
        return word

    def worth(other: str) -> tuple[float, bool, int]:
        alike = difflib.SequenceMatcher(None, word, other).ratio()
        return round(alike, 2), other[0] == word[0], known[other]

    return max(likely, key=worth)


def vocabulary() -> dict[str, int]:
    """The words of the directory and in how many entries each is; asked again when it changes."""
    state = Entry.objects.aggregate(many=Count("pk"), latest=Max("changed_at"))
    name = (
        f"directory-words-{state['many']}-{state['latest']:%Y%m%d%H%M%S%f}" if state["many"] else ""
    )
    if not name:
        return {}
    kept: dict[str, int] | None = cache.get(name)
    if kept is None:
        kept = _words()
        cache.set(name, kept, KEPT_SECONDS)
    return kept


def _words() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, ndoc FROM ts_stat('SELECT head_words FROM directory_entry') "
            "WHERE length(word) >= %s AND word ~ '^[a-z]+$'",
            [LEAST_LETTERS - 1],
        )
        return dict(cursor.fetchall())

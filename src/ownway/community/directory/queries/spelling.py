"""What somebody may have meant who misspelt a word, from the words the directory has."""

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import Final

from django.db.models import Max

from ownway.community.directory.models import Word

LEAST_LETTERS: Final = 4
MOST_APART: Final = 2
ALIKE: Final = 0.75
_A: Final = ord("a")


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
    letters = _letters(word)
    near = [
        other
        for other, others in known.items()
        if abs(len(other) - len(word)) <= MOST_APART
        and (letters ^ others).bit_count() <= 2 * MOST_APART
    ]
    likely = difflib.get_close_matches(word, near, n=5, cutoff=ALIKE)
    if not likely:
        return word

    def worth(other: str) -> tuple[float, bool, str]:
        alike = difflib.SequenceMatcher(None, word, other).ratio()
        return round(alike, 2), other[0] == word[0], other

    return max(likely, key=worth)


def vocabulary() -> dict[str, int]:
    """The words of the directory, each with its letters; read again when there are new ones."""
    newest = Word.objects.aggregate(newest=Max("pk"))["newest"]
    return _read(newest) if newest else {}


@lru_cache(maxsize=2)
def _read(newest: int) -> dict[str, int]:
    found = Word.objects.filter(pk__lte=newest).values_list("word", flat=True)
    return {word: _letters(word) for word in found}


def _letters(word: str) -> int:
    """Which letters a word has, a bit each: words that share few are not alike."""
    bits = 0
    for letter in word:
        bits |= 1 << max(ord(letter) - _A, 0)
    return bits

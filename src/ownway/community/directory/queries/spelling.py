"""What somebody may have meant who misspelt a word, from the words the directory has."""

import difflib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db.models import Max

from ownway.community.directory.models import Word

PLAIN: Final = re.compile(r"[a-z]{3,40}")
LEAST_LETTERS: Final = 4
MOST_APART: Final = 2
ALIKE: Final = 0.75
_A: Final = ord("a")
# With more than so many beginnings of a word, an index reads the beginning itself as soon.
MOST_BEGUN: Final = 16


class Vocabulary(NamedTuple):
    """The words of the directory: all of them in order, and the plain ones with their letters."""

    ordered: Sequence[str] = ()
    plain: Mapping[str, int] = MappingProxyType({})

    def begun_by(self, start: str) -> list[str]:
        """The words there are that start so; nothing when there are too many, or none."""
        first = bisect_left(self.ordered, start)
        some = self.ordered[first : first + MOST_BEGUN + 1]
        begun = [word for word in some if word.startswith(start)]
        return begun if len(begun) <= MOST_BEGUN else []


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
    known = vocabulary().plain
    typed = words_in(words)
    better = [word if word in known else _likest(word, known) for word in typed]
    is_guess = all(len(word) < LEAST_LETTERS or word in known for word in better)
    return " ".join(better) if better != typed and is_guess else ""


def _likest(word: str, known: Mapping[str, int]) -> str:
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


def vocabulary() -> Vocabulary:
    """The words of the directory; read again when there are new ones."""
    newest = Word.objects.aggregate(newest=Max("pk"))["newest"]
    return _read(newest) if newest else Vocabulary()


@lru_cache(maxsize=2)
def _read(newest: int) -> Vocabulary:
    found = sorted(Word.objects.filter(pk__lte=newest).values_list("word", flat=True))
    return Vocabulary(found, {word: _letters(word) for word in found if PLAIN.fullmatch(word)})


def _letters(word: str) -> int:
    """Which letters a word has, a bit each: words that share few are not alike."""
    bits = 0
    for letter in word:
        bits |= 1 << max(ord(letter) - _A, 0)
    return bits

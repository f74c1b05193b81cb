"""What somebody typed, as the database is asked for it.

Words are read twice: by their stems ("cleaning" finds "cleaned"), and in names, headlines and tags
by how they start ("gard" finds "gardening"). Apostrophes may be left out ("womens" finds
"women’s"), and in names, headlines and tags those who do a thing and the doing find each other
("cleaner", "cleaning").
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from ownway.community.directory.queries import spelling

MOST_LETTERS: Final = 200
MOST_WORDS: Final = 12
# Words people type that say nothing about what they seek.
NOISE: Final = frozenset(
    re.findall(
        r"[a-z]+",
        """a an and any at by can for from get help i in is it me my near nearby of off on or our
        please some someone that the to us want we with you your""",
    )
)
# Of those who do a thing, and of doing it; short words and some others only look like it.
DOER: Final = re.compile(r"([a-z]{4,})(?:ers?|ings?)")
NO_DOERS: Final = frozenset({"bett", "flow", "lett", "matt", "show"})


@dataclass(frozen=True)
class Asked:
    """What was typed. Parts are alternatives, each all of its words; the phrase is all in turn."""

    parts: tuple[tuple[str, ...], ...]
    typed: str
    is_plain: bool = True
    is_loose: bool = False
    phrase: str = ""

    @classmethod
    def of(cls, words: str) -> "Asked":
        """Read what was typed. Commas part alternatives; quotes and minus signs are kept."""
        text = spelling.folded(words)[:MOST_LETTERS]
        joined = re.sub(r"(?<=[a-z])'s\b", "s", text)
        found = [
            tuple(w for w in re.findall(r"[a-z0-9]+", part) if w not in NOISE)[:MOST_WORDS]
            for part in re.split(r"[,;/]|\bor\b", joined)
        ]
        parts = tuple(part for part in found if part)
        plain = not re.search(r'"|(^|\s)-\w', text)
        phrase = " ".join(spelling.words_in(text)) if plain and len(parts) == 1 else ""
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
        if not self.is_plain:
            return SearchQuery(self.typed, config="english", search_type="websearch")
        return SearchQuery(_any_of(self.parts, _as_owner), config="english", search_type="raw")

    @property
    def starts(self) -> SearchQuery | None:
        """By how words start, which stems cannot do."""
        if not self.is_plain:
            return None
        return SearchQuery(_any_of(self.parts, _starting), config="simple", search_type="raw")

    @cached_property
    def begun(self) -> SearchQuery | None:
        """The same by the words there are that start so: an index reads those much sooner."""
        if not self.is_plain:
            return None
        known = spelling.vocabulary()
        written = _any_of(self.parts, lambda word: _begun(_starting(word), known))
        return SearchQuery(written, config="simple", search_type="raw")

    @property
    def anywhere(self) -> Q:
        """Entries that have the words in any text of theirs."""
        match = Q(stems=self.stems)
        return match | Q(head_words=self.begun) if self.begun else match

    @property
    def in_head(self) -> Q:
        """Entries that have the words in their name, headline or tags."""
        match = Q(head_stems=self.stems)
        return match | Q(head_words=self.begun) if self.begun else match

    @property
    def has_in_head(self) -> Q:
        """The same asked of a few rows, where no index is needed."""
        match = Q(head_stems=self.stems)
        return match | Q(head_words=self.starts) if self.starts else match

    @property
    def as_typed(self) -> Q:
        """Entries that have the words in their name, headline or tags just as they were typed."""
        return Q(head_words=SearchQuery(self.phrase, config="simple", search_type="phrase"))


def _any_of(parts: Iterable[tuple[str, ...]], written: Callable[[str], Iterable[str]]) -> str:
    """Any of the parts, each with all of its words, each word in any of the ways it is written."""
    every = [" & ".join(f"({' | '.join(written(word))})" for word in part) for part in parts]
    return " | ".join(f"({part})" for part in every)


def _as_owner(word: str) -> Iterator[str]:
    """A word, and as somebody's own: texts have "women’s" as one word, "women's" as two."""
    yield word
    if len(word) > 3:
        one = word.removesuffix("s")
        yield from (f"'{one}’s'", f"'{one}s’'")


def _begun(starts: Iterable[str], known: spelling.Vocabulary) -> Iterator[str]:
    """Each beginning as the words there are that begin so, as long as those are few."""
    for start in starts:
        words = known.begun_by(start.removesuffix(":*")) if start.endswith(":*") else []
        quoted = (word.replace("\\", "\\\\").replace("'", "''") for word in words)
        yield from (f"'{word}'" for word in quoted) if words else (start,)


def _starting(word: str) -> Iterator[str]:
    """What starts with a word, or with its like: the doer for the doing, and turned round."""
    first, *owner = _as_owner(word)
    yield f"{first}:*" if len(first) > 2 else first
    yield from owner
    found = DOER.fullmatch(word)
    if found and found[1] not in NO_DOERS:
        yield from (f"{found[1]}{end}:*" for end in ("er", "ing"))

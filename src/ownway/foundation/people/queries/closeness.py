"""How near somebody is to what was typed. Points of our own: only their order means anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ownway.foundation.people.queries.asked import Asked, national
from ownway.foundation.people.queries.nicknames import other_names

WHOLE, SLIP_OF_SAME_SOUND, OTHER_NAME, SLIP, SAME_SOUND, TWO_SLIPS = (
    1.0,
    0.88,
    0.86,
    0.84,
    0.78,
    0.5,
)
IN_THE_ORDER_SPOKEN, LEFT_OVER, LEAST_EACH = 0.04, 0.03, 0.55
LEAST_LONG = 6
NUMBER, NEAR_NUMBER = 3.0, 2.0
BORN, BORN_SWAPPED, BORN_NEARLY, BORN_THAT_YEAR = 1.2, 1.0, 0.8, 0.7
LIVES_THERE, LIVES_NEARLY_THERE, LIVES_ROUND_THERE = 1.2, 0.8, 0.5


@dataclass(frozen=True)
class Row:
    """What is compared of one person."""

    key: int
    name: str
    born: date | None
    postcode: str | None
    nhs_number: str | None
    phone: str
    email: str

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of the name, last name first."""
        return tuple(self.name.split())


def without_one_letter(word: str) -> list[str]:
    """Every word that is this one with a letter left out."""
    return list(dict.fromkeys(word[:i] + word[i + 1 :] for i in range(len(word))))


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips part two words: a letter more, less, changed, or swapped with the next.

    More than `most` is not counted on.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, older[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


class Close:
    """How close each of many people is to one question."""

    def __init__(
        self, asked: Asked, *, sounds: Mapping[str, str], sound_of: Mapping[str, str]
    ) -> None:
        self.asked, self.sounds, self.sound_of = asked, sounds, sound_of
        self.known: dict[tuple[str, str], float] = {}

    def to(self, row: Row) -> float:
        """Points for one person; nothing when too little speaks for them."""
        besides = self._when(row) + self._where(row) + self._number(row)
        if not self.asked.words:
            return besides
        name = self._name(row)
        return name + besides if name or besides >= BORN_SWAPPED else 0.0

    # -- The name -----------------------------------------------------------------------------

    def _name(self, row: Row) -> float:
        by_words = self._by_words(self.asked.words, row.parts)
        if len(self.asked.words) > 1 or len(row.parts) > 1:
            by_words = max(by_words, self._run_together(row))
        return by_words

    def _by_words(self, words: tuple[str, ...], parts: tuple[str, ...]) -> float:
        left, points, places = list(range(len(parts))), [], []
        for word in sorted(words, key=len, reverse=True):
            scored = [(self._alike(word, parts[at]), -at) for at in left]
            best, at = max(scored, default=(0.0, 0))
            points.append(best)
            if best:
                left.remove(-at)
                places.append((words.index(word), -at))
        unexplained = points.count(0.0)
        if sum(points) < LEAST_EACH * len(words) or unexplained > len(words) // 3:
            return 0.0
        spoken = self._is_spoken_in_order(places, parts)
        return sum(points) / len(words) * 2 - LEFT_OVER * len(left) + IN_THE_ORDER_SPOKEN * spoken

    def _is_spoken_in_order(self, places: list[tuple[int, int]], parts: tuple[str, ...]) -> bool:
        """First name first, as people say it: the last word is the last name, filed first."""
        return len(parts) > 1 and max(places, default=(0, 1))[1] == 0

    def _run_together(self, row: Row) -> float:
        """Typed or filed without the space: MacDonald, Van Der Berg, haroldjones."""
        typed = "".join(self.asked.words)
        runs = ["".join(row.parts), "".join((row.parts[-1], *row.parts[:-1]))]
        runs += [a + b for a, b in zip(row.parts, row.parts[1:], strict=False)]
        best = max((self._alike(typed, run) for run in runs), default=0.0)
        return best * 2 - LEFT_OVER if best >= SAME_SOUND else 0.0

    def _alike(self, word: str, part: str) -> float:
        pair = (word, part)
        if pair not in self.known:
            self.known[pair] = self._compare(word, part)
        return self.known[pair]

    def _compare(self, word: str, part: str) -> float:
        if word == part:
            return WHOLE
        begun = 0.7 + 0.25 * len(word) / len(part) if part.startswith(word) else 0.0
        if part in other_names(word):
            return max(OTHER_NAME, begun)
        same = bool(self.sounds.get(word)) and self.sounds.get(word) == self.sound_of.get(part)
        parted = slips(word, part, most=2) if len(word) > 2 else 3
        if parted == 1:
            return max(SLIP_OF_SAME_SOUND if same else SLIP, begun)
        if same:
            return max(SAME_SOUND, begun)
        if parted == 2 and len(word) >= LEAST_LONG:
            return max(TWO_SLIPS, begun)
        return max(begun, self._begun_with_a_slip(word, part))

    def _begun_with_a_slip(self, word: str, part: str) -> float:
        """Still being typed, with a slip already: jonh for Johnson."""
        if len(word) <= 3 or len(part) <= len(word):
            return 0.0
        return 0.55 if slips(word, part[: len(word)], most=1) == 1 else 0.0

    # -- All else ------------------------------------------------------------------------------

    def _when(self, row: Row) -> float:
        if row.born is None:
            return 0.0
        if self.asked.born:
            if row.born == self.asked.born[0]:
                return BORN
            if row.born in self.asked.born:
                return BORN_SWAPPED
            typed, known = f"{self.asked.born[0]:%d%m%Y}", f"{row.born:%d%m%Y}"
            return BORN_NEARLY if slips(typed, known, most=1) == 1 else 0.0
        return BORN_THAT_YEAR if row.born.year == self.asked.year else 0.0

    def _where(self, row: Row) -> float:
        if not row.postcode:
            return 0.0
        if row.postcode in self.asked.postcodes:
            return LIVES_THERE
        if any(slips(one, row.postcode, most=1) == 1 for one in self.asked.postcodes):
            return LIVES_NEARLY_THERE
        begins = bool(self.asked.outward) and row.postcode.startswith(f"{self.asked.outward} ")
        return LIVES_ROUND_THERE if begins else 0.0

    def _number(self, row: Row) -> float:
        if self.asked.email and row.email.lower().startswith(self.asked.email):
            return NUMBER
        if not self.asked.digits:
            return 0.0
        if row.nhs_number == self.asked.digits:
            return NUMBER
        if national(re.sub(r"\D", "", row.phone)).startswith(self.asked.digits):
            return NUMBER
        near = row.nhs_number and slips(self.asked.digits, row.nhs_number, most=1) == 1
        return NEAR_NUMBER if near else 0.0

"""How people mistype what they hear: each kind of slip turns somebody's details into a query."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ownway.foundation.people.queries.nicknames import other_names

KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS: Final = (
    ("ph", "f"), ("f", "ph"), ("c", "k"), ("k", "c"), ("ck", "k"), ("y", "i"), ("i", "y"),
    ("ee", "ea"), ("ea", "ee"), ("s", "z"), ("z", "s"), ("ie", "y"), ("gh", ""), ("wr", "r"),
    ("kn", "n"), ("son", "sen"), ("th", "t"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("ss", "s"),
    ("rr", "r"), ("er", "ar"), ("ar", "er"), ("an", "en"), ("en", "an"), ("ai", "ay"), ("ou", "ow"),
    ("ow", "ou"), ("x", "ks"), ("v", "f"), ("d", "t"), ("oo", "u"), ("e", "a"), ("o", "u"),
)  # fmt: skip
PAIRS: Final = (
    ("catherine", "kathryn"), ("philip", "filip"), ("geoffrey", "jeffrey"), ("stephen", "steven"),
    ("sarah", "sara"), ("ann", "anne"), ("claire", "clare"), ("ian", "iain"), ("mark", "marc"),
    ("john", "jon"), ("thompson", "tomson"), ("smith", "smyth"), ("johnson", "jonson"),
    ("reece", "rhys"), ("wright", "right"), ("clark", "clarke"), ("gillian", "jillian"),
    ("isabel", "isobel"), ("lesley", "leslie"), ("teresa", "theresa"), ("hussain", "husein"),
    ("elizabeth", "elisabeth"), ("brian", "bryan"), ("jayne", "jane"), ("lee", "leigh"),
    ("mohammed", "muhamad"), ("phillips", "filips"), ("nicholas", "nicolas"), ("allan", "alun"),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known of somebody who is asked for."""

    key: int
    first: str
    last: str
    born: date
    postcode: str
    nhs_number: str
    namesakes: int

    @property
    def spoken(self) -> str:
        """The name as it is said; with the year of birth where many share the name."""
        return self.told_apart(f"{self.first} {self.last}")

    def told_apart(self, name: str) -> str:
        """A name, with the year of birth where more than three people share it."""
        return f"{name} {self.born.year}" if self.namesakes > 3 else name


Slip = Callable[[Known, random.Random], str | None]


def _in_one_word(change: Callable[[str, random.Random], str | None]) -> Slip:
    """A slip in the first or in the last name, of four letters or more."""

    def slip(one: Known, dice: random.Random) -> str | None:
        sides = [side for side in ("first", "last") if len(getattr(one, side)) > 3]
        if not sides:
            return None
        side = dice.choice(sides)
        word = getattr(one, side).lower()
        changed = change(word, dice)
        if not changed or changed == word:
            return None
        names = {"first": one.first.lower(), "last": one.last.lower()} | {side: changed}
        return one.told_apart(f"{names['first']} {names['last']}")

    return slip


def _swap(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _double(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[: at + 1] + word[at:]


def _drop(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _neighbour_key(word: str, dice: random.Random) -> str | None:
    at = dice.randrange(len(word))
    row = next((row for row in KEYS if word[at] in row), "")
    if not row:
        return None
    place = row.index(word[at])
    beside = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    return word[:at] + dice.choice(beside) + word[at + 1 :]


def _add(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) + 1)
    return word[:at] + dice.choice("aeinorst") + word[at:]


def _sound(word: str, dice: random.Random) -> str | None:
    """Spelt another way that sounds the same, or nearly."""
    for pair in PAIRS:
        if word in pair:
            return pair[1 - pair.index(word)]
    able = [(old, new) for old, new in SOUNDS if old in word]
    if not able:
        return None
    old, new = dice.choice(able)
    places = [found.start() for found in re.finditer(old, word)]
    at = dice.choice(places)
    return word[:at] + new + word[at + len(old) :]


def _two_slips(word: str, dice: random.Random) -> str | None:
    return _drop(_swap(word, dice), dice) if len(word) > 6 else None


def _nickname(one: Known, dice: random.Random) -> str | None:
    others = sorted(other_names(one.first.lower()))
    return one.told_apart(f"{dice.choice(others)} {one.last.lower()}") if others else None


def _last_name_first(one: Known, dice: random.Random) -> str | None:
    return one.told_apart(f"{_swap(one.last.lower(), dice)}, {one.first}")


def _run_together(one: Known, _: random.Random) -> str | None:
    return one.told_apart(f"{one.first}{one.last}".lower())


def _day_and_month(one: Known, dice: random.Random) -> str | None:
    if one.born.day > 12 or one.born.day == one.born.month:
        return None
    name = dice.choice((one.first, one.last)).lower()
    return f"{name} {one.born.month}/{one.born.day}/{one.born.year}"


def _date_another_way(one: Known, dice: random.Random) -> str | None:
    ways = ("{0.day}.{0.month}.{0:%y}", "{0.day} {0:%b} {0.year}", "{0:%d%m%Y}", "{0:%Y-%m-%d}")
    return f"{_swap(one.last.lower(), dice)} {dice.choice(ways).format(one.born)}"


def _postcode_spaces(one: Known, dice: random.Random) -> str | None:
    squeezed = one.postcode.replace(" ", "").lower()
    at = dice.randrange(1, len(squeezed))
    spaced = dice.choice((squeezed, f"{squeezed[:at]} {squeezed[at:]}"))
    return f"{dice.choice((one.first, one.last)).lower()} {spaced}"


def _postcode_letters(one: Known, dice: random.Random) -> str | None:
    changed = one.postcode.translate(str.maketrans("01", "OI"))
    return f"{_drop(one.last.lower(), dice)} {changed}" if changed != one.postcode else None


def _nhs_number(one: Known, dice: random.Random) -> str | None:
    slip = dice.choice((_swap, _drop, _double))
    digits = slip(one.nhs_number, dice)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _still_typing(one: Known, dice: random.Random) -> str | None:
    """The first name with a slip, and the beginning of the last."""
    if len(one.last) < 6 or len(one.first) < 4:
        return None
    return f"{_swap(one.first.lower(), dice)} {one.last[:5].lower()} {one.born.year}"


KINDS: Final[Mapping[str, Slip]] = {
    "two letters swapped": _in_one_word(_swap),
    "a letter doubled": _in_one_word(_double),
    "a letter dropped": _in_one_word(_drop),
    "the key beside it": _in_one_word(_neighbour_key),
    "a letter too many": _in_one_word(_add),
    "sounds alike": _in_one_word(_sound),
    "two slips in a long name": _in_one_word(_two_slips),
    "a short name": _nickname,
    "last name first, and a slip": _last_name_first,
    "no space between": _run_together,
    "day and month swapped": _day_and_month,
    "date another way, and a slip": _date_another_way,
    "spaces in the postcode": _postcode_spaces,
    "O for 0 in the postcode": _postcode_letters,
    "a slip in the NHS number": _nhs_number,
    "still typing, and a slip": _still_typing,
}

"""What words that everybody may read should not hold, and what in them hints at harm.

A check of this sort misses things and takes harmless words for harm, so it decides nothing: it
asks the writer to look again, and shows a moderator where to look. Source: ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_EMAIL: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<![\w£])(?:\+|\(?0)(?:[\s().-]*\d){9,13}(?!\w)")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NHS: Final = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_PERSON: Final = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zà-ÿ]\w*"
_TITLED: Final = re.compile(rf"\b(?:Mrs|Mr|Ms|Miss|Mx|Dr|Sister|Nurse|Sir)\.?\s+{_PERSON}")
_NAMED: Final = re.compile(
    rf"\b(?i:called|named|carer|helper|driver|manager|nurse|worker|assistant|owner|husband|wife"
    rf"|son|daughter|mother|father|mum|dad|brother|sister|friend|neighbour|aunt|uncle),?\s+"
    rf"(?:is\s+|was\s+)?({_PERSON})"
)
_TWO: Final = re.compile(rf"\b{_PERSON}\s+{_PERSON}\b")
_AMIDST: Final = re.compile(rf"(?<=[a-zà-ÿ,;]\s)({_PERSON})")
_WORD: Final = re.compile(_PERSON)
# Capital letters that begin no name of a person.
_PLAIN: Final = frozenset(
    re.findall(
        r"\S+",
        """the they them their this that these those there then thank thanks there and but for from
    with when what where which who why how our your his her its are was were not never always
    every each some most all any one two three four five monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december christmas easter council nhs care home help good great very really please very street
    road lane row house hall park england english british european polish
    i’m i’ve bbc tv gp day centre caribbean indian chinese italian muslim hindu christian sikh
    jewish""",
    )
)
_HARM: Final = re.compile(
    r"""(?<!\w)(?:st(?:ole|olen|eal\w*)|the(?:ft|fts)|rob(?:bed|bing)|missing\s+money|money\s+(?:is|was|
    went|has\s+gone|had\s+gone)\s+missing|(?:£\s?\d[\d,.]*|purse|wallet|ring|card)\s+(?:is|was|were|
    went|has\s+gone)\s+missing|took\s+(?:her|his|their|my|our)\s+(?:money|purse|card|ring)|
    hit(?:s|ting)?\s+(?:me|him|her|them)|slap\w*|punch\w*|kick\w*|bruis\w*|shak(?:en|ing)\s+(?:him|
    her|me)|hurt(?:ing)?\s+(?:me|him|her|them|my)|abus\w*|threat\w*|bull(?:y|ied|ying)|
    scared\s+of|afraid\s+of|frightened|locked\s+(?:in|out|up)|tied\s+(?:up|to)|restrain\w*|
    neglect\w*|starv\w*|no\s+food|bed\s?sores?|pressure\s+sores?|unconscious|overdos\w*|
    wrong\s+(?:dose|tablets|medicines?|pills)|without\s+(?:food|water|care|medicine)|
    touched\s+(?:me|her|him)|sexual\w*|assault\w*|rape\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip


def personal_in(text: str, *, not_people: Iterable[str] = ()) -> tuple[str, ...]:
    """What looks like somebody's name, number or address, in the order it stands.

    `not_people` are names that may stand: of the entry itself, and of its town.
    """
    allowed = {word.lower() for name in not_people for word in re.findall(r"[\w’'-]+", name)}
    found = [
        match.group(0).strip()
        for pattern in (_EMAIL, _LINK, _PHONE, _NHS, _POSTCODE)
        for match in pattern.finditer(text)
    ]
    found += [match.group(0) for match in _TITLED.finditer(text)]
    found += [
        match.group(match.lastindex or 0)
        for pattern in (_TWO, _NAMED, _AMIDST)
        for match in pattern.finditer(text)
        if not _is_plain(match.group(match.lastindex or 0), allowed)
    ]
    return _longest(sorted(found, key=text.find))


def _longest(found: list[str]) -> tuple[str, ...]:
    """Each thing once, and none that is only a part of another."""
    alone = dict.fromkeys(found)
    return tuple(one for one in alone if not any(one != other and one in other for other in alone))


def _is_plain(words: str, allowed: set[str]) -> bool:
    """Whether one of the words is no name, so that together they are not one either."""
    bare = [re.sub(r"[’']s?$", "", word.lower()) for word in _WORD.findall(words)]
    return any(word in _PLAIN or word in allowed for word in bare)


def hints_at_harm(text: str) -> bool:
    """Whether words tell of something that those who keep people safe should hear of."""
    return _HARM.search(text) is not None

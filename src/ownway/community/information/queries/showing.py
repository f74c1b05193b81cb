"""A text as its reader meets it: numbers of the rules in force, links, and words of the glossary.

What no rule says on the day is left out: a paragraph with a number that is not known is not shown,
for a page must never promise what nobody has settled.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from django.urls import reverse

from ownway.community.information.models import Page, Word
from ownway.community.information.queries.markup import VALUES, Bit, Block, Line, bits, parse
from ownway.foundation.council.models import Identity
from ownway.policy import packs, units
from ownway.policy.numbers import MOST
from ownway.policy.packs import Pack

# Places of the site that a text may lead to, beside pages of the guide by their address.
PLACES: Final[Mapping[str, tuple[str, str]]] = {
    "check-money": ("money-check", "What would I pay?"),
    "check-equipment": ("equipment-check", "Things that make home easier"),
    "directory": ("directory", "Find help near you"),
    "get-help": ("get-help", "Ask for help"),
    "challenge": ("your-rights", "If you think we are wrong"),
    "concern": ("report-a-concern", "Report a concern"),
    "your-budget": ("how-a-budget-is-worked-out", "How a budget is worked out"),
    "paying-yourself": ("paying-yourself", "If you pay for your own care"),
    "contact-points": ("contact-points", "Contact points near you"),
    "your-facts": ("your-facts", "How we keep your facts safe"),
    "read-your-way": ("read-your-way", "Read it your way"),
    "my": ("my", "Your page"),
    "my-plan": ("my-plan", "Your plan"),
    "glossary": ("glossary", "Words we use"),
    "guide-questions": ("guide-ask", "The guide’s questions"),
}
# Units that mean something to a reader.
_TOLD: Final = frozenset({*units.PENCE, *units.COUNTS, "band"})
COUNCIL: Final = ("council", "phone", "hours", "night_phone", "email")
_QUERY: Final = re.compile(r"^[a-z_]+=[\w%+.-]+(&[a-z_]+=[\w%+.-]+)*$")


@dataclass(frozen=True)
class Shown:
    """A text ready for a page: its blocks, and the meanings of the words used in it."""

    blocks: tuple[Block, ...]
    words: tuple[Word, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """What a text is shown with: the rules of the day, the council, pages that are live, words."""

    pack: Pack
    council: Identity
    live: frozenset[str]
    words: Mapping[str, Word]


def around(pack: Pack, council: Identity) -> Around:
    """Gather what every text of a page needs, in two queries."""
    live = Page.objects.filter(live__isnull=False, taken_down_on=None)
    words = {word.term.lower(): word for word in Word.objects.all()}
    return Around(pack, council, frozenset(live.values_list("slug", flat=True)), words)


def show(text: str, around: Around) -> Shown:
    """Fill in a text."""
    left_out: list[str] = []
    shown = [Block(block.kind, tuple(_lines(block, around, left_out))) for block in parse(text)]
    blocks = tuple(block for block in shown if block.lines)
    terms = dict.fromkeys(bit.of.lower() for bit in bits(blocks, "word"))
    words = tuple(around.words[term] for term in terms if term in around.words)
    return Shown(blocks, words, tuple(dict.fromkeys(left_out)))


def _lines(block: Block, around: Around, left_out: list[str]) -> Iterator[Line]:
    for line in block.lines:
        if line.only_when and _said(line.only_when[0], around.pack) != line.only_when[1]:
            continue
        unknown = [b.of for b in line.bits if b.kind in VALUES and _value(b, around) is None]
        left_out += unknown
        if not unknown:
            yield Line(tuple(_bit(bit, around) for bit in line.bits))


def _bit(bit: Bit, around: Around) -> Bit:
    if bit.kind in VALUES:
        return Bit("figure", _value(bit, around) or "")
    if bit.kind == "link":
        where = address(bit.of, live=around.live)
        return Bit("link", bit.words, where) if where else Bit("plain", bit.words)
    if bit.kind == "word" and bit.of.lower() not in around.words:
        return Bit("plain", bit.words)
    return bit


def address(place: str, *, live: Iterable[str]) -> str:
    """Where a link leads; empty when there is no such place, or its page is not live."""
    name, _, query = place.partition("?")
    if query and not _QUERY.fullmatch(query):
        return ""
    if name in PLACES:
        return reverse(PLACES[name][0]) + (f"?{quote(query, safe='=&%+')}" if query else "")
    if name in live:
        return reverse("guide-page", args=[name])
    return place if place.startswith(("https://", "mailto:", "tel:")) else ""


def _value(bit: Bit, around: Around) -> str | None:
    """What stands for a name: of the council, or a number of the rules in force."""
    if bit.of in COUNCIL:
        found = getattr(around.council, "name" if bit.of == "council" else bit.of)
        return str(found) or None
    number = around.pack.numbers.get(bit.of)
    if number is None or number.value is None or number.value == MOST:
        return None
    if bit.kind == "bare" and isinstance(number.value, int):
        return units.figure(number.value, number.unit)
    return number.shown


def _said(name: str, pack: Pack) -> str:
    number = pack.numbers.get(name)
    return "" if number is None or number.value is None else number.shown.lower()


def value_names(on: date) -> frozenset[str]:
    """Every name a text may use between braces: of any rules that are shipped."""
    shipped = (packs.load(name, on=packs.usual_day(name) or on) for name in packs.names())
    return frozenset(COUNCIL).union(*(pack.numbers for pack in shipped))


def useful_numbers(pack: Pack) -> list[tuple[str, str, str]]:
    """The numbers known on the day, for who writes: name, what it is, and figure."""
    return [
        (number.name, number.label, number.shown)
        for number in pack.numbers.values()
        if isinstance(number.value, int) and number.value != MOST and number.unit in _TOLD
    ]

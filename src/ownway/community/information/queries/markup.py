"""How a text is written, and what its parts are. No HTML can come in: it is shown as typed.

## A heading               - a point of a list          1. a step
> something that matters   => [words](place): a big link
[words](place) links; [[word]] or [[shown|word]] shows what a word of the glossary means;
{name} is a number of the rules in force; **strong** is strong.
(only when name is value) at the start of a paragraph keeps it for councils with that rule.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

_INLINE: Final = re.compile(
    r"\[\[(?P<word>[^\[\]\n]{1,80})\]\]"
    r"|\[(?P<link>[^\[\]\n]{1,200})\]\((?P<place>[^()\s]{1,300})\)"
    r"|\{(?P<value>[a-z][a-z0-9_]{1,60})(?P<bare>\|number)?\}"
    r"|\*\*(?P<strong>[^*\n]{1,300})\*\*"
)
VALUES: Final = ("value", "bare")
_ONLY_WHEN: Final = re.compile(r"^\(only when (?P<name>[a-z0-9_]+) is (?P<value>[a-z0-9_]+)\)\s*")
_STARTS: Final = (
    ("heading", re.compile(r"##\s+")),
    ("bullets", re.compile(r"[-•]\s+")),
    ("steps", re.compile(r"\d{1,2}[.)]\s+")),
    ("matters", re.compile(r">\s+")),
    ("press", re.compile(r"=>\s+")),
)


@dataclass(frozen=True)
class Bit:
    """A piece of a line: plain words, or a link, a word, a value or strong words.

    `of` is where a link leads, which word is meant, or the name of a number.
    """

    kind: str
    words: str
    of: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph or a point of a list; `only_when` names a rule and the value it must have."""

    bits: tuple[Bit, ...]
    only_when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, a list, something that matters, or a big link."""

    kind: str
    lines: tuple[Line, ...]


@dataclass
class _Gathered:
    kind: str = ""
    lines: list[str] = field(default_factory=list)


def parse(text: str) -> tuple[Block, ...]:
    """Every block of a text, in order."""
    return tuple(
        Block(one.kind, tuple(line(words) for words in one.lines))
        for one in _gathered(text)
        if one.lines
    )


def _gathered(text: str) -> Iterator[_Gathered]:
    now = _Gathered()
    for raw in [*text.replace("\r\n", "\n").split("\n"), ""]:
        line = raw.strip()
        kind, words = _kind(line)
        goes_on = kind == now.kind and kind in ("bullets", "steps", "matters")
        if kind == "text" and now.kind and line:
            now.lines[-1] += f" {words}"
        elif goes_on:
            now.lines.append(words)
        else:
            yield now
            now = _Gathered(kind, [words]) if line else _Gathered()


def _kind(line: str) -> tuple[str, str]:
    for kind, start in _STARTS:
        if found := start.match(line):
            return kind, line[found.end() :]
    return "text", line


def line(written: str) -> Line:
    """The pieces of one line."""
    condition = _ONLY_WHEN.match(written)
    words = written[condition.end() :] if condition else written
    bits: list[Bit] = []
    end = 0
    for found in _INLINE.finditer(words):
        if found.start() > end:
            bits.append(Bit("plain", words[end : found.start()]))
        bits.append(_bit(found))
        end = found.end()
    if end < len(words):
        bits.append(Bit("plain", words[end:]))
    return Line(tuple(bits), (condition["name"], condition["value"]) if condition else None)


def _bit(found: re.Match[str]) -> Bit:
    if found["word"]:
        shown, _, term = found["word"].partition("|")
        return Bit("word", shown.strip(), (term or shown).strip())
    if found["link"]:
        return Bit("link", found["link"], found["place"])
    if found["value"]:
        return Bit("bare" if found["bare"] else "value", found["value"], found["value"])
    return Bit("strong", found["strong"])


def bits(blocks: Iterable[Block], *kinds: str) -> Iterator[Bit]:
    """Every piece of some kinds."""
    for block in blocks:
        for one in block.lines:
            yield from (bit for bit in one.bits if bit.kind in kinds)


def plain(text: str) -> str:
    """The text without its marks, for the search and for the reading grade."""
    said = (
        " ".join("".join(bit.words for bit in one.bits if bit.kind not in VALUES).split())
        for block in parse(text)
        for one in block.lines
    )
    return "\n".join(one if one.endswith((".", "?", "!", ":")) else f"{one}." for one in said)

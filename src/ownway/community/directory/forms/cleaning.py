"""Text out of markup: what other people's feeds call a description, as plain lines."""

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset({"p", "br", "li", "div", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "td"})
UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
# Marks that turn text around or hide in it; none is needed to read a directory.
_HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]"
)
_WORTH_A_LOOK = re.compile(r"[<&]|  ")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)


def clean(text: str) -> str:
    """Plain text: no tags, no scripts, no hidden marks, at most one empty line between lines."""
    if text.isprintable() and not _WORTH_A_LOOK.search(text):
        return text.strip()
    if "<" in text or "&" in text:
        reader = _Words()
        reader.feed(text)
        reader.close()
        text = "".join(reader.words)
    text = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def headline(text: str, *, most: int = 110) -> tuple[str, str]:
    """A description's first short line as what it is, and the rest; or its first sentence."""
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= most:
        return first, rest.strip()
    sentence = re.match(r"(.+?[.!?])(?=\s|$)", first)
    short = sentence[1] if sentence else first
    if len(short) > most:
        short = short[: most - 1].rsplit(" ", 1)[0] + "…"
    return short, text if text != short else ""

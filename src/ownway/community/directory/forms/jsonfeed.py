"""Walking a JSON feed: which objects it has and where each one stands, one held at a time.

A file is first walked whole, so that one cut short is refused before anything is stored. Its
objects are then read one by one, however many there are.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from ownway.community.directory.forms.reading import Origin
from ownway.design.questionnaire import jsontext

MOST_BYTES: Final = 200_000_000
LISTS: Final = frozenset({"contents", "content", "items"})
MOST_DIGITS: Final = 20
_SPACE: Final = " \t\r\n"


class CannotRead(ValueError):
    """A file that is no feed; says which, on what line (0: no one line), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file} line {line}: {reason}" if line else f"{file}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class FeedFile:
    """The text of one file."""

    name: str
    text: str


class Span(NamedTuple):
    """An object of a file: from, to, the line it starts on, and its address."""

    start: int
    end: int
    line: int
    label: str


def bytes_of(path: Path, name: str) -> bytes:
    """What is in a file.

    Raises:
        CannotRead: it is too big, or cannot be opened.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotRead(name, 0, f"The file is bigger than {MOST_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(name, 0, f"The file cannot be opened: {error.strerror}") from error


def opened(raw: bytes, *, name: str) -> FeedFile:
    """A file's bytes as text.

    Raises:
        CannotRead: it is not UTF-8 text.
    """
    try:
        return FeedFile(name, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotRead(name, line, "The file is not UTF-8 text") from error


def origin_of(file: FeedFile, span: Span) -> Origin:
    """One object, strictly read. The lines inside it are counted only when one is asked for.

    Raises:
        jsontext.NotJson: a key is written twice, or a number is none or too long.
    """
    text = file.text[span.start : span.end]
    if len(text) > jsontext.MOST_BYTES:
        raise jsontext.NotJson(1, "This is bigger than a whole directory needs; is it one entry?")
    value = _STRICT.decode(text)
    return Origin(file.name, span.line, span.label, value, lambda: jsontext.load(text))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, many in Counter(name for name, _ in pairs).items() if many > 1)
        raise jsontext.NotJson(1, f"The key “{twice[:60]}” is written twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise jsontext.NotJson(1, f"{name} is not a number in JSON")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise jsontext.NotJson(1, f"A number has {len(digits)} digits")
    return int(digits)


_STRICT: Final = json.JSONDecoder(
    object_pairs_hook=_once_each,
    parse_float=Decimal,
    parse_int=_whole,
    parse_constant=_no_number,
)


class Walk:
    """Walks a file's objects. `header` is what the page says of itself, known at the end."""

    def __init__(self, file: FeedFile) -> None:
        self.file = file
        self.header: dict[str, Any] = {}
        self.is_page = False
        self._text, self._at, self._line, self._counted = file.text, 0, 1, 0
        self._decode = json.JSONDecoder().raw_decode

    def objects(self) -> Iterator[tuple[Span, Any]]:
        """Yield every object of a list page, of a list, or the one object that the file is.

        Raises:
            CannotRead: it is not JSON, or is cut short.
        """
        try:
            self._skip()
            opening = self._peek()
            if opening == "[":
                yield from self._listed("")
            elif opening == "{":
                yield from self._page()
            else:
                self._stop("The file is not a JSON object or list")
            self._skip()
            if self._at < len(self._text):
                self._stop("There is more after the end of the JSON")
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._stop(error.msg)
        except RecursionError:
            self._stop("The file is nested too deeply")
        except ValueError as error:
            if isinstance(error, CannotRead):
                raise
            self._stop("A number is too long to read")

    def _page(self) -> Iterator[tuple[Span, Any]]:
        start, line = self._at, self._line_here()
        for name in self._members():
            if name in LISTS and self._peek() == "[":
                self.is_page = True
                yield from self._listed(name)
            else:
                self.header[name] = self._value()
        if not self.is_page:
            yield Span(start, self._at, line, ""), self.header

    def _members(self) -> Iterator[str]:
        self._take("{")
        if self._peek() == "}":
            self._take("}")
            return
        while True:
            name = self._value() if self._peek() == '"' else self._stop("A name was expected here")
            self._take(":")
            yield name
            if self._peek() != ",":
                break
            self._take(",")
        self._take("}")

    def _listed(self, name: str) -> Iterator[tuple[Span, Any]]:
        self._take("[")
        number = 0
        while self._peek() != "]":
            if number:
                self._take(",")
            start, line = self._at, self._line_here()
            value = self._value()
            yield Span(start, self._end, line, f"{name}[{number}]"), value
            number += 1
        self._take("]")

    def _value(self) -> Any:
        value, self._at = self._decode(self._text, self._at)
        self._end = self._at
        self._skip()
        return value

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in _SPACE:
            self._at += 1

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            self._stop(f"A “{sign}” was expected here")
        self._at += 1
        self._skip()

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _stop(self, reason: str) -> Any:
        is_short = self._at >= len(self._text.rstrip()) or reason.startswith("Unterminated")
        line = self._text.count("\n", 0, self._at) + 1
        told = "The file is cut short" if is_short else f"This is not JSON: {reason}"
        raise CannotRead(self.file.name, line, told)

"""Walking a JSON feed: which objects it has and where each one stands, one held at a time.

A file is first walked whole, so that one cut short is refused before anything is stored. It is
read a block at a time, and its objects are then read one by one, however many there are.
"""

import codecs
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

from django.conf import settings

from ownway.community.directory.forms.reading import Origin
from ownway.design.questionnaire import jsontext

# What is read whole, like a sheet; a feed is read by the block and may be bigger.
MOST_BYTES: Final = 200_000_000
LISTS: Final = frozenset({"contents", "content", "items"})
MOST_DIGITS: Final = 20
BLOCK: Final = 256 * 1024
_SPACE: Final = " \t\r\n"


class CannotRead(ValueError):
    """A file that is no feed; says which, on what line (0: no one line), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file} line {line}: {reason}" if line else f"{file}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class FeedFile:
    """One file of a feed."""

    name: str
    path: Path

    def read(self, start: int, end: int) -> str:
        """What stands between two bytes of it."""
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(end - start).decode()


class Span(NamedTuple):
    """An object of a file: from which byte, to which, the line it starts on, and its address."""

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


def text_of(raw: bytes, *, name: str) -> str:
    """A file's bytes as text.

    Raises:
        CannotRead: it is not UTF-8 text.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotRead(name, line, "The file is not UTF-8 text") from error


def sized(path: Path, name: str) -> FeedFile:
    """A file of a feed that is not too big.

    Raises:
        CannotRead: it is, or cannot be opened.
    """
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise CannotRead(name, 0, f"The file cannot be opened: {error.strerror}") from error
    if size > settings.FEED_MOST_BYTES:
        most = settings.FEED_MOST_BYTES / 1_000_000
        raise CannotRead(name, 0, f"The file is bigger than {most:,.0f} MB")
    return FeedFile(name, path)


def origin_of(file: FeedFile, span: Span) -> Origin:
    """One object, strictly read. The lines inside it are counted only when one is asked for.

    Raises:
        jsontext.NotJson: a key is written twice, or a number is none or too long.
    """
    text = file.read(span.start, span.end)
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


class Blocks:
    """The text of a file, a few blocks of it at a time, and where in the file it stands."""

    def __init__(self, file: FeedFile, stream: BinaryIO) -> None:
        self._name, self._stream = file.name, stream
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self.text, self.at, self.is_end = "", 0, False
        # How far bytes and lines are counted: always a place in the text that is held.
        self._counted, self._bytes, self._line = 0, 0, 1
        self.more()
        if self.text.startswith("\ufeff"):
            self.at = 1

    def more(self, wanted: int = BLOCK) -> None:
        """Let go of what is read, and read on.

        Raises:
            CannotRead: it is not UTF-8 text.
        """
        self.byte()
        self.text, self.at, self._counted = self.text[self.at :], 0, 0
        raw = self._stream.read(wanted)
        self.is_end = not raw
        try:
            self.text += self._decode(raw, final=self.is_end)
        except UnicodeDecodeError as error:
            line = self.line() + self.text.count("\n") + raw.count(b"\n", 0, error.start)
            raise CannotRead(self._name, line, "The file is not UTF-8 text") from error

    def byte(self) -> int:
        """Which byte of the file is next."""
        passed = self.text[self._counted : self.at]
        self._bytes += len(passed.encode())
        self._line += passed.count("\n")
        self._counted = self.at
        return self._bytes

    def line(self) -> int:
        """Which line it is on."""
        self.byte()
        return self._line

    def skip(self) -> None:
        """Go past what is empty."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self.text) or self.is_end:
                return
            self.more()

    def peek(self) -> str:
        """The next sign; none at the end."""
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        """The next value. One that goes past what is held is read again with more.

        Raises:
            json.JSONDecodeError: it is none, wherever it ends.
            CannotRead: it is bigger than a whole directory needs.
        """
        while True:
            held = len(self.text) - self.at
            try:
                value, end = _PLAIN.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.is_end or not _may_go_on(error, len(self.text)):
                    self.at = error.pos
                    raise
            else:
                if end < len(self.text) or self.is_end:
                    self.at = end
                    return value
            if held > jsontext.MOST_BYTES:
                most = jsontext.MOST_BYTES // 1_000_000
                told = f"One part of it is bigger than {most} MB; is it one entry?"
                raise CannotRead(self._name, self.line(), told)
            self.more(max(BLOCK, held))


_PLAIN: Final = json.JSONDecoder()


def _may_go_on(error: json.JSONDecodeError, held: int) -> bool:
    """Whether what is wrong may only be that the text held ends too soon."""
    return error.msg.startswith("Unterminated") or error.pos > held - 100


class Walk:
    """Walks a file's objects. `header` is what the page says of itself, known at the end."""

    def __init__(self, file: FeedFile) -> None:
        self.file = file
        self.header: dict[str, Any] = {}
        self.is_page = False

    def objects(self) -> Iterator[tuple[Span, Any]]:
        """Yield every object of a list page, of a list, of lines, or the one that the file is.

        Raises:
            CannotRead: it is not JSON, or is cut short.
        """
        with self.file.path.open("rb") as stream:
            self._text = Blocks(self.file, stream)
            try:
                yield from self._found()
            except json.JSONDecodeError as error:
                self._stop(error.msg)
            except RecursionError:
                self._stop("The file is nested too deeply")
            except ValueError as error:
                if isinstance(error, CannotRead):
                    raise
                self._stop("A number is too long to read")

    def _found(self) -> Iterator[tuple[Span, Any]]:
        text = self._text
        text.skip()
        if text.peek() == "[":
            yield from self._listed("")
        elif text.peek() == "{":
            yield from self._page()
        else:
            self._stop("The file is not a JSON object or list")
        text.skip()
        number = 1
        while text.peek() == "{" and not self.is_page:
            yield self._one(f"[{number}]")
            number += 1
        if text.peek():
            self._stop("There is more after the end of the JSON")

    def _page(self) -> Iterator[tuple[Span, Any]]:
        start, line = self._text.byte(), self._text.line()
        for name in self._members():
            if name in LISTS and self._text.peek() == "[":
                self.is_page = True
                yield from self._listed(name)
            else:
                self.header[name] = self._value()
        if not self.is_page:
            yield Span(start, self._text.byte(), line, ""), self.header

    def _members(self) -> Iterator[str]:
        text = self._text
        self._take("{")
        if text.peek() == "}":
            self._take("}", then=False)
            return
        while True:
            name = self._value() if text.peek() == '"' else self._stop("A name was expected here")
            self._take(":")
            yield name
            if text.peek() != ",":
                break
            self._take(",")
        self._take("}", then=False)

    def _listed(self, name: str) -> Iterator[tuple[Span, Any]]:
        self._take("[")
        number = 0
        while self._text.peek() != "]":
            if number:
                self._take(",")
            yield self._one(f"{name}[{number}]")
            number += 1
        self._take("]")

    def _one(self, label: str) -> tuple[Span, Any]:
        start, line = self._text.byte(), self._text.line()
        value = self._text.value()
        span = Span(start, self._text.byte(), line, label)
        self._text.skip()
        return span, value

    def _value(self) -> Any:
        value = self._text.value()
        self._text.skip()
        return value

    def _take(self, sign: str, *, then: bool = True) -> None:
        if self._text.peek() != sign:
            self._stop(f"A “{sign}” was expected here")
        self._text.at += 1
        if then:
            self._text.skip()

    def _stop(self, reason: str) -> Any:
        text = self._text
        is_last = text.is_end and text.at >= len(text.text.rstrip())
        is_short = is_last or reason.startswith("Unterminated")
        told = "The file is cut short" if is_short else f"This is not JSON: {reason}"
        raise CannotRead(self.file.name, text.line(), told)

"""JSON as text: read with the line of every value, written with every digit kept."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias

Json: TypeAlias = Any
Path: TypeAlias = tuple[str | int, ...]

MOST_BYTES = 5_000_000
MOST_DEPTH = 60
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class NotJson(ValueError):
    """The text is not JSON we can take; says on which line and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class _WrittenTwice(Exception):
    """A key stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Loaded:
    """A JSON value and the line on which each part of it begins."""

    value: Json
    lines: dict[Path, int] = field(repr=False)

    def line(self, path: Path) -> int:
        """The line of this part, or of the nearest part around it that we know."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load(raw: bytes | str) -> Loaded:
    """Read JSON, refusing what two readers could understand in two ways.

    Raises:
        NotJson: not UTF-8, not JSON, too big, too deep, or a key written twice.
    """
    text = _decoded(raw)
    try:
        value = _parsed(text)
    except _WrittenTwice as twice:
        reason = f"The key “{twice.key[:60]}” is written twice in one object"
        raise NotJson(_line_of_second(text, twice.key), reason) from None
    lines = dict(_positions(text))
    _refuse_unsafe_text(value, (), lines)
    return Loaded(value, lines)


def _decoded(raw: bytes | str) -> str:
    if len(raw) > MOST_BYTES:
        raise NotJson(1, f"The file is bigger than {MOST_BYTES // 1_000_000} MB")
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotJson(line, "The file is not UTF-8 text") from error


def _parsed(text: str) -> Json:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_once_each,
        )
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, f"This is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise NotJson(1, "The file is nested too deeply") from error


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise NotJson(1, f"A number has {len(digits)} digits")
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise NotJson(1, f"{name} is not a number in JSON")


def _once_each(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise _WrittenTwice(key)
        found[key] = value
    return found


def _line_of_second(text: str, key: str) -> int:
    """The line where a key stands for the second time in its object."""
    seen: set[Path] = set()
    for path, line in _positions(text):
        if path in seen and path[-1] == key:
            return line
        seen.add(path)
    return 1


def _positions(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the line on which every value starts, walking the text once."""
    stack: list[str | int] = []
    kinds: list[str] = []
    line, end, key_comes = 1, 0, False
    for match in _TOKEN.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        part = match.group()
        if part in "}]":
            kinds.pop()
            stack.pop()
            key_comes = False
        elif part == ",":
            key_comes = kinds[-1] == "{"
            if kinds[-1] == "[":
                stack[-1] = int(stack[-1]) + 1
        elif part == ":":
            key_comes = False
        elif key_comes:
            stack[-1] = json.loads(part)
        else:
            yield tuple(stack), line
        if part in "{[":
            if len(stack) > MOST_DEPTH:
                raise NotJson(line, "The file is nested too deeply")
            kinds.append(part)
            stack.append("" if part == "{" else 0)
            key_comes = part == "{"


def _refuse_unsafe_text(value: Json, path: Path, lines: dict[Path, int]) -> None:
    if isinstance(value, str) and _UNSAFE.search(value):
        raise NotJson(lines.get(path, 1), "The text has a control character we cannot keep")
    if isinstance(value, dict):
        for key, inner in value.items():
            if _UNSAFE.search(key):
                raise NotJson(lines.get(path, 1), "A key has a control character in it")
            _refuse_unsafe_text(inner, (*path, key), lines)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            _refuse_unsafe_text(inner, (*path, number), lines)


def dump(value: Json, *, indent: int = 2) -> str:
    """Write JSON with every digit of a decimal kept, keys in the order given."""
    return _written(value, indent, 0)


def _written(value: Json, indent: int, depth: int) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    pad, close = "\n" + " " * indent * (depth + 1), "\n" + " " * indent * depth
    if isinstance(value, list):
        inner = [_written(part, indent, depth + 1) for part in value]
        return "[" + pad + f",{pad}".join(inner) + close + "]"
    pairs = [
        f"{json.dumps(key, ensure_ascii=False)}: {_written(part, indent, depth + 1)}"
        for key, part in value.items()
    ]
    return "{" + pad + f",{pad}".join(pairs) + close + "}"

"""Answers as FHIR writes them: `valueDate: "2026-01-06"` and a Python date, both ways."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from ownway.design.questionnaire.jsontext import Json
from ownway.design.questionnaire.model import Coding, Kind, Quantity, Value

T = TypeVar("T")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})")
_TIME = re.compile(r"\d{2}:\d{2}:\d{2}(\.\d{1,9})?")
_CODING_KEYS = {
    "code",
    "system",
    "display",
    "version",
    "userSelected",
    "extension",
    "id",
}

TYPES_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.GROUP: (),
    Kind.DISPLAY: (),
    Kind.BOOLEAN: ("Boolean",),
    Kind.DECIMAL: ("Decimal",),
    Kind.INTEGER: ("Integer",),
    Kind.DATE: ("Date",),
    Kind.DATETIME: ("DateTime",),
    Kind.TIME: ("Time",),
    Kind.STRING: ("String",),
    Kind.TEXT: ("String",),
    Kind.CHOICE: ("Coding", "String", "Integer", "Date", "Time"),
    Kind.OPEN_CHOICE: ("Coding", "String"),
    Kind.QUANTITY: ("Quantity",),
}


class NotAValue(ValueError):
    """A value is not of the type its key says."""


def find_value(source: Mapping[str, Json], prefix: str) -> tuple[str, Json]:
    """The type and raw value of the one `value…` or `answer…` key of an object.

    Raises:
        NotAValue: there is none, or more than one.
    """
    found = [key for key in source if key.startswith(prefix) and key[len(prefix) :][:1].isupper()]
    if len(found) != 1:
        what = "no value" if not found else "more than one value"
        raise NotAValue(f"there is {what} ({prefix}Coding, {prefix}String and so on)")
    return found[0][len(prefix) :], source[found[0]]


def read_value(kind: str, raw: Json) -> Value:
    """A raw FHIR value of this type as a Python value.

    Raises:
        NotAValue: the type is outside the subset, or the value is not of it.
    """
    if kind not in _READERS:
        raise NotAValue(f"values of type {kind} are outside the subset")
    value = _READERS[kind](raw)
    if value is None:
        raise NotAValue(f"{str(raw)[:60]!r} is not a {kind} we take")
    return value


def write_value(value: Value) -> tuple[str, Json]:
    """A Python value as its FHIR type and JSON."""
    if isinstance(value, bool):
        return "Boolean", value
    if isinstance(value, int):
        return "Integer", value
    if isinstance(value, Decimal):
        return "Decimal", value
    if isinstance(value, str):
        return "String", value
    if isinstance(value, datetime):
        return "DateTime", value.isoformat()
    if isinstance(value, date):
        return "Date", value.isoformat()
    if isinstance(value, time):
        return "Time", value.isoformat()
    return _write_object(value)


def _write_object(value: Coding | Quantity) -> tuple[str, Json]:
    if isinstance(value, Coding):
        pairs = (
            ("system", value.system),
            ("code", value.code),
            ("display", value.display),
        )
        return "Coding", {key: words for key, words in pairs if words}
    words = {"unit": value.unit, "system": value.system, "code": value.code}
    return "Quantity", {
        "value": value.value,
        **{key: word for key, word in words.items() if word},
    }


def read_coding(raw: Json) -> Coding | None:
    """A coding, if that is what this is."""
    if not isinstance(raw, dict) or any(
        key not in _CODING_KEYS and not key.startswith("_") for key in raw
    ):
        return None
    parts = [raw.get(key, "") for key in ("code", "system", "display")]
    if not all(isinstance(part, str) for part in parts) or not (parts[0] or parts[2]):
        return None
    return Coding(code=parts[0], system=parts[1], display=parts[2])


def _read_quantity(raw: Json) -> Quantity | None:
    if not isinstance(raw, dict) or not set(raw) <= {"value", "unit", "system", "code"}:
        return None
    value = _read_decimal(raw.get("value"))
    words = [raw.get(key, "") for key in ("unit", "system", "code")]
    if value is None or not all(isinstance(word, str) for word in words):
        return None
    return Quantity(value, *words)


def _read_decimal(raw: Json) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | float):
        return None
    return Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)


def _read_integer(raw: Json) -> int | None:
    is_whole = isinstance(raw, int) and not isinstance(raw, bool)
    return raw if is_whole and -(2**31) <= raw < 2**31 else None


def _read_date(raw: Json) -> date | None:
    return _iso(raw, _DATE, date.fromisoformat)


def _read_datetime(raw: Json) -> date | None:
    return _iso(raw, _DATETIME, datetime.fromisoformat) or _read_date(raw)


def _read_time(raw: Json) -> time | None:
    return _iso(raw, _TIME, time.fromisoformat)


def _iso(raw: Json, shape: re.Pattern[str], read: Callable[[str], T]) -> T | None:
    if not isinstance(raw, str) or not shape.fullmatch(raw):
        return None
    try:
        return read(raw)
    except ValueError:
        return None


_READERS: Mapping[str, Callable[[Json], Value | None]] = {
    "Boolean": lambda raw: raw if isinstance(raw, bool) else None,
    "Integer": _read_integer,
    "Decimal": _read_decimal,
    "String": lambda raw: raw if isinstance(raw, str) and raw else None,
    "Date": _read_date,
    "DateTime": _read_datetime,
    "Time": _read_time,
    "Coding": read_coding,
    "Quantity": _read_quantity,
}

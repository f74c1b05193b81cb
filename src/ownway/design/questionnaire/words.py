"""How questions and answers read on a page."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from ownway.design.questionnaire.answers import Values
from ownway.design.questionnaire.model import Coding, Item, Quantity, Subject, Value
from ownway.design.questionnaire.reading_typed import HERE

Names = Mapping[Subject, str]


def label(item: Item, names: Names) -> str:
    """The question as it is put: with the names of the people in it, where the form allows."""
    text = item.text
    if item.wording and all(f"{{{s}}}" not in item.wording or names.get(s) for s in Subject):
        text = item.wording
        for subject in Subject:
            text = text.replace(f"{{{subject}}}", names.get(subject, ""))
    return f"{item.prefix} {text}".strip()


def said(value: Value) -> str:
    """One answer in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        local = value.astimezone(HERE) if value.tzinfo else value
        return f"{_day(local)}, {_clock(local.time())}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, Coding):
        return value.words
    if isinstance(value, Quantity):
        return f"{_number(value.value)} {value.unit or value.code}".strip()
    return _number(value) if isinstance(value, Decimal) else str(value)


def all_said(values: Values) -> str:
    """Several answers, one on each line."""
    return "\n".join(said(value) for value in values)


def paragraphs(text: str) -> list[list[str]]:
    """Text as paragraphs of lines, for a page to set."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [lines for block in blocks if (lines := [ln for ln in block.split("\n") if ln.strip()])]


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _clock(value: time) -> str:
    hour = value.hour % 12 or 12
    return f"{hour}:{value.minute:02}{'am' if value.hour < 12 else 'pm'}"


def _number(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

"""What a form is made of: a frozen picture of a FHIR R4 Questionnaire in our subset."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from ownway.design.questionnaire.jsontext import Json


class Kind(StrEnum):
    """The item types we take, by their FHIR names."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATETIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    QUANTITY = "quantity"


class Subject(StrEnum):
    """Whom a question is about: the person who needs support, or their carer."""

    PERSON = "person"
    CARER = "carer"


@dataclass(frozen=True, slots=True)
class Coding:
    """A coded answer. Two are the same when system and code are; the words may differ."""

    code: str = ""
    system: str = ""
    display: str = field(default="", compare=False)

    @property
    def words(self) -> str:
        """What it reads as."""
        return self.display or self.code


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: Decimal
    unit: str = ""
    system: str = ""
    code: str = ""


Value: TypeAlias = bool | int | Decimal | str | date | datetime | time | Coding | Quantity


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be picked, its points, and the words that explain it."""

    value: Value
    weight: Decimal | None = None
    hint: str = ""
    exclusive: bool = False
    chosen: bool = False
    source: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)

    @property
    def words(self) -> str:
        """What it reads as."""
        return self.value.words if isinstance(self.value, Coding) else str(self.value)


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is asked only when this holds of another question."""

    question: str
    operator: str
    answer: Value
    source: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SumOfWeights:
    """A total: the weights of the answers to these questions, added up."""

    link_ids: tuple[str, ...]
    needs_all: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may be, beyond its type."""

    length: int | None = None
    least_length: int | None = None
    lowest: Value | None = None
    highest: Value | None = None
    decimals: int | None = None
    fewest: int | None = None
    most: int | None = None
    is_telephone: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group of questions, or words to read.

    `kept` and `extensions` hold, word for word, what we do not act on; `stated` names the
    keys that were written although they say what is true anyway. All three are for export.
    """

    link_id: str
    kind: Kind
    text: str = ""
    prefix: str = ""
    items: tuple["Item", ...] = ()
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    limits: Limits = Limits()
    options: tuple[Option, ...] = ()
    value_set: str = ""
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    control: str = ""
    units: tuple[Coding, ...] = ()
    hint: str = ""
    wording: str = ""
    other_label: str = ""
    known: str = ""
    subject: Subject | None = None
    together: bool = False
    total: SumOfWeights | None = None
    kept: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)
    extensions: tuple[Json, ...] = field(default=(), compare=False, repr=False)
    stated: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    @property
    def is_question(self) -> bool:
        """Something that can be answered."""
        return self.kind not in (Kind.GROUP, Kind.DISPLAY)

    @property
    def is_many_rows(self) -> bool:
        """A group that may be answered more than once."""
        return self.kind is Kind.GROUP and self.repeats

    @property
    def is_picked(self) -> bool:
        """Answered by picking from a list."""
        return bool(self.options)

    @property
    def weighs(self) -> bool:
        """Some of its answers carry points."""
        return any(option.weight is not None for option in self.options)


@dataclass(frozen=True)
class Questionnaire:
    """A whole form, as the council wrote it."""

    title: str
    status: str
    items: tuple[Item, ...]
    name: str = ""
    url: str = ""
    version: str = ""
    kept: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shown_title(self) -> str:
        """What the form is called on a page."""
        return self.title or self.name or "Form without a title"

    @cached_property
    def by_link_id(self) -> Mapping[str, Item]:
        """Every item by its link id."""
        return {item.link_id: item for item, _ in self.walk()}

    @cached_property
    def above(self) -> Mapping[str, tuple[Item, ...]]:
        """The items around each item, outermost first."""
        return {item.link_id: above for item, above in self.walk()}

    def walk(self) -> Iterator[tuple[Item, tuple[Item, ...]]]:
        """Every item with the items around it, in the order they are read."""
        yield from _walk(self.items, ())

    def rows_above(self, link_id: str) -> tuple[str, ...]:
        """The repeating groups around an item, outermost first."""
        return tuple(item.link_id for item in self.above[link_id] if item.is_many_rows)


def _walk(
    items: tuple[Item, ...], above: tuple[Item, ...]
) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    for item in items:
        yield item, above
        yield from _walk(item.items, (*above, item))

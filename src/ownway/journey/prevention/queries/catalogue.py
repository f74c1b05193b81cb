"""The equipment questions, and what their answers suggest, as the council has them on a day.

`catalogue.toml` is the start; what a council changed from a day on stands over it.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ownway.foundation.council.memory import once_a_page
from ownway.journey.prevention.models import CatalogueChange, ItemKind, Part, Way

FILE = Path(__file__).parents[1] / "catalogue.toml"
Answers = Mapping[str, Sequence[str]]
NONE = "none_of_these"
POUNDS_A_STONE, KG_A_POUND = 14, 0.45359237


@dataclass(frozen=True)
class Choice:
    """One answer: as somebody says it of themselves, and as it is said of another."""

    value: str
    words: str
    of_them: str = ""
    kg: int | None = None

    def said(self, name: str) -> str:
        """The words for oneself, or about somebody by name."""
        return (self.of_them or self.words).format(name=name) if name else self.words


@dataclass(frozen=True)
class Condition:
    """Holds when any of these was answered; `because` says what that means."""

    question: str
    any: tuple[str, ...]
    because: str = ""

    def holds(self, answers: Answers) -> bool:
        """Whether it holds for these answers."""
        return any(said in self.any for said in answers.get(self.question, ()))


@dataclass(frozen=True)
class Question:
    """One question; `many` takes any number of its choices, none among them."""

    key: str
    short: str
    asked: str
    of_them: str
    choices: tuple[Choice, ...]
    hint: str = ""
    many: bool = False
    public_only: bool = False
    only_if: tuple[Condition, ...] = ()

    def is_asked(self, answers: Answers) -> bool:
        """Whether the answers so far make it matter."""
        return not self.only_if or any(one.holds(answers) for one in self.only_if)


@dataclass(frozen=True)
class Item:
    """One thing that can be had: what it does, what it costs us, how it is got, its limits."""

    key: str
    name: str
    does: str
    wish: str
    kind: str
    price_pence: int
    from_shop: bool = False
    visit: bool = False
    loan: bool = False
    children: bool = False
    stock: str = ""
    most_kg: int | None = None
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @property
    def way(self) -> Way:
        """How it reaches the person."""
        if self.from_shop:
            return Way.SHOP
        return Way.VISIT if self.visit else Way.BRING

    @property
    def made_for(self) -> str:
        """Made for up to 120 kg (18 stone 12)."""
        if self.most_kg is None:
            return ""
        stone, pounds = divmod(int(self.most_kg / KG_A_POUND), POUNDS_A_STONE)
        return f"Made for up to {self.most_kg} kg ({stone} stone {pounds})"


@dataclass(frozen=True)
class Flag:
    """An answer for which a person must look first; `is_now` stops the questions at once."""

    key: str
    name: str
    words: str
    task: str
    condition: Condition
    is_now: bool = False
    partner: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All questions, things and flags."""

    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    flags: tuple[Flag, ...]

    def item(self, key: str) -> Item | None:
        """One thing by its key."""
        return next((item for item in self.items if item.key == key), None)

    def flag(self, key: str) -> Flag | None:
        """One red flag by its key."""
        return next((flag for flag in self.flags if flag.key == key), None)

    def asked(self, answers: Answers, *, in_public: bool) -> list[Question]:
        """The questions that matter for these answers, in order."""
        return [
            one
            for one in self.questions
            if one.is_asked(answers) and (in_public or not one.public_only)
        ]

    def asked_in_full(self, *, in_public: bool) -> list[Question]:
        """All questions that may come to matter, for a page that shows them together."""
        return [one for one in self.questions if in_public or not one.public_only]


@dataclass(frozen=True)
class Suggestion:
    """What the answers lead to."""

    items: tuple[Item, ...] = ()
    left_out: tuple[tuple[Item, str], ...] = ()
    flags: tuple[Flag, ...] = field(default=())

    @property
    def is_now(self) -> bool:
        """Whether something must be done this minute, before any more is asked."""
        return any(flag.is_now for flag in self.flags)


@cache
def shipped() -> Catalogue:
    """The catalogue as shipped."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return Catalogue(
        questions=tuple(_question(one) for one in raw["questions"]),
        items=tuple(item_of(one) for one in raw["items"]),
        flags=tuple(flag_of(one) for one in raw["flags"]),
    )


@once_a_page
def catalogue(on: date) -> Catalogue:
    """The catalogue in force on a day: as shipped, with what the council changed by then."""
    changes = list(CatalogueChange.objects.filter(starts_on__lte=on).order_by("starts_on", "pk"))
    start = shipped()
    items = _changed({one.key: one for one in start.items}, changes, Part.ITEM, item_of)
    flags = _changed({one.key: one for one in start.flags}, changes, Part.FLAG, flag_of)
    return replace(start, items=items, flags=flags)


def _changed(
    known: dict[str, Any], changes: Iterable[CatalogueChange], part: Part, read: Any
) -> tuple[Any, ...]:
    for change in changes:
        if change.part == part and change.is_offered:
            known[change.key] = read(change.says)
        elif change.part == part:
            known.pop(change.key, None)
    return tuple(known.values())


def changes_of(key: str, *, part: str) -> list[CatalogueChange]:
    """What was changed of one thing or flag, the newest day first."""
    found = CatalogueChange.objects.filter(part=part, key=key).select_related("by")
    return list(found.order_by("-starts_on", "-pk"))


def changes_to_come(on: date) -> list[CatalogueChange]:
    """What is kept to read otherwise from a later day."""
    return list(CatalogueChange.objects.filter(starts_on__gt=on).order_by("starts_on", "pk"))


def _question(raw: dict[str, Any]) -> Question:
    choices = tuple(Choice(**one) for one in raw["choices"])
    only_if = tuple(_condition(one) for one in raw.get("only_if", ()))
    return Question(**(raw | {"choices": choices, "only_if": only_if}))


def item_of(raw: Mapping[str, Any]) -> Item:
    """A thing as it is written down."""
    conditions = {
        name: tuple(_condition(one) for one in raw.get(name, ())) for name in ("when", "unless")
    }
    return Item(**{**raw, **conditions})


def flag_of(raw: Mapping[str, Any]) -> Flag:
    """A red flag as it is written down."""
    known = {name: raw[name] for name in ("key", "name", "words", "task")}
    return Flag(
        **known,
        condition=_condition(raw),
        is_now=raw.get("is_now", False),
        partner=raw.get("partner", ""),
    )


def _condition(raw: Mapping[str, Any]) -> Condition:
    return Condition(raw["question"], tuple(raw["any"]), raw.get("because", ""))


def suggest(answers: Answers, *, shelf: Catalogue, is_child: bool = False) -> Suggestion:
    """What fits the answers, what would fit but must not, and where a person looks first.

    While something must be done this minute, nothing else is suggested.
    """
    flags = tuple(flag for flag in shelf.flags if flag.condition.holds(answers))
    if any(flag.is_now for flag in flags):
        return Suggestion(flags=flags)
    is_child = is_child or "child" in answers.get("who", ())
    fits = [item for item in shelf.items if any(one.holds(answers) for one in item.when)]
    heaviest = _heaviest(answers, shelf)
    against = {
        item.key: list(_against(item, answers, heaviest=heaviest, is_child=is_child))
        for item in fits
    }
    return Suggestion(
        items=tuple(item for item in fits if not against[item.key]),
        left_out=tuple((item, why) for item in fits for why in against[item.key][:1]),
        flags=flags,
    )


def _heaviest(answers: Answers, shelf: Catalogue) -> int:
    """The most that somebody may weigh by what was answered, in kg."""
    return max(
        (
            choice.kg
            for question in shelf.questions
            for choice in question.choices
            if choice.kg is not None and choice.value in answers.get(question.key, ())
        ),
        default=0,
    )


def _against(item: Item, answers: Answers, *, heaviest: int, is_child: bool) -> Iterator[str]:
    yield from (one.because for one in item.unless if one.holds(answers))
    if is_child and not item.children:
        yield "It is made for adults."
    if item.most_kg is not None and heaviest > item.most_kg:
        yield f"{item.made_for}. A stronger one needs a visit."


def answered(answers: Answers, *, shelf: Catalogue, name: str = "") -> list[tuple[str, str]]:
    """What was answered, question by question, to be read."""
    rows = []
    for question in shelf.questions:
        if question.key in answers:
            given = answers[question.key]
            said = [one.said(name) for one in question.choices if one.value in given]
            rows.append((question.short, "; ".join(said) or "None of these"))
    return rows


def rule_words(shelf: Catalogue) -> dict[str, list[str]]:
    """The rules of each thing and flag in words: by which answers, and what speaks against it."""
    words = {
        (question.key, one.value): f"{question.short}: {one.words}"
        for question in shelf.questions
        for one in question.choices
    }

    def said(condition: Condition) -> str:
        return "; ".join(words.get((condition.question, one), one) for one in condition.any)

    rules = {
        f"item:{item.key}": [
            *(said(one) for one in item.when),
            *(f"Not when {said(one)}. {one.because}" for one in item.unless),
        ]
        for item in shelf.items
    }
    return rules | {f"flag:{flag.key}": [said(flag.condition)] for flag in shelf.flags}


def new_item(key: str) -> Item:
    """A thing that is not in the catalogue yet, to be written."""
    return Item(key=key, name="", does="", wish="", kind=ItemKind.EQUIPMENT, price_pence=0)

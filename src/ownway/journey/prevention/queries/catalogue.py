"""The equipment questions, and what their answers suggest. Read once from `catalogue.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "catalogue.toml"
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Question:
    """One question; `many` takes any number of its choices, none among them."""

    key: str
    short: str
    asked: str
    of_them: str
    choices: tuple[tuple[str, str], ...]
    many: bool = False


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
class Item:
    """One thing that can be had: what it does, what it costs us, and how it is got."""

    key: str
    name: str
    does: str
    wish: str
    kind: str
    price_pence: int
    from_shop: bool = False
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Flag:
    """An answer for which a person must look first."""

    name: str
    words: str
    task: str
    condition: Condition


@dataclass(frozen=True)
class Catalogue:
    """All questions, things and flags."""

    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    flags: tuple[Flag, ...]

    def item(self, key: str) -> Item | None:
        """One thing by its key."""
        return next((item for item in self.items if item.key == key), None)


@dataclass(frozen=True)
class Suggestion:
    """What the answers lead to."""

    items: tuple[Item, ...] = ()
    left_out: tuple[tuple[Item, str], ...] = ()
    flags: tuple[Flag, ...] = field(default=())


@cache
def catalogue() -> Catalogue:
    """The catalogue as shipped."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return Catalogue(
        questions=tuple(_question(one) for one in raw["questions"]),
        items=tuple(_item(one) for one in raw["items"]),
        flags=tuple(
            Flag(one["name"], one["words"], one["task"], _condition(one)) for one in raw["flags"]
        ),
    )


def _question(raw: dict[str, Any]) -> Question:
    choices = tuple((one["value"], one["words"]) for one in raw["choices"])
    return Question(**(raw | {"choices": choices}))


def _item(raw: dict[str, Any]) -> Item:
    conditions = {
        name: tuple(_condition(one) for one in raw.get(name, ())) for name in ("when", "unless")
    }
    return Item(**(raw | conditions))


def _condition(raw: dict[str, Any]) -> Condition:
    return Condition(raw["question"], tuple(raw["any"]), raw.get("because", ""))


def suggest(answers: Answers) -> Suggestion:
    """What fits the answers, what would fit but must not, and where a person looks first."""
    all_of_it = catalogue()
    fits = [item for item in all_of_it.items if any(one.holds(answers) for one in item.when)]
    against = {item.key: list(_against(item, answers)) for item in fits}
    return Suggestion(
        items=tuple(item for item in fits if not against[item.key]),
        left_out=tuple((item, why) for item in fits for why in against[item.key][:1]),
        flags=tuple(flag for flag in all_of_it.flags if flag.condition.holds(answers)),
    )


def _against(item: Item, answers: Answers) -> Iterator[str]:
    yield from (one.because for one in item.unless if one.holds(answers))

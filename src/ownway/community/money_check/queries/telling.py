"""The answer in words: what somebody would pay, why, what did not count, and what was said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ownway.community.money_check.queries import catalogue
from ownway.community.money_check.queries.catalogue import NOBODY, Question
from ownway.community.money_check.queries.changing import FULL_COST, Change, changes
from ownway.community.money_check.queries.walking import EVERY, UNKNOWN_PRICE, Walk
from ownway.design.dates import plain_date
from ownway.design.ladder import Rung, Table, rungs_of
from ownway.design.money import pounds
from ownway.policy.decision import Decision, Step, Used
from ownway.policy.packs import Pack


@dataclass(frozen=True)
class Answer:
    """What somebody would pay, ready to be shown. `pays_pence` is None for all of an unknown price.

    `is_free` says that nobody is charged for this; `pays_all` that savings are over the limit.
    """

    pays_pence: int | None
    price_pence: int | None
    is_free: bool
    pays_all: bool
    because: str
    rungs: tuple[Rung, ...]
    not_counted: tuple[str, ...]
    numbers: tuple[Used, ...]
    later: tuple[Change, ...] = ()
    home_counts: bool = False

    @property
    def council_pence(self) -> int | None:
        """What the council would pay."""
        if self.price_pence is None or self.pays_pence is None:
            return None
        return self.price_pence - self.pays_pence


def answer(done: Walk, pack: Pack) -> Answer:
    """The decision at the end of a walk, in words."""
    worked = done.decision
    assert worked is not None
    price = worked.result["budget_pence"]
    known_price = None if price == UNKNOWN_PRICE else price
    all_of_it = worked.result["because"] == FULL_COST
    is_free = worked.result["because"] in _free(pack)
    return Answer(
        pays_pence=None if all_of_it and known_price is None else worked.result["charge_pence"],
        price_pence=known_price,
        is_free=is_free,
        pays_all=all_of_it,
        because=next((step.note for step in worked.steps if step.note), "") if is_free else "",
        rungs=tuple(_rungs(worked)),
        not_counted=tuple(_not_counted(done, pack)),
        numbers=tuple(number for number in worked.numbers if number.unit != "choice"),
        later=changes(worked, pack),
        home_counts=bool(worked.result.get("home_counts")),
    )


def _free(pack: Pack) -> set[str]:
    """Reasons why nothing is paid whatever somebody has."""
    always = {"carer", "cared_for", "reablement"}
    return always | {one["key"] for one in pack.lists["never_charged"]}


def _rungs(worked: Decision) -> Iterator[Rung]:
    """The sum, without the figure that only stands for a price nobody knows yet."""
    hidden = pounds(UNKNOWN_PRICE)
    shown = [step for step in worked.steps if step.value != UNKNOWN_PRICE or step.sign == "="]
    for step, rung in zip(shown, rungs_of(shown, table=_table), strict=True):
        note = "" if hidden in step.note else rung.note
        if step.value == UNKNOWN_PRICE:
            yield replace(rung, note=note, figure="All of it", unit="")
        else:
            yield replace(rung, note=note)


def _table(step: Step) -> Table:
    words = catalogue.income_words()
    rows = tuple((words.get(row.key, row.label), row.said, row.shown) for row in step.rows)
    return Table(
        "What comes in, and what of it counts.",
        ("What", "Comes in", "Counts"),
        rows,
        ("All that counts", step.shown),
    )


def _not_counted(done: Walk, pack: Pack) -> Iterator[str]:
    """What somebody told us that does not count, and what never does."""
    said = {asked.key: value for asked, value in done.path}
    words = {key: name for key, name, _ in catalogue.kinds(pack)}
    chosen = said.get("income_pence", ())
    counted = catalogue.counted(pack)
    yield from (words[key] for key in chosen if key not in counted and key != NOBODY)
    yield from (
        words[item["key"]]
        for item in pack.lists["income"]
        if not item["counts"] and item["key"] not in chosen
    )
    yield "Your partner’s own money"
    if done.decision and not any(node.name == "own_capital" for node in done.decision.trace):
        yield "Your savings"
    yield from _home(said, done.decision)


def _home(said: Mapping[str, Any], worked: Decision | None) -> Iterator[str]:
    if said.get("setting") != "care_home":
        yield "The home you live in"
    elif said.get("home_value_pence") and worked is not None:
        turn = worked.result.get("home_counts_from_week")
        if not worked.result.get("home_counts"):
            yield f"Your home, until week {turn}" if turn else "Your home, while it is left out"


def said_in_words(asked: Question, value: Any) -> str:
    """An answer as it reads in the list of answers."""
    if asked.kind == "many":
        return ", ".join(asked.said(one) for one in value) or "None of these"
    if asked.kind == "weekly":
        if value["pence"] is None:
            return "I do not know yet"
        return f"{pounds(value['pence'])} {EVERY[value['every']][0]}"
    if asked.kind == "money":
        return pounds(value)
    if asked.kind == "date":
        return plain_date(date.fromisoformat(value))
    return asked.said(str(value))


def rate_words(names: tuple[str, ...], pack: Pack) -> list[str]:
    """The rates that nobody has set yet, in words."""
    known = (name.removeprefix("settings.") for name in names)
    return [pack.number(name).label or name for name in known]

"""A sum as a ladder: one rung a step, for whoever reads it. Shown by `ladder` of design/parts."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ownway.policy.decision import Step

SAID = {"−": "Take away:", "+": "Add:", "×": "Times:", "÷": "Divide by:", "=": "Leaves:"}
"""Each sign in words, for those who do not see it."""
_VERBS = {
    "has": "have", "is": "are", "does": "do", "was": "were", "pays": "pay", "keeps": "keep",
    "needs": "need", "gets": "get", "lives": "live", "wants": "want", "owns": "own",
    "gives": "give", "shares": "share",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """Where a rung leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Table:
    """What opens under a rung: three columns, and a last line."""

    caption: str
    head: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    total: tuple[str, str]


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, and what opens under it."""

    sign: str
    said: str
    title: str
    note: str
    figure: str
    unit: str
    end: bool = False
    total: bool = False
    show: str = ""
    hide: str = ""
    table: Table | None = None
    words: tuple[str, ...] = ()
    link: Link | None = None


def to_you(text: str) -> str:
    """Turn what a rule says of "you" into what is said to you: "you’s" is your, "you pays" pay."""
    text = re.sub(r"\b([Yy])ou’s\b", r"\1our", text)
    verb = re.compile(rf"\b([Yy]ou) ({'|'.join(_VERBS)})\b")
    return verb.sub(lambda found: f"{found[1]} {_VERBS[found[2]]}", text)


def said(sign: str, *, after: str) -> str:
    """A sign in words; a sum that follows an addition makes something, and leaves nothing."""
    return "Makes:" if sign == "=" and after == "+" else SAID.get(sign, "")


def rungs_of(steps: Iterable[Step], *, table: Callable[[Step], Table]) -> tuple[Rung, ...]:
    """The steps of a decision as rungs, spoken to "you"; `table` lays out the rows of a step."""
    steps = tuple(steps)
    before = ("", *(step.sign for step in steps[:-1]))
    return tuple(
        _rung(step, after=sign, last=step is steps[-1], table=table)
        for step, sign in zip(steps, before, strict=True)
    )


def _rung(step: Step, *, after: str, last: bool, table: Callable[[Step], Table]) -> Rung:
    return Rung(
        sign=step.sign,
        said="Comes to:" if last else said(step.sign, after=after),
        title=to_you(step.label),
        note=to_you(step.note),
        figure=step.figure,
        unit=step.after,
        end=last,
        total=step.sign == "=" and not last,
        show="Show each line" if step.rows else "",
        hide="Hide the lines" if step.rows else "",
        table=table(step) if step.rows else None,
    )

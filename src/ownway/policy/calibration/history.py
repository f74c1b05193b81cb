"""A council's history as columns: what people answered, what help they had, and what it cost.

Nothing is guessed. A file with anything wrong in it is refused whole, naming the lines; blanks,
people who are there twice and dates that cannot be may be left out, but only when that is asked
for, and the report counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import allocation, domains
from ownway.policy.calibration import files
from ownway.policy.refusals import FactsRefused, Problem

Codes: TypeAlias = NDArray[np.int64]
FEWEST = 200
"""Fewer people than this say too little: half the answers would stand on a handful of plans."""
LEVELS = len(domains.LEVELS)
LEAVE_OUT = ("blank", "repeated", "wrong-dates")
GROUPS = ("ethnic_group", "sex", "age", "area", "religion", "team")
"""Columns that are compared and never calibrated from."""
_QUESTION = re.compile(r"level\.(?P<part>[a-z]+)(\.(?P<which>[\w-]+))?")
_MOST_PENCE = 10**8
_LINES_NAMED = 20
BLANK = -1


@dataclass(frozen=True)
class Question:
    """One question: its column, and the place of its part of life among the nine."""

    column: str
    part: int


@dataclass(frozen=True)
class History:
    """People's answers, help and cost.

    Shapes: answers (questions, people), help and two_people (9, people), the rest (people,).
    Units: cost is whole pence a week; codes are those of the graphs' inputs.
    """

    name: str
    questions: tuple[Question, ...]
    person: NDArray[np.int64]
    answers: NDArray[np.uint8]
    help: NDArray[np.uint8]
    two_people: NDArray[np.uint8]
    night: Codes
    living: Codes
    reason: Codes
    breaks: Codes
    cost: Codes
    decided_on: NDArray[np.datetime64] | None
    groups: Mapping[str, NDArray[np.str_]]
    given: frozenset[str]
    """Which of the columns that may be absent were there."""
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many rows there are."""
        return len(self.cost)

    @property
    def by_level(self) -> bool:
        """Whether each part of life has one question, as in the product's own form."""
        return len(self.questions) == len(domains.KEYS)

    def rows(self, keep: NDArray[Any]) -> History:
        """Some of the people, by place or by truth."""
        return History(
            self.name, self.questions, self.person[keep], self.answers[:, keep],
            self.help[:, keep], self.two_people[:, keep], self.night[keep], self.living[keep],
            self.reason[keep], self.breaks[keep], self.cost[keep],
            None if self.decided_on is None else self.decided_on[keep],
            {name: column[keep] for name, column in self.groups.items()}, self.given,
            self.left_out,
        )  # fmt: skip


def read(path: Path, *, leave_out: Sequence[str] = (), on: date, fewest: int = FEWEST) -> History:
    """Read a history from CSV or Parquet.

    `on` is the day it is read: no decision can be after it.
    Raises:
        FactsRefused: naming each column that is missing, or each line that cannot be right.
    """
    table = files.read(path)
    _refuse(_missing(table))
    reading = _Reading(table)
    history = _history(path.name, reading)
    _refuse(reading.problems)
    _refuse(_breaks_too_dear(history, table))
    history = _kept(history, reading, frozenset(leave_out), on)
    if history.people < fewest:
        reason = f"holds {history.people:,} people that can be used; {fewest:,} are needed."
        raise FactsRefused([Problem(str(path), reason, "Add more years, or join other councils.")])
    return history


def _missing(table: files.Table) -> Iterator[Problem]:
    found = [_QUESTION.fullmatch(name) for name in table.names]
    parts = {one["part"] for one in found if one}
    for key in domains.KEYS:
        if key not in parts:
            yield Problem(f"level.{key}", "is not a column here.", "Give the answers, 0 to 4.")
        if f"help.{key}" not in table.names:
            mend = "Give none, little, half or all (or 0 to 3)."
            yield Problem(f"help.{key}", "is not a column here.", mend)
    for part in sorted(parts - set(domains.KEYS)):
        mend = f"Use: {', '.join(domains.KEYS)}."
        yield Problem(f"level.{part}", "is not a part of daily life.", mend)
    if "cost_pence" not in table.names:
        yield Problem("cost_pence", "is not a column here.", "Give the cost, whole pence a week.")


class _Reading:
    """Columns read one by one, keeping every problem found."""

    def __init__(self, table: files.Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.blank = np.zeros(table.rows, dtype=bool)
        self._shown = 0

    def codes(self, name: str, read: Callable[[str], int], *, absent: int | None = None) -> Codes:
        """A column as codes; `absent` stands for a column that is not there at all."""
        if name not in self.table.names and absent is not None:
            return np.full(self.table.rows, absent, dtype=np.int64)
        texts, places = self.table.told_apart(name)
        known = np.array([self._one(read, text) for text in texts], dtype=np.int64)
        codes: Codes = known[places]
        self._refuse_unread(name, codes, texts, places, read)
        self.blank |= codes == BLANK
        return np.maximum(codes, 0)

    @staticmethod
    def _one(read: Callable[[str], int], text: str) -> int:
        try:
            return read(text) if text else BLANK
        except ValueError:
            return BLANK - 1

    def _refuse_unread(
        self, name: str, codes: Codes, texts: Sequence[str], places: Codes,
        read: Callable[[str], int],
    ) -> None:  # fmt: skip
        rows = np.flatnonzero(codes < BLANK)
        for row in rows[:_LINES_NAMED]:
            try:
                read(texts[places[row]])
            except ValueError as wrong:
                said = ascii(texts[places[row]][:40])
                self.problems.append(Problem(self.table.at(row, name), f"{said} {wrong}"))
        if len(rows) > _LINES_NAMED:
            more = f"has {len(rows) - _LINES_NAMED:,} more lines like these."
            self.problems.append(Problem(name, more))


def _history(name: str, reading: _Reading) -> History:
    table = reading.table
    found = [one for one in map(_QUESTION.fullmatch, table.names) if one]
    questions = tuple(
        Question(one[0], domains.KEYS.index(one["part"]))
        for one in sorted(found, key=lambda one: domains.KEYS.index(one["part"]))
    )
    answers = [reading.codes(one.column, _whole(LEVELS - 1)) for one in questions]
    help_ = [reading.codes(f"help.{key}", _word(allocation.HELP)) for key in domains.KEYS]
    two = [reading.codes(f"two_people.{key}", _flag, absent=0) for key in domains.KEYS]
    cost = reading.codes("cost_pence", _whole(_MOST_PENCE))
    return History(
        name=name,
        questions=questions,
        person=table.told_apart("person")[1] if "person" in table.names else np.arange(table.rows),
        answers=np.stack(answers).astype(np.uint8),
        help=np.stack(help_).astype(np.uint8),
        two_people=np.stack(two).astype(np.uint8),
        night=reading.codes("night", _word(allocation.NIGHT), absent=0),
        living=reading.codes("living", _word(allocation.LIVING), absent=0),
        reason=reading.codes("reason", _word(allocation.REASONS), absent=0),
        breaks=reading.codes("breaks", _whole(52 * _MOST_PENCE), absent=0),
        cost=cost,
        decided_on=_days(reading),
        groups=dict(_groups(table)),
        given=frozenset(_MAY_BE_ABSENT & {name.split(".")[0] for name in table.names}),
    )


_MAY_BE_ABSENT = {"two_people", "night", "living", "reason", "breaks", "person", "decided_on"}


def _days(reading: _Reading) -> NDArray[np.datetime64] | None:
    if "decided_on" not in reading.table.names:
        return None
    return reading.codes("decided_on", _day).astype("datetime64[D]")


def _groups(table: files.Table) -> Iterator[tuple[str, NDArray[np.str_]]]:
    for name in GROUPS:
        if name in table.names:
            texts, places = table.told_apart(name)
            words = [_age_band(text) if name == "age" else text for text in texts]
            yield name, np.array(words, dtype=np.str_)[places]


def _age_band(text: str) -> str:
    try:
        age = int(float(text))
    except ValueError:
        return text
    return "18 to 64" if age < 65 else "65 to 84" if age < 85 else "85 and over"


# -- One answer as written ---------------------------------------------------------------------


def _number(text: str) -> int:
    value = float(text)
    if not value.is_integer():
        raise ValueError
    return int(value)


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = _number(text)
        except (ValueError, OverflowError):
            raise ValueError("is not a whole number.") from None
        if not 0 <= value <= most:
            raise ValueError(f"must be from 0 to {most:,}.")
        return value

    return read


def _word(words: Sequence[str]) -> Callable[[str], int]:
    known = {word: place for place, word in enumerate(words)}

    def read(text: str) -> int:
        if text in known:
            return known[text]
        try:
            value = _number(text)
        except (ValueError, OverflowError):
            value = BLANK
        if not 0 <= value < len(words):
            raise ValueError(f"must be one of {', '.join(words)}, or 0 to {len(words) - 1}.")
        return value

    return read


def _flag(text: str) -> int:
    flags = {"true": 1, "false": 0, "1": 1, "0": 0, "1.0": 1, "0.0": 0}
    if text.lower() not in flags:
        raise ValueError("must be true or false.")
    return flags[text.lower()]


def _day(text: str) -> int:
    try:
        return (date.fromisoformat(text[:10]) - date(1970, 1, 1)).days
    except ValueError:
        raise ValueError("is not a date such as 2012-03-31.") from None


# -- What is left out, and what is refused -----------------------------------------------------

_OLDEST = np.datetime64("1990-01-01")


def _kept(history: History, reading: _Reading, leave_out: frozenset[str], on: date) -> History:
    """The people who can be calibrated from; all the others are refused, or left out as asked."""
    faults = {
        "blank": (reading.blank, "has an answer left blank."),
        "repeated": (_repeated(history), "is a person who is there before, on the same day."),
        "wrong-dates": (_wrong_dates(history, reading.table, on), "has dates that cannot be."),
    }
    keep = np.ones(history.people, dtype=bool)
    counts: dict[str, int] = {}
    problems: list[Problem] = []
    for name, (rows, reason) in faults.items():
        if name in leave_out:
            counts[name] = int(np.sum(rows & keep))
            keep &= ~rows
        else:
            problems += _rows_refused(rows, reason, name, reading.table)
    _refuse(problems)
    kept = history.rows(keep)
    return History(**{**vars(kept), "left_out": counts})


def _breaks_too_dear(history: History, table: files.Table) -> Iterator[Problem]:
    for row in np.flatnonzero(history.breaks > 52 * history.cost)[:_LINES_NAMED]:
        said = "has breaks that cost more than the whole plan."
        mend = "Give breaks in pence a year, and a cost, in pence a week, that holds them."
        yield Problem(table.at(row, "breaks"), said, mend)


def _rows_refused(
    rows: NDArray[np.bool_], reason: str, name: str, table: files.Table
) -> Iterator[Problem]:
    found = np.flatnonzero(rows)
    mend = f"Put it right, or leave such people out: --leave-out {name}."
    for row in found[:_LINES_NAMED]:
        yield Problem(table.at(row), reason, mend)
    if len(found) > _LINES_NAMED:
        yield Problem("lines", f"{len(found) - _LINES_NAMED:,} more are like these.", mend)


def _repeated(history: History) -> NDArray[np.bool_]:
    if "person" not in history.given:
        return np.zeros(history.people, dtype=bool)
    days = history.person * 0 if history.decided_on is None else history.decided_on.astype(int)
    keys = np.stack([history.person, days], axis=1)
    _, first = np.unique(keys, axis=0, return_index=True)
    again = np.ones(history.people, dtype=bool)
    again[first] = False
    return again


def _wrong_dates(history: History, table: files.Table, on: date) -> NDArray[np.bool_]:
    days = history.decided_on
    if days is None:
        return np.zeros(history.people, dtype=bool)
    wrong = (days > np.datetime64(on)) | (days < _OLDEST)
    reading = _Reading(table)
    for name in ("asked_on", "assessed_on"):
        if name in table.names:
            wrong |= days < reading.codes(name, _day).astype("datetime64[D]")
    _refuse(reading.problems)
    return wrong


def _refuse(problems: Iterator[Problem] | Sequence[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise FactsRefused(found)

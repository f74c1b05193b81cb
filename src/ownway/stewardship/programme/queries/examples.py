"""A few invented people by whom anybody can see what rules do, and the sum for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ownway.policy import allocation, domains
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused, Problem


@dataclass(frozen=True)
class Example:
    """Somebody invented: how they are told apart, and what they answered."""

    key: str
    words: str
    facts: Mapping[str, Any]


def _person(levels: Mapping[str, int], help_: Mapping[str, str]) -> dict[str, Any]:
    answers = {
        key: {"level": levels.get(key, 0), "help": help_.get(key, "none"), "two_people": False}
        for key in domains.KEYS
    }
    extras = {
        "night": "none",
        "living": "with_others" if help_ else "alone",
        "reason": "physical_care",
    }
    return {"who": "person", "called": "the person", "answers": answers, **extras}


def _carer(levels: Mapping[str, int]) -> dict[str, Any]:
    answers = {key: {"level": levels.get(key, 0)} for key in domains.CARER_KEYS}
    return {"who": "carer", "called": "the carer", "answers": answers}


EXAMPLES = (
    Example(
        "little",
        "Lives alone, needs a reminder to eat and some help to wash and to get out",
        _person({"eating": 1, "washing": 2, "people": 2, "home": 1}, {}),
    ),
    Example(
        "with-family",
        "Needs help most times with washing and moving about; a daughter does half of it",
        _person(
            {"eating": 2, "washing": 3, "toilet": 2, "moving": 3, "home": 2, "people": 3},
            {"washing": "half", "home": "all", "eating": "half"},
        ),
    ),
    Example(
        "a-lot",
        "Needs help every time with nearly everything, and has nobody",
        _person(dict.fromkeys(domains.KEYS, 4) | {"caring": 0}, {}),
    ),
    Example(
        "carer",
        "A carer who sleeps badly, has given up work and sees nobody",
        _carer({"health": 2, "work": 3, "people": 3, "rest": 2, "community": 1}),
    ),
)
BY_KEY = {one.key: one for one in EXAMPLES}


@dataclass(frozen=True)
class Line:
    """One line of two sums beside each other."""

    sign: str
    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the draft changes it."""
        return self.before != self.after


@dataclass(frozen=True)
class Shown:
    """A sum under the rules as they are and under a draft."""

    words: str
    lines: tuple[Line, ...]
    before: Decision
    after: Decision

    @property
    def difference_pence(self) -> int:
        """More or less a week."""
        return int(self.after.result["weekly_pence"]) - int(self.before.result["weekly_pence"])


class CannotShow(Exception):
    """Facts that one of the two sets of rules does not take; `problems` says each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(map(str, problems)))


def show(facts: Mapping[str, Any], *, words: str, before: Pack, after: Pack) -> Shown:
    """Work somebody out under both.

    Raises:
        CannotShow: a fact is missing or cannot be right.
    """
    try:
        first, then = allocation.decide(facts, before), allocation.decide(facts, after)
    except PolicyRefused as refused:
        raise CannotShow(refused.problems) from refused
    old = {step.name: step for step in first.steps}
    new = {step.name: step for step in then.steps}
    names = [step.name for step in then.steps]
    names += [step.name for step in first.steps if step.name not in new]
    lines = tuple(
        Line(
            sign=(new.get(name) or old[name]).sign,
            label=(new.get(name) or old[name]).label,
            before=old[name].shown if name in old else "–",
            after=new[name].shown if name in new else "–",
        )
        for name in names
    )
    return Shown(words, lines, first, then)

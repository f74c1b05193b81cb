"""Trying other answers: the same rules over other facts. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ownway.design.ladder import Rung
from ownway.journey.allocation.queries.explaining import rungs_for
from ownway.policy import allocation, domains
from ownway.policy.decision import Decision as Worked
from ownway.policy.packs import Pack

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One line of the two sums side by side."""

    label: str
    now: str
    then: str

    @property
    def differs(self) -> bool:
        """Whether this line changed."""
        return self.now != self.then


@dataclass(frozen=True)
class Trial:
    """A sum with other answers, beside the one that stands."""

    worked: Worked
    lines: tuple[Line, ...]
    weekly_pence: int
    before_pence: int | None

    @property
    def difference_pence(self) -> int | None:
        """More or less than now, in pence a week."""
        return None if self.before_pence is None else self.weekly_pence - self.before_pence

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The sum as a ladder, with the answers under it."""
        return rungs_for(self.worked)

    @property
    def is_above_the_line(self) -> bool:
        """Whether each help would be priced by itself, which is no limit."""
        return bool(self.worked.result.get("route") == "individual_costing")


def trial(
    tried: Facts, *, called: str, pack: Pack, before: Mapping[str, Any] | None = None
) -> Trial:
    """Work a budget out from other answers, beside one that was kept (its `worked`).

    Raises:
        policy.refusals.FactsMissing: an answer is still to be given.
    """
    worked = allocation.decide({**tried, "called": called}, pack)
    old = {step["name"]: step for step in before["steps"]} if before else {}
    lines = tuple(
        Line(step.label, old[step.name]["shown"] if step.name in old else "–", step.shown)
        for step in worked.steps
    )
    return Trial(
        worked=worked,
        lines=lines,
        weekly_pence=worked.result["weekly_pence"],
        before_pence=before["result"]["weekly_pence"] if before else None,
    )


def blank_answers(who: str) -> dict[str, Any]:
    """Nothing needed in any part of life."""
    keys = domains.CARER_KEYS if who == "carer" else domains.KEYS
    return {"who": who, "answers": {key: {"level": 0} for key in keys}}


def start_answers(facts: Facts) -> dict[str, Any]:
    """The answers of a kept decision, to start a trial from; blank where it had none."""
    blank, known = blank_answers(str(facts["who"])), facts.get("answers", {})
    answers = {key: {**one, **known.get(key, {})} for key, one in blank["answers"].items()}
    return {**facts, "answers": answers}

"""How the policy room says no: each refusal names every problem, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, why, and what would put it right."""

    place: str
    reason: str
    mend: str = ""

    def __str__(self) -> str:
        """Read as one line: place, reason, mend."""
        return f"{self.place}: {self.reason}" + (f" {self.mend}" if self.mend else "")


class PolicyRefused(ValueError):
    """A rule pack or a set of facts cannot be used as it stands."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, in the order found."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PackRefused(PolicyRefused):
    """A rule pack is not fit to decide with."""


class Told(dict[str, Any]):
    """Named parts of a pack; asking for one it has not is refused by name, not a crash."""

    def __init__(self, parts: Mapping[str, Any], what: str) -> None:
        """Keep the parts, and what one of them is called."""
        super().__init__(parts)
        self.what = what

    def __missing__(self, name: str) -> NoReturn:
        """Refuse the pack."""
        mend = "The rules need it. Put it back under that name."
        raise PackRefused([Problem(str(name), f"is not a {self.what} of this pack.", mend)])


class FactsRefused(PolicyRefused):
    """A fact has the wrong type, is out of range, or does not belong here."""


class FactsMissing(PolicyRefused):
    """Facts are still unknown. They are asked for by name, never guessed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The path of each fact still to find, as `answers.eating.level`."""
        return tuple(problem.place for problem in self.problems)

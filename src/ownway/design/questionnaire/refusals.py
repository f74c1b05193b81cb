"""How a form is refused: every problem at once, each with its line, its item and a reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing in a file that we do not take."""

    line: int
    link_id: str
    reason: str

    def __str__(self) -> str:
        where = f"item {self.link_id}" if self.link_id else "the form"
        return f"line {self.line}, {where}: {self.reason}"


class Refused(ValueError):
    """A file is refused whole; `problems` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

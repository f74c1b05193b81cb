"""What can go wrong with money people tell us about; each says what to do next."""

from collections.abc import Mapping


class CannotCharge(Exception):
    """What somebody pays cannot be worked out yet; `problems` names the fields."""

    def __init__(self, message: str, problems: Mapping[str, str] | None = None) -> None:
        self.problems = problems or {}
        super().__init__(message)


class CannotChange(Exception):
    """A statement that is not to be changed any more, or not by this person."""


class CannotKeep(Exception):
    """A paper that cannot be kept; the message says why, and what would do."""


class AlreadyAsked(Exception):
    """Somebody is looking already; the message says who, and by when."""


class CannotAnswer(Exception):
    """An answer must say something, once."""

"""What the directory does by itself: days turn, rounds climb, checks go back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from ownway.community.directory.actions import checking, freshness


def turn_days(at: datetime) -> int:
    """Show and hide by the day."""
    return freshness.turn_days(at=at)


def climb(at: datetime) -> int:
    """Ask owners and volunteers, mark and hide, each when it is due."""
    return freshness.climb(at=at)


def let_go_late(at: datetime) -> int:
    """Put back checks that nobody answered."""
    return checking.let_go_late(at=at)


DUE: Final[Mapping[str, Callable[[datetime], object]]] = {
    "show and hide entries by the day": turn_days,
    "ask whether entries are right": climb,
    "put checks back": let_go_late,
}

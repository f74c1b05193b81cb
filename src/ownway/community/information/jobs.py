"""What information does by itself: yearly checks fall due, and trainings of contact points end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from ownway.community.information import actions


def give_due_checks(at: datetime) -> int:
    """Give owners the pages that must be checked."""
    return actions.give_due_tasks(at=at)


def look_at_contact_points(at: datetime) -> int:
    """Keep the map to contact points whose helpers are trained."""
    return actions.look_at_every_point(at=at)


DUE: Final[Mapping[str, Callable[[datetime], object]]] = {
    "give pages to check": give_due_checks,
    "look at contact points": look_at_contact_points,
}

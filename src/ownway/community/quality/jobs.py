"""What falls due by itself: marks end, notices run out, visits are called, addresses are let go."""

from datetime import datetime

from ownway.community.quality import actions
from ownway.community.quality.queries.ratings import day


def end_marks(at: datetime) -> int:
    """Take away the marks that have ended."""
    return actions.marks.end_marks(on=day(at), at=at)


def remind_of_marks(at: datetime) -> int:
    """Remind holders of marks that end soon."""
    return actions.marks.remind_of_end(on=day(at), at=at)


def hide_after_notice(at: datetime) -> int:
    """Hide entries whose notice is over."""
    return actions.following.hide_after_notice(on=day(at), at=at)


def call_next_visits(at: datetime) -> int:
    """Ask for visits that are due again."""
    return actions.standards.call_next_visits(on=day(at), at=at)


def forget_unproved_ratings(at: datetime) -> int:
    """Let go of ratings whose address nobody proved."""
    return actions.rating.forget_unproved(at=at)


DUE = {
    "end marks": end_marks,
    "remind of marks": remind_of_marks,
    "hide after notice": hide_after_notice,
    "call next visits": call_next_visits,
    "forget unproved ratings": forget_unproved_ratings,
}

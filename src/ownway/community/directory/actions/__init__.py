"""What can be done to the directory: bring entries and postcodes in, and say how entries stand."""

from ownway.community.directory.actions.bringing_in import Tally, bring_in, not_ours
from ownway.community.directory.actions.evidence import (
    note_not_found,
    settle_mistake,
    tell_mistake,
)
from ownway.community.directory.actions.gone import TooManyGone, gone_from, mark_gone
from ownway.community.directory.actions.postcodes import load_postcodes
from ownway.community.directory.actions.sending import TooManySent, send_shortlist
from ownway.community.directory.actions.standing import hide, set_mark, set_stars, show_again

__all__ = [
    "Tally",
    "TooManyGone",
    "TooManySent",
    "bring_in",
    "gone_from",
    "hide",
    "load_postcodes",
    "mark_gone",
    "not_ours",
    "note_not_found",
    "send_shortlist",
    "set_mark",
    "set_stars",
    "settle_mistake",
    "show_again",
    "tell_mistake",
]

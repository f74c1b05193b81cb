"""What can be done to the directory: bring entries and postcodes in, and say how entries stand."""

from ownway.community.directory.actions.bringing_in import Tally, bring_in, not_ours
from ownway.community.directory.actions.gone import TooManyGone, gone_from, mark_gone
from ownway.community.directory.actions.postcodes import load_postcodes
from ownway.community.directory.actions.standing import hide, set_mark, set_stars, show_again

__all__ = [
    "Tally",
    "TooManyGone",
    "bring_in",
    "gone_from",
    "hide",
    "load_postcodes",
    "mark_gone",
    "not_ours",
    "set_mark",
    "set_stars",
    "show_again",
]

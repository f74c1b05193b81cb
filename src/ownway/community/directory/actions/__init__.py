"""What can be done to the directory: bring entries and postcodes in."""

from ownway.community.directory.actions.bringing_in import Tally, bring_in, not_ours
from ownway.community.directory.actions.postcodes import load_postcodes

__all__ = ["Tally", "bring_in", "load_postcodes", "not_ours"]

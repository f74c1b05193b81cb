"""Rule packs: dated numbers, lists and graphs as data, read, checked and frozen for one day.

`load("facs-2010", profile="alderbrook", on=day)` gives the pack a decision is made with. A pack
is the national rules; a profile is one council's numbers over it, and differs only in data.
"""

from __future__ import annotations

from ownway.policy.packs.reading import (
    load,
    names,
    path_of,
    profiles,
    read_file,
    read_pack,
    usual_day,
)
from ownway.policy.packs.standing import Origin, Pack

__all__ = [
    "Origin",
    "Pack",
    "load",
    "names",
    "path_of",
    "profiles",
    "read_file",
    "read_pack",
    "usual_day",
]

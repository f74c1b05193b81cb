"""Short names and spellings that neither a sound nor a slip of the hand explains: Bob, Peggy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

_GROUPS = (Path(__file__).parent / "nicknames.txt").read_text().splitlines()


def _others() -> Mapping[str, frozenset[str]]:
    """Each name with those of its groups; the first of a group is the whole name."""
    known: dict[str, set[str]] = {}
    for group in _GROUPS:
        names = group.split()
        for name in names:
            known.setdefault(name, set()).update(set(names) - {name})
    return {name: frozenset(others) for name, others in known.items()}


OTHERS: Final = _others()


def other_names(word: str) -> frozenset[str]:
    """What somebody called this may stand as on the record: Robert for Bob."""
    return OTHERS.get(word, frozenset())

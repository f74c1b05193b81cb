"""Names and streets for invented people, read from a file of data."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text())
FIRST: dict[str, list[str]] = _DATA["first"]
STREETS: list[str] = _DATA["homes"]["streets"]
WAYS: list[str] = _DATA["homes"]["ways"]
ETHNIC_GROUPS: list[tuple[str, float]] = [(g["name"], g["share"]) for g in _DATA["ethnic_groups"]]


def more_staff() -> Iterator[str]:
    """Names for staff whom nobody plays, each once, as many as are asked for."""
    firsts, lasts = zip(*(name.split(maxsplit=1) for name in _DATA["staff"]["more"]), strict=True)
    for shift in range(len(lasts)):
        for n, first in enumerate(firsts):
            yield f"{first} {lasts[(n + shift) % len(lasts)]}"


def surnames() -> list[str]:
    """Every surname there is here; those from elsewhere more often."""
    last: dict[str, list[str]] = _DATA["last"]
    made = [begin + end for begin in last["beginnings"] for end in last["endings"]]
    return made + last["elsewhere"] * 3

"""The few words that facts put into sentences: who this is about, and what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ownway.policy.refusals import FactsMissing, FactsRefused, Problem


def who(given: Any, options: tuple[str, ...]) -> str:
    """Whom the facts are about, read first because it settles which other facts belong.

    Raises:
        FactsMissing: it is not said.
        FactsRefused: it is not one of the options, or these are not facts at all.
    """
    if not isinstance(given, Mapping):
        raise FactsRefused([Problem("facts", "must be an object of facts by name.")])
    said = given.get("who")
    if said is None:
        raise FactsMissing([Problem("who", f"is not known yet. Say {' or '.join(options)}.")])
    if said not in options:
        raise FactsRefused([Problem("who", f"must be {' or '.join(options)}.")])
    return str(said)


def forms(known: Mapping[str, Any]) -> dict[str, str]:
    """The forms of a name that labels and notes fill in."""
    name = known.get("called") or "the person"
    whose = f"{name}’s"
    return {
        "who": name, "Who": name[:1].upper() + name[1:],
        "whose": whose, "Whose": whose[:1].upper() + whose[1:],
        "carer": known.get("carer_called") or "a carer",
    }  # fmt: skip

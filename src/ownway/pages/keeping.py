"""What somebody typed while their sign-in ran out: kept an hour in the session, theirs alone."""

import re
import time
from collections.abc import MutableMapping
from typing import Any, TypedDict

from django.http import HttpRequest

KEPT = "kept"
KEPT_SECONDS = 60 * 60
MOST_LETTERS = 1_000_000
MOST_PAGES = 5
AGAIN = "kept-again"
"""Marks what is sent again, so that it is not offered a third time."""

_SECRET = re.compile(r"(^|[-_])(password|code|token|credential)[0-9]?$")


class Kept(TypedDict):
    """One form as it was sent, to be sent again."""

    who: int
    address: str
    typed: list[tuple[str, str]]
    at: float


Session = MutableMapping[str, Any]


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """All that was typed into a form, secrets and our own marks left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", AGAIN) and not _SECRET.search(name)
    ]


def keep(session: Session, *, who: int, address: str, typed: list[tuple[str, str]]) -> bool:
    """Keep a form; of one page the newest. Say whether it could be kept."""
    if sum(len(name) + len(value) for name, value in typed) > MOST_LETTERS:
        return False
    others = [one for one in _fresh(session) if one["address"] != address]
    newest: Kept = {"who": who, "address": address, "typed": typed, "at": time.time()}
    session[KEPT] = [newest, *others][:MOST_PAGES]
    return True


def kept_for(session: Session, *, who: int | None) -> list[Kept]:
    """What this person has to send again, the newest first."""
    return [one for one in _fresh(session) if one["who"] == who]


def let_go(session: Session, *, address: str) -> None:
    """Keep a page's form no longer: it was sent, or is not wanted."""
    left = [one for one in _fresh(session) if one["address"] != address]
    if len(left) != len(session.get(KEPT, [])):
        session[KEPT] = left


def _fresh(session: Session) -> list[Kept]:
    kept: list[Kept] = session.get(KEPT, [])
    return [one for one in kept if time.time() - one["at"] < KEPT_SECONDS]

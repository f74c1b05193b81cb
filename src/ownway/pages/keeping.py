"""What somebody typed while their sign-in ran out: kept an hour in the session, theirs alone."""

import re
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.http import HttpRequest

KEPT = "kept"
KEPT_SECONDS = 60 * 60
MOST_LETTERS = 1_000_000
MOST_PAGES = 5
AGAIN = "kept-again"
"""Marks what is sent again, so that it is not offered a third time."""

_PUT_IN_BY_THE_PAGE = re.compile(
    r"(^|[-_])seen([-_]|$)|^(version|asked|save|go|later|skip|finish|do|find|then|settle_now)$"
)
_SECRET = re.compile(r"(^|[-_])(password|code|token|credential)[0-9]?$")


class Kept(TypedDict):
    """One form as it was sent, to be sent again."""

    who: int
    address: str
    typed: list[tuple[str, str]]
    at: float


@dataclass(frozen=True)
class Typed:
    """One thing that was sent: its name, a label to read, the value, and how it is shown."""

    name: str
    label: str
    value: str

    @property
    def is_long(self) -> bool:
        """Whether it is words, to be read and changed in a box of its own."""
        return len(self.value) > 60 or " " in self.value or "\n" in self.value

    @property
    def is_coded(self) -> bool:
        """Whether it is the page's own name for what was ticked or chosen."""
        return re.fullmatch(r"[a-z_]+|[0-9]{1,6}", self.value) is not None

    @property
    def is_told(self) -> bool:
        """Whether a person typed or chose it; the page itself put in the rest."""
        return bool(self.value.strip()) and not _PUT_IN_BY_THE_PAGE.search(self.name)


def to_read(typed: list[tuple[str, str]]) -> list[Typed]:
    """All that was sent, each with a label made of its name."""
    return [Typed(name, _label(name), value) for name, value in typed]


def _label(name: str) -> str:
    words = re.sub(r"[-_.]+", " ", name.removeprefix("q-")).strip()
    return words[:1].upper() + words[1:]


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

"""How far along the way somebody is, and their money, gathered from every stage for one page."""

from dataclasses import dataclass
from datetime import datetime

from ownway.design.dates import short_date
from ownway.foundation.council.access import Viewer
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import queries as record


@dataclass(frozen=True)
class Stage:
    """One stage of the way: its name, a word on it, and whether it is done, now or still to come."""

    name: str
    words: str
    state: str  # good, now, open


def stages_of(person: Person, *, at: datetime) -> list[Stage]:
    """The eight stages of the strip, in order."""
    return []


def money_of(person: Person) -> None:
    """The budget's working and who pays."""
    return None


def money_now(people: list[Person], *, viewer: Viewer, at: datetime) -> object | None:
    """Yours, promised, spent and left of a home, once there is money."""
    return None

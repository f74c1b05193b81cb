"""Everything the demonstration starts with, in order; each step says what it made."""

from collections.abc import Iterator
from datetime import datetime

from ownway.demo import histories, population
from ownway.demo.cast import raise_council
from ownway.demo.directory import fill_directory


def fill(*, people: int, at: datetime) -> Iterator[str]:
    """Make the council as it stands at a moment."""
    raise_council(at=at)
    yield "Alderbrook has staff, teams, organisations and settings version 1"
    fill_directory(at=at)
    yield "The directory has its entries"
    if people:
        lives = population.make_lives(count=people, at=at)
        yield f"{people:,} people live here"
        for words in histories.live(lives, at=at):
            yield words

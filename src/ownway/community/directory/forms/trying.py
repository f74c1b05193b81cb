"""Trying a batch of a feed or a sheet before anything of it is taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from ownway.community.directory.actions import not_ours
from ownway.community.directory.actions.facts import EntryFacts, TaxonomyFacts
from ownway.community.directory.forms.reading import Fault

AT_ONCE: Final = 500


class Reading(Protocol):
    """A feed or a sheet: it reads entries by the batch, and notes what was wrong."""

    faults: list[Fault]
    notes: list[Fault]

    def batches(self) -> list[str]:
        """The batches, by the names of their files."""

    def read(self, batch: str | None = None) -> Iterator[EntryFacts]:
        """The entries of a batch."""

    def read_taxonomies(self, batch: str | None = None) -> Iterator[TaxonomyFacts]:
        """The lists of terms of a batch."""


@dataclass(frozen=True)
class Trial:
    """What a batch would bring: how many good items, and all that is bad in it."""

    good: int
    faults: tuple[Fault, ...]
    not_ours: tuple[str, ...]

    @property
    def bad(self) -> int:
        """How many items are bad."""
        return len(self.faults) + len(self.not_ours)


def tried(reading: Reading, batch: str, *, source: str) -> Trial:
    """Read a whole batch and take nothing of it; `faults` and `notes` stay as they were.

    Raises:
        CannotRead: its file is no feed, however far down that shows.
    """
    faults, notes = len(reading.faults), len(reading.notes)
    found, good, others = reading.read(batch), 0, list[str]()
    while some := list(islice(found, AT_ONCE)):
        refused = not_ours(some, source_name=source)
        others += [f"{one.name}: {reason}" for one, reason in refused]
        good += len(some) - len(refused)
    good += sum(1 for _ in reading.read_taxonomies(batch))
    walked = [one for one in reading.faults[:faults] if one.file == batch]
    bad = (*walked, *reading.faults[faults:])
    del reading.faults[faults:], reading.notes[notes:]
    return Trial(good, bad, tuple(others))

"""Fills the directory of Alderbrook: invented entries, by the same way in as a council's sheet."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ownway.community.directory import actions, queries
from ownway.community.directory.forms import Sheet
from ownway.community.directory.models.entries import OWN
from ownway.demo import places
from ownway.demo.keeping import give_owners_addresses

ENTRIES: Final = Path(__file__).with_name("data") / "directory.csv"


# What people of the town sought and did not find, how often, and in which part of daily life.
SOUGHT: Final = (("overnight break", "caring", 7), ("tai chi chair", "moving", 6), ("zumba", "", 2))


def fill_directory(*, at: datetime) -> int:
    """Load the postcodes and the entries; doing it again changes nothing. Returns how many."""
    actions.load_postcodes(places.postcodes())
    sheet = Sheet.of(ENTRIES, source=OWN)
    done = list(actions.bring_in(sheet.read(), source_name=OWN, at=at))
    if sheet.faults or sheet.notes:
        raise ValueError("; ".join(str(fault) for fault in [*sheet.faults, *sheet.notes]))
    give_owners_addresses()
    _fill_evidence(at)
    return sum(tally.new + tally.changed + tally.same for tally in done)


def _fill_evidence(at: datetime) -> None:
    """Searches of the last month that found nothing; they are counted once, however often."""
    if queries.has_evidence():
        return
    month = (at.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    for words, need, times in SOUGHT:
        for _ in range(times):
            actions.note_not_found(words, need=need, near=None, on=month)

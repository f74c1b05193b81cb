"""Fills the directory of Alderbrook: invented entries, by the same way in as a council's sheet."""

from datetime import datetime
from pathlib import Path
from typing import Final

from ownway.community.directory import actions
from ownway.community.directory.forms import Sheet
from ownway.community.directory.models.entries import OWN
from ownway.demo import places

ENTRIES: Final = Path(__file__).with_name("data") / "directory.csv"


def fill_directory(*, at: datetime) -> int:
    """Load the postcodes and the entries; doing it again changes nothing. Returns how many."""
    actions.load_postcodes(places.postcodes())
    sheet = Sheet.of(ENTRIES, source=OWN)
    done = list(actions.bring_in(sheet.read(), source_name=OWN, at=at))
    if sheet.faults or sheet.notes:
        raise ValueError("; ".join(str(fault) for fault in [*sheet.faults, *sheet.notes]))
    return sum(tally.new + tally.changed + tally.same for tally in done)

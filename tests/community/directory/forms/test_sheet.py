"""A directory as a sheet."""

from datetime import time

import pytest

from ownway.community.directory.actions.lines import read_times
from ownway.community.directory.forms import CannotRead, Sheet


def sheet(text: str) -> Sheet:
    return Sheet(text.encode(), name="sheet.csv", source="own")


@pytest.mark.parametrize(
    ("words", "days", "opens", "closes"),
    [
        ("Thu 10:00 to 12:00", "TH", time(10), time(12)),
        ("Mon to Wed 09:30 to 15:00", "MO,TU,WE", time(9, 30), time(15)),
        ("Tue and Thu 10:00", "TU,TH", time(10), None),
        ("Mon, Wed and Fri 10:00 to 11:00", "MO,WE,FR", time(10), time(11)),
        ("Every day 07:00 to 22:00", "MO,TU,WE,TH,FR,SA,SU", time(7), time(22)),
        ("1st Tue 18:30", "1TU", time(18, 30), None),
        ("Last Fri 14:00 to 16:00", "-1FR", time(14), time(16)),
        ("Mon to Sat, days and evenings", "MO,TU,WE,TH,FR,SA", None, None),
        ("By appointment", "", None, None),
        ("Thu 99:99 to 12:00", "TH", None, time(12)),
    ],
)
def test_times_are_read_as_people_write_them(
    words: str, days: str, opens: time | None, closes: time | None
) -> None:
    found = read_times(words)

    assert (found.days, found.opens_at, found.closes_at) == (days, opens, closes)


def test_a_row_is_an_entry_with_its_price_in_pence() -> None:
    (entry,) = sheet(
        "name,price,mark,stars\nGreen Gate,21.00 an hour; free first visit,gold,4.6\n"
    ).read()

    assert [(cost.pence, cost.each) for cost in entry.costs] == [
        (2100, "an hour"),
        (0, "first visit"),
    ]
    assert (entry.mark, str(entry.stars), entry.owner and entry.owner.name) == (
        2,
        "4.6",
        "Green Gate",
    )


def test_bad_rows_are_refused_and_bad_cells_left_out_by_line() -> None:
    reading = sheet("name,domains,mark,stars,checked\nA,moon home,tin,9,soon\n,,,,\nA,,,,\n")

    entries = list(reading.read())

    assert [(entry.name, entry.domains, entry.mark) for entry in entries] == [("A", ("home",), 0)]
    assert [(fault.line, fault.path) for fault in reading.faults] == [(3, "name"), (4, "name")]
    assert {(note.line, note.path) for note in reading.notes} == {
        (2, "domains"),
        (2, "mark"),
        (2, "stars"),
        (2, "checked"),
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column called name"),
        ("title\nA\n", "no column called name"),
        ("name,colour\nA,red\n", "do not know the column 'colour'"),
        ('name\n"open', "not CSV"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_whole(text: str, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        list(sheet(text).read())

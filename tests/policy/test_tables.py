"""Files of people that are not what they seem: the row that spoils one is named."""

from random import Random

import pytest

from ownway.commands import policy
from ownway.policy import tables

RUN = ("run", "--pack", "alderbrook", "--on", "2026-01-30", "--graph", "carer_totals")
GAPS = ("equality", "--by", "person", "--before", "need_points", "--after", "need_points")


@pytest.fixture
def refused(tmp_path, capsys):
    """What the run, and then the comparison, say of a file they refuse."""

    def both(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        for words in ([*RUN, path, tmp_path / "out.parquet"], [*GAPS, path]):
            assert policy.main([str(word) for word in words]) == 1
            yield capsys.readouterr().err.removeprefix(str(path))

    return both


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1\nb,2,3\n", ", row 2 (line 3): has 3 cells, and the header has 2."),
        ("a\n", ", row 1 (line 2): has 1 cell, and the header has 2."),
        ("a,1\n\n\nb,2,3\n", ", row 2 (line 5): has 3 cells, and the header has 2."),
        ("a,1\n" * 200_000 + "b,2,3\n", ", row 200,001 (line 200,002): has 3 cells"),
    ],
)
def test_a_row_with_cells_too_many_or_few_is_named_by_its_number(refused, rows, said):
    for words in refused("people.csv", f"person,need_points\n{rows}".encode()):
        assert words.startswith(said)
        assert "CSV parse" not in words


def test_bytes_called_parquet_that_are_not_are_refused_as_such(refused):
    for words in refused("people.parquet", Random(1).randbytes(3_000)):
        assert words.startswith(": is called .parquet and is not Parquet.")


def test_a_file_with_every_row_alike_has_none_to_name(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text('person,note\na,"one, two"\n\nb,"two\nlines"\n', "utf-8")

    assert tables.uneven_row(path) is None

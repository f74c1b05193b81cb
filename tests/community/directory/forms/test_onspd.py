"""Reading where postcodes lie."""

from pathlib import Path

import pytest

from ownway.community.directory.forms import CannotRead, PostcodeFile


def reading(tmp_path: Path, text: str) -> PostcodeFile:
    file = tmp_path / "onspd.csv"
    file.write_text(text)
    return PostcodeFile(file)


def test_the_columns_of_the_national_file_are_read_and_bad_rows_told_by_line(
    tmp_path: Path,
) -> None:
    file = reading(
        tmp_path,
        "PCDS,doterm,oseast1m,osnrth1m\n"
        "AL3 4QT,,450000,0290000\n"
        "AL3 4QU,202101,450001,290001\n"
        "AL3 4QV,,,\n"
        "nonsense,,1,1\n"
        "AL3 4QW,,-5,290000\n"
        "AL3 4QX,,9999999,290000\n",
    )

    rows = list(file.rows())

    assert rows == [("AL34QT", 450_000, 290_000, False), ("AL34QU", 450_001, 290_001, True)]
    assert file.without_place == 1
    assert [fault.line for fault in file.faults] == [5, 6, 7]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "pcds,oseast1m\nAL3 4QT,1\n"])
def test_a_file_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CannotRead, match="no column called"):
        list(reading(tmp_path, text).rows())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="cannot be opened"):
        list(PostcodeFile(tmp_path / "none.csv").rows())

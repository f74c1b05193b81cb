"""A history that cannot be right is refused whole, naming the lines; nothing in it is guessed."""

import contextlib
import random
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest

from ownway.policy import calibration, synthetic
from ownway.policy.refusals import FactsRefused
from ownway.policy.synthetic import Council, Knobs

ON = date(2026, 1, 30)
PRESET = synthetic.PRESETS["slough-2010"]


def read(path, **more):
    return calibration.read(path, on=ON, **more)


def cell(csv, tmp_path, *, column, value, line=7):
    """The good history with one cell of one line changed."""
    lines = csv.read_text().splitlines()
    place = [name.strip('"') for name in lines[0].split(",")].index(column)
    cells = lines[line - 1].split(",")
    cells[place] = value
    lines[line - 1] = ",".join(cells)
    file = tmp_path / "changed.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def test_a_good_history_reads_the_same_from_csv_and_parquet(csv, tmp_path):
    file = tmp_path / "history.parquet"
    synthetic.write(Council(PRESET), file, people=250)

    one, other = read(csv), read(file)

    assert (one.answers == other.answers).all()
    assert (one.cost == other.cost).all()
    assert (one.decided_on == other.decided_on).all()
    assert (one.groups["age"] == other.groups["age"]).all()
    assert one.given == other.given


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("level.eating", "9", "line 7, level.eating: '9' must be from 0 to 4"),
        ("level.eating", "lots", "line 7, level.eating: 'lots' is not a whole number"),
        ("level.eating", "1.5", "line 7, level.eating: '1.5' is not a whole number"),
        ("level.eating", "nan", "line 7, level.eating: 'nan' is not a whole number"),
        ("level.eating", "1e999", "line 7, level.eating: '1e999' is not a whole number"),
        ("help.work", "some", "line 7, help.work: 'some' must be one of none, little, half, all"),
        ("cost_pence", "-5", "line 7, cost_pence: '-5' must be from 0 to 100,000,000"),
        ("cost_pence", "£12.00", "is not a whole number"),
        ("night", "3", "line 7, night: '3' must be one of none, sleep_in, waking"),
        ("two_people.toilet", "maybe", "line 7, two_people.toilet: 'maybe' must be true or false"),
        ("decided_on", "31/03/2010", "'31/03/2010' is not a date such as 2012-03-31"),
        ("decided_on", "2031-01-01", "line 7: has dates that cannot be"),
        ("decided_on", "1960-01-01", "line 7: has dates that cannot be"),
        ("level.eating", "", "line 7: has an answer left blank. Put it right, or leave such"),
        ("cost_pence", "", "line 7: has an answer left blank"),
        ("breaks", "99999999", "line 7, breaks: has breaks that cost more than the whole plan"),
    ],
)
def test_one_wrong_cell_is_named_by_its_line_and_column(csv, tmp_path, column, value, said):
    with pytest.raises(FactsRefused) as refused:
        read(cell(csv, tmp_path, column=column, value=value))

    assert said in str(refused.value)


def test_every_wrong_line_is_named_and_none_is_used(csv, tmp_path):
    once = cell(csv, tmp_path, column="level.eating", value="9", line=4)
    (tmp_path / "again").mkdir()
    twice = cell(once, tmp_path / "again", column="cost_pence", value="x", line=9)

    with pytest.raises(FactsRefused) as refused:
        read(twice)

    places = {problem.place for problem in refused.value.problems}
    assert places == {"line 4, level.eating", "line 9, cost_pence"}


def test_words_are_as_good_as_codes(csv, tmp_path):
    worded = read(cell(csv, tmp_path, column="help.eating", value="half"))

    assert worded.help[0][5] == 2


@pytest.mark.parametrize("column", ["level.home", "help.people", "cost_pence"])
def test_a_column_that_is_missing_is_asked_for_by_name(csv, tmp_path, column):
    file = tmp_path / "less.csv"
    file.write_text(csv.read_text().replace(f'"{column}"', '"something"'))

    with pytest.raises(FactsRefused, match=f"{column}: is not a column here"):
        read(file)


def test_a_part_of_life_nobody_knows_is_refused(csv, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(csv.read_text().replace('"area"', '"level.flying"'))

    with pytest.raises(FactsRefused, match=r"level.flying: is not a part of daily life"):
        read(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is not a table that can be read"),
        (b"\n", "is not a table that can be read|has nobody in it"),
        (b"PAR1 and nothing more", "is not a table that can be read"),
        (b"a,a\n1,2\n", "has two columns called 'a'"),
        (b"a,b\n1,2,3\n", "row 1 .line 2.: has 3 cells, and the header has 2"),
        (b"\xff\xfe\x00,\x81\n1,2\n", "not a table|is not a column"),
        (b"person,cost_pence\n", "has nobody in it"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, said, tmp_path):
    file = tmp_path / "history.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(FactsRefused, match=said):
        read(file)


def test_a_parquet_file_cut_short_is_refused(tmp_path):
    file = tmp_path / "history.parquet"
    synthetic.write(Council(PRESET), file, people=250)
    file.write_bytes(file.read_bytes()[:-200])

    with pytest.raises(FactsRefused, match="is not a table that can be read"):
        read(file)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(FactsRefused, match="cannot be read"):
        read(tmp_path)


def test_too_few_people_are_refused_with_how_many_are_needed(csv, tmp_path):
    with pytest.raises(FactsRefused, match="holds 250 people that can be used; 300 are needed"):
        read(csv, fewest=300)


def test_what_may_be_left_out_is_left_out_only_when_asked_and_counted(tmp_path):
    file = tmp_path / "history.parquet"
    knobs = Knobs(missing=0.005, repeated=0.03, wrong_dates=0.02)
    synthetic.write(Council(PRESET, knobs=knobs), file, people=400)

    with pytest.raises(FactsRefused) as refused:
        read(file)
    kept = read(file, leave_out=("blank", "repeated", "wrong-dates"))

    said = str(refused.value)
    for name in ("blank", "repeated", "wrong-dates"):
        assert f"--leave-out {name}" in said
        assert kept.left_out[name] > 0
    assert kept.people == 400 + _again(file) - sum(kept.left_out.values())


def _again(file):
    return pyarrow.parquet.read_table(file).num_rows - 400


def test_a_wrong_number_is_never_left_out(csv, tmp_path):
    changed = cell(csv, tmp_path, column="cost_pence", value="-5")

    with pytest.raises(FactsRefused, match="must be from 0"):
        read(changed, leave_out=("blank", "repeated", "wrong-dates"))


def test_numbers_with_blanks_from_a_spreadsheet_are_read(csv, tmp_path):
    changed = cell(csv, tmp_path, column="level.eating", value="3.0")

    assert read(changed).answers[0][5] == 3


def test_a_parquet_file_of_the_wrong_types_is_refused_not_crashed(tmp_path):
    file = tmp_path / "history.parquet"
    synthetic.write(Council(PRESET), file, people=250)
    table = pyarrow.parquet.read_table(file)
    nested = pa.array([[1, 2]] * 250)
    place = table.column_names.index("level.eating")
    pyarrow.parquet.write_table(table.set_column(place, "level.eating", nested), file)

    with pytest.raises(FactsRefused, match=r"level.eating"):
        read(file)


def test_a_hundred_spoilt_files_are_read_or_refused_and_never_crash(csv, tmp_path):
    whole, chance = csv.read_bytes()[:20_000], random.Random(7)
    for place in range(100):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(spoilt))
            spoilt[at : at + chance.randint(0, 3)] = bytes(
                chance.choices(b'\x00,\n"\xff9x-', k=chance.randint(0, 3))
            )
        file = tmp_path / f"{place}.csv"
        file.write_bytes(bytes(spoilt))
        with contextlib.suppress(FactsRefused):
            assert read(file, fewest=1).people

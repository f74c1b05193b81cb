"""`ownway policy run`, `whatif` and `sql`, as anyone may run them."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ownway.commands import policy

PACK = ("--pack", "alderbrook", "--on", "2026-01-30", "--graph", "carer_totals")


@pytest.fixture
def run(capsys):
    def command(*words):
        code = policy.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table({"person": ["a", "b", "c"], "need_points": [0, 5, 10]}), path)
    return path


def test_a_run_says_what_it_came_to(run, people, tmp_path):
    out_file = tmp_path / "out.parquet"

    code, out, _ = run("run", *PACK, people, out_file)

    assert code == 0
    assert "3 people worked out" in out
    assert "weekly_pence: £114.00 in all; not nothing for 2" in out
    assert "1 were worked out by the interpreter too, and came to the same" in out
    assert pq.read_table(out_file).column_names == ["person", "weekly_pence"]


def test_a_run_answers_in_json(run, people, tmp_path):
    code, out, _ = run(
        "run", *PACK, "--json", "--want", "need_points", people, tmp_path / "o.parquet"
    )

    answer = json.loads(out)
    assert code == 0
    assert (answer["people"], answer["totals"]) == (3, {"need_points": 15})


def test_a_run_over_bad_rows_is_refused_row_by_row(run, tmp_path):
    source = tmp_path / "people.csv"
    source.write_text("need_points\n4\n\nmany\n-1\n", "utf-8")

    code, _, err = run("run", *PACK, source, tmp_path / "out.parquet")

    assert code == 1
    assert "row 2, need_points: is not known. Find it, or leave this person out." in err
    assert "row 3, need_points: must be a whole number from 0 to 10,000, not words." in err
    assert "row 4, need_points: must be a whole number from 0 to 10,000; it is -1." in err
    assert "Nothing of rows 1 to 4 is written." in err


def test_the_effect_of_a_change_is_told_before_and_after(run, people):
    code, out, _ = run("whatif", *PACK, "--set", "carer_point_price_pence=1000",
                       "--envelope", "12000", people)  # fmt: skip

    assert code == 0
    assert "now               £114.00 a week, 2 with money" in out
    assert "then              £142.50 a week, 2 with money" in out
    assert "2 get more, 0 less, 1 the same" in out
    assert "the greatest share is 0.8: £120.00 a week" in out


def test_the_effect_of_a_change_in_json(run, people):
    _, out, _ = run("whatif", *PACK, "--json", "--set", "factor=0.5", people)

    answer = json.loads(out)
    assert answer["then"] == {"people": 3, "with_budget": 2, "weekly_pence": 6000}
    assert answer["deflator"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "price"], "price: is not NAME=VALUE."),
        (["--set", "no_such=1"], "settings.no_such: is not a number of this rule pack."),
        (["--set", "factor=lots"], "settings.factor: must be a ratio"),
    ],
)
def test_a_change_that_cannot_be_is_refused(words, said, run, people):
    code, _, err = run("whatif", *PACK, *words, people)

    assert code == 1
    assert said in err


def test_a_graph_that_is_not_there_is_refused_with_those_that_are(run, people):
    code, _, err = run("whatif", "--pack", "alderbrook", "--graph", "person_days", people)

    assert code == 1
    assert "person_days: is not a graph of this pack. Name one of:" in err


def test_the_columns_of_a_population_file_are_printed_as_a_schema(run):
    code, out, _ = run("schema", "run", "--pack", "alderbrook")

    rows = {row["title"]: row for row in json.loads(out)["anyOf"]}
    row = rows["person_levels, then person_by_price (facs-2010 with alderbrook)"]
    assert code == 0
    assert row["properties"]["help.eating"] == {
        "type": "integer", "minimum": 0, "maximum": 3,
        "description": "Eating and drinking: 0 none, 1 little, 2 half, 3 all",
    }  # fmt: skip
    assert "breaks" in row["required"]
    assert list(row["x-answers"]) == ["weekly_pence"]


def test_a_sum_is_written_for_a_database(run):
    code, out, _ = run("sql", *PACK, "--table", "carers", "--key", "nhs_number")

    assert code == 0
    assert out.startswith("-- carer_totals, then carer_by_price: facs-2010 with alderbrook")
    assert 'select "nhs_number", "weekly"' in out
    assert 'from "carers") as people' in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--keep", "team"], "team: is not a column of this file."),
        (["--keep", "weekly_pence"], "weekly_pence: is the name of an answer."),
        (["--want", "daily"], "has no node 'daily'."),
    ],
)
def test_a_column_or_node_that_is_not_there_is_refused(words, said, run, people, tmp_path):
    code, _, err = run("run", *PACK, *words, people, tmp_path / "out.parquet")

    assert code == 1
    assert said in err


def test_a_folder_is_no_population(run, tmp_path):
    code, _, err = run("run", *PACK, tmp_path, tmp_path / "out.parquet")

    assert code == 1
    assert "cannot be read: Is a directory." in err


def test_more_columns_may_be_kept(run, tmp_path):
    source, target = tmp_path / "people.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.table({"need_points": [5], "team": ["east"]}), source)

    run("run", *PACK, "--keep", "team", source, target)

    assert pq.read_table(target).to_pydict() == {"team": ["east"], "weekly_pence": [3800]}

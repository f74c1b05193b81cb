"""A population from a file to a file: all of it to the penny, or nothing that looks finished."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from ownway.policy import allocation, domains, interpret, packs, runs
from ownway.policy.refusals import FactsRefused
from ownway.policy.runs import columns

PACK = packs.load("alderbrook", on=date(2026, 1, 30))
CARER = runs.Job(PACK, "carer_totals, then carer_by_price")


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(columns, "BATCH", 10)


@pytest.fixture
def paths(tmp_path):
    return tmp_path / "people.parquet", tmp_path / "out.parquet"


def write(path, **given):
    pq.write_table(pa.table(given), path)


def test_each_person_comes_to_what_a_decision_about_them_comes_to(paths, small_batches):
    source, target = paths
    chance = np.random.default_rng(3)
    given = {f"level.{key}": chance.integers(0, 5, 33) for key in domains.KEYS}
    given |= {f"help.{key}": chance.integers(0, 4, 33) for key in domains.KEYS}
    write(source, person=list("abcdefghijklmnopqrstuvwxyz0123456"), breaks=[100] * 33, **given)
    job = runs.Job(PACK, "person_levels, then person_by_price", ("weekly", "need_points"))

    report = runs.run(source, target, job=job)

    made = pq.read_table(target).to_pydict()
    helps = tuple(domains.HELP)
    for row, weekly in enumerate(made["weekly_pence"]):
        answers = {
            key: {"level": int(given[f"level.{key}"][row]),
                  "help": helps[given[f"help.{key}"][row]]} for key in domains.KEYS
        }  # fmt: skip
        facts = {"who": "person", "answers": answers, "breaks_pence": 100}
        result = allocation.decide(facts, PACK).result
        assert (weekly, made["need_points"][row]) == (result["weekly_pence"], result["need_points"])
    assert made["person"][:3] == ["a", "b", "c"]
    assert report.people == 33
    assert report.totals["weekly_pence"] == sum(made["weekly_pence"])
    assert not target.with_name("out.parquet.part").exists()


def test_csv_gives_the_same_as_parquet(tmp_path, paths):
    source, target = paths
    write(source, person=["x", "y"], need_points=[5, 9])
    pyarrow.csv.write_csv(pq.read_table(source), tmp_path / "people.csv")

    runs.run(source, target, job=CARER)
    runs.run(tmp_path / "people.csv", tmp_path / "other.parquet", job=CARER)

    assert (
        pq.read_table(target).to_pydict() == pq.read_table(tmp_path / "other.parquet").to_pydict()
    )


MUST = "must be a whole number from 0 to 10,000"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([1, None, 3], "row 2, need_points: is not known. Find it, or leave this person out."),
        ([1, 2, 10_001], f"row 3, need_points: {MUST}; it is 10,001"),
        ([1, -4, 3], f"row 2, need_points: {MUST}; it is -4"),
        ([1.0, 2.5, 3.0], f"row 2, need_points: {MUST}."),
        ([1.0, float("nan"), 3.0], "row 2, need_points: must be a whole number"),
        ([1.0, float("inf"), 3.0], "row 2, need_points: must be a whole number"),
        (["1", "many", "3"], f"row 2, need_points: {MUST}, not words"),
        (["1", "9" * 30, "3"], f"row 2, need_points: {MUST}."),
        ([[1], [2], [3]], f"row 1, need_points: {MUST}; the column"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_named_by_its_row_and_nothing_is_written(cells, said, paths):
    source, target = paths
    write(source, need_points=cells)

    with pytest.raises(runs.RunStopped) as stopped:
        runs.run(source, target, job=CARER)

    assert said in str(stopped.value)
    assert "Nothing of rows 1 to 3 is written." in str(stopped.value)
    assert not target.exists()


def test_a_run_goes_no_further_than_a_bad_batch_and_goes_on_once_it_is_mended(
    paths, small_batches, monkeypatch
):
    source, target = paths
    points = list(range(35))
    write(source, need_points=[*points[:23], None, *points[24:]])
    with pytest.raises(runs.RunStopped, match="row 24, need_points: is not known") as stopped:
        runs.run(source, target, job=CARER)
    assert "rows 21 to 30 is written. Rows before 21 are kept in" in str(stopped.value)
    assert len(list(target.with_name("out.parquet.part").glob("*.parquet"))) == 2

    write(source, need_points=points)
    report = runs.run(source, target, job=CARER)

    assert (report.people, report.kept) == (35, 20)
    expected = [points * 800 * 95 // 100 for points in points]
    assert pq.read_table(target)["weekly_pence"].to_pylist() == expected


def test_a_batch_whose_rows_have_changed_is_worked_out_again(paths, small_batches):
    source, target = paths
    write(source, need_points=[*range(10), *range(9), -1])
    with pytest.raises(runs.RunStopped):
        runs.run(source, target, job=CARER)

    write(source, need_points=[5] * 20)
    report = runs.run(source, target, job=CARER)

    assert report.kept == 0
    assert pq.read_table(target)["weekly_pence"].to_pylist() == [3800] * 20


def test_what_was_kept_for_another_pack_is_not_used(paths, small_batches):
    source, target = paths
    write(source, need_points=[*range(19), -1])
    with pytest.raises(runs.RunStopped):
        runs.run(source, target, job=CARER)

    write(source, need_points=[*range(19), 1])
    dearer = PACK.with_settings({"carer_point_price_pence": 1000})
    report = runs.run(source, target, job=runs.Job(dearer, CARER.graph))

    assert report.kept == 0
    assert pq.read_table(target)["weekly_pence"].to_pylist()[:3] == [0, 950, 1900]


def test_what_another_version_of_ownway_kept_is_not_used(paths, small_batches, monkeypatch):
    source, target = paths
    write(source, need_points=[*range(19), -1])
    with pytest.raises(runs.RunStopped):
        runs.run(source, target, job=CARER)

    write(source, need_points=[*range(19), 1])
    monkeypatch.setattr(runs, "engine", lambda: "another")

    assert runs.run(source, target, job=CARER).kept == 0


def test_two_runs_to_one_answer_do_not_share_what_they_keep(paths, small_batches):
    source, target = paths
    write(source, need_points=[1] * 25)
    told = []

    def another(done, people):
        with pytest.raises(FactsRefused, match="is being written by another run"):
            runs.run(source, target, job=CARER)
        told.append(done)

    runs.run(source, target, job=CARER, progress=another)

    assert told == [10, 20, 25]
    assert pq.read_table(target).num_rows == 25
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "out.parquet", "people.parquet",
    ]  # fmt: skip


def test_a_run_that_ended_between_the_looks_of_another_is_not_written_over(paths, monkeypatch):
    source, target = paths
    write(source, need_points=[1])
    looked = iter([False])
    monkeypatch.setattr(type(target), "exists", lambda path: next(looked, True))

    with pytest.raises(FactsRefused, match="is there already"):
        runs.run(source, target, job=CARER)


def test_a_difference_from_the_record_stops_the_run(paths, monkeypatch):
    source, target = paths
    write(source, need_points=[7])
    real = interpret.run

    def off_by_a_penny(graph, **given):
        values = real(graph, **given)
        return values | {"weekly": values["weekly"] + 1}

    monkeypatch.setattr(runs.interpret, "run", off_by_a_penny)

    with pytest.raises(runs.RunStopped, match="row 1, weekly: came to 5320, and to 5321 by the"):
        runs.run(source, target, job=CARER)
    assert not target.exists()


def test_one_row_in_a_thousand_is_checked(paths):
    source, target = paths
    write(source, need_points=[1] * 5_000)

    assert runs.run(source, target, job=CARER).checked == 5


def test_progress_is_told_after_each_batch(paths, small_batches):
    source, target = paths
    write(source, need_points=[1] * 25)
    told = []

    runs.run(source, target, job=CARER, progress=lambda done, people: told.append((done, people)))

    assert told == [(10, 25), (20, 25), (25, 25)]


def test_where_no_fact_matters_everyone_still_gets_an_answer(paths):
    source, target = paths
    write(source, person=[1, 2, 3])
    free = PACK.with_settings({"carer_point_price_pence": 0})

    runs.run(source, target, job=runs.Job(free, CARER.graph))

    assert pq.read_table(target).to_pydict() == {"person": [1, 2, 3], "weekly_pence": [0, 0, 0]}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "cannot be read: No such file"),
        (
            lambda path: path.write_bytes(b"PAR1 and then nothing"),
            "is not a table that can be read",
        ),
        (lambda path: write(path, other=[1]), "need_points: is not a column of this file"),
        (lambda path: write(path, need_points=pa.array([], pa.int64())), "has nobody in it"),
        (
            lambda path: path.write_text("need_points\n1\n"),
            "is called .parquet and is not Parquet",
        ),
        (lambda path: path.write_bytes(b""), "is called .parquet and is not Parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(make, said, paths):
    source, target = paths
    make(source)

    with pytest.raises(FactsRefused, match=said):
        runs.run(source, target, job=CARER)
    assert not target.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("need_points,need_points\n1,2\n", "is the name of two columns"),
        ("", "is not a table that can be read"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_refused(text, said, paths, tmp_path):
    source = tmp_path / "people.csv"
    source.write_text(text, "utf-8")

    with pytest.raises(FactsRefused, match=said):
        runs.run(source, paths[1], job=CARER)


def test_an_answer_is_never_written_over_or_beside_its_kind(paths, tmp_path):
    source, target = paths
    write(source, need_points=[1])
    target.write_text("mine")

    with pytest.raises(FactsRefused, match="is there already"):
        runs.run(source, target, job=CARER)
    with pytest.raises(FactsRefused, match=r"must end in \.parquet"):
        runs.run(source, tmp_path / "out.csv", job=CARER)
    with pytest.raises(FactsRefused, match="cannot be written"):
        runs.run(source, tmp_path / "nowhere" / "out.parquet", job=CARER)
    assert target.read_text() == "mine"

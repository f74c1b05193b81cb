"""The invented council: the same people whatever is asked, marginals that hold, planted gaps."""

from datetime import date

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest

from ownway.policy import packs, population, synthetic
from ownway.policy.refusals import FactsRefused
from ownway.policy.synthetic import Council, Gap, Knobs, presets, raking
from ownway.policy.synthetic.chance import Chance

DUDLEY = synthetic.PRESETS["dudley-2012"]


@pytest.fixture(scope="module")
def dudley():
    return Council(DUDLEY, seed=1).people(14_745)


def same(one, other):
    return all((one[name] == other[name]).all() for name in one)


def test_the_first_ten_people_are_the_same_however_many_are_asked_for(dudley):
    ten = Council(DUDLEY, seed=1).people(10)

    assert same(ten, {name: column[:10] for name, column in dudley.items()})


def test_a_block_from_the_middle_is_the_same_as_in_the_whole(dudley):
    block = Council(DUDLEY, seed=1).people(50, first=700)

    assert same(block, {name: column[700:750] for name, column in dudley.items()})


def test_another_seed_is_another_council(dudley):
    other = Council(DUDLEY, seed=2).people(200)

    assert np.mean(other["cost_pence"] == dudley["cost_pence"][:200]) < 0.05


def test_the_people_and_the_money_are_those_of_the_preset(dudley):
    spent = dudley["cost_pence"].sum() * 52 / 100

    assert len(dudley["person"]) == 14_745
    assert spent == pytest.approx(78_200_000, rel=0.03)
    assert np.mean(dudley["sex"] == "woman") == pytest.approx(0.598, abs=0.015)
    assert np.mean(dudley["ethnic_group"] == "asian") == pytest.approx(0.051, abs=0.006)
    assert np.mean(dudley["reason"] == 5) == pytest.approx(0.18, abs=0.012)
    waited = (dudley["assessed_on"] - dudley["asked_on"]).astype(int)
    assert np.mean(waited <= 28) == pytest.approx(0.872, abs=0.01)


def test_every_number_of_a_preset_is_sourced_or_called_an_assumption():
    told = {"people", "mean_week_pence", "on_time", "reasons", "ages", "sexes", "ethnic_groups",
            "areas"}  # fmt: skip

    for preset in synthetic.PRESETS.values():
        known = set(preset.sources) | set(preset.assumptions)
        assert told - known <= ({"people"} if preset.name == "load" else set()), preset.name


def test_raking_meets_the_marginals_and_keeps_how_things_go_together():
    table = np.array([[4.0, 1.0], [2.0, 3.0]])

    raked = raking.rake(table, [(0.7, 0.3), (0.25, 0.75)])

    assert raked.sum(axis=1) == pytest.approx([0.7, 0.3])
    assert raked.sum(axis=0) == pytest.approx([0.25, 0.75])
    odds = raked[0, 0] * raked[1, 1] / (raked[0, 1] * raked[1, 0])
    assert odds == pytest.approx(4 * 3 / (1 * 2))


def test_the_cells_of_a_council_meet_all_its_marginals():
    cells = raking.cells(DUDLEY)

    for axis, wanted in enumerate((DUDLEY.reasons, DUDLEY.ages, DUDLEY.sexes)):
        others = tuple(one for one in range(4) if one != axis)
        assert cells.sum(axis=others) == pytest.approx(np.array(wanted) / np.sum(wanted))


def test_chance_is_even_and_one_stream_says_nothing_of_another():
    chance = Chance(1, np.arange(100_000, dtype=np.uint64))
    one, other = chance.uniform("one"), chance.uniform("other")

    assert np.histogram(one, 20, (0, 1))[0] == pytest.approx(np.full(20, 5_000), rel=0.06)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.01
    assert chance.normal("bell").std() == pytest.approx(1, abs=0.01)


def test_a_gap_is_planted_in_its_group_and_nowhere_else(dudley):
    gap = synthetic.read_gap("group=asian:-8%")
    council = Council(DUDLEY, seed=1, knobs=Knobs(gaps=(gap,)))

    ratio = council.people(14_745)["cost_pence"] / dudley["cost_pence"]

    asian = dudley["ethnic_group"] == "asian"
    assert gap == Gap("ethnic_group", "asian", -0.08)
    assert ratio[asian] == pytest.approx(np.full(asian.sum(), 0.92), abs=0.005)
    assert np.all(ratio[~asian] == 1)


def test_a_gap_may_be_by_reason_or_sex_too(dudley):
    knobs = Knobs(gaps=(synthetic.read_gap("reason=learning:+10%"),))

    ratio = Council(DUDLEY, knobs=knobs).people(500)["cost_pence"] / dudley["cost_pence"][:500]

    assert np.median(ratio[dudley["reason"][:500] == 5]) == pytest.approx(1.1, abs=0.001)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asian", "Write it as group=asian:-8%"),
        ("group=martian:-8%", "has no group 'martian'. Use one of: white, asian"),
        ("hat=asian:-8%", "has no column 'hat'. Use one of: ethnic_group, sex, reason"),
        ("group=asian:-100%", "is out of range"),
        ("group=asian:-8", "is not a gap"),
    ],
)
def test_a_gap_written_wrong_is_refused_with_the_mend(text, said):
    with pytest.raises(FactsRefused, match=said.replace("(", r"\(")):
        synthetic.read_gap(text)


def test_faults_are_as_many_as_were_asked_for():
    knobs = Knobs(missing=0.1, repeated=0.05, wrong_dates=0.04)
    found = Council(DUDLEY, knobs=knobs).people(4_000)

    assert np.ma.getmaskarray(found["level.eating"]).mean() == pytest.approx(0.1, abs=0.02)
    assert len(found["person"]) - len(np.unique(found["person"])) == pytest.approx(200, abs=50)
    wrong = found["decided_on"] < found["assessed_on"]
    assert wrong.mean() == pytest.approx(0.04, abs=0.012)


def test_the_same_plan_is_dearer_a_year_later_where_prices_drift(dudley):
    drifted = Council(DUDLEY, knobs=Knobs(drift=0.1)).people(14_745)

    years = (dudley["decided_on"] - np.datetime64(DUDLEY.first_day)).astype(int) / 365.25
    ratio = drifted["truth_pence"] / dudley["truth_pence"]
    assert ratio == pytest.approx(1.1**years, rel=0.01)


@pytest.mark.parametrize("wrong", [{"questions": 0}, {"scatter": 3}, {"missing": -0.1}])
def test_a_knob_turned_too_far_is_refused_by_name(wrong):
    with pytest.raises(FactsRefused, match=next(iter(wrong))):
        Knobs(**wrong)


def test_several_questions_may_be_asked_about_each_part_of_life():
    found = Council(DUDLEY, knobs=Knobs(questions=3)).people(50)

    assert [name for name in found if name.startswith("level.work")] == [
        "level.work.1", "level.work.2", "level.work.3",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_file_holds_the_people_and_nothing_is_lost(name, tmp_path):
    council = Council(DUDLEY, knobs=Knobs(missing=0.2))

    rows = synthetic.write(council, tmp_path / name, people=300)

    read = pyarrow.csv.read_csv if name.endswith("csv") else pyarrow.parquet.read_table
    table = read(tmp_path / name)
    assert rows == table.num_rows == 300
    wanted = council.people(300)
    assert table["cost_pence"].to_pylist() == wanted["cost_pence"].tolist()
    assert table["level.eating"].to_pylist() == wanted["level.eating"].tolist()
    assert table["decided_on"].to_pylist() == wanted["decided_on"].tolist()


@pytest.mark.parametrize(
    ("name", "said"), [("a.xlsx", "neither CSV nor Parquet"), ("no/a.csv", "cannot be written")]
)
def test_a_file_that_cannot_be_written_is_refused(name, said, tmp_path):
    with pytest.raises(FactsRefused, match=said):
        synthetic.write(Council(DUDLEY), tmp_path / name, people=3)


@pytest.mark.parametrize("preset", sorted(synthetic.PRESETS))
def test_the_columns_are_those_that_the_rules_ask_for(preset):
    people = Council(synthetic.PRESETS[preset]).people(500)
    pack = packs.load("facs-2010", on=date(2010, 10, 1))
    graph = pack.graph("person_levels, then person_by_table")
    inputs = {node.name: people[node.name] for node in graph.inputs}

    worked = population.run(graph, inputs=inputs, numbers=pack.numbers)

    assert (worked["weekly"] > 0).mean() > 0.9


def test_no_two_names_of_a_preset_are_out_of_step():
    for preset in synthetic.PRESETS.values():
        assert len(preset.reasons) == len(presets.REASONS)
        assert len(preset.ages) == len(presets.AGE_BANDS)
        assert len(preset.ethnic_groups) == len(presets.ETHNIC_GROUPS)
